/** Speed over time: median and what lies around it on a logarithmic axis; one month alone is drawn lying. */
import { area, line } from 'd3';
import { translate } from '../i18n/translate.ts';
import { formatMbps, type ThroughputPoint, type ThroughputView } from '../view/throughput.ts';
import { toPeriods } from '../view/time-frame.ts';
import { toLogAxis } from './log-axis.ts';
import { layoutLegendRows, type LegendItem } from './legend.ts';
import { round } from './round.ts';
import type { Scene, SceneNode } from './scene.ts';
import { isNarrow, LABEL_SIZE, type ChartSize } from './size.ts';
import { textWidth } from './text-width.ts';
import { layoutTimeFrame, toRowData, type Plot } from './time-chart.ts';

export function layoutThroughput(view: ThroughputView, size: ChartSize): Scene {
  const shown = view.points.filter(({ size: sample }) => sample !== 'hidden');
  const words = { title: view.title, desc: view.desc, rows: shown.length };
  const [alone] = shown;
  return shown.length === 1 && alone !== undefined
    ? { ...layoutAlone(alone, view, size), ...words }
    : { ...layoutCourse(view, shown, size), ...words };
}

function extremes(points: readonly ThroughputPoint[]): readonly [number, number] {
  const lows = points.map(({ low, lower, median }) => low ?? lower ?? median);
  const highs = points.map(({ high, upper, median }) => high ?? upper ?? median);
  return [Math.max(0.1, Math.min(...lows, 1000)), Math.max(...highs, 1)];
}

/** One period: the spread from left to right, with the median named. */
function layoutAlone(
  point: ThroughputPoint,
  { context: {} }: ThroughputView,
  size: ChartSize,
): Pick<Scene, 'width' | 'height' | 'children'> {
  const [left, right] = [12, size.width - 12];
  const [low, high] = extremes([point]);
  const axis = toLogAxis(low, high, left, right);
  const middle = 46;
  const bottom = 72;
  const median = axis.at(point.median);
  const label = formatMbps(point.median);
  const half = textWidth(label, LABEL_SIZE) / 2 + 2;
  const bar = (key: string, from: number | null, to: number | null, height: number): SceneNode[] =>
    from === null || to === null
      ? []
      : [
          {
            type: 'rect',
            key,
            data: { series: key },
            class: key,
            x: axis.at(from),
            y: middle - height / 2,
            width: round(axis.at(to) - axis.at(from)),
            height,
          },
        ];
  const legend = layoutLegendRows(
    [
      {
        key: 'middle',
        label: translate('throughput.middle'),
        class: 'speed-middle',
        series: point.low !== null,
      },
      ...(point.low === null
        ? []
        : [
            {
              key: 'most',
              label: translate('throughput.most'),
              class: 'speed-most',
              series: true,
            },
          ]),
    ],
    { x: 0, top: bottom + 44, width: size.width },
  );
  return {
    width: size.width,
    height: bottom + 44 + legend.height,
    children: [
      {
        type: 'g',
        key: 'axis',
        class: 'axis',
        children: axis.ticks.flatMap(({ value, text }): SceneNode[] => {
          const x = axis.at(value);
          const room = textWidth(text, LABEL_SIZE) / 2;
          return [
            { type: 'line', key: `grid ${value}`, class: 'grid', x1: x, y1: 26, x2: x, y2: bottom },
            {
              type: 'text',
              key: `label ${value}`,
              x: round(Math.min(Math.max(x, room), size.width - room)),
              y: bottom + 15,
              text,
              anchor: 'middle',
            },
          ];
        }),
      },
      {
        type: 'text',
        key: 'unit',
        class: 'unit',
        x: 0,
        y: bottom + 31,
        text: translate('throughput.unit'),
      },
      {
        type: 'g',
        key: 'marks',
        class: 'marks witness-throughput',
        children: [
          ...bar('most', point.low, point.high, 6),
          ...bar('middle', point.lower, point.upper, 18),
          {
            type: 'line',
            key: 'median',
            class: 'median',
            x1: median,
            y1: middle - 13,
            x2: median,
            y2: middle + 13,
          },
        ],
      },
      {
        type: 'text',
        key: 'value',
        class: 'strong',
        x: round(Math.min(Math.max(median, half), size.width - half)),
        y: 22,
        text: label,
        anchor: 'middle',
      },
      legend.node,
    ],
  };
}

function layoutCourse(
  view: ThroughputView,
  shown: readonly ThroughputPoint[],
  size: ChartSize,
): Pick<Scene, 'width' | 'height' | 'children'> {
  const { context, breaks } = view;
  const { frame } = context;
  const [low, high] = extremes(shown);
  const thin = shown.some(({ size: sample }) => sample === 'thin');
  const item = (
    key: 'median' | 'thin' | 'middle' | 'most',
    className: string,
    shape: LegendItem['shape'],
  ): LegendItem => ({
    key,
    label: translate(`throughput.${key}`),
    class: className,
    // Points on few tests are part of the median.
    series: key !== 'thin',
    ...(shape === undefined ? {} : { shape }),
  });
  return layoutTimeFrame({
    context,
    size,
    plotHeight: 190,
    legend: [
      item('median', 'speed-line', 'line'),
      ...(thin ? [item('thin', 'speed-line thin', 'line')] : []),
      item('middle', 'speed-middle', undefined),
      ...(shown.some(({ low: p10 }) => p10 !== null)
        ? [item('most', 'speed-most', undefined)]
        : []),
    ],
    unit: translate('throughput.unit'),
    empty: shown.length === 0 ? translate('witness.few.throughput') : null,
    coverage: {
      unit: translate(`unit.tests_per.${frame.grain}`),
      periods: toPeriods(frame).map((period) => {
        const inside = view.points.filter(
          ({ start }) => start >= period.start && start < period.end,
        );
        return {
          ...period,
          tests: inside.length === 0 ? null : inside.reduce((sum, { tests }) => sum + tests, 0),
          days: null,
        };
      }),
    },
    toValueAxis: (top, bottom) => toLogAxis(low, high, bottom, top),
    toData: toRowData(view.table.rows),
    slots: shown.length > MOST_SLOTS ? [] : shown,
    layoutMarks: (plot) => [
      ...breaks.map(({ day }): SceneNode => ({
        type: 'line',
        key: `break ${day}`,
        class: 'break',
        x1: plot.axis.at(day),
        y1: plot.top,
        x2: plot.axis.at(day),
        y2: plot.bottom,
      })),
      ...layoutLines(shown, plot, isNarrow(size)),
    ],
  });
}

const MEDIAN = { series: 'median' };
/** More points than this are too narrow to be pointed at. */
const MOST_SLOTS = 400;

interface Placed {
  readonly point: ThroughputPoint;
  readonly x: number;
}

function layoutLines(
  points: readonly ThroughputPoint[],
  { axis, value }: Plot,
  narrow: boolean,
): readonly SceneNode[] {
  const placed = points.map((point): Placed => ({
    point,
    x: round((axis.at(point.start) + axis.at(point.end)) / 2),
  }));
  const runs: Placed[][] = [];
  for (const each of placed) {
    const run = runs.at(-1);
    if (run?.at(-1)?.point.end === each.point.start) run.push(each);
    else runs.push([each]);
  }
  const band = (low: 'low' | 'lower', high: 'high' | 'upper'): string =>
    runs
      .map(
        (run) =>
          area<Placed>()
            .x(({ x }) => x)
            .y0(({ point }) => value.at(point[low] ?? point.median))
            .y1(({ point }) => value.at(point[high] ?? point.median))
            .defined(({ point }) => point[low] !== null && point[high] !== null)
            .digits(2)(run) ?? '',
      )
      .join('');
  const draw = line<Placed>()
    .x(({ x }) => x)
    .y(({ point }) => value.at(point.median))
    .digits(2);
  /** Stretches of pairs: dashed where either end rests on few tests. */
  const pairs = (firm: boolean): string =>
    runs
      .flatMap((run) =>
        run.slice(1).map((each, index) => {
          const before = run[index];
          if (before === undefined) return '';
          const both = before.point.size === 'firm' && each.point.size === 'firm';
          return both === firm ? (draw([before, each]) ?? '') : '';
        }),
      )
      .join('');
  return [
    {
      type: 'path',
      key: 'most',
      data: { series: 'most' },
      class: 'speed-most',
      d: band('low', 'high'),
    },
    {
      type: 'path',
      key: 'middle',
      data: { series: 'middle' },
      class: 'speed-middle',
      d: band('lower', 'upper'),
    },
    { type: 'path', key: 'firm', data: MEDIAN, class: 'speed-line', d: pairs(true) },
    { type: 'path', key: 'thin', data: MEDIAN, class: 'speed-line thin', d: pairs(false) },
    {
      type: 'g',
      key: 'points',
      data: MEDIAN,
      class: 'witness-throughput',
      children: placed.map(({ point, x }): SceneNode => {
        const half = narrow || placed.length > 60 ? 2 : 2.75;
        return {
          type: 'rect',
          key: point.start,
          class: point.size === 'firm' ? 'mark' : 'mark hollow',
          x: round(x - half),
          y: round(value.at(point.median) - half),
          width: 2 * half,
          height: 2 * half,
        };
      }),
    },
  ];
}
