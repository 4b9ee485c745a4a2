/** Outcomes per period as stacked bars: tests at the height they have, nothing where nothing was tested. */
import { OUTCOMES, type ScoredOutcome } from '../../../data-build/contract/vocabulary.ts';
import { translate } from '../../i18n/translate.ts';
import { formatCount } from '../../view/format.ts';
import type { OutcomePeriod, OutcomesView } from './view.ts';
import { numberAxis } from '../../charts/marks/axis.ts';
import { stack } from '../../charts/marks/bars.ts';
import { outcomeLook } from '../../charts/marks/look.ts';
import type { Scene } from '../../charts/scene.ts';
import type { ChartSize } from '../../charts/size.ts';
import { layoutTimeChart, periodTargets } from '../../charts/time-chart.ts';
import { testCoverage } from '../../charts/coverage-strip.ts';

/** From the baseline up: what was seen, worst first, then what was not; failures on top. */
const STACK = ['confirmed', 'anomaly', 'ok', 'failure'] as const satisfies ScoredOutcome[];

export function layoutOutcomes(view: OutcomesView, size: ChartSize): Scene {
  const { context, periods, totals, hidden } = view;
  const shown = STACK.filter((outcome) => hidden?.has(outcome) !== true);
  const countOf = ({ counts }: OutcomePeriod, outcome: ScoredOutcome): number =>
    counts?.[`${outcome}_count`] ?? 0;
  const tops = periods.map((period) =>
    shown.reduce((sum, outcome) => sum + countOf(period, outcome), 0),
  );
  return layoutTimeChart({
    view,
    size,
    rows: periods.filter(({ counts }) => counts !== null).length,
    plotHeight: 190,
    legend: STACK.toReversed().map((outcome) => ({
      key: outcome,
      label: OUTCOMES[outcome].label,
      value: formatCount(totals[`${outcome}_count`]),
      series: true,
      ...outcomeLook(outcome),
    })),
    unit: translate(`unit.tests_per.${context.frame.grain}`),
    value: numberAxis(tops, 4),
    marks: stack(periods, shown, countOf, outcomeLook),
    empty: totals.measurement_count === 0 ? translate('rate.not_tested') : null,
    coverage: testCoverage(periods, context),
    targets: periodTargets(context, (start) => {
      const counts = periods.find((period) => period.start === start)?.counts ?? null;
      if (counts === null) return null;
      return {
        tests: counts.measurement_count,
        anomaly: counts.anomaly_count,
        confirmed: counts.confirmed_count,
        failure: counts.failure_count,
      };
    }),
  });
}
