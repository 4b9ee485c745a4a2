/**
 * Tables that an earlier build made of a part of the rows (a _cell_: some weeks, a month), as Parquet in the cache. A cell is
 * taken over while its print is the same, and made again when the print or a byte of its files is another.
 */
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { InferOutput } from 'valibot';
import type { Sha256 } from '../contract/brands.ts';
import { quoteText } from '../contract/sql.ts';
import { byName, readShape, record, sha256, text } from '../contract/shape.ts';
import { hashFile } from '../hash.ts';
import { MAKER } from '../maker.ts';
import type { Shard, Step } from '../shard.ts';
import type { Database } from './database.ts';

const CELL = record({ print: text, files: byName(sha256) });
type Cell = InferOutput<typeof CELL>;
const INDEX = record({ code: sha256, cells: byName(CELL) });
const INDEX_FILE = 'cells.txt';
/** What one of several machines kept in one step: whoever joins their folders overwrites no other one with it. */
const SHARD_INDEX = /^cells-\d+-of-\d+-[a-z]+\.txt$/;

export interface KeptFiles {
  /** The files of a cell by table; null: there is none of these rows, or a byte of one is another than was written. */
  find(cell: string, print: string): Promise<ReadonlyMap<string, string> | null>;
  /** Keeps one table of a cell, and gives its file. */
  add(
    cell: string,
    print: string,
    table: string,
    write: (target: string) => Promise<void>,
  ): Promise<string>;
  /** Notes the cells of this build beside all others, which stay: for a build that goes on from here. */
  note(): Promise<void>;
  /** Notes the cells of this build for the next one, and removes all others. */
  save(): Promise<void>;
}

type Entries = readonly (readonly [cell: string, entry: Cell])[];

async function readIndex(file: string, code: Sha256): Promise<Entries> {
  try {
    const saved: unknown = JSON.parse(await readFile(file, 'utf8'));
    const read = readShape(INDEX, saved, 'index');
    return read.ok && read.value.code === code ? Object.entries(read.value.cells) : [];
  } catch {
    return [];
  }
}

/** Of this folder’s builds and shards: a cell may have been kept more than once. */
async function readIndexes(folder: string, code: Sha256): Promise<Entries> {
  const names = (await readdir(folder).catch(() => []))
    .filter((name) => name === INDEX_FILE || SHARD_INDEX.test(name))
    .toSorted();
  const read = await Promise.all(names.map((name) => readIndex(join(folder, name), code)));
  return read.flat();
}

/** `code`: hash of all that makes them. `share`: the step of a shard that keeps them here; left out: a whole build. */
export async function openKeptFiles(
  folder: string,
  code: Sha256,
  share: { readonly shard: Shard; readonly step: Step } | null = null,
): Promise<KeptFiles> {
  const index =
    share === null
      ? INDEX_FILE
      : `cells-${share.shard.index}-of-${share.shard.of}-${share.step}.txt`;
  const before = await readIndexes(folder, code);
  const known = Map.groupBy(before, ([cell]) => cell);
  const used = new Map<string, Cell>();
  const write = async (cells: Iterable<readonly [string, Cell]>): Promise<void> => {
    await mkdir(folder, { recursive: true });
    const draft = join(folder, `${MAKER}.index-draft`);
    await writeFile(draft, JSON.stringify({ code, cells: Object.fromEntries(cells) }));
    await rename(draft, join(folder, index));
  };
  return {
    find: async (cell, print) => {
      const entry = known.get(cell)?.find(([, one]) => one.print === print)?.[1];
      if (entry === undefined) return null;
      const files = new Map<string, string>();
      for (const [table, sum] of Object.entries(entry.files)) {
        const file = join(folder, fileName(cell, table, sum));
        if ((await hashFile(file).catch(() => null)) !== sum) return null;
        files.set(table, file);
      }
      used.set(cell, entry);
      return files;
    },
    add: async (cell, print, table, write) => {
      await mkdir(folder, { recursive: true });
      const draft = join(folder, `${MAKER}.draft`);
      await write(draft);
      const sum = await hashFile(draft);
      const file = join(folder, fileName(cell, table, sum));
      await rename(draft, file);
      used.set(cell, { print, files: { ...used.get(cell)?.files, [table]: sum } });
      return file;
    },
    // Of a shard its own alone: what others kept they note themselves.
    note: () => write(share === null ? [...before, ...used] : used),
    save: async () => {
      await write(used);
      const names = new Set([
        index,
        ...[...used].flatMap(([cell, { files }]) =>
          Object.entries(files).map(([table, sum]) => fileName(cell, table, sum)),
        ),
      ]);
      for (const name of await readdir(folder))
        if (!names.has(name)) await rm(join(folder, name), { recursive: true, force: true });
    },
  };
}

const fileName = (cell: string, table: string, sum: string): string =>
  `${cell}-${table}-${sum.slice(0, 16)}.parquet`;

/** Kept files as a relation: what stands in their paths is no column. */
export const parquetSql = (files: readonly string[]): string =>
  `read_parquet([${files.map(quoteText).join(', ')}], hive_partitioning = false)`;

/** What tables of some rows are kept under. */
export interface NamedCell {
  readonly name: string;
  readonly print: string;
}

/** Keeps what stands in a table of the database, and gives the relation of its file. */
export async function keepTable(
  db: Database,
  kept: KeptFiles,
  cell: NamedCell,
  table: string,
): Promise<string> {
  const file = await kept.add(cell.name, cell.print, table, (target) =>
    db.run(`COPY "${table}" TO ${quoteText(target)} (FORMAT parquet)`),
  );
  return parquetSql([file]);
}
