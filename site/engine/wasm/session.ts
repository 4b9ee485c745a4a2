/** One running DuckDB: a worker of our own origin, the database in it, one connection. */
import {
  AsyncDuckDB,
  DuckDBDataProtocol,
  VoidLogger,
  getPlatformFeatures,
  type AsyncDuckDBConnection,
} from '@duckdb/duckdb-wasm';
import workerUrl from '@duckdb/duckdb-wasm/dist/duckdb-browser-eh.worker.js?url';
import wasmUrl from '@duckdb/duckdb-wasm/dist/duckdb-eh.wasm?url';
import type { QueryParam } from '../../query/query.ts';
import { warmCache, type ProgressListener } from './download.ts';
import { EngineFailure, machineFailure } from './failure.ts';
import { isColumnarTable, toMatrix, toRows, type Matrix, type PlainRow } from './rows.ts';
import { ENGINE_WEIGHT } from './weight.ts';

/** Longest wait for the worker once all is downloaded, in milliseconds. It says nothing when it cannot start. */
const START_LIMIT = 60_000;

export interface Session {
  registerFile(name: string, bytes: Uint8Array): Promise<void>;
  /** Makes a file known by its address; the engine then reads pieces of it as it needs them. */
  registerUrl(name: string, url: string): Promise<void>;
  execute(sql: string): Promise<void>;
  /** Reads an answer piece by piece and stops after `most` rows; `more`: there were others. */
  stream(
    sql: string,
    most: number,
    signal: AbortSignal,
  ): Promise<Matrix & { readonly more: boolean }>;
  /** Prepared, so that parameters never become part of the text. */
  ask(sql: string, params: readonly QueryParam[]): Promise<readonly PlainRow[]>;
  /** Writes what the statement selects from `source`, a text that it names as a file, as a Parquet file. */
  writeParquet(select: string, source: { name: string; text: string }): Promise<Uint8Array>;
  /** Ends the worker at once, whatever it is doing. */
  end(): void;
}

/** Brings the engine into the browser's cache. Rejects with an {@link EngineFailure}. */
export async function fetchEngine(onProgress: ProgressListener): Promise<void> {
  const url = new URL(wasmUrl, location.href).href;
  let loaded = 0;
  await warmCache(url, (count) => {
    loaded += count;
    onProgress({ part: 'engine', loaded, total: ENGINE_WEIGHT.unpackedBytes });
  });
  // Cut or replaced on its way; the worker would say nothing of it.
  if (loaded !== ENGINE_WEIGHT.unpackedBytes) throw new EngineFailure('changed', { url });
}

/** Downloads, starts and opens the engine. Rejects with an {@link EngineFailure}. */
export async function startSession(
  onProgress: ProgressListener,
  startWorker: (engineScript: string) => Worker = (script) => new Worker(script),
): Promise<Session> {
  const features = await getPlatformFeatures();
  if (!features.wasmExceptions || typeof Worker === 'undefined' || !mayCompile())
    throw new EngineFailure('unsupported');
  const url = new URL(wasmUrl, location.href).href;
  // The worker cannot tell of a failed download, so the file is brought here first and taken from the cache there.
  await fetchEngine(onProgress);
  const worker = startWorker(workerUrl);
  let giveUp: (error: EngineFailure) => void = () => undefined;
  const broken = new Promise<never>((_, reject) => {
    giveUp = reject;
    worker.addEventListener('error', (event) => {
      reject(new EngineFailure('stopped', {}, event.message));
    });
  });
  broken.catch(() => undefined);
  const db = new AsyncDuckDB(new VoidLogger(), worker);
  const alive = async <T>(work: Promise<T>): Promise<T> => Promise.race([work, broken]);
  try {
    const connection = await alive(withinLimit(openConnection(db, url)));
    return {
      registerFile: async (name, bytes) => alive(db.registerFileBuffer(name, bytes)),
      registerUrl: async (name, url) =>
        alive(db.registerFileURL(name, url, DuckDBDataProtocol.HTTP, false)),
      stream: async (sql, most, signal) => alive(streamAnswer(db, sql, most, signal)),
      execute: async (sql) => {
        await alive(connection.query(sql));
      },
      ask: async (sql, params) => alive(askPrepared(connection, sql, params)),
      writeParquet: async (select, source) => alive(copyToParquet(db, connection, select, source)),
      end: () => {
        worker.terminate();
        // A worker that is gone answers nothing, and nobody may wait for it.
        giveUp(new EngineFailure('stopped'));
      },
    };
  } catch (error) {
    worker.terminate();
    throw machineFailure(error) ?? error;
  }
}

/** False where a policy forbids WebAssembly; the worker would say nothing of it. */
function mayCompile(): boolean {
  try {
    new WebAssembly.Module(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]));
    return true;
  } catch {
    return false;
  }
}

async function openConnection(db: AsyncDuckDB, url: string): Promise<AsyncDuckDBConnection> {
  await db.instantiate(url);
  await db.open({});
  return db.connect();
}

async function copyToParquet(
  db: AsyncDuckDB,
  connection: AsyncDuckDBConnection,
  select: string,
  { name, text }: { readonly name: string; readonly text: string },
): Promise<Uint8Array> {
  const target = `${name}.parquet`;
  await db.registerFileText(name, text);
  try {
    await connection.query(`COPY (${select}) TO '${target}' (FORMAT PARQUET, CODEC 'ZSTD')`);
    return await db.copyFileToBuffer(target);
  } finally {
    await db.dropFile(name);
    await db.dropFile(target);
  }
}

async function askPrepared(
  connection: AsyncDuckDBConnection,
  sql: string,
  params: readonly QueryParam[],
): Promise<readonly PlainRow[]> {
  const statement = await connection.prepare(sql);
  try {
    const result: unknown = await statement.query(...params);
    if (!isColumnarTable(result)) throw new Error('DuckDB returned something that is not a table.');
    return toRows(result);
  } finally {
    await statement.close();
  }
}

/** A connection of its own, so that nothing of a stopped question is left for the next. */
async function streamAnswer(
  db: AsyncDuckDB,
  sql: string,
  most: number,
  signal: AbortSignal,
): Promise<Matrix & { readonly more: boolean }> {
  const connection = await db.connect();
  const cancel = (): void => {
    connection.cancelSent().catch(() => undefined);
  };
  signal.addEventListener('abort', cancel, { once: true });
  try {
    signal.throwIfAborted();
    const batches: unknown = await connection.send(sql);
    if (!isAsyncIterable(batches))
      throw new Error('DuckDB returned something that is not a stream.');
    let columns: Matrix['columns'] = [];
    const rows: Matrix['rows'][number][] = [];
    for await (const batch of batches) {
      signal.throwIfAborted();
      if (!isColumnarTable(batch))
        throw new Error('DuckDB returned something that is not a table.');
      const part = toMatrix(batch, most + 1 - rows.length);
      columns = part.columns;
      rows.push(...part.rows);
      if (rows.length > most) break;
    }
    return { columns, rows: rows.slice(0, most), more: rows.length > most };
  } finally {
    signal.removeEventListener('abort', cancel);
    connection.close().catch(() => undefined);
  }
}

function isAsyncIterable(value: unknown): value is AsyncIterable<unknown> {
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value;
}

async function withinLimit<T>(work: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new EngineFailure('slow'));
    }, START_LIMIT);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
