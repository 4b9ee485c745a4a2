/**
 * The engine behind the SQL console: a reader's text over views of the tables it names. Files come as planned: whole, or
 * the pieces that are wanted, ahead of the query; what DuckDB needs besides it reads by range requests of its own. It
 * passes over files whose country or territory, month or licence cannot match.
 */
import type { ManifestFile } from '../../../data-build/contract/manifest.ts';
import type { TableName } from '../../../data-build/contract/tables.ts';
import { locateFile, type DataPlace } from './data-place.ts';
import type { FileScan } from '../../catalog/scan.ts';
import type { ProgressListener } from './download.ts';
import { EngineFailure, machineFailure } from './failure.ts';
import type { Matrix } from './rows.ts';
import { startPieceWorker, type PieceCount, type PieceWorker } from './pieces.ts';
import { startSession, type Session } from './session.ts';
import { openDownloads } from './file-downloads.ts';
import { tableView } from '../table-view.ts';

export interface ConsoleTable {
  readonly name: TableName;
  readonly scans: readonly FileScan[];
}

export interface ConsoleQuestion {
  readonly sql: string;
  readonly tables: readonly ConsoleTable[];
  /** Rows that are read at most. */
  readonly most: number;
}

export interface ConsoleAnswer extends Matrix {
  /** Whether there were more rows. */
  readonly more: boolean;
  /** What was read in pieces for it; whole files not counted. */
  readonly pieces: PieceCount;
}

export interface ConsoleEngine {
  /** Asks one question at a time. Rejects with an {@link EngineFailure}, or as aborted. */
  ask(question: ConsoleQuestion, signal: AbortSignal): Promise<ConsoleAnswer>;
}

/** What DuckDB may use for joins, sorts and groups, in megabytes. Data files lie beside it. */
const MEMORY_LIMIT_MB = 1_000;
/** A step that does not end by itself so long after it was cancelled costs the worker its life, in milliseconds. */
const GRACE = 1_500;

export function openConsole(place: DataPlace, onProgress: ProgressListener): ConsoleEngine {
  const downloads = openDownloads(place, onProgress);
  let session: Session | null = null;
  let pieces: PieceWorker | null = null;
  let linked = new Set<string>();

  const restart = (): void => {
    session?.end();
    session = null;
    pieces = null;
    linked = new Set();
    downloads.forget();
  };

  const openSession = async (): Promise<Session> => {
    if (session !== null) return session;
    const started = await startSession(onProgress, (script) => {
      pieces = startPieceWorker(script, place);
      return pieces.worker;
    });
    await started.execute(`SET memory_limit='${MEMORY_LIMIT_MB}MB'`);
    session = started;
    return started;
  };

  const openTable = async (target: Session, { name, scans }: ConsoleTable): Promise<void> => {
    for (const { file, ranges } of scans) {
      if (ranges === null || linked.has(file.path)) continue;
      await target.registerUrl(pieceName(file.path), locateFile(file.path, place));
      linked.add(file.path);
    }
    await downloads.register(target, wholeFiles(scans));
    await target.execute(viewSql(name, scans));
  };

  const answer = async (
    { sql, tables, most }: ConsoleQuestion,
    signal: AbortSignal,
  ): Promise<ConsoleAnswer> => {
    const scans = tables.flatMap((table) => table.scans);
    downloads.fetch(wholeFiles(scans));
    const target = await openSession();
    const before = await pieces?.count();
    await pieces?.fetchAhead(scans, signal, (loaded, total) =>
      onProgress({ part: 'data', loaded, total }),
    );
    for (const table of tables) {
      signal.throwIfAborted();
      await openTable(target, table);
    }
    const found = await target.stream(sql, most, signal);
    const after = await pieces?.count();
    return {
      ...found,
      pieces: {
        requests: (after?.requests ?? 0) - (before?.requests ?? 0),
        bytes: (after?.bytes ?? 0) - (before?.bytes ?? 0),
      },
    };
  };

  const askNow = async (question: ConsoleQuestion, signal: AbortSignal): Promise<ConsoleAnswer> => {
    signal.throwIfAborted();
    const cancelled = whenAborted(signal);
    const work = answer(question, signal).catch((error: unknown) => {
      throw signal.aborted ? abortError() : toFailure(error);
    });
    work.catch(() => undefined);
    try {
      return await Promise.race([work, cancelled.promise]);
    } catch (error) {
      if (signal.aborted) {
        if (!(await endsWithin(work, GRACE))) restart();
        throw abortError();
      }
      // After a lack of memory the worker's own memory stays as large as it was; a new one starts small.
      if (error instanceof EngineFailure && ['stopped', 'memory'].includes(error.kind)) restart();
      throw error;
    } finally {
      cancelled.stop();
    }
  };

  let last: Promise<unknown> = Promise.resolve();
  return {
    async ask(question, signal) {
      // A question waits until the one before has ended, or its worker has.
      const answered = last.then(async () => askNow(question, signal));
      last = answered.catch(() => undefined);
      return answered;
    },
  };
}

function whenAborted(signal: AbortSignal): { readonly promise: Promise<never>; stop(): void } {
  let stop = (): void => undefined;
  const promise = new Promise<never>((_, reject) => {
    const onAbort = (): void => reject(abortError());
    signal.addEventListener('abort', onAbort, { once: true });
    stop = () => signal.removeEventListener('abort', onAbort);
  });
  promise.catch(() => undefined);
  return { promise, stop };
}

function abortError(): DOMException {
  return new DOMException('Aborted', 'AbortError');
}

async function endsWithin(work: Promise<unknown>, milliseconds: number): Promise<boolean> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), milliseconds);
  });
  const ended = await Promise.race([
    work.then(
      () => true,
      () => true,
    ),
    late,
  ]);
  clearTimeout(timer);
  return ended;
}

/** Faults of the reader's text, in DuckDB's own words. */
const OF_SQL =
  /^(?:\w+ )?(?:Parser|Binder|Catalog|Conversion|Invalid Input|Out of Range|Not implemented|Constraint|Mismatch Type|Invalid|Permission|Syntax) ?\w* ?Error/i;

function toFailure(error: unknown): EngineFailure {
  if (error instanceof EngineFailure) return error;
  const message = error instanceof Error ? error.message : String(error);
  const failure = machineFailure(error, MEMORY_LIMIT_MB);
  if (failure !== null) return failure;
  if (/HTTP|fetch|NetworkError|XMLHttpRequest/i.test(message) && !OF_SQL.test(message))
    return new EngineFailure('unreachable', { url: message.slice(0, 200) }, error);
  return new EngineFailure('sql', { message }, error);
}

/** A file read in pieces has another name than the same file read whole. */
function pieceName(path: string): string {
  return `pieces/${path}`;
}

function wholeFiles(scans: readonly FileScan[]): readonly ManifestFile[] {
  return scans.filter(({ ranges }) => ranges === null).map(({ file }) => file);
}

/** In pieces, partition columns are taken from the paths, so that files which cannot match are never opened. */
function viewSql(table: TableName, scans: readonly FileScan[]): string {
  const pieces = scans.some(({ ranges }) => ranges !== null);
  const hive = pieces && scans.every(({ file }) => isNamedByPath(file));
  const paths = scans.map(({ file: { path }, ranges }) =>
    ranges === null ? path : pieceName(path),
  );
  return tableView(table, paths, { hive });
}

/** Rows without a country or territory lie under a name that stands for null; taken from the path it would be text. */
function isNamedByPath({ path }: ManifestFile): boolean {
  return path.includes('=') && !path.includes('__HIVE_DEFAULT_PARTITION__');
}
