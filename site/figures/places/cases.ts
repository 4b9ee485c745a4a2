/** Places, one with a long name. */
import { rankedCase } from '../rate-bars/case-bars.ts';
import type { RankedView } from '../rate-bars/view.ts';
import type { FigureCase } from '../case-rows.ts';

const NAMES = [
  'Examplia',
  'The United Example Islands and <Outer> & Inner Territories',
  'Samplestan',
  'New Placeholder',
  'بث',
  'Nowhere',
].map((name) => [name, null] as const);

export const CASES: readonly FigureCase<RankedView>[] = [
  { name: 'places', view: rankedCase('places', NAMES, null) },
];
