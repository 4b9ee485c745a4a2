/** Three rows over one time axis: what each witness measured, and what was detected in it. */
import { joinSentences } from '../../../data-build/words/sentences.ts';
import { translate } from '../../i18n/translate.ts';
import type { Witness } from '../../../data-build/contract/witnesses.ts';
import type { WitnessPoint, WitnessTrack } from './tracks.ts';
import type { WitnessesView } from './view.ts';
import { roomyAxis, shareAxis, valueAxis } from '../../charts/marks/axis.ts';
import { keepInside, lines, textWidth, wrapText } from '../../charts/marks/label.ts';
import {
  bandPath,
  dot,
  linePath,
  loners,
  place,
  withGaps,
  type Datum,
  type Point,
  type Shape,
} from '../../charts/marks/line.ts';
import { d, group, line, path, rect, text, type Look } from '../../charts/marks/shapes.ts';
import { layoutProblems } from '../../charts/marks/problems.ts';
import { layoutSpans } from '../../charts/marks/span.ts';
import { toTimeAxis, type TimeAxis } from '../../charts/marks/time-axis.ts';
import { drawLower } from '../../charts/lower.ts';
import type { Scene, SceneNode } from '../../charts/scene.ts';
import {
  isNarrow,
  LABEL_SIZE,
  LINE_HEIGHT,
  SMALL_SIZE,
  type ChartSize,
} from '../../charts/size.ts';
import { layoutTimeFoot, rowTargets } from '../../charts/time-chart.ts';

/** Height of all plots together, by the room there is; a single plot is never lower than the least. */
const PLOTS = { full: 300, wide: 165, narrow: 96, low: 54 } as const;
const LEAST_PLOT = 66;
const GAP = 20;
/** From this width on a chart has the page to itself. */
const FULL_FROM = 900;
/** More points than this are a line alone. */
const MOST_MARKS = 130;
/** A stretch wider than this shows its own extent: a month among days. */
const WIDE_STRETCH = 24;

/** Each witness has a shape beside its color. */
const SHAPES: Readonly<Record<Witness, readonly [shape: Shape, r: number]>> = {
  interference: ['circle', 3],
  throughput: ['square', 2.75],
  tools: ['diamond', 3.5],
  indicators: ['circle', 2.5],
};

/** How a timeline is drawn that must be lower; what it leaves out is said in words beside it. */
interface Way {
  /** Pixels of a plot at least. */
  readonly lowest: number;
  /** Between rows. */
  readonly gap: number;
  /** One event, over the first row. */
  readonly isTight: boolean;
  /** Rows at most. */
  readonly rows: number;
}

const USUAL: Way = { lowest: Infinity, gap: GAP, isTight: false, rows: Infinity };
const LOWER: readonly Way[] = [
  { lowest: 44, gap: GAP, isTight: false, rows: Infinity },
  { lowest: 44, gap: 10, isTight: true, rows: Infinity },
  { lowest: 32, gap: 10, isTight: true, rows: Infinity },
  { lowest: 44, gap: 10, isTight: true, rows: 2 },
  { lowest: 44, gap: 10, isTight: true, rows: 1 },
];

export function layoutWitnesses(view: WitnessesView, size: ChartSize): Scene {
  return drawLower(size, USUAL, LOWER, (way) => drawWitnesses(view, size, way));
}

function drawWitnesses(view: WitnessesView, size: ChartSize, way: Way): Scene {
  const { gap, isTight } = way;
  const { context, tracks, coverage } = view;
  const isLow = size.low === true;
  const agreements = isLow ? [] : view.agreements;
  const axis = toTimeAxis(context.frame, size);
  const top = agreements.length > 0 ? 18 : 2;
  let bottom = top;
  // A source that is silent in these days takes a line, not a row.
  const speaking = tracks.filter(({ missing }) => missing === null).slice(0, isLow ? 1 : way.rows);
  const usual = plotHeight(speaking.length, size);
  const { less = 0 } = size;
  const plot = Math.max(
    Math.min(usual, way.lowest),
    Math.floor(usual - less / Math.max(1, speaking.length)),
  );
  const rows = speaking.map((track, index) => {
    const row = layoutTrack(
      isTight ? { ...track, spans: track.spans.slice(0, index === 0 ? 1 : 0) } : track,
      axis,
      index === 0 ? top : bottom + gap,
      plot,
      size,
    );
    bottom = row.bottom;
    return row.node;
  });
  bottom += 4;
  const silent = wrapText(
    isLow || isTight ? '' : joinSentences(tracks.map(({ missing }) => missing)),
    size.width,
    SMALL_SIZE,
  );
  const tested = !isLow && coverage.some(({ tests }) => tests !== null);
  const unit = translate(`unit.tests_per.${context.frame.grain}`);
  const foot = layoutTimeFoot(
    { context, size, isTight },
    axis,
    top,
    bottom,
    tested ? { unit, periods: coverage } : null,
    rowTargets(view.table.rows, context),
  );
  return {
    width: size.width,
    height: foot.bottom + (silent.length === 0 ? 0 : silent.length * LINE_HEIGHT + 6),
    title: view.title,
    desc: view.desc,
    rows: view.table.rows.length,
    children: [
      ...layoutProblems(context, axis, [top, bottom]),
      layoutAgreements({ agreements }, axis, top, bottom, size),
      ...rows,
      ...foot.nodes,
      ...lines('silent', silent, 0, foot.bottom + 14, { class: 'unit' }),
    ],
  };
}

function plotHeight(rows: number, size: ChartSize): number {
  if (size.low === true) return PLOTS.low;
  const all = isNarrow(size) ? PLOTS.narrow : size.width < FULL_FROM ? PLOTS.wide : PLOTS.full;
  return Math.max(LEAST_PLOT, Math.round((all - (rows - 1) * GAP) / Math.max(1, rows)));
}

function layoutAgreements(
  { agreements }: Pick<WitnessesView, 'agreements'>,
  axis: TimeAxis,
  top: number,
  bottom: number,
  size: ChartSize,
): SceneNode {
  const words = translate('witness.agree.mark');
  const room = textWidth(words, LABEL_SIZE) + 4;
  return group(
    'agreements',
    agreements.flatMap(({ day }, index) => {
      const x = axis.at(day);
      const look = { class: 'strong', anchor: 'middle' } as const;
      const at = keepInside(x, room, 0, size.width);
      return [
        line(`line ${day}`, [x, top - 4], [x, bottom], { class: 'agree' }),
        ...(index === 0 ? [text(`text ${day}`, words, at, 11, look)] : []),
      ];
    }),
    { class: 'agreements' },
  );
}

/** Words, lanes of events, plot. Wide: words at the end of the row; narrow: above it. */
function layoutTrack(
  track: WitnessTrack,
  axis: TimeAxis,
  y: number,
  plot: number,
  size: ChartSize,
): { readonly node: SceneNode; readonly bottom: number } {
  const narrow = isNarrow(size);
  const { right } = axis;
  const className = `witness-${track.witness}`;
  const room = narrow ? size.width - 20 : size.width - right - 34;
  const words = wrapText(track.label, room, LABEL_SIZE);
  const headHeight = narrow ? words.length * LINE_HEIGHT + 4 : 0;
  const spans = layoutSpans(track.spans, axis, y + headHeight, className);
  const top = y + headHeight + spans.height + (spans.height > 0 ? 6 : 4);
  const bottom = top + plot;
  const [x, wordsTop] = narrow ? [6, y] : [right + 20, top];
  return {
    bottom,
    node: group(
      track.key,
      [
        mark(track.witness, 'key', { x, y: wordsTop + 8 }, 'firm'),
        ...lines('words', words, narrow ? 16 : x + 12, wordsTop + 12),
        spans.node,
        ...layoutPlot(track, axis, top, bottom),
      ],
      { class: `track ${className}` },
    ),
  };
}

function layoutPlot(
  { witness, points, largest }: WitnessTrack,
  axis: TimeAxis,
  top: number,
  bottom: number,
): readonly SceneNode[] {
  const most = points.map(({ value, upper }) =>
    witness === 'tools' ? value : Math.max(value, upper ?? 0),
  );
  const toValue =
    witness === 'interference' ? shareAxis(2) : roomyAxis(largest ?? Math.max(0, ...most), 2);
  const plot = { axis, value: toValue(bottom, top), top, bottom };
  const course = place(
    withGaps(points).map((point): (Datum & WitnessPoint) | null =>
      point === null ? null : { ...point, key: point.start, quiet: point.look === 'grey' },
    ),
    plot,
  );
  const placed = course.filter((point) => point !== null);
  const marked = new Set(placed.length <= MOST_MARKS ? placed : loners(course));
  return [
    valueAxis(plot),
    path('band', bandPath(course), { class: 'expected' }),
    path('line', linePath(course), { class: 'course' }),
    path('grey', linePath(course, true), { class: 'course grey' }),
    group('points', [
      ...layoutStretches(placed),
      ...placed
        .filter((point) => marked.has(point))
        .map((point) => mark(witness, point.datum.key, point, point.datum.look)),
    ]),
  ];
}

/** The extent of values that stand for many days each. */
function layoutStretches(points: readonly Point[]): readonly SceneNode[] {
  const long = points.filter(({ left, right }) => right - left > WIDE_STRETCH);
  return [
    ...long.map(({ datum, left, right, y, lower, upper }) => {
      const [from, to] = [upper ?? y, lower ?? y];
      const box = [left, from, right - left, to - from] as const;
      return rect(`spread ${datum.key}`, box, { class: 'expected' });
    }),
    ...long.map(({ datum, left, right, y }) =>
      path(`months ${datum.key}`, d`M${left} ${y}H${right}`, { class: 'course' }),
    ),
  ];
}

function mark(
  witness: Witness,
  key: string,
  at: { readonly x: number; readonly y: number },
  look: WitnessPoint['look'],
): SceneNode {
  const [shape, r] = SHAPES[witness];
  const fill: Look = { class: look === 'firm' ? 'mark' : 'mark hollow' };
  return dot(key, shape, at, r, fill);
}
