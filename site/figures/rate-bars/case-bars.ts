/** Rows of hand-made rankings: often, seldom and never with signs, few tests, none scored. */
import { context, counts, day, frame } from '../case-rows.ts';
import { toRankedView, type RankedChart, type RankedView } from './view.ts';

const FRAME = frame('2024-02-01', '2024-03-25', 'day');
const COUNTS = [
  [6_858, 1_654, 0],
  [142, 83, 40],
  [310, 0, 0],
  [12, 4, 0],
  [0, 0, 0],
  [90, 90, 0],
] as const;

/** `names` are label and second name of each row. */
export function rankedCase(
  chart: RankedChart,
  names: readonly (readonly [label: string, kind: string | null])[],
  place: string | null,
): RankedView {
  const rows = names.map(([label, kind], index) => {
    const [tests, signs, confirmed] = COUNTS[index % COUNTS.length] ?? [0, 0, 0];
    return {
      key: label,
      label,
      kind,
      ...counts(tests, signs - confirmed, confirmed),
      unscored_count: tests === 0 ? 17 : 0,
      network_count: index === 2 ? null : 4 + index,
      day_count: 20,
      first_day: FRAME.since,
      last_day: day('2024-03-24'),
    };
  });
  return toRankedView(chart, rows, context(FRAME, { place }));
}
