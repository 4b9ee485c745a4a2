/** Detected events as bars over a time axis: what is known of both ends is drawn, and what is not is hatched. */
import type { EventSpan } from '../view/events.ts';
import { translate } from '../i18n/translate.ts';
import { round } from './round.ts';
import type { SceneNode } from './scene.ts';
import { LABEL_SIZE } from './size.ts';
import { fitText, textWidth } from './text-width.ts';
import type { TimeAxis } from './time-axis.ts';
import type { Day } from '../../data-build/contract/brands.ts';

/** Height of a lane: words above, bar below. */
export const LANE_HEIGHT = 28;
const BAR_TOP = 17;
const BAR = 7;
const NARROWEST = 3;
const ARROW = 9;

interface PlacedSpan {
  readonly span: EventSpan;
  /** Pixels: where the bracket opens, the bar begins and ends, the bracket closes. */
  readonly opens: number;
  readonly from: number;
  readonly to: number;
  readonly closes: number;
  readonly beginSeen: boolean;
  readonly over: boolean;
  readonly text: string;
  readonly textX: number;
  readonly anchor: 'start' | 'end';
}

/** Pixels of a day, kept inside the plot. */
export function clampDay(axis: TimeAxis, day: Day): number {
  return Math.min(Math.max(axis.at(day), axis.left), axis.right);
}

/** Spans in as few lanes as they need, strongest in the topmost, and the height of all. */
export function layoutSpans(
  spans: readonly EventSpan[],
  axis: TimeAxis,
  top: number,
  /** Class that colours bars: `witness-tools`. */
  className: string,
): { readonly node: SceneNode; readonly height: number } {
  const lanes: PlacedSpan[][] = [];
  for (const span of spans) {
    const placed = placeSpan(span, axis);
    const free = lanes.find((lane) => lane.every((other) => !touches(placed, other)));
    if (free === undefined) lanes.push([placed]);
    else free.push(placed);
  }
  return {
    height: lanes.length * LANE_HEIGHT,
    node: {
      type: 'g',
      key: 'spans',
      class: 'spans',
      children: lanes.flatMap((lane, index) =>
        lane.map((placed) => layoutSpan(placed, top + index * LANE_HEIGHT, className)),
      ),
    },
  };
}

function placeSpan(span: EventSpan, axis: TimeAxis): PlacedSpan {
  const from = clampDay(axis, span.since);
  const known = span.until ?? span.seenUntil;
  const end = known === null ? axis.right : clampDay(axis, known);
  const to = Math.min(axis.right, Math.max(end, from + NARROWEST));
  const opens = span.opensAfter === null ? from : Math.min(from, clampDay(axis, span.opensAfter));
  const closes = span.closesBefore === null ? to : Math.max(to, clampDay(axis, span.closesBefore));
  const over = span.until !== null;
  const words = over ? span.label : `${span.label} (${translate('witness.not_over')})`;
  const room = axis.right - axis.left;
  const text = fitText(words, room, LABEL_SIZE);
  const width = textWidth(text, LABEL_SIZE);
  const fits = from + width <= axis.right;
  return {
    span,
    opens,
    from,
    to,
    closes,
    beginSeen: span.opensAfter !== null,
    over,
    text,
    textX: fits ? from : axis.right,
    anchor: fits ? 'start' : 'end',
  };
}

/** Extent of bar and words together, with a little air. */
function extent({ opens, closes, textX, anchor, text }: PlacedSpan): readonly [number, number] {
  const width = textWidth(text, LABEL_SIZE) * 1.05;
  const [left, right] = anchor === 'start' ? [textX, textX + width] : [textX - width, textX];
  return [Math.min(opens, left) - 6, Math.max(closes, right) + 6];
}

function touches(a: PlacedSpan, b: PlacedSpan): boolean {
  const [left, right] = extent(a);
  const [otherLeft, otherRight] = extent(b);
  return left < otherRight && otherLeft < right;
}

function layoutSpan(placed: PlacedSpan, top: number, className: string): SceneNode {
  const { span, opens, from, to, closes, beginSeen, over, text, textX, anchor } = placed;
  const y = top + BAR_TOP;
  // In a short event two full brackets would cross and read as a box turned inside out.
  const arm = Math.min(4, Math.max(0, (closes - opens) / 2 - 1));
  const bracket = (key: string, x: number, toward: 1 | -1): SceneNode => ({
    type: 'path',
    key,
    class: 'bracket',
    d: `M${round(x + arm * toward)} ${y - 4}H${round(x)}V${y + BAR + 4}H${round(x + arm * toward)}`,
  });
  const doubt = (key: string, x: number, end: number): readonly SceneNode[] =>
    end - x < 0.5
      ? []
      : [
          {
            type: 'rect',
            key,
            pattern: 'few',
            x: round(x),
            y,
            width: round(end - x),
            height: BAR,
          },
        ];
  const barEnd = over ? to : Math.max(from, to - ARROW);
  return {
    type: 'g',
    key: span.id,
    class: span.global ? `span ${className} global` : `span ${className}`,
    children: [
      ...doubt('before', opens, from),
      ...doubt('after', to, closes),
      {
        type: 'rect',
        key: 'bar',
        class: 'bar',
        x: round(from),
        y,
        width: round(barEnd - from),
        height: BAR,
      },
      ...(over
        ? [bracket('closes', closes, -1)]
        : [
            {
              type: 'path' as const,
              key: 'arrow',
              class: 'bar',
              d: `M${round(barEnd)} ${y - 3}L${round(to)} ${y + BAR / 2}L${round(barEnd)} ${y + BAR + 3}Z`,
            },
          ]),
      ...(beginSeen ? [bracket('opens', opens, 1)] : []),
      {
        type: 'text',
        key: 'label',
        class: 'halo',
        x: round(textX),
        y: top + 11,
        text,
        ...(anchor === 'start' ? {} : { anchor }),
      },
    ],
  };
}
