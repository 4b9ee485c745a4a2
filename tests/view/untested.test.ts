/** Links that offer to test what was not tested. */
import { expect, it } from 'vitest';
import { PUBLISHERS, TESTS_FROM } from '../../data-build/contract/publishers.ts';
import type { CategoryCode } from '../../data-build/contract/vocabulary.ts';
import type { ListedRow } from '../../site/query/listed.ts';
import { toUntested } from '../../site/view/untested.ts';

const { testing } = PUBLISHERS[TESTS_FROM];
if (testing === undefined) throw new Error('No publisher offers to test websites.');

const row = (test_list: string, domain: string, category_code: CategoryCode): ListedRow => ({
  test_list,
  input: `https://${domain}/`,
  domain,
  category_code,
});

/** What the app reads of a link. */
function readLink(href: string): unknown {
  const { origin, pathname, searchParams } = new URL(href);
  return {
    at: `${origin}${pathname}`,
    test: searchParams.get('tn'),
    arguments: JSON.parse(searchParams.get('ta') ?? 'null'),
  };
}

it('offers the untested websites by category, those of the place first', () => {
  const found = toUntested(
    [
      row('global', 'a.example', 'NEWS'),
      row('global', 'b.example', 'NEWS'),
      row('global', 'c.example', 'HUMR'),
      row('KE', 'd.example', 'NEWS'),
      row('KE', 'a.example', 'NEWS'),
    ],
    new Set(['a.example']),
    testing.link,
  );
  expect(found).toMatchObject({ listed: 4, untested: 3, moreCategories: 0 });
  // Nothing of human rights was tested, so it comes before news with more websites.
  expect(found?.links.map(({ label, linked, untested }) => [label, linked, untested])).toEqual([
    ['Human rights', 1, 1],
    ['News media', 2, 2],
  ]);
  expect(readLink(found?.links[1]?.href ?? '')).toEqual({
    at: 'https://run.ooni.io/nettest',
    test: 'web_connectivity',
    arguments: { urls: ['https://d.example/', 'https://b.example/'] },
  });
});

it('keeps an address short enough to be passed on, and says how many websites it leaves out', () => {
  const many = Array.from({ length: 200 }, (_, n) => row('KE', `site-${n}.example`, 'NEWS'));
  const [link] = toUntested(many, new Set(), testing.link)?.links ?? [];
  expect(link?.untested).toBe(200);
  expect(link?.linked).toBeGreaterThan(5);
  expect(link?.href.length).toBeLessThan(1300);
});

it('offers nothing where all was tested, and nothing where there is no list', () => {
  expect(
    toUntested([row('KE', 'a.example', 'NEWS')], new Set(['a.example']), testing.link),
  ).toBeNull();
  expect(toUntested([], new Set(), testing.link)).toBeNull();
});
