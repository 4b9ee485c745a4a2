/** Rows by day and test, folded into what the charts of one network take. */
import type { Day } from '../../data-build/contract/brands.ts';
import { BLOCKING_METHODS, type BlockingMethod } from '../../data-build/contract/vocabulary.ts';
import type { MethodPeriodRow, OutcomeCounts, OutcomePeriodRow, TestRow } from '../query/rows.ts';
import { periodStart, type TimeFrame } from './time-frame.ts';

export interface DayRow extends OutcomeCounts {
  readonly day: Day;
  readonly test_name: string;
  readonly unscored_count: number;
  /** `dns 3|tls 1`. */
  readonly methods: string;
}

const METHODS: ReadonlyMap<string, BlockingMethod> = new Map(
  methodNames().map((method) => [method, method] as const),
);

function methodNames(): readonly BlockingMethod[] {
  const known = (name: string): name is BlockingMethod => name in BLOCKING_METHODS;
  return Object.keys(BLOCKING_METHODS).filter(known);
}

/** `dns 3|tls 1` → counts by method; what is not a known method is left out. */
export function parseMethods(text: string): readonly (readonly [BlockingMethod, number])[] {
  return text.split('|').flatMap((part) => {
    const [name = '', count = ''] = part.split(' ');
    const method = METHODS.get(name);
    return method === undefined || !/^\d+$/.test(count) ? [] : [[method, Number(count)] as const];
  });
}

/** One row per period of the frame with anything in it, all of one network. */
export function foldPeriods(
  rows: readonly DayRow[],
  { grain }: TimeFrame,
): readonly OutcomePeriodRow[] {
  return [...groupBy(rows, ({ day }) => periodStart(day, grain))].map(([period, group]) => ({
    period,
    ...fold(group),
  }));
}

/** One row per test, all of one network. */
export function foldTests(rows: readonly DayRow[]): readonly TestRow[] {
  return [...groupBy(rows, ({ test_name }) => test_name)].map(([test_name, group]) => ({
    test_name,
    ...fold(group),
  }));
}

/** One row per period and method that occurred. */
export function foldMethods(
  rows: readonly DayRow[],
  { grain }: TimeFrame,
): readonly MethodPeriodRow[] {
  return [...groupBy(rows, ({ day }) => periodStart(day, grain))].flatMap(([period, group]) => {
    const counts = new Map<BlockingMethod, number>();
    for (const { methods } of group)
      for (const [method, count] of parseMethods(methods))
        counts.set(method, (counts.get(method) ?? 0) + count);
    return [...counts].map(([blocking_method, count]) => ({ period, blocking_method, count }));
  });
}

function fold(rows: readonly DayRow[]): Omit<OutcomePeriodRow, 'period'> {
  const total = (pick: (row: DayRow) => number): number =>
    rows.reduce((sum, row) => sum + pick(row), 0);
  const measured = rows.filter(({ measurement_count }) => measurement_count > 0);
  return {
    measurement_count: total((row) => row.measurement_count),
    ok_count: total((row) => row.ok_count),
    anomaly_count: total((row) => row.anomaly_count),
    confirmed_count: total((row) => row.confirmed_count),
    failure_count: total((row) => row.failure_count),
    unscored_count: total((row) => row.unscored_count),
    network_count: measured.length > 0 ? 1 : 0,
    day_count: new Set(measured.map(({ day }) => day)).size,
  };
}

/** Groups in the order in which their first row comes. */
export function groupBy<Row, Key>(
  rows: readonly Row[],
  keyOf: (row: Row) => Key,
): ReadonlyMap<Key, readonly Row[]> {
  const groups = new Map<Key, Row[]>();
  for (const row of rows) {
    const key = keyOf(row);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [row]);
    else group.push(row);
  }
  return groups;
}
