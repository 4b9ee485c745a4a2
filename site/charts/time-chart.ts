/** The frame of every chart over time: legend, value axis, plot, time axis, coverage strip, reasons in words. */
import { formatProblem } from '../../data-build/contract/known-problems.ts';
import {
  drawnProblems,
  frameProblems,
  incompleteNotes,
  type ChartWords,
  type ViewContext,
} from '../view/context.ts';
import type { EventSpan } from '../view/events.ts';
import { toPeriods } from '../view/time-frame.ts';
import { COVERAGE_HEIGHT, layoutCoverageStrip, type Coverage } from './coverage-strip.ts';
import { drawLower } from './lower.ts';
import { valueAxis, type AxisMaker, type Mark } from './marks/axis.ts';
import { lines, wrapText } from './marks/label.ts';
import { layoutLegendColumn, layoutLegendRows, type LegendItem } from './marks/legend.ts';
import { group, line, rect, text } from './marks/shapes.ts';
import { layoutProblems, problemItem } from './marks/problems.ts';
import { clampDay, layoutSpans } from './marks/span.ts';
import {
  layoutTimeAxis,
  TIME_AXIS_HEIGHT,
  toTimeAxis,
  type Slot,
  type TimeAxis,
} from './marks/time-axis.ts';
import type { Scene, SceneData, SceneNode } from './scene.ts';
import {
  CARD_ROOM,
  isNarrow,
  LABEL_SIZE,
  LINE_HEIGHT,
  SMALL_SIZE,
  type ChartSize,
} from './size.ts';

/** The words of a view that a drawing carries, and whose days they are about. */
export type DrawnView = Pick<ChartWords, 'title' | 'desc'> & { readonly context: ViewContext };

/** What can be pointed at: stretches of the axis, and what is said of each; null: nothing. */
export interface Targets {
  readonly slots: readonly Slot[];
  readonly dataOf: (slot: Slot) => SceneData | null;
}

export interface TimeChart {
  readonly view: DrawnView;
  readonly size: ChartSize;
  /** How many data rows are drawn. */
  readonly rows: number;
  readonly plotHeight: number;
  readonly legend: readonly LegendItem[];
  /** Words above the value axis. */
  readonly unit: string;
  readonly value: AxisMaker;
  readonly marks: readonly Mark[];
  /** Words in the middle of the plot when there is nothing to draw; null when there is. */
  readonly empty: string | null;
  /** Null: nothing is known of it. */
  readonly coverage: Coverage | null;
  /** Detected events above the plot, with the class that colors them. */
  readonly spans?: { readonly list: readonly EventSpan[]; readonly class: string };
  readonly targets: Targets | null;
  /** What is not drawn, in words at the end. */
  readonly more?: string | null;
}

const UNIT_HEIGHT = 28;
const LOW_UNIT_HEIGHT = 18;
/** Part of its height that a plot has on a phone, so that its chart fits a frame with title and credit. */
const NARROW_PART = 0.7;
/** Pixels below which a plot is not made lower, unless nothing else can be left out. */
const LOWEST_PLOT = 96;
/** Pixels of a plot on a card, or in a frame without room, where a lower one would say nothing. */
const LEAST_PLOT = 24;

/** Where it must be lower: its plot first, then what stands above and below it, and that is said in words beside it. */
export function layoutTimeChart(chart: TimeChart): Scene {
  const ways = [
    { lowest: LOWEST_PLOT, isTight: false },
    { lowest: LOWEST_PLOT, isTight: true },
    { lowest: 40, isTight: true },
  ];
  return drawLower(chart.size, { lowest: Infinity, isTight: false }, ways, (way) =>
    drawTimeChart(chart, way),
  );
}

function drawTimeChart(
  chart: TimeChart,
  { lowest, isTight }: { readonly lowest: number; readonly isTight: boolean },
): Scene {
  const { view, size, more = null } = chart;
  const { context } = view;
  const legend = [...chart.legend, ...problemItem(context)];
  const isLow = size.low === true;
  const axis = toTimeAxis(context.frame, size);
  const wanted = isLow ? 0 : Math.round(chart.plotHeight * (isNarrow(size) ? NARROW_PART : 1));
  const plotHeight = Math.max(Math.min(wanted, lowest), wanted - (size.less ?? 0));
  const most = isLow || isTight ? 1 : undefined;
  const spans = { ...chart.spans, list: (chart.spans?.list ?? []).slice(0, most) };
  const coverage = isLow ? null : chart.coverage;
  const rows = isNarrow(size)
    ? layoutLegendRows(legend, { x: 0, top: 2, width: size.width })
    : { node: null, height: 0 };
  const events = layoutSpans(spans.list, axis, rows.height + 4, spans.class ?? '');
  const top =
    rows.height +
    (events.height === 0 ? 0 : events.height + 8) +
    (isLow || isTight ? LOW_UNIT_HEIGHT : UNIT_HEIGHT);
  const under = (): number =>
    layoutTimeFoot({ context, size, isTight }, axis, top, top, coverage, null).bottom;
  const bottom = top + (isLow ? Math.max(LEAST_PLOT, CARD_ROOM - under()) : plotHeight);
  const value = chart.value(bottom, top);
  const ticks = isLow ? value.ticks.filter((_, index) => index % 2 === 0) : value.ticks;
  const plot = { axis, value: { ...value, ticks }, top, bottom };
  const { left, right } = axis;
  const foot = layoutTimeFoot(
    { context, size, isTight },
    axis,
    top,
    bottom,
    coverage,
    chart.targets,
  );
  const empty = chart.empty === null ? [] : wrapText(chart.empty, right - left, LABEL_SIZE);
  return {
    width: size.width,
    height: foot.bottom + (more === null ? 0 : 20),
    title: view.title,
    desc: view.desc,
    rows: chart.rows,
    children: [
      rows.node ??
        layoutLegendColumn(legend, {
          x: right + 16,
          top: top + 2,
          width: size.width - right - 16,
        }),
      valueAxis(plot, chart.unit),
      layoutIncompleteSlots(context, axis, top, bottom),
      ...layoutProblems(context, axis, [top, bottom]),
      ...(events.height === 0
        ? []
        : [layoutLeaders(spans.list, axis, rows.height + 28, bottom), events.node]),
      group(
        'marks',
        chart.marks.flatMap((mark) => mark(plot)),
        { class: 'marks' },
      ),
      ...lines('empty', empty, (left + right) / 2, (top + bottom) / 2, {
        class: 'value',
        anchor: 'middle',
      }),
      ...foot.nodes,
      ...(more === null ? [] : [text('more', more, 0, foot.bottom + 14, { class: 'unit' })]),
    ],
  };
}

/** What stands under a plot over time, from its bottom down, and where that ends. */
export function layoutTimeFoot(
  {
    context,
    size,
    isTight = false,
  }: {
    readonly context: ViewContext;
    readonly size: ChartSize;
    /** Why periods are grey is then left to the words beside the chart. */
    readonly isTight?: boolean;
  },
  axis: TimeAxis,
  top: number,
  bottom: number,
  coverage: Coverage | null,
  targets: Targets | null,
): { readonly nodes: readonly SceneNode[]; readonly bottom: number } {
  const stripTop = bottom + TIME_AXIS_HEIGHT + 6;
  const notesTop = stripTop + (coverage === null ? 0 : COVERAGE_HEIGHT + 4);
  const wrap = (note: string) => wrapText(note, size.width - 18, SMALL_SIZE);
  const notes = (isTight ? [] : incompleteNotes(context)).flatMap(wrap);
  const swatch = group('swatch', [rect('swatch', [0, notesTop + 3, 11, 11])], {
    class: 'incomplete',
  });
  let end = notesTop + notes.length * LINE_HEIGHT;
  const drawn = new Set(drawnProblems(context));
  const problems = (isTight ? [] : frameProblems(context)).map((problem): SceneNode => {
    const y = end;
    const words = wrap(formatProblem(problem));
    end += words.length * LINE_HEIGHT;
    const isDrawn = drawn.has(problem);
    return group(`problem ${problem.since} ${problem.until}`, [
      ...(isDrawn ? [rect('swatch', [0, y + 3, 11, 11], { pattern: 'problem' })] : []),
      ...lines('line', words, 18, y + 12),
    ]);
  });
  return {
    bottom: end,
    nodes: [
      layoutTimeAxis(axis, bottom, size, targets === null ? null : top),
      ...(coverage === null ? [] : [layoutCoverageStrip(coverage, axis, stripTop)]),
      group(
        'notes',
        notes.length === 0 ? [] : [swatch, ...lines('line', notes, 18, notesTop + 12)],
        { class: 'notes' },
      ),
      ...(problems.length === 0 ? [] : [group('problem-notes', problems, { class: 'notes' })]),
      ...(targets === null ? [] : [layoutTargets(targets, axis, top, bottom)]),
    ],
  };
}

/** From where an event began down through the plot, so that it is seen what it is about. */
function layoutLeaders(
  spans: readonly EventSpan[],
  axis: TimeAxis,
  top: number,
  bottom: number,
): SceneNode {
  const days = new Set(spans.map(({ since }) => since).filter((day) => axis.at(day) >= axis.left));
  return group(
    'leaders',
    [...days].map((day) => {
      const x = clampDay(axis, day);
      return line(day, [x, top], [x, bottom], { class: 'break' });
    }),
  );
}

/** Ground behind periods that do not hold all their days. */
function layoutIncompleteSlots(
  { frame }: ViewContext,
  axis: TimeAxis,
  top: number,
  bottom: number,
): SceneNode {
  const grounds = toPeriods(frame).flatMap((period) => {
    const { x, width } = axis.slot(period);
    return period.incomplete === null ? [] : [rect(period.start, [x, top, width, bottom - top])];
  });
  return group('incomplete', grounds, { class: 'incomplete' });
}

/** Invisible full-height slots that carry the data of a period, for pointer and keyboard. */
function layoutTargets(
  { slots, dataOf }: Targets,
  axis: TimeAxis,
  top: number,
  bottom: number,
): SceneNode {
  const targets = slots.flatMap((slot) => {
    const data = dataOf(slot);
    const { x, width } = axis.slot(slot);
    if (data === null) return [];
    return [
      rect(slot.start, [x, top, width, bottom - top], { data: { period: slot.start, ...data } }),
    ];
  });
  return group('targets', targets, { class: 'targets' });
}

/** The periods of the axis; null: nothing is said of one. */
export function periodTargets(
  { frame }: ViewContext,
  dataOf: (start: string) => SceneData | null,
): Targets {
  return { slots: toPeriods(frame), dataOf: ({ start }) => dataOf(start) };
}

/** For charts whose tooltip is the row of a period in their own table; `rows` are those to read out. */
export function rowTargets(
  rows: readonly { readonly key: string }[],
  context: ViewContext,
): Targets {
  const keys = new Set(rows.map(({ key }) => key));
  return periodTargets(context, (start) => (keys.has(start) ? { key: start } : null));
}
