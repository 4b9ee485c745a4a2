import { expect, it } from 'vitest';
import { parsePageFigures } from '../../site/figures/page-figures.ts';

const FILE = { page: 'country/KE/', publishers: [], figures: {} };

it('the file beside a page says how long fixed frames stay; one that does not say promises no more than a release', () => {
  const stay = { releases: 4, months: 12 };
  expect(parsePageFigures({ ...FILE, stay })?.stay).toEqual(stay);
  expect(parsePageFigures(FILE)?.stay).toEqual({ releases: 1, months: 0 });
  expect(parsePageFigures({ ...FILE, stay: { releases: '4', months: 0 } })?.stay).toEqual({
    releases: 1,
    months: 0,
  });
});
