/**
 * DuckDB in the reader's browser: WebAssembly in a worker of our own origin, Parquet files fetched whole and
 * registered as buffers. The package is pinned to 1.28.0, the last with Parquet linked in; see docs/decisions.
 */
import { quoteName, quoteText } from '../../data-build/contract/sql.ts';
import type { TableName } from '../../data-build/contract/tables.ts';
import type { DataPlace } from './wasm/data-place.ts';
import type { Query } from '../query/query.ts';
import type { DataFile, ParquetColumn, WritingEngine } from './engine.ts';
import type { ProgressListener } from './wasm/download.ts';
import { EngineFailure, machineFailure } from './wasm/failure.ts';
import { startSession, type Session } from './wasm/session.ts';
import { openDownloads, type FileLoader } from './wasm/file-downloads.ts';
import { tableView } from './table-view.ts';

export interface WasmEngineOptions {
  readonly place: DataPlace;
  /** The contract that the files there follow, where they may be older than these pages. */
  readonly contract?: string;
  readonly onProgress?: ProgressListener;
  /** How a data file is brought here; plainly fetched when absent. */
  readonly load?: FileLoader;
}

/** A statement cannot be interrupted; one that outlives its abort by this long costs the worker its life. */
const GRACE = 2_000;

/**
 * Loads the engine and answers one question at a time. An aborted question rejects at once; those that wait
 * behind it are not started. Faults are {@link EngineFailure}s; after one, the next call starts afresh.
 */
export async function openWasmEngine(options: WasmEngineOptions): Promise<WritingEngine> {
  const { place, contract, onProgress = () => undefined } = options;
  const wanted = new Map<TableName, readonly DataFile[]>();
  let opened = new Map<TableName, string>();
  const downloads = openDownloads(place, onProgress, options.load);
  let session: Session | null = await startSession(onProgress);
  let queue: Promise<unknown> = Promise.resolve();

  const restart = (): void => {
    session?.end();
    session = null;
    opened = new Map();
    downloads.forget();
  };
  const current = async (): Promise<Session> => (session ??= await startSession(onProgress));

  const inTurn = async <T>(work: () => Promise<T>): Promise<T> => {
    const done = queue.then(work);
    queue = done.catch(() => undefined);
    return done;
  };

  const openTable = async (table: TableName): Promise<void> => {
    const files = wanted.get(table) ?? [];
    const sql = tableView(
      table,
      files.map(({ path }) => path),
      contract === undefined ? {} : { contract },
    );
    if (opened.get(table) === sql) return;
    await downloads.register(await current(), files);
    await (await current()).execute(sql);
    opened.set(table, sql);
  };

  const answer = async <Row>(query: Query<Row>): Promise<readonly Row[]> => {
    for (const table of wanted.keys()) await openTable(table);
    const rows = await (await current()).ask(query.sql, query.params);
    if (!isRows(rows, query)) throw new Error('DuckDB returned rows that are not objects.');
    return rows;
  };

  const mendAfter = async <T>(work: Promise<T>): Promise<T> => {
    try {
      return await work;
    } catch (error) {
      if (isAbort(error)) throw error;
      const failure =
        error instanceof EngineFailure
          ? error
          : (machineFailure(error) ?? new EngineFailure('query', {}, error));
      if (failure.kind === 'stopped') restart();
      throw failure;
    }
  };

  return {
    async open(table, files) {
      downloads.fetch(files);
      await inTurn(async () => {
        const before = wanted.get(table);
        wanted.set(table, files);
        try {
          await mendAfter(openTable(table));
        } catch (error) {
          if (before === undefined) wanted.delete(table);
          else wanted.set(table, before);
          throw error;
        }
      });
    },
    async run(query, signal) {
      signal?.throwIfAborted();
      const result = inTurn(async () => {
        signal?.throwIfAborted();
        const overdue = signal === undefined ? null : afterAbort(signal, GRACE, restart);
        try {
          return await mendAfter(
            overdue === null ? answer(query) : Promise.race([answer(query), overdue.rejection]),
          );
        } finally {
          overdue?.stop();
        }
      });
      return signal === undefined ? result : Promise.race([result, rejectOnAbort(signal)]);
    },
    toParquet: async (csv, columns) =>
      inTurn(async () =>
        mendAfter(
          (async () =>
            (await current()).writeParquet(csvSelect(columns), { name: CSV_FILE, text: csv }))(),
        ),
      ),
    async close() {
      await queue;
      restart();
      wanted.clear();
    },
  };
}

/** Rejects `grace` milliseconds after the signal, having called `onOverdue`. */
function afterAbort(
  signal: AbortSignal,
  grace: number,
  onOverdue: () => void,
): { readonly rejection: Promise<never>; stop(): void } {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let arm: () => void = () => undefined;
  const rejection = new Promise<never>((_, reject) => {
    arm = () => {
      timer = setTimeout(() => {
        onOverdue();
        reject(abortReason(signal));
      }, grace);
    };
  });
  signal.addEventListener('abort', arm, { once: true });
  return {
    rejection,
    stop: () => {
      signal.removeEventListener('abort', arm);
      clearTimeout(timer);
    },
  };
}

async function rejectOnAbort(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener(
      'abort',
      () => {
        reject(abortReason(signal));
      },
      { once: true },
    );
  });
}

function abortReason(signal: AbortSignal): Error {
  const reason: unknown = signal.reason;
  return reason instanceof Error ? reason : new DOMException('Aborted', 'AbortError');
}

function isAbort(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'AbortError';
}

/** Name under which a text to be written as Parquet is known to the engine. */
const CSV_FILE = 'displayed.csv';

function csvSelect(columns: readonly ParquetColumn[]): string {
  const types = columns.map(({ name }) => `${quoteText(name)}: 'VARCHAR'`).join(', ');
  // Read as text first: only then does an empty field become null in either type.
  const select = columns.map(({ name, type }) => {
    const quoted = quoteName(name);
    const value = `nullif(${quoted}, '')`;
    return `${type === 'number' ? `CAST(${value} AS DOUBLE)` : value} AS ${quoted}`;
  });
  return `SELECT ${select.join(', ')} FROM read_csv('${CSV_FILE}', header = true, delim = ',', quote = '"', escape = '"', columns = {${types}})`;
}

/** The row type is the query's promise; the tests that run every query hold it to that. */
function isRows<Row>(rows: readonly unknown[], query: Query<Row>): rows is readonly Row[] {
  return query.sql !== '' && rows.every((row) => typeof row === 'object' && row !== null);
}
