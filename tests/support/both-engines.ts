/** The two DuckDBs of the site side by side: native as at build, WebAssembly as in the page, holding the same rows. */
import path from 'node:path';
import { connectDuckDb } from './duckdb.ts';
import { createDuckDB, DEFAULT_RUNTIME, VoidLogger } from '@duckdb/duckdb-wasm/blocking';
import { tableDdl, type TableName } from '../../data-build/contract/tables.ts';
import { afterAll, beforeAll, expect } from 'vitest';
import type { Query, QueryParam } from '../../site/query/query.ts';

export interface BothEngines {
  /** Rows of the native engine. Throws when the text does not bind. */
  readonly native: (sql: string, params: readonly QueryParam[]) => Promise<readonly unknown[]>;
  /** Rows as the browser's engine gives them. Throws when the text does not bind. */
  readonly browser: (sql: string, params: readonly QueryParam[]) => readonly unknown[];
  /** Runs in both, holds their answers equal, and gives them. */
  readonly ask: (query: Query<unknown>) => Promise<readonly unknown[]>;
  readonly close: () => void;
}

/** Makes empty tables of the contract in both, then runs `fill`. Columns that `fill` leaves out are null. */
export async function openBothEngines(
  tables: readonly TableName[],
  fill: readonly string[],
): Promise<BothEngines> {
  const native = await connectDuckDb();
  const folder = path.dirname(
    import.meta.resolve('@duckdb/duckdb-wasm/dist/duckdb-eh.wasm').slice(7),
  );
  const wasm = await createDuckDB(
    {
      mvp: { mainModule: path.join(folder, 'duckdb-mvp.wasm'), mainWorker: '' },
      eh: { mainModule: path.join(folder, 'duckdb-eh.wasm'), mainWorker: '' },
    },
    new VoidLogger(),
    DEFAULT_RUNTIME,
  );
  await wasm.instantiate(() => undefined);
  const browser = wasm.connect();
  const ddl = tables.map((table) => tableDdl(table).replaceAll(' NOT NULL', ''));
  for (const sql of [...ddl, ...fill]) {
    await native.run(sql);
    browser.query(sql);
  }
  const runNative: BothEngines['native'] = async (sql, params) =>
    (await native.runAndReadAll(sql, [...params])).getRowObjectsJS();
  const runBrowser: BothEngines['browser'] = (sql, params) => {
    const statement = browser.prepare(sql);
    try {
      return rowsOf(statement.query(...params));
    } finally {
      statement.close();
    }
  };
  return {
    native: runNative,
    browser: runBrowser,
    ask: async ({ sql, params }) => {
      const rows = await runNative(sql, params);
      expect(runBrowser(sql, params)).toEqual(rows);
      return rows;
    },
    close: () => {
      native.closeSync();
    },
  };
}

/** Both engines for all tests of a file. */
export function useBothEngines(
  tables: readonly TableName[],
  fill: readonly string[],
): Pick<BothEngines, 'ask' | 'native'> {
  let engines: BothEngines;
  beforeAll(async () => {
    engines = await openBothEngines(tables, fill);
  }, 60_000);
  afterAll(() => {
    engines.close();
  });
  return {
    ask: async (query) => engines.ask(query),
    native: async (sql, params) => engines.native(sql, params),
  };
}

/** Rows of an Arrow table; its types are no dependency of ours. */
function rowsOf(table: unknown): readonly unknown[] {
  if (!isIterable(table)) throw new Error('The engine gave no table.');
  return Array.from(table, (row): unknown => JSON.parse(JSON.stringify(row)));
}

function isIterable(value: unknown): value is Iterable<unknown> {
  return typeof value === 'object' && value !== null && Symbol.iterator in value;
}
