/** Outcomes per period as stacked bars: tests at the height they have, nothing where nothing was tested. */
import { OUTCOMES, type ScoredOutcome } from '../../data-build/contract/vocabulary.ts';
import { translate } from '../i18n/translate.ts';
import { formatCount } from '../view/format.ts';
import type { OutcomePeriod, OutcomesView } from '../view/outcomes.ts';
import { toBar } from './bar.ts';
import type { LegendItem } from './legend.ts';
import { round } from './round.ts';
import type { PatternName, Scene, SceneNode } from './scene.ts';
import type { ChartSize } from './size.ts';
import { layoutTimeFrame } from './time-chart.ts';
import { toCountAxis } from './value-axis.ts';

/** From the baseline up: what was seen, worst first, then what was not; failures on top. */
const STACK = ['confirmed', 'anomaly', 'ok', 'failure'] as const satisfies ScoredOutcome[];

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

export function layoutOutcomes(view: OutcomesView, size: ChartSize): Scene {
  const { context, periods, totals } = view;
  const { language, frame } = context;
  const legend = [...STACK].reverse().map((outcome): LegendItem => ({
    key: outcome,
    label: OUTCOMES[outcome].label,
    value: formatCount(totals[`${outcome}_count`], language),
    ...outcomeLook(outcome),
  }));
  const chart = layoutTimeFrame({
    context,
    size,
    plotHeight: 190,
    legend,
    unit: translate(`unit.tests_per.${frame.grain}`, {}, language),
    empty: totals.measurement_count === 0 ? translate('rate.not_tested', {}, language) : null,
    coverage: {
      unit: translate(`unit.tests_per.${frame.grain}`, {}, language),
      periods: periods.map((period) => ({
        ...period,
        tests: period.counts?.measurement_count ?? null,
        days: period.counts?.day_count ?? null,
      })),
    },
    toValueAxis: (top, bottom) =>
      toCountAxis(
        Math.max(0, ...periods.map(({ counts }) => counts?.measurement_count ?? 0)),
        top,
        bottom,
        language,
      ),
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
      STACK.map((outcome): SceneNode => ({
        type: 'g',
        key: outcome,
        ...outcomeLook(outcome),
        children: periods.flatMap((period): SceneNode[] => {
          const segment = toSegment(period, outcome);
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
  { counts }: OutcomePeriod,
  outcome: ScoredOutcome,
): readonly [number, number] | null {
  if (counts === null || counts[`${outcome}_count`] === 0) return null;
  let from = 0;
  for (const below of STACK) {
    if (below === outcome) break;
    from += counts[`${below}_count`];
  }
  return [from, from + counts[`${outcome}_count`]];
}
