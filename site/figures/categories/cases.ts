/** Kinds of websites with their number of websites. */
import { formatCategory } from '../websites.ts';
import { rankedCase } from '../rate-bars/case-bars.ts';
import type { RankedView } from '../rate-bars/view.ts';
import type { FigureCase } from '../case-rows.ts';

const CODES = ['NEWS', 'COMT', 'HUMR', 'GAME', 'ANON', null] as const;

export const CASES: readonly FigureCase<RankedView>[] = [
  {
    name: 'categories',
    view: rankedCase(
      'categories',
      CODES.map((code, index) => [formatCategory(code), String(3 + index * 19)]),
      'Examplia',
    ),
  },
];
