/** Daily series for detector tests. */
import { addDays, type Day, toDay } from '../../../data-build/contract/brands.ts';
import type { StratumDay } from '../../../data-build/rollup/detectors/series.ts';

export function day(text: string): Day {
  const value = toDay(text);
  if (value === null) throw new Error(`${text} is no day.`);
  return value;
}

export const SINCE = day('2024-01-01');

/** `rates` of `tests` tests a day, one stratum. */
export function flat(rates: readonly number[], tests: number, stratum = 0): StratumDay[] {
  return rates.map((rate, index) => ({
    day: addDays(SINCE, index),
    stratum,
    signs: Math.round(rate * tests),
    tests,
  }));
}

/** Several strata as one series. */
export function together(...strata: readonly StratumDay[][]): StratumDay[] {
  return strata.flat().toSorted((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0));
}

export function repeat<T>(value: T, times: number): T[] {
  return Array.from({ length: times }, () => value);
}
