/** Websites that test lists ask to test and that no test in a place names, with links that offer to test them. */
import { CATEGORY_CODES } from '../../data-build/contract/vocabulary.ts';
import { EVERYWHERE, type ListedRow } from '../query/listed.ts';
import { groupBy } from './day-rows.ts';

/** The address that offers to test these websites. */
type Link = (inputs: readonly string[]) => string;

export interface TestLink {
  /** `News media`. */
  readonly label: string;
  readonly href: string;
  /** Websites that the link tests, and all untested ones of the category. */
  readonly linked: number;
  readonly untested: number;
}

export interface Untested {
  /** Websites on the lists, and how many of them no test names. */
  readonly listed: number;
  readonly untested: number;
  /** Categories without any test first, then those with most untested websites. */
  readonly links: readonly TestLink[];
  readonly moreCategories: number;
}

/** Longer addresses are cut by programs that pass them on. */
const LONGEST_LINK = 1200;
const MOST_LINKS = 6;

/** Null: there are no lists, or all of them was tested. A website is its domain; the place's own list comes first. */
export function toUntested(
  listed: readonly ListedRow[],
  tested: ReadonlySet<string>,
  link: Link,
): Untested | null {
  const own = listed.filter(({ test_list }) => test_list !== EVERYWHERE);
  const first = new Map<string, ListedRow>();
  for (const row of [...own, ...listed]) if (!first.has(row.domain)) first.set(row.domain, row);
  const websites = [...first.values()];
  const missing = websites.filter(({ domain }) => !tested.has(domain));
  if (missing.length === 0) return null;
  const known = new Set(
    websites.flatMap(({ domain, category_code }) => (tested.has(domain) ? [category_code] : [])),
  );
  const groups = [...groupBy(missing, ({ category_code }) => category_code)]
    .flatMap(([code, rows]) => (code === null ? [] : [{ code, rows }]))
    .toSorted(
      (a, b) =>
        Number(known.has(a.code)) - Number(known.has(b.code)) ||
        b.rows.length - a.rows.length ||
        (a.code < b.code ? -1 : 1),
    );
  return {
    listed: websites.length,
    untested: missing.length,
    links: groups.slice(0, MOST_LINKS).map(({ code, rows }) => {
      const inputs = fitLink(
        rows.map(({ input }) => input),
        link,
      );
      return {
        label: CATEGORY_CODES[code],
        href: link(inputs),
        linked: inputs.length,
        untested: rows.length,
      };
    }),
    moreCategories: Math.max(0, groups.length - MOST_LINKS),
  };
}

/** As many as fit into an address, and at least one. */
function fitLink(inputs: readonly string[], link: Link): readonly string[] {
  let n = 1;
  while (n < inputs.length && link(inputs.slice(0, n + 1)).length <= LONGEST_LINK) n += 1;
  return inputs.slice(0, n);
}
