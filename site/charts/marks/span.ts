/** Detected events as bars over a time axis: what is known of both ends is drawn, and what is not is hatched. */
import type { EventSpan } from '../../view/events.ts';
import { translate } from '../../i18n/translate.ts';
import type { SceneNode } from '../scene.ts';
import { LABEL_SIZE } from '../size.ts';
import { fitText, textWidth } from './label.ts';
import { d, group, path, rect, text } from './shapes.ts';
import type { TimeAxis } from './time-axis.ts';
import type { Day } from '../../../data-build/contract/brands.ts';

/** Height of a lane: words above, bar below. */
const LANE_HEIGHT = 28;
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
  readonly words: string;
  /** Edge of the words, by their anchor. */
  readonly wordsX: number;
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
  const placed = lanes.flatMap((lane, index) =>
    lane.map((each) => layoutSpan(each, top + index * LANE_HEIGHT, className)),
  );
  return { height: lanes.length * LANE_HEIGHT, node: group('spans', placed, { class: 'spans' }) };
}

function placeSpan(span: EventSpan, axis: TimeAxis): PlacedSpan {
  const from = clampDay(axis, span.since);
  const known = span.until ?? span.seenUntil;
  const end = known === null ? axis.right : clampDay(axis, known);
  const to = Math.min(axis.right, Math.max(end, from + NARROWEST));
  const opens = span.opensAfter === null ? from : Math.min(from, clampDay(axis, span.opensAfter));
  const closes = span.closesBefore === null ? to : Math.max(to, clampDay(axis, span.closesBefore));
  const label =
    span.until === null ? translate('event.span.unended', { label: span.label }) : span.label;
  const words = fitText(label, axis.right - axis.left, LABEL_SIZE);
  const fits = from + textWidth(words, LABEL_SIZE) <= axis.right;
  return {
    span,
    opens,
    from,
    to,
    closes,
    words,
    wordsX: fits ? from : axis.right,
    anchor: fits ? 'start' : 'end',
  };
}

/** Extent of bar and words together, with a little air. */
function extent({ opens, closes, wordsX, anchor, words }: PlacedSpan): readonly [number, number] {
  const width = textWidth(words, LABEL_SIZE) * 1.05;
  const left = anchor === 'start' ? wordsX : wordsX - width;
  return [Math.min(opens, left) - 6, Math.max(closes, left + width) + 6];
}

function touches(a: PlacedSpan, b: PlacedSpan): boolean {
  const [left, right] = extent(a);
  const [otherLeft, otherRight] = extent(b);
  return left < otherRight && otherLeft < right;
}

function layoutSpan(placed: PlacedSpan, top: number, className: string): SceneNode {
  const { span, opens, from, to, closes, words, wordsX, anchor } = placed;
  const y = top + BAR_TOP;
  const over = span.until !== null;
  // In a short event two full brackets would cross and read as a box turned inside out.
  const arm = Math.min(4, Math.max(0, (closes - opens) / 2 - 1));
  const bracket = (key: string, x: number, toward: 1 | -1): SceneNode => {
    const tip = x + arm * toward;
    return path(key, d`M${tip} ${y - 4}H${x}V${y + BAR + 4}H${tip}`, { class: 'bracket' });
  };
  const doubt = (key: string, x: number, end: number): readonly SceneNode[] =>
    end - x < 0.5 ? [] : [rect(key, [x, y, end - x, BAR], { pattern: 'few' })];
  const end = over ? to : Math.max(from, to - ARROW);
  const arrow = d`M${end} ${y - 3}L${to} ${y + BAR / 2}L${end} ${y + BAR + 3}Z`;
  return group(
    span.id,
    [
      ...doubt('before', opens, from),
      ...doubt('after', to, closes),
      rect('bar', [from, y, end - from, BAR], { class: 'bar' }),
      ...(over ? [] : [path('arrow', arrow, { class: 'bar' })]),
      // A bracket says that it ended.
      ...(over && !span.isLevel ? [bracket('closes', closes, -1)] : []),
      ...(span.opensAfter === null ? [] : [bracket('opens', opens, 1)]),
      text('label', words, wordsX, top + 11, { class: 'halo', anchor }),
    ],
    { class: `span ${className}${span.global ? ' global' : ''}` },
  );
}
