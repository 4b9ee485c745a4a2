/** How interference showed: the share of each method among tests with signs, stacked per period. */
import { translate } from '../../i18n/translate.ts';
import { formatCount, formatPercent } from '../../view/format.ts';
import type { MethodsView } from './view.ts';
import { shareAxis } from '../../charts/marks/axis.ts';
import { stack, tooFew } from '../../charts/marks/bars.ts';
import { fewItem } from '../../charts/marks/legend.ts';
import { methodLook } from '../../charts/marks/look.ts';
import type { Scene } from '../../charts/scene.ts';
import type { ChartSize } from '../../charts/size.ts';
import { layoutTimeChart, rowTargets } from '../../charts/time-chart.ts';

export function layoutMethods(view: MethodsView, size: ChartSize): Scene {
  const { context, periods, methods, hidden } = view;
  const few = periods.filter(({ total, enough }) => total > 0 && !enough);
  const shown = methods
    .map(({ method }) => method)
    .filter((method) => hidden?.has(method) !== true);
  return layoutTimeChart({
    view,
    size,
    rows: periods.filter(({ total }) => total > 0).length,
    plotHeight: 160,
    legend: [
      // The first method lies at the bottom, so the column of labels runs the other way.
      ...methods.toReversed().map(({ method, label, count, share }) => ({
        key: method,
        label,
        value: view.few ? formatCount(count) : formatPercent(share),
        series: true,
        ...methodLook(method),
      })),
      ...fewItem(few.length > 0),
    ],
    unit: translate('unit.share_of_signs'),
    value: shareAxis(4),
    marks: [
      ...stack(
        periods,
        shown,
        ({ counts, enough, total }, method) => (enough ? (counts.get(method) ?? 0) / total : 0),
        methodLook,
      ),
      tooFew(few),
    ],
    empty: view.total === 0 ? translate('chart.methods.empty') : null,
    coverage: {
      unit: translate(`unit.signs_per.${context.frame.grain}`),
      periods: periods.map((period) => ({
        ...period,
        tests: period.tests === null ? null : period.total,
      })),
    },
    targets: rowTargets(
      periods.flatMap(({ start, tests }) => (tests === null ? [] : [{ key: start }])),
      context,
    ),
  });
}
