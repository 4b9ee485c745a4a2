/**
 * Every kind of page on a phone and on a desk: nothing sticks out, is cut off, overlaps or stands empty, and axe finds
 * nothing.
 */
import { expect, inject, it } from 'vitest';
import { findViolations } from './accessibility.ts';
import { findLayoutFaults } from './layout-faults.ts';
import { countryCodes } from '../support/country-pages.ts';
import { firstPage } from '../support/entity-pages.ts';
import { useBrowser } from './visit.ts';

const visit = useBrowser();
const DESK = { width: 1440, height: 900 };
const PHONE = { width: 360, height: 900 };
const { dist } = inject('site');

const LISTS = [
  '',
  'countries/',
  'networks/',
  'domains/',
  'tests/',
  'events/',
  'findings/',
  'search/',
];
const WORDS = [
  ...['explore/', 'explore/frame/', 'query/', 'methods/', 'data/', 'about/', 'privacy/'],
  ...['changed/', '404.html'],
];
const codes = countryCodes(dist);
const countries = [codes[0], codes.at(-1)].map((code) => `country/${code ?? ''}/`);
const things = ['network', 'domain', 'test', 'theme', 'finding', 'event'].map((kind) =>
  firstPage(dist, kind),
);

it('pages of every kind have none of these faults', async () => {
  const [first = '', ...others] = [...LISTS, ...WORDS, ...countries, ...things];
  const { page, goOn, close } = await visit(first, { viewport: DESK });
  const look = async (where: string): Promise<void> => {
    expect.soft(await findLayoutFaults(page), `/${where} at 1440 pixels`).toEqual([]);
    await page.setViewportSize(PHONE);
    expect.soft(await findLayoutFaults(page), `/${where} at 360 pixels`).toEqual([]);
    expect.soft(await findViolations(page), `/${where}`).toEqual([]);
  };
  await look(first);
  for (const where of others) {
    await page.setViewportSize(DESK);
    await page.emulateMedia({ colorScheme: null });
    await goOn(where);
    await look(where);
  }
  await close();
});

it('the check itself sees what is wrong', async () => {
  const { page, close } = await visit('about/', { viewport: PHONE });
  await page.evaluate(() => {
    document.querySelector('main')?.insertAdjacentHTML(
      'beforeend',
      `<section><h2>Alone</h2></section><img src="none.png"><p class="wide">wide</p><ul class="high"></ul>
       <svg width="200" height="40"><text x="150" y="20">beyond the edge of it</text>
       <text x="10" y="20">one above</text><text x="20" y="22">the other</text></svg>`,
    );
    // Styles in the text itself are refused by the policy of the page.
    for (const p of document.querySelectorAll<HTMLElement>('p.wide'))
      p.style.minInlineSize = '600px';
    for (const ul of document.querySelectorAll<HTMLElement>('ul.high')) ul.style.blockSize = '20px';
  });
  const kinds = (await findLayoutFaults(page)).map((fault) => fault.split(/[:“]/)[0]?.trim());
  expect(kinds).toEqual(
    expect.arrayContaining([
      'scrolls sideways',
      'label cut off',
      'labels overlap',
      'empty',
      'heading with nothing under it',
    ]),
  );
  expect((await findViolations(page)).map((line) => line.split(':')[0])).toContain('image-alt');
  await close();
});
