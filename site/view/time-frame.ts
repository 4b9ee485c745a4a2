/** The time axis that all charts of a page share, and its periods, complete and in order. */
import {
  addDays,
  dayOfMillis,
  daysBetween,
  millisOfDay,
  type Day,
} from '../../data-build/contract/brands.ts';
import { assertNever } from '../../data-build/contract/problem.ts';
import type { TimeGrain } from '../../data-build/contract/vocabulary.ts';

export interface TimeFrame {
  /** First day, inclusive. */
  readonly since: Day;
  /** First day after, exclusive. */
  readonly until: Day;
  readonly grain: TimeGrain;
  /** First day that the data release does not cover any more; periods that reach beyond are unfinished. */
  readonly dataUntil: Day;
}

/** Why a period does not hold all its days: the data end in it, or the chosen dates cut it. */
export type Incomplete = 'unfinished' | 'cut';

export interface Period {
  /** First day of the calendar period, also when the frame begins later. */
  readonly start: Day;
  /** First day after it. */
  readonly end: Day;
  readonly incomplete: Incomplete | null;
}

/** Days up to a quarter, weeks up to two years, else months: about 100 marks at most. */
export function chooseGrain(since: Day, until: Day): TimeGrain {
  const days = daysBetween(since, until);
  if (days <= 92) return 'day';
  return days <= 730 ? 'week' : 'month';
}

/** The axis of some days, with the step that fits. */
export function fitFrame(
  { since, until }: Pick<TimeFrame, 'since' | 'until'>,
  dataUntil: Day,
): TimeFrame {
  return { since, until, grain: chooseGrain(since, until), dataUntil };
}

/** First day of the period that `day` lies in. Weeks begin on Monday. */
export function periodStart(day: Day, grain: TimeGrain): Day {
  const date = new Date(millisOfDay(day));
  switch (grain) {
    case 'day':
      return day;
    case 'week':
      return addDays(day, -((date.getUTCDay() + 6) % 7));
    case 'month':
      return addDays(day, 1 - date.getUTCDate());
    default:
      return assertNever(grain);
  }
}

/** First day of the period after the one that begins on `start`. */
export function nextPeriod(start: Day, grain: TimeGrain): Day {
  switch (grain) {
    case 'day':
      return addDays(start, 1);
    case 'week':
      return addDays(start, 7);
    case 'month': {
      const date = new Date(millisOfDay(start));
      return dayOfMillis(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1));
    }
    default:
      return assertNever(grain);
  }
}

/** Every period that has a day in the frame, in time order. An empty or reversed frame has none. */
export function toPeriods(frame: TimeFrame): readonly Period[] {
  const periods: Period[] = [];
  if (frame.until <= frame.since) return periods;
  let start = periodStart(frame.since, frame.grain);
  while (start < frame.until) {
    const end = nextPeriod(start, frame.grain);
    periods.push({ start, end, incomplete: incompleteOf(start, end, frame) });
    start = end;
  }
  return periods;
}

function incompleteOf(start: Day, end: Day, frame: TimeFrame): Incomplete | null {
  if (end > frame.dataUntil) return 'unfinished';
  return start < frame.since || end > frame.until ? 'cut' : null;
}

/** Each period with its row; null where nothing was measured, so that a gap stays a gap. */
export function completeRows<Row extends { readonly period: Day }>(
  frame: TimeFrame,
  rows: readonly Row[],
): readonly (readonly [Period, Row | null])[] {
  const byPeriod = new Map(rows.map((row) => [row.period, row]));
  return toPeriods(frame).map((period) => [period, byPeriod.get(period.start) ?? null] as const);
}
