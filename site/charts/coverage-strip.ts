/** Under every time axis: did the number of tests move? Small bars of tests, and a line where days were measured. */
import { scaleLinear } from 'd3';
import { daysBetween } from '../../data-build/contract/brands.ts';
import { translate } from '../i18n/translate.ts';
import { formatCount } from '../view/format.ts';
import type { Period } from '../view/time-frame.ts';
import { toBar } from './bar.ts';
import { round } from './round.ts';
import type { SceneNode } from './scene.ts';
import { SMALL_SIZE } from './size.ts';
import { textWidth } from './text-width.ts';
import type { TimeAxis } from './time-axis.ts';

export interface CoveragePeriod extends Period {
  /** Measurements in the period; null: none. */
  readonly tests: number | null;
  /** Days of the period with measurements; null: not known. */
  readonly days: number | null;
}

const LABEL = 18;
const BARS = 22;
const DAYS = 8;
export const COVERAGE_HEIGHT = LABEL + BARS + DAYS;

export function layoutCoverageStrip(
  periods: readonly CoveragePeriod[],
  axis: TimeAxis,
  top: number,
  /** What is counted: `tests per day`. */
  unit: string,
): SceneNode {
  const max = Math.max(0, ...periods.map(({ tests }) => tests ?? 0));
  const bottom = top + LABEL + BARS;
  const scale = scaleLinear([0, Math.max(1, max)], [0, BARS]);
  const label = translate('coverage.label', { unit, max: formatCount(max) });
  const knowsDays = periods.some(({ days }) => days !== null);
  return {
    type: 'g',
    key: 'coverage',
    class: 'coverage',
    children: [
      { type: 'text', key: 'label', class: 'unit', x: 0, y: top + 10, text: label },
      ...(knowsDays
        ? [
            {
              type: 'g' as const,
              key: 'days-key',
              children: layoutDaysKey(axis.right, top, textWidth(label, SMALL_SIZE)),
            },
          ]
        : []),
      {
        type: 'path',
        key: 'base',
        class: 'base',
        d: `M${axis.left} ${bottom}H${axis.right}`,
      },
      {
        type: 'g',
        key: 'bars',
        class: 'bars',
        children: periods.flatMap((period): SceneNode[] => {
          if (period.tests === null) return [];
          const { x, width } = toBar(axis, period);
          const height = Math.max(1, scale(period.tests));
          return [
            {
              type: 'rect',
              key: period.start,
              ...(period.incomplete === null ? {} : { class: 'grey' }),
              x,
              y: round(bottom - height),
              width,
              height: round(height),
            },
          ];
        }),
      },
      {
        type: 'path',
        key: 'days',
        class: 'days',
        d: periods
          .flatMap((period) => {
            if (period.days === null || period.days === 0) return [];
            const { x, width } = toBar(axis, period);
            const share = period.days / Math.max(1, daysBetween(period.start, period.end));
            return [`M${x} ${bottom + 5}h${round(width * share)}`];
          })
          .join(''),
      },
    ],
  };
}

function layoutDaysKey(right: number, top: number, labelWidth: number): readonly SceneNode[] {
  const text = translate('coverage.days');
  const width = textWidth(text, SMALL_SIZE);
  if (labelWidth + width + 40 > right) return [];
  return [
    {
      type: 'path',
      key: 'mark',
      class: 'days',
      d: `M${round(right - width - 20)} ${top + 6}h14`,
    },
    { type: 'text', key: 'text', x: right, y: top + 10, text, anchor: 'end' },
  ];
}
