/** The few ways in which the build talks to DuckDB, and readers of the cells that it gives back. */
import { availableParallelism } from 'node:os';
import {
  type Asn,
  type CountryCode,
  type Day,
  toAsn,
  toCountryCode,
  toDay,
} from '../contract/brands.ts';
import type { DuckDBConnection, DuckDBValue, JS } from '@duckdb/node-api';
import { openDuckDb, type DuckDbOptions } from '../duckdb.ts';

export type SqlRow = Readonly<Record<string, JS>>;

/** Some rows of a result, column by column. */
export type Columns = readonly (readonly DuckDBValue[])[];

export interface Database {
  /** Folder for files that go when the database is closed. */
  readonly scratch: string;
  /** Runs one or more statements; the result is dropped. */
  run(sql: string): Promise<void>;
  /**
   * Does something for each item, several at once, each with a `run` of its own that sees no temporary tables. Results are in the
   * order of the items; the first fault ends it.
   */
  spread<Item, Result>(
    items: readonly Item[],
    work: (item: Item, run: Database['run']) => Promise<Result>,
  ): Promise<readonly Result[]>;
  /** All rows. Dates and times must be asked for as text; whole numbers come back as numbers. */
  all(sql: string): Promise<readonly SqlRow[]>;
  /** Adds rows of texts to a table whose columns are all VARCHAR. */
  append(table: string, rows: Iterable<readonly (string | null)[]>): Promise<void>;
  /** Rows in batches, for results of millions: an object for each row would cost more than what is done with it. */
  columns(sql: string): AsyncGenerator<Columns>;
  /** Rows in batches, for results too large to hold. */
  batches(sql: string): AsyncGenerator<readonly SqlRow[]>;
  close(): Promise<void>;
}

function plainRow(row: Record<string, JS>): SqlRow {
  for (const [name, value] of Object.entries(row)) {
    if (typeof value === 'bigint') row[name] = Number(value);
  }
  return row;
}

async function* readBatches(
  connection: DuckDBConnection,
  sql: string,
): AsyncGenerator<readonly SqlRow[]> {
  const result = await connection.stream(sql);
  for await (const rows of result.yieldRowObjectJs()) yield rows.map(plainRow);
}

async function* readColumns(connection: DuckDBConnection, sql: string): AsyncGenerator<Columns> {
  const result = await connection.stream(sql);
  for await (const chunk of result) yield chunk.getColumns();
}

/** Each holds a row group of what it writes. */
const MOST_AT_ONCE = 4;

async function spreadOver<Item, Result>(
  connect: () => Promise<DuckDBConnection>,
  items: readonly Item[],
  work: (item: Item, run: Database['run']) => Promise<Result>,
): Promise<readonly Result[]> {
  const results: Result[] = [];
  const left = Array.from(items, (item, at) => ({ item, at })).toReversed();
  const workOn = async (): Promise<void> => {
    const connection = await connect();
    try {
      for (let next = left.pop(); next !== undefined; next = left.pop())
        results[next.at] = await work(next.item, async (sql) => {
          await connection.run(sql);
        });
    } finally {
      // After a fault nothing else is begun.
      left.length = 0;
      connection.closeSync();
    }
  };
  const workers = Math.min(MOST_AT_ONCE, availableParallelism(), items.length);
  const done = await Promise.allSettled(Array.from({ length: workers }, workOn));
  for (const each of done) if (each.status === 'rejected') throw each.reason;
  return results;
}

/** Opens an empty in-memory database. Throws when the spill folder cannot be made. */
export async function openDatabase(options: DuckDbOptions): Promise<Database> {
  const { connection, connect, close } = await openDuckDb(options);
  return {
    scratch: options.spillDir,
    run: async (sql) => {
      await connection.run(sql);
    },
    spread: (items, work) => spreadOver(connect, items, work),
    all: async (sql) => {
      const reader = await connection.runAndReadAll(sql);
      return reader.getRowObjectsJS().map(plainRow);
    },
    append: async (table, rows) => {
      const appender = await connection.createAppender(table);
      for (const row of rows) {
        for (const value of row) {
          if (value === null) appender.appendNull();
          else appender.appendVarchar(value);
        }
        appender.endRow();
      }
      appender.closeSync();
    },
    columns: (sql) => readColumns(connection, sql),
    batches: (sql) => readBatches(connection, sql),
    close,
  };
}

/** Readers of one column. They throw where the query gave something else. */
export function numbersIn(columns: Columns, at: number): readonly number[] {
  const column = columns[at];
  if (column?.every((value) => typeof value === 'number') === true) return column;
  throw new Error(`The query gave no numbers in column ${at}.`);
}

export function numbersOrNullsIn(columns: Columns, at: number): readonly (number | null)[] {
  const column = columns[at];
  if (column?.every((value) => value === null || typeof value === 'number') === true) return column;
  throw new Error(`The query gave no numbers in column ${at}.`);
}

export function textsOrNullsIn(columns: Columns, at: number): readonly (string | null)[] {
  const column = columns[at];
  if (column?.every((value) => value === null || typeof value === 'string') === true) return column;
  throw new Error(`The query gave no texts in column ${at}.`);
}

/** Readers of one cell. They throw where the query gave something else. */
export function numberIn(row: SqlRow | undefined, column: string): number {
  const value = row?.[column];
  if (typeof value !== 'number') throw new Error(`The query gave no number in column ${column}.`);
  return value;
}

export function textIn(row: SqlRow | undefined, column: string): string {
  const value = row?.[column];
  if (typeof value !== 'string') throw new Error(`The query gave no text in column ${column}.`);
  return value;
}

/** Days that were read before: there are few, and millions of rows name them. */
const knownDays = new Map<string, Day>();

export function dayIn(row: SqlRow | undefined, column: string): Day {
  const text = textIn(row, column);
  const known = knownDays.get(text);
  if (known !== undefined) return known;
  const day = toDay(text);
  if (day === null) throw new Error(`The query gave no day in column ${column}.`);
  knownDays.set(text, day);
  return day;
}

export function countryIn(row: SqlRow | undefined): CountryCode {
  const code = toCountryCode(textIn(row, 'probe_cc'));
  if (code === null) throw new Error('The query gave no country in column probe_cc.');
  return code;
}

export function networkIn(row: SqlRow | undefined): Asn | null {
  return row?.['probe_asn'] === null ? null : toAsn(numberIn(row, 'probe_asn'));
}

export function numberOrNullIn(row: SqlRow | undefined, column: string): number | null {
  const value = row?.[column];
  return typeof value === 'number' ? value : null;
}

export function wordIn<Words extends object>(
  row: SqlRow | undefined,
  column: string,
  words: Words,
): keyof Words {
  const text = textIn(row, column);
  const isWord = (name: PropertyKey): name is keyof Words => Object.hasOwn(words, name);
  if (!isWord(text)) throw new Error(`The query gave ${text} in column ${column}.`);
  return text;
}

export function textOrNullIn(row: SqlRow | undefined, column: string): string | null {
  return row?.[column] === null ? null : textIn(row, column);
}

export function dayOrNullIn(row: SqlRow | undefined, column: string): Day | null {
  const text = textOrNullIn(row, column);
  return text === null ? null : toDay(text);
}
