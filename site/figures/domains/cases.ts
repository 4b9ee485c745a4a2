/** Websites, one with a long name, more than are drawn. */
import { formatCategory } from '../websites.ts';
import { rankedCase } from '../rate-bars/case-bars.ts';
import type { RankedView } from '../rate-bars/view.ts';
import type { FigureCase } from '../case-rows.ts';

const LONG = 'a-website-with-a-very-long-name.of-a-newspaper.in-a-folder.example';
const NAMES = Array.from({ length: 40 }, (_, index) =>
  index === 1 ? LONG : `site-${index + 1}.example`,
);

export const CASES: readonly FigureCase<RankedView>[] = [
  {
    name: 'domains',
    view: rankedCase(
      'domains',
      NAMES.map((name, index) => [name, formatCategory(index % 2 === 0 ? 'NEWS' : null)]),
      'Examplia',
    ),
  },
];
