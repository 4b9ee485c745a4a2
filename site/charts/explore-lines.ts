/** Up to six lines over time, each with a colour, a dash and a mark of its own; shares with what the counts allow. */
import { area, line } from 'd3';
import { translate } from '../i18n/translate.ts';
import {
  MOST_LINES,
  periodOf,
  type ExploreCell,
  type ExploreGroup,
} from '../view/explore-cells.ts';
import type { ExploreView } from '../view/explore.ts';
import type { Measure } from '../state/parameters.ts';
import { formatPercent } from '../view/format.ts';
import { nextPeriod, toPeriods, type Period } from '../view/time-frame.ts';
import type { LegendItem } from './legend.ts';
import { round } from './round.ts';
import type { Scene, SceneData, SceneNode } from './scene.ts';
import type { ChartSize } from './size.ts';
import { layoutTimeFrame, layoutTooFew, type Plot } from './time-chart.ts';
import { toCountAxis, toShareAxis } from './value-axis.ts';

/** Colors of events, by whose numbers are shown. */
const SPAN_CLASS: Readonly<Record<Measure, string>> = {
  rate: 'witness-interference',
  tests: 'witness-interference',
  confirmed: 'witness-interference',
  methods: 'witness-interference',
  throughput: 'witness-throughput',
  tool_use: 'witness-tools',
};

interface Placed {
  readonly cell: ExploreCell;
  readonly period: Period;
  readonly x: number;
  readonly y: number;
  readonly lower: number;
  readonly upper: number;
}

export function layoutExploreLines(view: ExploreView, size: ChartSize): Scene {
  const { context, isShare, baseline } = view;
  const { frame } = context;
  const groups = view.groups.slice(0, MOST_LINES);
  const drawn = groups.flatMap(({ cells }) => cells);
  const several = groups.length > 1 || (groups[0]?.label ?? '') !== '';
  const few = drawn.some(({ rate }) => rate?.kind === 'too_few');
  const legend: readonly LegendItem[] = [
    ...groups.map(({ key, label, look }): LegendItem => ({
      key: `line ${key}`,
      label: several ? label : view.unit,
      class: several || view.measure !== 'rate' ? `series-line series-${look}` : 'rate-line',
      shape: 'line',
    })),
    ...(isShare && !several
      ? [
          {
            key: 'band',
            label: translate('chart.rate.band'),
            class: view.measure === 'rate' ? 'band' : 'series-band',
          },
        ]
      : []),
    ...(few
      ? [
          {
            key: 'few',
            label: translate('chart.rate.too_few'),
            class: 'too-few',
            pattern: 'few' as const,
          },
        ]
      : []),
    ...(baseline === null
      ? []
      : [
          {
            key: 'baseline',
            label: translate('explore.baseline'),
            value: formatPercent(baseline.rate),
            class: 'baseline',
            shape: 'line' as const,
          },
        ]),
  ];
  const most = Math.max(0, ...drawn.map(({ value }) => value ?? 0));
  const chart = layoutTimeFrame({
    context,
    size,
    plotHeight: 220,
    legend,
    unit: view.unit,
    empty: drawn.length === 0 ? view.title : null,
    coverage: { unit: coverageUnit(view), periods: toCoverage(view) },
    toValueAxis: (top, bottom) =>
      isShare ? toShareAxis(top, bottom) : toCountAxis(most, top, bottom),
    layoutMarks: (plot) => [
      ...(several ? [] : [layoutTooFew(fewPeriods(drawn, frame.grain), plot)]),
      ...(baseline === null ? [] : [layoutBaseline(plot.value.at(baseline.rate), plot)]),
      ...groups.map((group) => layoutLine(group, several, view, plot)),
    ],
    spans: { list: view.spans, class: SPAN_CLASS[view.measure] },
    toData: ({ start }) => {
      const cells = drawn.filter(({ x }) => x === start);
      return cells.length === 0 ? null : { keys: cells.map(({ key }) => key).join('\n') };
    },
  });
  return { ...chart, title: view.title, desc: view.desc, rows: drawn.length };
}

function coverageUnit({ measure, context: { frame } }: ExploreView): string {
  return measure === 'tool_use'
    ? translate(`tool_use.coverage.${frame.grain}`)
    : translate(`unit.tests_per.${frame.grain}`);
}

/** Tests of all lines per period, drawn or not. */
function toCoverage({ cells, measure, context }: ExploreView) {
  const sums = new Map<string, number>();
  const seen = new Set<string>();
  for (const { x, row } of cells) {
    // Every method of a period has the same denominator.
    if (measure === 'methods' && seen.has(x)) continue;
    seen.add(x);
    const tests = measure === 'tool_use' ? row.days : row.tests + row.failures;
    sums.set(
      x,
      measure === 'tool_use' ? Math.max(sums.get(x) ?? 0, tests) : (sums.get(x) ?? 0) + tests,
    );
  }
  return toPeriods(context.frame).map((period) => ({
    ...period,
    tests: sums.get(period.start) ?? null,
    days: null,
  }));
}

function toPeriod(cell: ExploreCell, grain: Parameters<typeof nextPeriod>[1]): Period | null {
  const start = periodOf(cell);
  return start === null
    ? null
    : { start, end: nextPeriod(start, grain), incomplete: cell.incomplete };
}

function fewPeriods(
  cells: readonly ExploreCell[],
  grain: Parameters<typeof nextPeriod>[1],
): readonly Period[] {
  return cells.flatMap((cell) =>
    cell.rate?.kind === 'too_few' ? (toPeriod(cell, grain) ?? []) : [],
  );
}

function layoutBaseline(y: number, { axis }: Plot): SceneNode {
  return {
    type: 'line',
    key: 'baseline',
    class: 'baseline',
    x1: axis.left,
    y1: y,
    x2: axis.right,
    y2: y,
  };
}

const SERIES = {
  line: 'series-line',
  band: 'series-band',
  point: 'series-point',
  grey: 'series-point-grey',
} as const;
/** One rate alone looks as it does on the other pages. */
const RATE = {
  line: 'rate-line',
  band: 'band',
  point: 'rate-point',
  grey: 'rate-point-grey',
} as const;

function layoutLine(
  { key, cells, look: place }: ExploreGroup,
  several: boolean,
  view: ExploreView,
  plot: Plot,
): SceneNode {
  const { frame } = view.context;
  const byStart = new Map(cells.map((cell) => [cell.x, cell]));
  // Every period has a place, so that a gap stays a gap.
  const placed = toPeriods(frame).map((period): Placed | null => {
    const cell = byStart.get(period.start);
    if (cell === undefined || cell.value === null) return null;
    const { rate, value } = cell;
    const known = rate?.kind === 'rate' ? rate : null;
    return {
      cell,
      period,
      x: plot.axis.slot(period).middle,
      y: plot.value.at(value),
      lower: plot.value.at(known?.lower ?? value),
      upper: plot.value.at(known?.upper ?? value),
    };
  });
  const firm = placed.map((point) => (point?.period.incomplete === null ? point : null));
  const look = several || view.measure !== 'rate' ? SERIES : RATE;
  const radius = placed.length > 60 ? 2 : 3;
  const shape = line<Placed | null>()
    .defined((point) => point !== null)
    .x((point) => point?.x ?? 0)
    .y((point) => point?.y ?? 0)
    .digits(2);
  const band = area<Placed | null>()
    .defined((point) => point !== null)
    .x((point) => point?.x ?? 0)
    .y0((point) => point?.lower ?? 0)
    .y1((point) => point?.upper ?? 0)
    .digits(2);
  return {
    type: 'g',
    key: `series ${key}`,
    class: `series series-${place}`,
    ...(several ? { data: { series: key } } : {}),
    children: [
      ...(view.isShare && !several
        ? [{ type: 'path', key: 'band', class: look.band, d: band(firm) ?? '' } as const]
        : []),
      { type: 'path', key: 'line', class: look.line, d: shape(firm) ?? '' },
      ...placed.flatMap((point): SceneNode[] => {
        if (point === null) return [];
        return [
          {
            type: 'circle',
            key: point.cell.key,
            class: point.period.incomplete === null ? look.point : look.grey,
            data: toData(point.cell),
            cx: point.x,
            cy: point.y,
            r: radius,
          },
        ];
      }),
    ],
  };
}

/** The numbers of a mark, as the table has them. */
export function toData({ x, key, row, rate, value }: ExploreCell): SceneData {
  return {
    period: x,
    key,
    ...(rate === null
      ? { value: round(value ?? 0) }
      : { tests: row.tests, signs: row.signs, floor: rate.kind === 'rate' ? 'met' : 'below' }),
  };
}
