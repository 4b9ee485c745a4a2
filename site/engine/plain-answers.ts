/** Answers from whole files without an engine: the light path to what most filters ask. */
import type { ManifestFile } from '../../data-build/contract/manifest.ts';
import type { TableName } from '../../data-build/contract/tables.ts';
import { locateFile, type DataPlace } from './wasm/data-place.ts';
import { answerPlainly } from '../query/fold.ts';
import type { TableRows } from '../query/fold-groups.ts';
import type { Query } from '../query/query.ts';
import { readRows } from './parquet-rows.ts';
import { loadBytes, type Progress, type ProgressListener } from './wasm/download.ts';
import { EngineFailure } from './wasm/failure.ts';
import { checkFile } from './wasm/file-downloads.ts';
import { MOST_WITHOUT_ENGINE } from './wasm/weight.ts';

export type FilesOf = ReadonlyMap<TableName, readonly ManifestFile[]>;

export interface PlainAnswers {
  /** The rows of the answer; null where only an engine can give them. Rejects with an {@link EngineFailure}. */
  answer<Row>(query: Query<Row>, files: FilesOf): Promise<readonly Row[] | null>;
  /** Reads files that are likely to be asked about next; false where an engine would have to. */
  getReady(files: FilesOf): Promise<boolean>;
}

export function openPlainAnswers(place: DataPlace, onProgress: ProgressListener): PlainAnswers {
  const tables = new Map<string, Promise<TableRows>>();
  const downloads = new Map<string, Promise<ArrayBuffer>>();
  /** Of files on their way. */
  const underway = new Map<string, Progress>();

  const load = async (file: ManifestFile): Promise<ArrayBuffer> => {
    const { path, bytes } = file;
    const say = (loaded: number): void => {
      const progress = { part: 'data', loaded, total: bytes } as const;
      underway.set(path, progress);
      onProgress(progress);
    };
    let loaded = 0;
    // A line that is slow to begin is said, too.
    say(loaded);
    try {
      const read = await loadBytes(locateFile(path, place), (count) => {
        loaded += count;
        say(loaded);
      });
      await checkFile(read, file);
      return read.buffer;
    } finally {
      underway.delete(path);
    }
  };
  const loadOnce = async (file: ManifestFile): Promise<ArrayBuffer> => {
    const known = downloads.get(file.path) ?? load(file);
    downloads.set(file.path, known);
    // What failed may be tried again.
    known.catch(() => downloads.delete(file.path));
    return known;
  };
  const openTable = async (
    table: TableName,
    files: readonly ManifestFile[],
  ): Promise<TableRows> => {
    const key = [table, ...files.map(({ path }) => path)].join('\n');
    const known =
      tables.get(key) ??
      Promise.all(files.map(loadOnce)).then(async (read) => readRows(table, read));
    tables.set(key, known);
    known.catch(() => tables.delete(key));
    return known;
  };

  const openTables = async (files: FilesOf): Promise<ReadonlyMap<TableName, TableRows>> =>
    new Map(
      await Promise.all(
        [...files].map(async ([table, given]) => [table, await openTable(table, given)] as const),
      ),
    );

  return {
    async getReady(files) {
      if (isMuch(files)) return false;
      await openTables(files);
      return true;
    },
    async answer(query, files) {
      const { plain } = query;
      if (plain === undefined || isMuch(files)) return null;
      // Who asks now waits for what was read ahead.
      for (const { path } of [...files.values()].flat()) {
        const progress = underway.get(path);
        if (progress !== undefined) onProgress(progress);
      }
      try {
        const opened = await openTables(files);
        const rows = answerPlainly(plain, (table) => opened.get(table) ?? NO_ROWS);
        return isRows(rows, query) ? rows : null;
      } catch (error) {
        if (error instanceof EngineFailure) throw error;
        // A file that is packed otherwise: an engine may know how.
        return null;
      }
    },
  };
}

function isMuch(files: FilesOf): boolean {
  const all = [...files.values()].flat();
  const sum = (of: (file: ManifestFile) => number): number =>
    all.reduce((total, file) => total + of(file), 0);
  return (
    sum(({ bytes }) => bytes) > MOST_WITHOUT_ENGINE.bytes ||
    sum(({ rows }) => rows) > MOST_WITHOUT_ENGINE.rows
  );
}

const NO_ROWS: TableRows = { length: 0, column: () => [] };

/** The row type is the query's promise; the tests that hold this path equal to the engines hold it to that. */
function isRows<Row>(rows: readonly unknown[], query: Query<Row>): rows is readonly Row[] {
  return query.sql !== '' && rows.every((row) => typeof row === 'object' && row !== null);
}
