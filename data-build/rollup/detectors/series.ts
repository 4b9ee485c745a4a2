/** Daily series as the detectors see them, and the pooling of thin days. Pure. */
import { daysBetween, type Day, millisOfDay } from '../../contract/brands.ts';

/** One measured day of one target: `signs` of `tests` scored, not failed tests showed interference. */
export interface DailyRate {
  readonly day: Day;
  /** anomaly + confirmed. */
  readonly signs: number;
  /** ok + anomaly + confirmed: failures reached no verdict and are in neither number. */
  readonly tests: number;
}

/** Days pooled into one point of at least `MIN_POOL_TESTS` tests. */
export interface RatePoint {
  /** First and last measured day in the pool; equal when one day was enough. */
  readonly first: Day;
  readonly last: Day;
  /** First and last day in the pool with any sign; null when none had one. */
  readonly firstSign: Day | null;
  readonly lastSign: Day | null;
  readonly signs: number;
  readonly tests: number;
}

/** A point needs this many tests: the floor of a heatmap cell. */
export const MIN_POOL_TESTS = 5;
/** Thin days are pooled over at most this many calendar days; older ones are let go. */
export const MAX_POOL_DAYS = 7;

/** Thin days joined to points of at least `MIN_POOL_TESTS`; days must ascend, days without tests are absent. */
export function poolDays(days: readonly DailyRate[]): readonly RatePoint[] {
  const points: RatePoint[] = [];
  let waiting: DailyRate[] = [];
  for (const day of days) {
    if (day.tests <= 0) continue;
    waiting = waiting.filter((earlier) => daysBetween(earlier.day, day.day) < MAX_POOL_DAYS);
    waiting.push(day);
    if (sum(waiting, (each) => each.tests) < MIN_POOL_TESTS) continue;
    points.push(toPoint(waiting));
    waiting = [];
  }
  return points;
}

function toPoint(days: readonly DailyRate[]): RatePoint {
  const first = days[0];
  const last = days[days.length - 1];
  if (first === undefined || last === undefined) throw new Error('A point needs a day.');
  const withSigns = days.filter((day) => day.signs > 0);
  return {
    first: first.day,
    last: last.day,
    firstSign: withSigns[0]?.day ?? null,
    lastSign: withSigns[withSigns.length - 1]?.day ?? null,
    signs: sum(days, (day) => day.signs),
    tests: sum(days, (day) => day.tests),
  };
}

/** One day of a figure that is published once a day; null: not published or withheld. */
export interface DailyValue {
  readonly day: Day;
  readonly value: number | null;
}

/** Days since 1970, for arithmetic over long series. */
export function dayNumber(day: Day): number {
  return millisOfDay(day) / 86_400_000;
}

/** Values of the `length` calendar days before day number `at` that are known, oldest first. */
export function valuesBefore(
  byDay: ReadonlyMap<number, number>,
  at: number,
  length: number,
): readonly number[] {
  const found: number[] = [];
  for (let each = at - length; each < at; each++) {
    const value = byDay.get(each);
    if (value !== undefined) found.push(value);
  }
  return found;
}

/** The middle value, or the mean of the two middle ones; NaN of nothing. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const half = sorted.length >> 1;
  const upper = sorted[half];
  if (upper === undefined) return Number.NaN;
  const lower = sorted[half - 1];
  return sorted.length % 2 === 1 || lower === undefined ? upper : (lower + upper) / 2;
}

export function sum<T>(items: readonly T[], value: (item: T) => number): number {
  return items.reduce((total, item) => total + value(item), 0);
}
