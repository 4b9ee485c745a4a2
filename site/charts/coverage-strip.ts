/** Under every time axis: did the number of tests move? Small bars of tests, and a line where days were measured. */
import { daysBetween } from '../../data-build/contract/brands.ts';
import { pageDirection } from '../../data-build/words/language.ts';
import { translate } from '../i18n/translate.ts';
import type { OutcomePeriodRow } from '../query/rows.ts';
import type { ViewContext } from '../view/context.ts';
import { formatCount } from '../view/format.ts';
import type { Period } from '../view/time-frame.ts';
import { slotBars, toBar } from './marks/bars.ts';
import { textWidth } from './marks/label.ts';
import { d, group, path, text } from './marks/shapes.ts';
import type { TimeAxis } from './marks/time-axis.ts';
import type { SceneNode } from './scene.ts';
import { SMALL_SIZE } from './size.ts';

export interface CoveragePeriod extends Period {
  /** Measurements in the period; null: none. */
  readonly tests: number | null;
  /** Days of the period with measurements; null: not known. */
  readonly days: number | null;
}

export interface Coverage {
  /** What is counted: `tests per day`. */
  readonly unit: string;
  readonly periods: readonly CoveragePeriod[];
}

/** How many tests there were, and on how many days. */
export function testCoverage(
  periods: readonly (Period & { readonly counts: OutcomePeriodRow | null })[],
  { frame }: ViewContext,
): Coverage {
  return {
    unit: translate(`unit.tests_per.${frame.grain}`),
    periods: periods.map(({ counts, ...period }) => ({
      ...period,
      tests: counts?.measurement_count ?? null,
      days: counts?.day_count ?? null,
    })),
  };
}

const LABEL = 18;
const BARS = 22;
const DAYS = 8;
export const COVERAGE_HEIGHT = LABEL + BARS + DAYS;

export function layoutCoverageStrip(
  { unit, periods }: Coverage,
  axis: TimeAxis,
  top: number,
): SceneNode {
  const max = Math.max(0, ...periods.map(({ tests }) => tests ?? 0));
  const bottom = top + LABEL + BARS;
  const label = translate('coverage.label', { unit, max: formatCount(max) });
  const bars = slotBars(periods, axis, ({ tests }) =>
    tests === null ? null : [bottom - Math.max(1, (tests / Math.max(1, max)) * BARS), bottom],
  );
  const days = periods.flatMap((period) => {
    if (period.days === null || period.days === 0) return [];
    const { x, width } = toBar(axis, period);
    const share = period.days / Math.max(1, daysBetween(period.start, period.end));
    return [d`M${x} ${bottom + 5}h${width * share}`];
  });
  const key = layoutDaysKey(axis.right, top, textWidth(label, SMALL_SIZE));
  return group(
    'coverage',
    [
      text('label', label, 0, top + 10, { class: 'unit' }),
      ...(periods.some((period) => period.days !== null) ? [group('days-key', key)] : []),
      path('base', d`M${axis.left} ${bottom}H${axis.right}`, { class: 'base' }),
      group('bars', bars, { class: 'bars' }),
      path('days', days.join(''), { class: 'days' }),
    ],
    { class: 'coverage' },
  );
}

function layoutDaysKey(right: number, top: number, labelWidth: number): readonly SceneNode[] {
  const words = translate('coverage.days');
  const width = textWidth(words, SMALL_SIZE);
  if (labelWidth + width + 40 > right) return [];
  // The mark stands where one begins to read; of words that end at an edge only that edge is known to the pixel.
  const [mark, end] =
    pageDirection() === 'rtl' ? [right - 14, right - 20] : [right - width - 20, right];
  return [
    path('mark', d`M${mark} ${top + 6}h14`, { class: 'days' }),
    text('text', words, end, top + 10, { anchor: 'end' }),
  ];
}
