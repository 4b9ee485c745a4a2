/** Three rows over one time axis: what each witness measured, and what was detected in it. */
import { area, line, scaleLinear } from 'd3';
import { translate } from '../i18n/translate.ts';
import { toPeriods } from '../view/time-frame.ts';
import { formatPercent, formatShortCount } from '../view/format.ts';
import type { Witness } from '../view/witness-window.ts';
import type { WitnessPoint, WitnessTrack } from '../view/witness-tracks.ts';
import type { WitnessesView } from '../view/witnesses.ts';
import { COVERAGE_HEIGHT, layoutCoverageStrip } from './coverage-strip.ts';
import { layoutSpans } from './event-span.ts';
import { round } from './round.ts';
import type { Scene, SceneNode } from './scene.ts';
import { isNarrow, LABEL_SIZE, LINE_HEIGHT, type ChartSize } from './size.ts';
import { wrapText } from './text-width.ts';
import { layoutTargets, layoutTimeNotes, toRowData } from './time-chart.ts';
import { layoutTimeAxis, TIME_AXIS_HEIGHT, toTimeAxis, type TimeAxis } from './time-axis.ts';

const PLOT = 66;
const GAP = 20;
/** More points than this are a line alone. */
const MOST_MARKS = 130;

interface Placed {
  readonly point: WitnessPoint;
  readonly x: number;
  readonly left: number;
  readonly right: number;
  readonly y: number;
  readonly lower: number | null;
  readonly upper: number | null;
}

export function layoutWitnesses(view: WitnessesView, size: ChartSize): Scene {
  const { context, tracks, agreements, coverage } = view;
  const { frame } = context;
  const narrow = isNarrow(size);
  const axis = toTimeAxis(frame, size);
  let y = agreements.length > 0 ? 18 : 2;
  const top = y;
  const rows: SceneNode[] = [];
  for (const track of tracks) {
    const row = layoutTrack(track, axis, y, size);
    rows.push(row.node);
    y = row.bottom + GAP;
  }
  const bottom = y - GAP + 4;
  const tested = coverage.some(({ tests }) => tests !== null);
  const stripTop = bottom + TIME_AXIS_HEIGHT + 6;
  const notesTop = stripTop + (tested ? COVERAGE_HEIGHT + 4 : 0);
  const notes = layoutTimeNotes(context, notesTop, size);
  return {
    width: size.width,
    height: round(notesTop + notes.height),
    title: view.title,
    desc: view.desc,
    rows: view.table.rows.length,
    children: [
      {
        type: 'g',
        key: 'agreements',
        class: 'agreements',
        children: agreements.flatMap(({ day }, index): SceneNode[] => {
          const x = axis.at(day);
          return [
            {
              type: 'line',
              key: `line ${day}`,
              class: 'agree',
              x1: x,
              y1: top - 4,
              x2: x,
              y2: bottom,
            },
            ...(index === 0
              ? [
                  {
                    type: 'text' as const,
                    key: `text ${day}`,
                    class: 'strong',
                    x: narrow ? axis.left : x,
                    y: 11,
                    text: translate('witness.agree.mark'),
                    ...(narrow ? {} : { anchor: 'middle' as const }),
                  },
                ]
              : []),
          ];
        }),
      },
      ...rows,
      layoutTimeAxis(axis, bottom, size, top),
      ...(tested
        ? [
            layoutCoverageStrip(
              coverage,
              axis,
              stripTop,
              translate(`unit.tests_per.${frame.grain}`),
            ),
          ]
        : []),
      notes.node,
      layoutTargets(toPeriods(frame), toRowData(view.table.rows), axis, { top, bottom }),
    ],
  };
}

/** Words, lanes of events, plot. Wide: words at the end of the row; narrow: above it. */
function layoutTrack(
  track: WitnessTrack,
  axis: TimeAxis,
  y: number,
  size: ChartSize,
): { readonly node: SceneNode; readonly bottom: number } {
  const narrow = isNarrow(size);
  const className = `witness-${track.witness}`;
  const words = wrapText(
    track.label,
    narrow ? size.width - 20 : size.width - axis.right - 34,
    LABEL_SIZE,
  );
  const missing =
    track.missing === null
      ? []
      : wrapText(
          track.missing,
          narrow ? size.width - axis.left : axis.right - axis.left,
          LABEL_SIZE,
        );
  const headHeight = narrow ? words.length * LINE_HEIGHT + 4 : 0;
  const spans = layoutSpans(track.spans, axis, y + headHeight, className);
  const plotTop = y + headHeight + spans.height + (spans.height > 0 ? 6 : 4);
  const empty = track.missing !== null;
  const plotBottom = empty
    ? plotTop + Math.max(missing.length, narrow ? 1 : words.length) * LINE_HEIGHT
    : plotTop + PLOT;
  const wordsTop = narrow ? y : plotTop;
  return {
    bottom: plotBottom,
    node: {
      type: 'g',
      key: track.witness,
      class: `track ${className}`,
      children: [
        layoutMark(track.witness, 'key', narrow ? 6 : axis.right + 20, wordsTop + 8, 'firm'),
        ...words.map((text, index): SceneNode => ({
          type: 'text',
          key: `words ${index}`,
          x: narrow ? 16 : axis.right + 32,
          y: wordsTop + 12 + index * LINE_HEIGHT,
          text,
        })),
        spans.node,
        ...(empty
          ? missing.map((text, index): SceneNode => ({
              type: 'text',
              key: `missing ${index}`,
              class: 'value',
              x: axis.left,
              y: plotTop + 12 + index * LINE_HEIGHT,
              text,
            }))
          : layoutPlot(track, axis, plotTop, plotBottom)),
      ],
    },
  };
}

function layoutPlot(
  { witness, points }: WitnessTrack,
  axis: TimeAxis,
  top: number,
  bottom: number,
): readonly SceneNode[] {
  const most = Math.max(
    0,
    ...points.map(({ value, upper }) =>
      witness === 'tools' ? value : Math.max(value, upper ?? 0),
    ),
  );
  const scale =
    witness === 'interference'
      ? scaleLinear([0, 1], [bottom, top])
      : scaleLinear([0, most > 0 ? most * 1.04 : 1], [bottom, top]);
  const ticks = witness === 'interference' ? [0, 0.5, 1] : scale.ticks(2);
  const at = (value: number): number => round(Math.max(top, scale(value)));
  const placed = points.flatMap((point): Placed[] => {
    const left = Math.max(axis.left, axis.at(point.start));
    const right = Math.min(axis.right, axis.at(point.end));
    if (right <= left) return [];
    return [
      {
        point,
        left,
        right,
        x: round((left + right) / 2),
        y: at(point.value),
        lower: point.lower === null ? null : at(point.lower),
        upper: point.upper === null ? null : at(point.upper),
      },
    ];
  });
  const runs = toRuns(placed);
  const marked = placed.length <= MOST_MARKS;
  return [
    {
      type: 'g',
      key: 'axis',
      class: 'axis',
      children: ticks.flatMap((value): SceneNode[] => [
        {
          type: 'line',
          key: `grid ${value}`,
          class: 'grid',
          x1: axis.left,
          y1: at(value),
          x2: axis.right,
          y2: at(value),
        },
        {
          type: 'text',
          key: `label ${value}`,
          x: axis.left - 6,
          y: round(at(value) + 4),
          text: witness === 'interference' ? formatPercent(value) : formatShortCount(value),
          anchor: 'end',
        },
      ]),
    },
    { type: 'path', key: 'band', class: 'expected', d: bandPath(runs) },
    {
      type: 'path',
      key: 'line',
      class: 'course',
      d: runs.map((run) => linePath(run.filter(({ point }) => point.look !== 'grey'))).join(''),
    },
    {
      type: 'path',
      key: 'grey',
      class: 'course grey',
      d: runs.map(greyPath).join(''),
    },
    {
      type: 'g',
      key: 'points',
      children: placed.flatMap((each): SceneNode[] => [
        ...(each.right - each.left > 24
          ? [
              {
                type: 'rect' as const,
                key: `spread ${each.point.start}`,
                class: 'expected',
                x: round(each.left),
                y: each.upper ?? each.y,
                width: round(each.right - each.left),
                height: round((each.lower ?? each.y) - (each.upper ?? each.y)),
              },
              {
                type: 'path' as const,
                key: `months ${each.point.start}`,
                class: 'course',
                d: `M${round(each.left)} ${each.y}H${round(each.right)}`,
              },
            ]
          : []),
        ...(marked || stands(each, runs)
          ? [layoutMark(witness, each.point.start, each.x, each.y, each.point.look)]
          : []),
      ]),
    },
  ];
}

/** The shape of a witness: circle, square, diamond. */
function layoutMark(
  witness: Witness,
  key: string,
  x: number,
  y: number,
  look: WitnessPoint['look'],
): SceneNode {
  const className = look === 'firm' ? 'mark' : 'mark hollow';
  if (witness === 'interference')
    return { type: 'circle', key, class: className, cx: round(x), cy: round(y), r: 3 };
  if (witness === 'throughput')
    return {
      type: 'rect',
      key,
      class: className,
      x: round(x - 2.75),
      y: round(y - 2.75),
      width: 5.5,
      height: 5.5,
    };
  const [left, right] = [round(x - 3.5), round(x + 3.5)];
  return {
    type: 'path',
    key,
    class: className,
    d: `M${left} ${round(y)}L${round(x)} ${round(y - 3.5)}L${right} ${round(y)}L${round(x)} ${round(y + 3.5)}Z`,
  };
}

/** Neighbours without a hole between them. */
function toRuns(placed: readonly Placed[]): readonly (readonly Placed[])[] {
  const runs: Placed[][] = [];
  for (const each of placed) {
    const run = runs.at(-1);
    if (run?.at(-1)?.point.end === each.point.start) run.push(each);
    else runs.push([each]);
  }
  return runs;
}

function stands(each: Placed, runs: readonly (readonly Placed[])[]): boolean {
  return runs.some((run) => run.length === 1 && run[0] === each);
}

const linePath = (points: readonly Placed[]): string =>
  points.length < 2
    ? ''
    : (line<Placed>()
        .x(({ x }) => x)
        .y(({ y }) => y)
        .digits(2)(points) ?? '');

/** The last days of a run, joined to the firm ones before them. */
function greyPath(run: readonly Placed[]): string {
  const first = run.findIndex(({ point }) => point.look === 'grey');
  return first < 0 ? '' : linePath(run.slice(Math.max(0, first - 1)));
}

function bandPath(runs: readonly (readonly Placed[])[]): string {
  const draw = area<Placed>()
    .x(({ x }) => x)
    .y0(({ lower, y }) => lower ?? y)
    .y1(({ upper, y }) => upper ?? y)
    .defined(({ lower, upper }) => lower !== null && upper !== null)
    .digits(2);
  return runs.map((run) => (run.length < 2 ? '' : (draw(run) ?? ''))).join('');
}
