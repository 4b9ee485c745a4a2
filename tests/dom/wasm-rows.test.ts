/** Values as the engine of the browser gives them, read as a reader of the console sees them. */
import { createRequire } from 'node:module';
import path from 'node:path';
import type * as blocking from '@duckdb/duckdb-wasm/blocking';
import { beforeAll, describe, expect, it } from 'vitest';
import { isColumnarTable, toMatrix, type Matrix } from '../../site/engine/wasm/rows.ts';

const require = createRequire(import.meta.url);
const folder = path.dirname(require.resolve('@duckdb/duckdb-wasm/dist/duckdb-eh.wasm'));

type Blocking = typeof blocking;
/** The package’s Node build of the same engine; its types are given for browsers alone. */
function isNodeBuild(
  loaded: unknown,
): loaded is Blocking & { readonly NODE_RUNTIME: Parameters<Blocking['createDuckDB']>[2] } {
  return typeof loaded === 'object' && loaded !== null && 'NODE_RUNTIME' in loaded;
}

let ask: (sql: string) => Matrix;

beforeAll(async () => {
  const duckdb: unknown = require('@duckdb/duckdb-wasm/dist/duckdb-node-blocking.cjs');
  if (!isNodeBuild(duckdb)) throw new Error('The package has no Node build where it was.');
  const bundle = (name: string) => ({
    mainModule: path.join(folder, `duckdb-${name}.wasm`),
    mainWorker: '',
  });
  const db = await duckdb.createDuckDB(
    { mvp: bundle('mvp'), eh: bundle('eh') },
    new duckdb.VoidLogger(),
    duckdb.NODE_RUNTIME,
  );
  await db.instantiate(() => undefined);
  const connection = db.connect();
  ask = (sql) => {
    const table: unknown = connection.query(sql);
    if (!isColumnarTable(table)) throw new Error('The answer is no table.');
    return toMatrix(table, 10_000);
  };
});

describe('in the console', () => {
  it.each([
    ["INTERVAL '3 days 2 hours'", '3 days 02:00:00'],
    ["INTERVAL '14 months'", '1 year 2 months'],
    ["INTERVAL '-1 day'", '-1 day'],
    ["INTERVAL '-90 seconds'", '-00:01:30'],
    ["INTERVAL '0 days'", '00:00:00'],
    ["TIMESTAMP '2024-03-01 01:00:00' - TIMESTAMP '2024-02-01 00:00:00'", '29 days 01:00:00'],
    ["TIME '12:34:56.5'", '12:34:56.5'],
    ["TIME '23:59:59'", '23:59:59'],
    ["TIMETZ '10:00:00+02'", '10:00:00'],
    ["DATE '2024-11-07'", '2024-11-07'],
  ])('%s reads %s', (sql, text) => {
    expect(ask(`SELECT ${sql} AS v`).rows).toEqual([[text]]);
  });

  it('long columns of intervals keep their rows and their empty cells', () => {
    const { rows } = ask(
      'SELECT CASE WHEN i % 3 = 0 THEN NULL ELSE to_days(i::INT) END AS v FROM range(1, 6000) t(i)',
    );
    expect(rows).toHaveLength(5999);
    rows.forEach(([value], index) => {
      const day = index + 1;
      const text = `${day} day${day === 1 ? '' : 's'}`;
      expect(value).toBe(day % 3 === 0 ? null : text);
    });
  });
});
