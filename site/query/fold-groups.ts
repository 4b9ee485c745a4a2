/** Rows of a table in groups, without an engine. */
import { mondayOf, toDay } from '../../data-build/contract/brands.ts';
import { assertNever } from '../../data-build/contract/problem.ts';
import type { TableName } from '../../data-build/contract/tables.ts';
import type { TimeGrain } from '../../data-build/contract/vocabulary.ts';
import type { RowTest } from './condition.ts';
import type { Counting, GroupKey, Tally } from './count.ts';

/** Days are `YYYY-MM-DD`. */
export type Value = string | number | boolean | null;
export type Row = Readonly<Record<string, Value>>;

/** Rows of a table, column by column. */
export interface TableRows {
  readonly length: number;
  /** Throws when the table has no such column. */
  column(name: string): readonly Value[];
}
export type ReadTable = (table: TableName) => TableRows;

export type At<T> = (row: number) => T;

function toCheck(test: RowTest, table: TableRows, read: ReadTable): At<boolean> {
  if (test.kind === 'category') {
    const of = table.column('domain');
    const wanted = domainsOf(test.code, read('domains'));
    return (row) => wanted.has(of[row] ?? null);
  }
  const column = table.column('column' in test ? test.column : 'day');
  switch (test.kind) {
    // Text order is time order.
    case 'from':
      return (row) => String(column[row]) >= test.day;
    case 'until':
      return (row) => String(column[row]) < test.day;
    case 'in': {
      const wanted = new Set<Value>(test.values);
      return (row) => wanted.has(column[row] ?? null);
    }
    case 'null':
      return (row) => (column[row] ?? null) === null;
    case 'present':
      return (row) => (column[row] ?? null) !== null;
    case 'positive':
      return (row) => Number(column[row] ?? 0) > 0;
    default:
      return assertNever(test);
  }
}

function domainsOf(code: string, domains: TableRows): ReadonlySet<Value> {
  const codes = domains.column('category_code');
  return new Set(domains.column('domain').filter((_, row) => codes[row] === code));
}

/** Numbers of the rows that pass all tests. */
export function* rowsThat(
  where: readonly RowTest[],
  table: TableRows,
  read: ReadTable,
): Generator<number> {
  const checks = where.map((test) => toCheck(test, table, read));
  for (let row = 0; row < table.length; row += 1)
    if (checks.every((check) => check(row))) yield row;
}

/** First day of the period that a day lies in. */
function startOf(grain: TimeGrain, text: string): string {
  const day = toDay(text);
  if (day === null) return text;
  switch (grain) {
    case 'day':
      return day;
    case 'week':
      return mondayOf(day);
    case 'month':
      return `${day.slice(0, 7)}-01`;
    default:
      return assertNever(grain);
  }
}

function toKey(key: GroupKey, table: TableRows): At<Value> {
  if ('constant' in key) return () => key.constant;
  const { column, as } = key;
  const values = table.column(column);
  if (as === undefined) return (row) => values[row] ?? null;
  const texts = new Map<Value, string>();
  return (row) => {
    const value = values[row] ?? null;
    if (value === null) return null;
    const known = texts.get(value) ?? (as === 'text' ? String(value) : startOf(as, String(value)));
    texts.set(value, known);
    return known;
  };
}

/** Takes rows of a group one by one, then gives its columns. */
interface Tallying {
  add(row: number): void;
  columns(): readonly (readonly [string, Value])[];
}

function toTallying(tally: Tally, table: TableRows): () => Tallying {
  switch (tally.kind) {
    case 'sum': {
      const plus = tally.plus.map((name) => table.column(name));
      const minus = (tally.minus ?? []).map((name) => table.column(name));
      return () => {
        let sum = 0;
        return {
          add(row) {
            for (const column of plus) sum += Number(column[row] ?? 0);
            for (const column of minus) sum -= Number(column[row] ?? 0);
          },
          columns: () => [[tally.name, sum]],
        };
      };
    }
    case 'days':
    case 'networks': {
      const column = table.column(tally.kind === 'days' ? 'day' : 'probe_asn');
      const measured = table.column('measurement_count');
      return () => {
        const different = new Set<Value>();
        return {
          add(row) {
            if (Number(measured[row] ?? 0) > 0) different.add(column[row] ?? null);
          },
          columns: () => {
            if (tally.kind === 'days') return [[tally.name, different.size]];
            const [only = null] = different.size === 1 ? different : [];
            return [
              [tally.name, different.size],
              ['only_probe_asn', only],
            ];
          },
        };
      };
    }
    case 'different': {
      const column = table.column(tally.column);
      return () => {
        const different = new Set<Value>();
        return {
          add: (row) => different.add(column[row] ?? null),
          columns: () => [[tally.name, different.size]],
        };
      };
    }
    case 'rows': {
      const outcome = table.column('outcome');
      const wanted = new Set<Value>(tally.outcomes);
      return () => {
        let count = 0;
        return {
          add(row) {
            if (wanted.has(outcome[row] ?? null)) count += 1;
          },
          columns: () => [[tally.name, count]],
        };
      };
    }
    case 'none':
      return () => ({ add: () => undefined, columns: () => [[tally.name, null]] });
    case 'least':
    case 'latest': {
      const column = table.column(tally.kind === 'least' ? tally.column : 'day');
      const isBetter = (value: string, best: string): boolean =>
        tally.kind === 'least' ? value < best : value > best;
      return () => {
        let best: string | null = null;
        return {
          add(row) {
            const value = column[row];
            if (typeof value === 'string' && (best === null || isBetter(value, best))) best = value;
          },
          columns: () => [[tally.name, best]],
        };
      };
    }
    case 'span': {
      const days = table.column('day');
      return () => {
        let first: string | null = null;
        let last: string | null = null;
        return {
          add(row) {
            const day = String(days[row]);
            if (first === null || day < first) first = day;
            if (last === null || day > last) last = day;
          },
          columns: () => [
            ['first_day', first],
            ['last_day', last],
          ],
        };
      };
    }
    default:
      return assertNever(tally);
  }
}

/** Groups by their keys as text. */
export function countGroups(
  { table, where, by, tallies }: Counting,
  read: ReadTable,
): Map<string, Row> {
  const rows = read(table);
  const keys = by.map((key) => toKey(key, rows));
  const makers = tallies.map((tally) => toTallying(tally, rows));
  const groups = new Map<string, { values: readonly Value[]; tallying: readonly Tallying[] }>();
  const open = (values: readonly Value[]) => {
    const id = JSON.stringify(values);
    const group = groups.get(id) ?? { values, tallying: makers.map((make) => make()) };
    groups.set(id, group);
    return group;
  };
  if (by.length === 0) open([]);
  for (const row of rowsThat(where, rows, read)) {
    const group = open(keys.map((key) => key(row)));
    for (const tallying of group.tallying) tallying.add(row);
  }
  return new Map(
    [...groups].map(([id, { values, tallying }]) => [
      id,
      Object.fromEntries([
        ...by.map(({ name }, index) => [name, values[index] ?? null] as const),
        ...tallying.flatMap((one) => one.columns()),
      ]),
    ]),
  );
}
