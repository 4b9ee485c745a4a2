/** A place with everything at once, and one whose data name no website. */
import { THEMES } from '../../../data-build/contract/themes.ts';
import { context, counts, frame, type FigureCase } from '../case-rows.ts';
import { toLineGroups } from './levels.ts';
import { toPlaceLine, type PlaceLineView } from './view.ts';

const FRAME = frame('2024-02-01', '2024-03-25', 'day');
const COUNTS = [
  [142, 83, 40],
  [310, 0, 0],
  [12, 4, 0],
  [90, 60, 0],
  [0, 0, 0],
  [100, 14, 0],
] as const;

function place(named: boolean): PlaceLineView {
  const of = (index: number) => {
    const [tests, signs, confirmed] = COUNTS[index % COUNTS.length] ?? [0, 0, 0];
    return { ...counts(tests, signs - confirmed, confirmed), network_count: 4 };
  };
  const tests = new Map(
    ['telegram', 'whatsapp', 'signal', 'psiphon', 'tor'].map((name, index) => [
      name,
      of(index + 1),
    ]),
  );
  const websites = new Map(named ? THEMES.map(({ code }, index) => [code, of(index)]) : []);
  return toPlaceLine(
    toLineGroups(tests, websites, 4, new Set(['test tor']), named ? 0 : 400),
    context(FRAME),
  );
}

export const CASES: readonly FigureCase<PlaceLineView>[] = [
  { name: 'place-line', view: place(true) },
  { name: 'place-line-apps', view: place(false) },
];
