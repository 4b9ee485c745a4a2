/** Daily series as the detectors see them, and the pooling of thin days. Pure. */
import { type Day, millisOfDay } from '../../contract/brands.ts';

/** One measured day of one stratum of a target: a network, or a website of a group. */
export interface StratumDay {
  readonly day: Day;
  /** Index of the stratum, from 0. */
  readonly stratum: number;
  /** ok + anomaly + confirmed: failures reached no verdict and are in neither number. */
  readonly tests: number;
  /** anomaly + confirmed. */
  readonly signs: number;
}

/** Tests of one stratum in one point. */
export interface PointCell {
  readonly stratum: number;
  tests: number;
  signs: number;
}

/** One measured day, or thin days pooled into a point of at least `MIN_POOL_TESTS` tests. */
export interface RatePoint {
  /** First and last measured day in the pool; equal when one day was enough. */
  readonly first: Day;
  readonly last: Day;
  /** The same as days since 1970. */
  readonly from: number;
  readonly to: number;
  /** How many days with tests it holds. */
  readonly days: number;
  readonly signs: number;
  readonly tests: number;
  readonly cells: readonly PointCell[];
}

/** A point needs this many tests: the floor of a heatmap cell. */
export const MIN_POOL_TESTS = 5;
/** Thin days are pooled over at most this many calendar days; older ones are let go. */
export const MAX_POOL_DAYS = 28;

/** Every measured day as a point of its own, thin as it may be; rows must ascend by day. */
export function toDayPoints(rows: readonly StratumDay[]): readonly RatePoint[] {
  const points: RatePoint[] = [];
  let day: StratumDay[] = [];
  const close = (): void => {
    const first = day[0];
    if (first !== undefined) points.push(toPoint(first.day, day));
    day = [];
  };
  for (const row of rows) {
    if (row.tests <= 0) continue;
    if (day[0] !== undefined && day[0].day !== row.day) close();
    day.push(row);
  }
  close();
  return points;
}

function toPoint(day: Day, rows: readonly StratumDay[]): RatePoint {
  const at = dayNumber(day);
  return {
    first: day,
    last: day,
    from: at,
    to: at,
    days: 1,
    signs: sum(rows, ({ signs }) => signs),
    tests: sum(rows, ({ tests }) => tests),
    cells: rows.map(({ stratum, tests, signs }) => ({ stratum, tests, signs })),
  };
}

/** Thin days joined to points of at least `MIN_POOL_TESTS`. */
export function poolDays(days: readonly RatePoint[]): readonly RatePoint[] {
  const points: RatePoint[] = [];
  let waiting: RatePoint[] = [];
  for (const day of days) {
    if (waiting.length === 0 && day.tests >= MIN_POOL_TESTS) {
      points.push(day);
      continue;
    }
    waiting = waiting.filter(({ from }) => day.from - from < MAX_POOL_DAYS);
    waiting.push(day);
    if (sum(waiting, ({ tests }) => tests) < MIN_POOL_TESTS) continue;
    points.push(joinPoints(waiting, day));
    waiting = [];
  }
  return points;
}

function joinPoints(days: readonly RatePoint[], last: RatePoint): RatePoint {
  const first = days[0] ?? last;
  const cells = new Map<number, PointCell>();
  for (const cell of days.flatMap((day) => day.cells)) {
    const own = cells.get(cell.stratum);
    if (own === undefined) cells.set(cell.stratum, { ...cell });
    else {
      own.tests += cell.tests;
      own.signs += cell.signs;
    }
  }
  return {
    first: first.first,
    last: last.last,
    from: first.from,
    to: last.to,
    days: days.length,
    signs: sum(days, ({ signs }) => signs),
    tests: sum(days, ({ tests }) => tests),
    cells: [...cells.values()],
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
  const sorted = new Float64Array(values).sort();
  const half = sorted.length >> 1;
  const upper = sorted[half];
  if (upper === undefined) return Number.NaN;
  const lower = sorted[half - 1];
  return sorted.length % 2 === 1 || lower === undefined ? upper : (lower + upper) / 2;
}

export function sum<T>(items: readonly T[], value: (item: T) => number): number {
  let total = 0;
  for (const item of items) total += value(item);
  return total;
}
