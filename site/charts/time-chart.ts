/** The frame of every chart over time: legend, value axis, plot, time axis, coverage strip, reasons in words. */
import { incompleteNotes, type ViewContext } from '../view/context.ts';
import { toPeriods, type Period } from '../view/time-frame.ts';
import type { EventSpan } from '../view/events.ts';
import { toBar } from './bar.ts';
import { COVERAGE_HEIGHT, layoutCoverageStrip, type CoveragePeriod } from './coverage-strip.ts';
import { clampDay, layoutSpans } from './event-span.ts';
import { layoutLegendColumn, layoutLegendRows, type LegendItem } from './legend.ts';
import { round } from './round.ts';
import type { Scene, SceneData, SceneNode } from './scene.ts';
import { isNarrow, LINE_HEIGHT, SMALL_SIZE, type ChartSize } from './size.ts';
import { wrapText } from './text-width.ts';
import { layoutTimeAxis, TIME_AXIS_HEIGHT, toTimeAxis, type TimeAxis } from './time-axis.ts';
import { layoutValueAxis, type ValueAxis } from './value-axis.ts';

export interface Plot {
  readonly axis: TimeAxis;
  readonly value: ValueAxis;
  readonly top: number;
  readonly bottom: number;
}

/** A stretch of the time axis; `end` is exclusive. */
export type Slot = Pick<Period, 'start' | 'end'>;

export interface TimeChart {
  readonly context: ViewContext;
  readonly size: ChartSize;
  readonly plotHeight: number;
  readonly legend: readonly LegendItem[];
  /** Words above the value axis. */
  readonly unit: string;
  readonly coverage: {
    readonly unit: string;
    readonly periods: readonly CoveragePeriod[];
  };
  readonly toValueAxis: (top: number, bottom: number) => ValueAxis;
  /** Detected events above the plot, with the class that colors them. */
  readonly spans?: { readonly list: readonly EventSpan[]; readonly class: string };
  /** Words in the middle of the plot when there is nothing to draw; null when there is. */
  readonly empty: string | null;
  readonly layoutMarks: (plot: Plot) => readonly SceneNode[];
  /** What a tooltip says of a period; periods left out have none. `{ key }` names the row of the table that says it. */
  readonly toData?: (period: Slot) => SceneData | null;
  /** What can be pointed at, where it is other than the periods of the frame. */
  readonly slots?: readonly Slot[];
}

export type Drawing = Pick<Scene, 'width' | 'height' | 'children'>;

const UNIT_HEIGHT = 28;

export function layoutTimeFrame(chart: TimeChart): Drawing {
  const { context, size } = chart;
  const { frame } = context;
  const narrow = isNarrow(size);
  const axis = toTimeAxis(frame, size);
  const rows = narrow
    ? layoutLegendRows(chart.legend, { x: 0, top: 2, width: size.width })
    : { node: null, height: 0 };
  const spans = layoutSpans(
    chart.spans?.list ?? [],
    axis,
    rows.height + 4,
    chart.spans?.class ?? '',
  );
  const spansHeight = spans.height === 0 ? 0 : spans.height + 8;
  const top = rows.height + spansHeight + UNIT_HEIGHT;
  const bottom = top + chart.plotHeight;
  const value = chart.toValueAxis(top, bottom);
  const stripTop = bottom + TIME_AXIS_HEIGHT + 6;
  const notes = layoutTimeNotes(context, stripTop + COVERAGE_HEIGHT + 4, size);
  return {
    width: size.width,
    height: round(stripTop + COVERAGE_HEIGHT + 4 + notes.height),
    children: [
      rows.node ??
        layoutLegendColumn(chart.legend, {
          x: axis.right + 16,
          top: top + 2,
          width: size.width - axis.right - 16,
        }),
      layoutValueAxis(value, { left: axis.left, right: axis.right, top }, chart.unit),
      layoutIncompleteSlots(context, axis, top, bottom),
      ...(spans.height === 0
        ? []
        : [layoutLeaders(chart, axis, rows.height + 28, bottom), spans.node]),
      {
        type: 'g',
        key: 'marks',
        class: 'marks',
        children: chart.layoutMarks({ axis, value, top, bottom }),
      },
      ...(chart.empty === null ? [] : [layoutEmpty(chart.empty, axis, round((top + bottom) / 2))]),
      layoutTimeAxis(axis, bottom, size, top),
      layoutCoverageStrip(chart.coverage.periods, axis, stripTop, chart.coverage.unit),
      notes.node,
      layoutTargets(
        chart.toData === undefined ? [] : (chart.slots ?? toPeriods(frame)),
        chart.toData ?? (() => null),
        axis,
        { top, bottom },
      ),
    ],
  };
}

/** From where an event began down through the plot, so that it is seen what it is about. */
function layoutLeaders(
  { spans }: TimeChart,
  axis: TimeAxis,
  top: number,
  bottom: number,
): SceneNode {
  const days = new Set(
    (spans?.list ?? []).map(({ since }) => since).filter((day) => axis.at(day) >= axis.left),
  );
  return {
    type: 'g',
    key: 'leaders',
    children: [...days].map((day): SceneNode => {
      const x = round(clampDay(axis, day));
      return { type: 'line', key: day, class: 'break', x1: x, y1: top, x2: x, y2: bottom };
    }),
  };
}

/** Why a plot is empty, in its middle. */
export function layoutEmpty(text: string, { left, right }: TimeAxis, y: number): SceneNode {
  const x = round((left + right) / 2);
  return { type: 'text', key: 'empty', class: 'value', x, y, text, anchor: 'middle' };
}

/** Ground behind periods that do not hold all their days. */
function layoutIncompleteSlots(
  { frame }: ViewContext,
  axis: TimeAxis,
  top: number,
  bottom: number,
): SceneNode {
  return {
    type: 'g',
    key: 'incomplete',
    class: 'incomplete',
    children: toPeriods(frame).flatMap((period): SceneNode[] => {
      if (period.incomplete === null) return [];
      const { x, width } = axis.slot(period);
      return [{ type: 'rect', key: period.start, x, y: top, width, height: round(bottom - top) }];
    }),
  };
}

/** Height of the hatched mark for a period with too few tests: seen, but quieter than the data. */
const TOO_FEW_HEIGHT = 22;

/** Hatched marks on the baseline: something was tested there, too little for a share. */
export function layoutTooFew(periods: readonly Period[], { axis, bottom }: Plot): SceneNode {
  return {
    type: 'g',
    key: 'too-few',
    class: 'too-few',
    pattern: 'few',
    children: periods.map((period): SceneNode => {
      const { x, width } = toBar(axis, period);
      return {
        type: 'rect',
        key: period.start,
        x,
        y: bottom - TOO_FEW_HEIGHT,
        width,
        height: TOO_FEW_HEIGHT,
      };
    }),
  };
}

/** Why periods are grey, under everything else. */
export function layoutTimeNotes(
  context: ViewContext,
  top: number,
  size: ChartSize,
): { readonly node: SceneNode; readonly height: number } {
  const lines = incompleteNotes(context).flatMap((note) =>
    wrapText(note, size.width - 18, SMALL_SIZE),
  );
  const swatch: readonly SceneNode[] =
    lines.length === 0
      ? []
      : [
          {
            type: 'g',
            key: 'swatch',
            class: 'incomplete',
            children: [{ type: 'rect', key: 'swatch', x: 0, y: top + 3, width: 11, height: 11 }],
          },
        ];
  return {
    height: lines.length * LINE_HEIGHT,
    node: {
      type: 'g',
      key: 'notes',
      class: 'notes',
      children: [
        ...swatch,
        ...lines.map((text, index): SceneNode => ({
          type: 'text',
          key: `line ${index}`,
          x: 18,
          y: top + 12 + index * LINE_HEIGHT,
          text,
        })),
      ],
    },
  };
}

/** Invisible full-height slots that carry the data of a period, for pointer and keyboard. */
export function layoutTargets(
  slots: readonly Slot[],
  toData: (slot: Slot) => SceneData | null,
  axis: TimeAxis,
  { top, bottom }: Pick<Plot, 'top' | 'bottom'>,
): SceneNode {
  return {
    type: 'g',
    key: 'targets',
    class: 'targets',
    children: slots.flatMap((slot): SceneNode[] => {
      const data = toData(slot);
      if (data === null) return [];
      const { x, width } = axis.slot(slot);
      return [
        {
          type: 'rect',
          key: slot.start,
          data: { period: slot.start, ...data },
          x,
          y: top,
          width,
          height: round(bottom - top),
        },
      ];
    }),
  };
}

/** For charts whose tooltip is the row of a period in their own table; `rows` are those worth telling. */
export function toRowData(
  rows: readonly { readonly key: string }[],
): (slot: Slot) => SceneData | null {
  const keys = new Set(rows.map(({ key }) => key));
  return ({ start }) => (keys.has(start) ? { key: start } : null);
}
