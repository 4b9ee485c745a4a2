/** The horizontal axis in time. Charts of one page with one frame get the same ticks in the same places. */
import {
  scaleUtc,
  utcMonday,
  utcMonth,
  utcDay,
  utcYear,
  type CountableTimeInterval,
  type TimeInterval,
} from 'd3';
import {
  dayOfMillis,
  daysBetween,
  millisOfDay,
  type Day,
} from '../../../data-build/contract/brands.ts';
import { formatTick, formatTickNumber, formatTickYear } from '../../view/format.ts';
import { toPeriods, type Period, type TimeFrame } from '../../view/time-frame.ts';
import type { SceneNode } from '../scene.ts';
import { isNarrow, LINE_HEIGHT, SMALL_SIZE, type ChartSize } from '../size.ts';
import { keepInside, textWidth } from './label.ts';
import { group, line, round, text } from './shapes.ts';

/** A stretch of the time axis; `end` is exclusive. */
export type Slot = Pick<Period, 'start' | 'end'>;

export interface TimeAxis {
  /** Left and right edge of the plot. */
  readonly left: number;
  readonly right: number;
  /** Pixels at the beginning of a day. */
  at(day: Day): number;
  /** Edges and middle of a period's slot. */
  slot(period: Slot): {
    readonly x: number;
    readonly width: number;
    readonly middle: number;
  };
  readonly ticks: readonly TimeTick[];
}

export interface TimeTick {
  readonly day: Day;
  readonly x: number;
  readonly text: string;
  /** Year under the first tick and under each new year; null elsewhere and on axes of years. */
  readonly year: string | null;
}

/** Room at both sides of every time chart, so that their axes stand above each other. */
const MARGINS = {
  wide: { left: 48, right: 168 },
  narrow: { left: 40, right: 4 },
} as const;
/** What the labels of an axis of counts take, which many languages write in words: `400 тыс.`; the same in every chart. */
function countRoom(): number {
  const widths = WIDE_COUNTS.map((count) => textWidth(formatTickNumber(count), SMALL_SIZE));
  return Math.ceil(Math.max(...widths)) + COUNT_GAP;
}
/** Burmese counts in tens and hundreds of thousands. */
const WIDE_COUNTS = [60_000, 400_000];
const COUNT_GAP = 10;

/** Height of ticks and labels under the plot. */
export const TIME_AXIS_HEIGHT = 38;

type Unit = 'day' | 'month' | 'year';
/** At most this many days lie between two ticks. The first that is no finer than the periods begins an axis of weeks or months. */
const CANDIDATES: readonly (readonly [
  interval: TimeInterval | null,
  days: number,
  unit: Unit,
  grain?: TimeFrame['grain'],
])[] = [
  [utcDay, 1, 'day', 'day'],
  [utcMonday, 7, 'day', 'week'],
  [every(utcMonday, 2), 14, 'day'],
  [utcMonth, 31, 'month', 'month'],
  [every(utcMonth, 3), 92, 'month'],
  [every(utcMonth, 6), 184, 'month'],
  [utcYear, 366, 'year'],
  [every(utcYear, 2), 731, 'year'],
  [every(utcYear, 5), 1827, 'year'],
];

/** Room that a label has to both sides, in px. */
const LABEL_GAP = 14;

function every(interval: CountableTimeInterval, step: number): TimeInterval | null {
  return interval.every(step);
}

/** `names`: room that a wide chart keeps after its plot. */
export function toTimeAxis(
  frame: TimeFrame,
  size: ChartSize,
  names: number = MARGINS.wide.right,
): TimeAxis {
  const margins = isNarrow(size) ? MARGINS.narrow : { ...MARGINS.wide, right: names };
  const left = Math.max(margins.left, countRoom());
  const right = size.width - margins.right;
  const periods = toPeriods(frame);
  const first = periods[0]?.start ?? frame.since;
  const last = periods.at(-1)?.end ?? frame.until;
  const scale = scaleUtc([millisOfDay(first), millisOfDay(last)], [left, right]);
  const at = (day: Day): number => round(scale(millisOfDay(day)));
  const slot: TimeAxis['slot'] = ({ start, end }) => {
    const x = at(start);
    const width = round(at(end) - x);
    return { x, width, middle: round(x + width / 2) };
  };
  const starts = new Map(periods.map((period) => [period.start, period]));
  const place = (day: Day): number => {
    const period = starts.get(day);
    return period === undefined ? at(day) : slot(period).middle;
  };
  const own = CANDIDATES.findIndex(([, , , grain]) => grain === frame.grain);
  const ticks = toTicks(CANDIDATES.slice(own), first, last, place, right - left);
  return { left, right, at, slot, ticks };
}

function toTicks(
  candidates: typeof CANDIDATES,
  first: Day,
  last: Day,
  place: (day: Day) => number,
  width: number,
): readonly TimeTick[] {
  let fitting: { days: readonly Day[]; unit: Unit } = { days: [first], unit: 'day' };
  const span = daysBetween(first, last);
  for (const [interval, longest, unit] of candidates) {
    // Thousands of days need not be written to see that they do not fit.
    const fits = Math.floor(span / longest) * LABEL_GAP <= width;
    if (!fits && interval !== candidates.at(-1)?.[0]) continue;
    const days =
      interval === null
        ? []
        : interval
            .range(new Date(millisOfDay(first)), new Date(millisOfDay(last)))
            .map((date) => dayOfMillis(date.getTime()));
    if (days.length === 0) continue;
    fitting = { days, unit };
    const widest = Math.max(...days.map((day) => textWidth(formatTick(day, unit), SMALL_SIZE)));
    // One label more than marks, so that a coarse axis is preferred over a crowded one.
    if (days.length * (widest + LABEL_GAP) <= width) break;
  }
  const { days, unit } = fitting;
  let lastYear: string | null = null;
  return days.map((day) => {
    const year = unit === 'year' ? null : formatTickYear(day, unit);
    const shown = year !== lastYear;
    lastYear = year;
    return { day, x: place(day), text: formatTick(day, unit), year: shown ? year : null };
  });
}

/**
 * Tick marks and labels at `y`, the bottom of the plot. Labels stay inside the drawing. `top` of the plot is written
 * into it, so that a page can mark whole periods; null: the plot is not one of periods.
 */
export function layoutTimeAxis(
  { left, right, ticks }: TimeAxis,
  y: number,
  { width }: ChartSize,
  top: number | null,
): SceneNode {
  return group(
    'time-axis',
    [
      line('base', [left, y], [right, y], { class: 'base' }),
      ...ticks.flatMap(({ day, x, text: words, year }): SceneNode[] => {
        const room = Math.max(textWidth(words, SMALL_SIZE), textWidth(year ?? '', SMALL_SIZE)) + 4;
        const middle = keepInside(x, room, 0, width);
        const label = (key: string, name: string, below: number): SceneNode =>
          text(`${key} ${day}`, name, middle, y + below, { anchor: 'middle' });
        return [
          line(`tick ${day}`, [x, y], [x, y + 4]),
          label('label', words, 16),
          ...(year === null ? [] : [label('year', year, 14 + LINE_HEIGHT)]),
        ];
      }),
    ],
    { class: 'axis', ...(top === null ? {} : { data: { plot: `${top} ${y}` } }) },
  );
}
