/** The quick chart of the console: the lines and bars of the chart builder, of any column. */
import { translate } from '../../i18n/translate.ts';
import { MOST_LINES } from '../explore/cells.ts';
import { groupBy } from '../../view/day-rows.ts';
import { formatCount } from '../../view/format.ts';
import type { ResultPoint, ResultView } from './view.ts';
import { nextPeriod } from '../../view/time-frame.ts';
import { layoutBarChart, mostBars } from '../../charts/bar-chart.ts';
import { numberAxis } from '../../charts/marks/axis.ts';
import { SERIES_COURSE } from '../../charts/marks/line.ts';
import { SERIES_BAR } from '../../charts/marks/look.ts';
import type { Scene, SceneData } from '../../charts/scene.ts';
import { seriesItem, seriesMark, type Series } from '../../charts/series-lines.ts';
import type { ChartSize } from '../../charts/size.ts';
import { layoutTimeChart } from '../../charts/time-chart.ts';

export function layoutResult(view: ResultView, size: ChartSize): Scene {
  return view.form === 'lines' ? layoutLines(view, size) : layoutBars(view, size);
}

const valuesOf = (points: readonly ResultPoint[]): readonly number[] =>
  points.flatMap(({ value }) => value ?? []);

/** The chart has no table of its own, so that its marks carry their words. */
const toData = (view: ResultView, points: readonly ResultPoint[]): SceneData => ({
  period: points[0]?.label ?? '',
  said: points
    .map(({ series, text }) =>
      translate('readout.cell', { label: series === '' ? view.unit : series, text }),
    )
    .join('\n'),
});

function layoutLines(view: ResultView, size: ChartSize): Scene {
  const { grain } = view.context.frame;
  const shown = view.series.slice(0, MOST_LINES);
  const points = shown.flatMap((each) => each.points);
  const byDay = groupBy(
    points.flatMap((point) => (point.day === null ? [] : [{ ...point, start: point.day }])),
    ({ start }) => start,
  );
  // Neighbors are those of the answer: what is asked for by the week has no gap between weeks.
  const series = shown.map((each, look): Series => ({
    key: each.key,
    label: each.key,
    look,
    course: each.points.map((point) => {
      const { key, day, value } = point;
      if (day === null || value === null) return null;
      const range = { start: day, end: nextPeriod(day, grain), lower: null, upper: null };
      return { key, value, ...range, quiet: false };
    }),
  }));
  const named = series.filter(({ key }) => series.length > 1 || key !== '').map(seriesItem);
  return layoutTimeChart({
    view,
    size,
    rows: points.length,
    plotHeight: 220,
    legend: named.map((item) => ({ ...item, series: true })),
    unit: view.unit,
    value: numberAxis(valuesOf(points), 4),
    marks: series.map((each) => seriesMark(each, SERIES_COURSE, `line ${each.key}`)),
    empty: null,
    coverage: null,
    targets: {
      slots: [...byDay.keys()].map((start) => ({ start, end: nextPeriod(start, grain) })),
      dataOf: ({ start }) => toData(view, byDay.get(start) ?? []),
    },
    more:
      shown.length === view.series.length
        ? null
        : translate('console.chart.lines', {
            shown: formatCount(shown.length),
            total: formatCount(view.series.length),
          }),
  });
}

function layoutBars(view: ResultView, size: ChartSize): Scene {
  const all = view.series.flatMap(({ points }) => points);
  const shown = all.slice(0, mostBars(size));
  const rows = shown.map((point) => {
    const { key, label, text, value } = point;
    const ends = { from: Math.min(0, value ?? 0), to: Math.max(0, value ?? 0) };
    const bar = value === null ? 'few' : [{ key: 'bar', ...ends, look: SERIES_BAR }];
    return { key, data: toData(view, [point]), label, text, bar, rate: null } as const;
  });
  return layoutBarChart(
    {
      view,
      groups: [{ key: '', label: null, rows }],
      value: numberAxis(valuesOf(shown), 3),
      legend: [],
      unit: view.unit,
      total: all.length,
    },
    size,
  );
}
