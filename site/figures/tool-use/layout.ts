/** Use of one tool by day: the published figure, and the range its publisher expected. Holes stay holes. */
import { addDays } from '../../../data-build/contract/brands.ts';
import { translate } from '../../i18n/translate.ts';
import { toPeriods } from '../../view/time-frame.ts';
import type { ToolUseDay, ToolUseView } from './view.ts';
import { numberAxis, type Mark } from '../../charts/marks/axis.ts';
import { bandPath, dot, linePath, loners, place, type Datum } from '../../charts/marks/line.ts';
import { group, path } from '../../charts/marks/shapes.ts';
import type { Scene } from '../../charts/scene.ts';
import type { ChartSize } from '../../charts/size.ts';
import { layoutTimeChart, rowTargets } from '../../charts/time-chart.ts';

/** The provisional end is part of the line. */
const LINE = { data: { series: 'line' } };

export function layoutToolUse(view: ToolUseView, size: ChartSize): Scene {
  const { context, series } = view;
  const { frame } = context;
  const published = series.days.filter(({ value }) => value !== null);
  const ranged = series.days.some(({ upper }) => upper !== null);
  return layoutTimeChart({
    view,
    size,
    rows: published.length,
    plotHeight: 170,
    legend: [
      {
        key: 'line',
        label: translate('tool_use.line'),
        class: 'use-line',
        shape: 'line',
        series: ranged,
      },
      ...(ranged
        ? [
            {
              key: 'band',
              label: translate('tool_use.band'),
              class: 'use-expected',
              series: true,
            },
          ]
        : []),
      {
        key: 'provisional',
        label: translate('tool_use.provisional'),
        class: 'use-line grey',
        shape: 'line',
      },
    ],
    unit: view.metric,
    value: numberAxis(
      published.map(({ value }) => value ?? 0),
      4,
    ),
    marks: [days(series.days)],
    empty: published.length === 0 ? translate('tool_use.withheld_all') : null,
    coverage: {
      unit: translate(`tool_use.coverage.${frame.grain}`),
      periods: toPeriods(frame).map((period) => {
        const count = published.filter(({ day }) => day >= period.start && day < period.end).length;
        return { ...period, tests: count === 0 ? null : count, days: null };
      }),
    },
    targets: rowTargets(view.table.rows, context),
  });
}

function days(given: readonly ToolUseDay[]): Mark {
  const course = given.map(({ day, value, lower, upper, provisional }): Datum | null =>
    value === null
      ? null
      : { key: day, start: day, end: addDays(day, 1), value, lower, upper, quiet: provisional },
  );
  return (plot) => {
    const points = place(course, plot);
    const alone = loners(points).map((point) =>
      dot(point.datum.key, 'circle', point, 2, { class: 'mark' }),
    );
    return [
      path('expected', bandPath(points), { class: 'use-expected', data: { series: 'band' } }),
      path('line', linePath(points), { class: 'use-line', ...LINE }),
      path('grey', linePath(points, true), { class: 'use-line grey', ...LINE }),
      group('alone', alone, { class: 'witness-tools', ...LINE }),
    ];
  };
}
