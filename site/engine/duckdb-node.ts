/** DuckDB inside Node: draws the pages at build and binds queries in tests. */
import path from 'node:path';
import {
  DuckDBDateValue,
  DuckDBDecimalValue,
  DuckDBInstance,
  DuckDBListValue,
  DuckDBTimestampMillisecondsValue,
  DuckDBTimestampNanosecondsValue,
  DuckDBTimestampSecondsValue,
  DuckDBTimestampTZValue,
  DuckDBTimestampValue,
  type DuckDBConnection,
  type DuckDBValue,
} from '@duckdb/node-api';
import type { Query } from '../query/query.ts';
import type { Engine } from './engine.ts';
import { tableView } from './table-view.ts';

/**
 * An engine over the files of one data folder. Tables become views, so opening is cheap and only columns
 * that a query names are read. One engine, one connection: calls are answered in the order they are made.
 */
export async function openNodeEngine(dataFolder: string): Promise<Engine> {
  const instance = await DuckDBInstance.create(':memory:', { threads: '2' });
  const connection = await instance.connect();
  return {
    async open(table, files) {
      const paths = files.map((file) => path.join(dataFolder, file.path));
      await connection.run(tableView(table, paths));
    },
    async run<Row>(query: Query<Row>, signal?: AbortSignal): Promise<readonly Row[]> {
      signal?.throwIfAborted();
      return runQuery(connection, query);
    },
    async close() {
      connection.closeSync();
      instance.closeSync();
      return Promise.resolve();
    },
  };
}

async function runQuery<Row>(
  connection: DuckDBConnection,
  query: Query<Row>,
): Promise<readonly Row[]> {
  const reader = await connection.runAndReadAll(query.sql, [...query.params]);
  const rows: readonly unknown[] = reader
    .getRowObjects()
    .map((row) =>
      Object.fromEntries(Object.entries(row).map(([name, value]) => [name, toPlain(value)])),
    );
  if (!isRows(rows, query)) throw new Error('DuckDB returned rows that are not objects.');
  return rows;
}

/** The row type is the query's promise; the tests that run every query hold it to that. */
function isRows<Row>(rows: readonly unknown[], query: Query<Row>): rows is readonly Row[] {
  return query.sql !== '' && rows.every((row) => typeof row === 'object' && row !== null);
}

type Plain = string | number | boolean | null | readonly Plain[];

/** Engine values → what `Engine.run` promises. Whole numbers past 2^53 lose digits, as numbers do. */
function toPlain(value: DuckDBValue): Plain {
  if (value === null || typeof value === 'boolean' || typeof value === 'number') return value;
  if (typeof value === 'string') return value;
  if (typeof value === 'bigint') return Number(value);
  if (value instanceof DuckDBDateValue) return value.toString();
  if (value instanceof DuckDBDecimalValue) return value.toDouble();
  if (isTimestamp(value)) return value.toString().slice(0, 19);
  if (value instanceof DuckDBListValue) return value.items.map(toPlain);
  return value.toString();
}

function isTimestamp(value: object): boolean {
  return [
    DuckDBTimestampValue,
    DuckDBTimestampTZValue,
    DuckDBTimestampSecondsValue,
    DuckDBTimestampMillisecondsValue,
    DuckDBTimestampNanosecondsValue,
  ].some((kind) => value instanceof kind);
}
