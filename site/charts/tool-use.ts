/** Use of one tool by day: the published figure, and the range its publisher expected. Holes stay holes. */
import { area, line } from 'd3';
import { translate } from '../i18n/translate.ts';
import { toPeriods } from '../view/time-frame.ts';
import type { ToolUseDay, ToolUseView } from '../view/tool-use.ts';
import type { LegendItem } from './legend.ts';
import { round } from './round.ts';
import type { Scene, SceneNode } from './scene.ts';
import type { ChartSize } from './size.ts';
import { layoutTimeFrame, toRowData, type Plot } from './time-chart.ts';
import { toCountAxis } from './value-axis.ts';

/** The provisional end is part of the line. */
const LINE = { series: 'line' };

export function layoutToolUse(view: ToolUseView, size: ChartSize): Scene {
  const { context, series } = view;
  const { frame } = context;
  const published = series.days.filter(({ value }) => value !== null);
  const ranged = series.days.some(({ upper }) => upper !== null);
  const most = Math.max(0, ...published.map(({ value }) => value ?? 0));
  const legend: readonly LegendItem[] = [
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
  ];
  const chart = layoutTimeFrame({
    context,
    size,
    plotHeight: 170,
    legend,
    unit: view.metric,
    empty: published.length === 0 ? translate('tool_use.withheld_all') : null,
    coverage: {
      unit: translate(`tool_use.coverage.${frame.grain}`),
      periods: toPeriods(frame).map((period) => {
        const days = published.filter(({ day }) => day >= period.start && day < period.end).length;
        return { ...period, tests: days === 0 ? null : days, days: null };
      }),
    },
    toValueAxis: (top, bottom) => toCountAxis(most, top, bottom),
    toData: toRowData(view.table.rows),
    layoutMarks: (plot) => layoutDays(series.days, plot),
  });
  return { ...chart, title: view.title, desc: view.desc, rows: published.length };
}

function layoutDays(days: readonly ToolUseDay[], { axis, value, top }: Plot): readonly SceneNode[] {
  const at = (figure: number): number => Math.max(top, value.at(figure));
  const expected = area<ToolUseDay>()
    .x(({ day }) => axis.at(day))
    .y0(({ lower }) => at(lower ?? 0))
    .y1(({ upper }) => at(upper ?? 0))
    .defined(({ lower, upper }) => lower !== null && upper !== null)
    .digits(1);
  const draw = line<ToolUseDay>()
    .x(({ day }) => axis.at(day))
    .y(({ value: figure }) => value.at(figure ?? 0))
    .defined(({ value: figure }) => figure !== null)
    .digits(1);
  const settled = days.findIndex(({ provisional }) => provisional);
  const firm = settled < 0 ? days : days.slice(0, settled);
  const grey = settled < 0 ? [] : days.slice(Math.max(0, settled - 1));
  return [
    {
      type: 'path',
      key: 'expected',
      data: { series: 'band' },
      class: 'use-expected',
      d: expected(days) ?? '',
    },
    { type: 'path', key: 'line', data: LINE, class: 'use-line', d: draw(firm) ?? '' },
    { type: 'path', key: 'grey', data: LINE, class: 'use-line grey', d: draw(grey) ?? '' },
    {
      type: 'g',
      key: 'alone',
      data: LINE,
      class: 'witness-tools',
      children: days.flatMap(({ day, value: figure }, index): SceneNode[] => {
        const before = days[index - 1]?.value ?? null;
        const after = days[index + 1]?.value ?? null;
        if (figure === null || before !== null || after !== null) return [];
        return [
          {
            type: 'circle',
            key: day,
            class: 'mark',
            cx: axis.at(day),
            cy: round(value.at(figure)),
            r: 2,
          },
        ];
      }),
    },
  ];
}
