/** Outcomes per period as stacked bars: tests at the height they have, nothing where nothing was tested. */
import { OUTCOMES, type ScoredOutcome } from '../../data-build/contract/vocabulary.ts';
import { translate } from '../i18n/translate.ts';
import { formatCount } from '../view/format.ts';
import type { OutcomePeriod, OutcomesChart } from '../view/outcomes.ts';
import { toBar } from './bar.ts';
import type { LegendItem } from './legend.ts';
import { round } from './round.ts';
import type { PatternName, Scene, SceneNode } from './scene.ts';
import type { ChartSize } from './size.ts';
import { layoutTimeFrame } from './time-chart.ts';
import { toCountAxis } from './value-axis.ts';

/** From the baseline up: what was seen, worst first, then what was not; failures on top. */
const STACK = ['confirmed', 'anomaly', 'ok', 'failure'] as const satisfies ScoredOutcome[];

const NONE: ReadonlySet<string> = new Set();

export const OUTCOME_PATTERNS: Readonly<Partial<Record<ScoredOutcome, PatternName>>> = {
  anomaly: 'anomaly',
  failure: 'failure',
};

/** Pattern fills carry the colour, so a patterned outcome has no fill class of its own. */
export function outcomeLook(outcome: ScoredOutcome): {
  readonly class: string;
  readonly pattern?: PatternName;
} {
  const pattern = OUTCOME_PATTERNS[outcome];
  return {
    class: `outcome-${outcome}`,
    ...(pattern === undefined ? {} : { pattern }),
  };
}

export function layoutOutcomes(view: OutcomesChart, size: ChartSize): Scene {
  const { context, periods, totals, hidden = NONE } = view;
  const stack = STACK.filter((outcome) => !hidden.has(outcome));
  const { frame } = context;
  const legend = [...STACK].reverse().map((outcome): LegendItem => ({
    key: outcome,
    label: OUTCOMES[outcome].label,
    value: formatCount(totals[`${outcome}_count`]),
    series: true,
    ...outcomeLook(outcome),
  }));
  const chart = layoutTimeFrame({
    context,
    size,
    plotHeight: 190,
    legend,
    unit: translate(`unit.tests_per.${frame.grain}`),
    empty: totals.measurement_count === 0 ? translate('rate.not_tested') : null,
    coverage: {
      unit: translate(`unit.tests_per.${frame.grain}`),
      periods: periods.map((period) => ({
        ...period,
        tests: period.counts?.measurement_count ?? null,
        days: period.counts?.day_count ?? null,
      })),
    },
    toValueAxis: (top, bottom) =>
      toCountAxis(Math.max(0, ...periods.map((period) => toTop(period, stack))), top, bottom),
    toData: ({ start }) => {
      const counts = periods.find((period) => period.start === start)?.counts ?? null;
      return counts === null
        ? null
        : {
            tests: counts.measurement_count,
            anomaly: counts.anomaly_count,
            confirmed: counts.confirmed_count,
            failure: counts.failure_count,
          };
    },
    layoutMarks: ({ axis, value }) =>
      stack.map((outcome, index): SceneNode => ({
        type: 'g',
        key: outcome,
        data: { series: outcome },
        ...outcomeLook(outcome),
        children: periods.flatMap((period): SceneNode[] => {
          const segment = toSegment(period, outcome, stack.slice(0, index));
          if (segment === null) return [];
          const { x, width } = toBar(axis, period);
          const [from, to] = segment.map((count) => value.at(count));
          if (from === undefined || to === undefined) return [];
          return [
            {
              type: 'rect',
              key: period.start,
              ...(period.incomplete === null ? {} : { class: 'grey' }),
              x,
              y: to,
              width,
              height: round(from - to),
            },
          ];
        }),
      })),
  });
  return {
    ...chart,
    title: view.title,
    desc: view.desc,
    rows: periods.filter(({ counts }) => counts !== null).length,
  };
}

/** Counts at which a segment begins and ends in the stack; null when it is empty. */
function toSegment(
  period: OutcomePeriod,
  outcome: ScoredOutcome,
  below: readonly ScoredOutcome[],
): readonly [number, number] | null {
  const count = period.counts?.[`${outcome}_count`] ?? 0;
  const from = toTop(period, below);
  return count === 0 ? null : [from, from + count];
}

/** Height of these outcomes one on top of the other. */
function toTop({ counts }: OutcomePeriod, outcomes: readonly ScoredOutcome[]): number {
  return outcomes.reduce((sum, outcome) => sum + (counts?.[`${outcome}_count`] ?? 0), 0);
}
