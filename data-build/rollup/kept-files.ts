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

const CELL = record({ print: text, files: byName(sha256) });
type Cell = InferOutput<typeof CELL>;
const INDEX = record({ code: sha256, cells: byName(CELL) });
const INDEX_FILE = 'cells.txt';

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
  /** Notes the cells of this build for the next one, and removes all others. */
  save(): Promise<void>;
}

async function readIndex(folder: string, code: Sha256): Promise<ReadonlyMap<string, Cell>> {
  try {
    const saved: unknown = JSON.parse(await readFile(join(folder, INDEX_FILE), 'utf8'));
    const read = readShape(INDEX, saved, 'index');
    return new Map(read.ok && read.value.code === code ? Object.entries(read.value.cells) : []);
  } catch {
    return new Map();
  }
}

/** `code`: hash of all that makes them. */
export async function openKeptFiles(folder: string, code: Sha256): Promise<KeptFiles> {
  const known = await readIndex(folder, code);
  const used = new Map<string, Cell>();
  return {
    find: async (cell, print) => {
      const entry = known.get(cell);
      if (entry?.print !== print) return null;
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
      const draft = join(folder, `${process.pid}.draft`);
      await write(draft);
      const sum = await hashFile(draft);
      const file = join(folder, fileName(cell, table, sum));
      await rename(draft, file);
      used.set(cell, { print, files: { ...used.get(cell)?.files, [table]: sum } });
      return file;
    },
    save: async () => {
      await mkdir(folder, { recursive: true });
      await writeFile(
        join(folder, INDEX_FILE),
        JSON.stringify({ code, cells: Object.fromEntries(used) }),
      );
      const names = new Set([
        INDEX_FILE,
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
