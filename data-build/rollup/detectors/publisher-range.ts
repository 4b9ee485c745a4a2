/**
 * Detector `publisher-range-2`: the publisher's own expected range; above `upper` a surge, under `lower` a drop. Each day
 * is judged there against the week before, so one shock shows again, reversed, a week later: such days are left out. What
 * is left makes an event when it lasts two days and goes a tenth beyond the range. Where nobody knows how the day a week
 * before was, a day is not judged. It ends when use is back inside the range of the last day before it: a range of later days
 * follows use wherever it went.
 */
import { daysBetween } from '../../contract/brands.ts';
import { type DailyValue, dayNumber } from './series.ts';
import type { ToolUseSpan } from './tool-use.ts';
import { extremeOf, type JudgedDay, type Turn } from './use-days.ts';

export const PUBLISHER_RANGE_DETECTOR = {
  id: 'publisher-range-2',
  /** Flagged days up to this many days apart belong together. */
  mergeGapDays: 2,
  /** The publisher's range rests on the figure of so many days before. */
  echoDays: 7,
  /** Flagged days that an event needs. */
  minimumDays: 2,
  /** How far beyond the range an event goes at its farthest. */
  beyond: 1.1,
} as const;

/** A published day with its expected range. */
export interface RangedValue extends DailyValue {
  readonly lower: number | null;
  readonly upper: number | null;
}

/**
 * Days outside the publisher's own range, joined; the ratio is to the nearer end of the range. A day that lies outside
 * on the other side than the day a week before is that day's echo.
 */
export function detectOutsideRange(days: readonly RangedValue[]): readonly ToolUseSpan[] {
  if (days.every(({ lower, upper }) => lower === null && upper === null)) return [];
  const turns = new Map(
    days.flatMap((row) =>
      row.value === null ? [] : [[dayNumber(row.day), judgeByPublisherRange(row)] as const],
    ),
  );
  const judged = days.flatMap((row): JudgedDay[] => {
    if (row.value === null) return [];
    const turn = judgeByPublisherRange(row);
    const before = turns.get(dayNumber(row.day) - PUBLISHER_RANGE_DETECTOR.echoDays);
    const limit = (turn === 'surge' ? row.upper : row.lower) ?? 0;
    return [
      {
        day: row.day,
        value: row.value,
        usual: limit,
        ratio: limit === 0 ? 1 : row.value / limit,
        z: null,
        turn: before === undefined || (before !== null && before !== turn) ? null : turn,
      },
    ];
  });
  const { minimumDays, beyond } = PUBLISHER_RANGE_DETECTOR;
  return groupTurns(judged, days).filter(
    ({ turn, extreme: { ratio }, flaggedDays }) =>
      flaggedDays >= minimumDays && (turn === 'surge' ? ratio >= beyond : ratio <= 1 / beyond),
  );
}

/** Where a published value lies outside the publisher's own range; equal is inside. */
export function judgeByPublisherRange(row: {
  readonly value: number | null;
  readonly lower: number | null;
  readonly upper: number | null;
}): Turn | null {
  if (row.value === null) return null;
  if (row.upper !== null && row.value > row.upper) return 'surge';
  if (row.lower !== null && row.value < row.lower) return 'drop';
  return null;
}

/** Flagged days at most `mergeGapDays` apart as spans, with the published days around them. */
function groupTurns(
  judged: readonly JudgedDay[],
  days: readonly RangedValue[],
): readonly ToolUseSpan[] {
  const published = days.filter((each) => each.value !== null);
  const groups: JudgedDay[][] = [];
  for (const each of judged) {
    if (each.turn === null) continue;
    const group = groups[groups.length - 1];
    const latest = group?.[group.length - 1];
    if (
      group !== undefined &&
      latest?.turn === each.turn &&
      daysBetween(latest.day, each.day) <= PUBLISHER_RANGE_DETECTOR.mergeGapDays + 1
    ) {
      group.push(each);
    } else {
      groups.push([each]);
    }
  }
  return groups.flatMap((group) => {
    const first = group[0];
    const last = group[group.length - 1];
    if (first === undefined || last === undefined || first.turn === null) return [];
    const normal = published.findLast(({ day }) => day < first.day);
    const range = normal ?? published.find(({ day }) => day === first.day);
    const isBack = ({ value }: RangedValue): boolean =>
      value !== null &&
      (first.turn === 'surge'
        ? value <= (range?.upper ?? Number.POSITIVE_INFINITY)
        : value >= (range?.lower ?? 0));
    return [
      {
        turn: first.turn,
        lastNormal: normal?.day ?? null,
        firstSign: first.day,
        lastSign: last.day,
        firstNormal: published.find((row) => row.day > last.day && isBack(row))?.day ?? null,
        extreme: extremeOf(first.turn, group),
        flaggedDays: group.length,
      },
    ];
  });
}
