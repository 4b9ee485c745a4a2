/** Speed over time: median and what lies around it on a logarithmic axis; one month alone is drawn lying. */
import { translate } from '../../i18n/translate.ts';
import { formatMbps, type ThroughputPoint, type ThroughputView } from './view.ts';
import { toPeriods } from '../../view/time-frame.ts';
import { columnAxis, logAxis, type Mark } from '../../charts/marks/axis.ts';
import { keepInside, textWidth } from '../../charts/marks/label.ts';
import { layoutLegendRows, type LegendItem } from '../../charts/marks/legend.ts';
import {
  bandPath,
  dot,
  linePath,
  loners,
  place,
  withGaps,
  type Datum,
} from '../../charts/marks/line.ts';
import { group, line, path, rect, text } from '../../charts/marks/shapes.ts';
import type { Scene, SceneNode } from '../../charts/scene.ts';
import { isNarrow, LABEL_SIZE, type ChartSize } from '../../charts/size.ts';
import { layoutTimeChart, rowTargets } from '../../charts/time-chart.ts';

/** More points than this are too narrow to be pointed at: a line alone. */
const MOST_SLOTS = 400;

export function layoutThroughput(view: ThroughputView, size: ChartSize): Scene {
  const shown = view.points.filter(({ size: sample }) => sample !== 'hidden');
  const [alone] = shown;
  return shown.length === 1 && alone !== undefined
    ? layoutAlone(alone, view, size)
    : layoutCourse(view, shown, size);
}

function toValueAxis(points: readonly ThroughputPoint[]) {
  const lows = points.map(({ low, lower, median }) => low ?? lower ?? median);
  const highs = points.map(({ high, upper, median }) => high ?? upper ?? median);
  return logAxis(Math.max(0.1, Math.min(...lows, 1000)), Math.max(...highs, 1));
}

function item(
  key: 'median' | 'thin' | 'middle' | 'most',
  look: Pick<LegendItem, 'class' | 'shape' | 'series'>,
): LegendItem {
  return { key, label: translate(`throughput.${key}`), ...look };
}

/** One period: the spread from left to right, with the median named. */
function layoutAlone(point: ThroughputPoint, view: ThroughputView, { width }: ChartSize): Scene {
  const axis = toValueAxis([point])(12, width - 12);
  const [middle, bottom] = [46, 72];
  const median = axis.at(point.median);
  const label = formatMbps(point.median);
  const bar = (
    key: string,
    from: number | null,
    to: number | null,
    height: number,
  ): SceneNode[] => {
    if (from === null || to === null) return [];
    const [start, end] = [axis.at(from), axis.at(to)];
    const look = { class: key, data: { series: key } };
    return [rect(key, [start, middle - height / 2, end - start, height], look)];
  };
  const spread = point.low !== null;
  const legend = layoutLegendRows(
    [
      item('middle', { class: 'speed-middle', series: spread }),
      ...(spread ? [item('most', { class: 'speed-most', series: true })] : []),
    ],
    { x: 0, top: bottom + 44, width },
  );
  const marks = [
    ...bar('most', point.low, point.high, 6),
    ...bar('middle', point.lower, point.upper, 18),
    line('median', [median, middle - 13], [median, middle + 13], { class: 'median' }),
  ];
  const labelX = keepInside(median, textWidth(label, LABEL_SIZE) + 4, 0, width);
  return {
    width,
    height: bottom + 44 + legend.height,
    title: view.title,
    desc: view.desc,
    rows: 1,
    children: [
      columnAxis(axis, { top: 26, bottom, labels: bottom + 15 }, width),
      text('unit', translate('throughput.unit'), 0, bottom + 31, { class: 'unit' }),
      group('marks', [group('month', marks, { data: { key: point.start } })], {
        class: 'marks witness-throughput',
      }),
      text('value', label, labelX, 22, { class: 'strong', anchor: 'middle' }),
      legend.node,
    ],
  };
}

function layoutCourse(
  view: ThroughputView,
  shown: readonly ThroughputPoint[],
  size: ChartSize,
): Scene {
  const { context, breaks } = view;
  const { frame } = context;
  const thin = shown.some(({ size: sample }) => sample === 'thin');
  const spread = shown.some(({ low }) => low !== null);
  return layoutTimeChart({
    view,
    size,
    rows: shown.length,
    plotHeight: 190,
    legend: [
      item('median', { class: 'speed-line', shape: 'line', series: true }),
      // Points on few tests are part of the median.
      ...(thin ? [item('thin', { class: 'speed-line thin', shape: 'line' })] : []),
      item('middle', { class: 'speed-middle', series: true }),
      ...(spread ? [item('most', { class: 'speed-most', series: true })] : []),
    ],
    unit: translate('throughput.unit'),
    value: toValueAxis(shown),
    marks: [
      ({ axis, top, bottom }) =>
        breaks.map(({ day }) =>
          line(`break ${day}`, [axis.at(day), top], [axis.at(day), bottom], { class: 'break' }),
        ),
      medians(shown, isNarrow(size)),
    ],
    empty: shown.length === 0 ? translate('witness.few.throughput') : null,
    coverage: {
      unit: translate(`unit.tests_per.${frame.grain}`),
      periods: toPeriods(frame).map((period) => {
        const inside = view.points.filter(
          ({ start }) => start >= period.start && start < period.end,
        );
        const tests = inside.reduce((sum, point) => sum + point.tests, 0);
        return { ...period, tests: inside.length === 0 ? null : tests, days: null };
      }),
    },
    targets: {
      ...rowTargets(view.table.rows, context),
      slots: shown.length > MOST_SLOTS && size.reads !== true ? [] : shown,
    },
  });
}

const MEDIAN = { data: { series: 'median' } };

function medians(points: readonly ThroughputPoint[], narrow: boolean): Mark {
  const half = narrow || points.length > 60 ? 2 : 2.75;
  const course = withGaps(points).map((point): (Datum & ThroughputPoint) | null =>
    point === null
      ? null
      : { ...point, key: point.start, value: point.median, quiet: point.size !== 'firm' },
  );
  return (plot) => {
    const placed = place(course, plot);
    const at = (end: number | null): number | null => (end === null ? null : plot.value.at(end));
    const most = bandPath(placed, ({ datum }) => [at(datum.low), at(datum.high)]);
    const marked =
      points.length > MOST_SLOTS ? loners(placed) : placed.filter((one) => one !== null);
    const squares = marked.map((point) => {
      const look = { class: point.datum.quiet ? 'mark hollow' : 'mark' };
      return dot(point.datum.key, 'square', point, half, look);
    });
    return [
      path('most', most, { class: 'speed-most', data: { series: 'most' } }),
      path('middle', bandPath(placed), { class: 'speed-middle', data: { series: 'middle' } }),
      path('firm', linePath(placed), { class: 'speed-line', ...MEDIAN }),
      path('thin', linePath(placed, true), { class: 'speed-line thin', ...MEDIAN }),
      group('points', squares, { class: 'witness-throughput', ...MEDIAN }),
    ];
  };
}
