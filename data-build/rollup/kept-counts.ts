/**
 * Counts of measurements that an earlier build made, in cells of four weeks. Every counting table has a row for a day or for
 * a week, so no row stands in two cells, and all cells together are the count of everything, whatever their order. A cell is
 * counted again when a row of its weeks is another; the files lie in the cache, under their checksums.
 */
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { InferOutput } from 'valibot';
import type { Sha256 } from '../contract/brands.ts';
import { byName, readShape, record, sha256, text } from '../contract/shape.ts';
import { quoteText } from '../contract/sql.ts';
import { tableColumns, type TableName } from '../contract/tables.ts';
import { hashFile } from '../hash.ts';
import { numberIn, textIn, type Database } from './database.ts';
import { printSql } from './select.ts';

const CELL = record({ print: text, files: byName(sha256) });
type Cell = InferOutput<typeof CELL>;
const INDEX = record({ code: sha256, cells: byName(CELL) });
const INDEX_FILE = 'cells.txt';

export interface KeptCounts {
  /** The files of a cell by table; null: there is none of these rows, or a byte of one is another than was written. */
  find(cell: string, print: string): Promise<ReadonlyMap<string, string> | null>;
  /** Keeps one table of a cell. */
  add(
    cell: string,
    print: string,
    table: TableName,
    write: (target: string) => Promise<void>,
  ): Promise<void>;
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

/** `code`: hash of all that counts. */
export async function openKeptCounts(folder: string, code: Sha256): Promise<KeptCounts> {
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
      await rename(draft, join(folder, fileName(cell, table, sum)));
      used.set(cell, { print, files: { ...used.get(cell)?.files, [table]: sum } });
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

/** Counts everything and keeps nothing. */
export const NOTHING_KEPT: KeptCounts = {
  find: () => Promise.resolve(null),
  add: () => Promise.resolve(),
  save: () => Promise.resolve(),
};

/** SQL for the number of the four weeks in which a day lies; weeks begin on Mondays, as this day is one. */
const cellSql = (day: string): string => `floor((${day} - DATE '1970-01-05') / 28)::INTEGER`;

/** What decides the counts of each cell: its measurements, the category of their websites, and where they speak. */
async function readPrints(db: Database): Promise<ReadonlyMap<string, string>> {
  const winners = (table: string) => `
    LEFT JOIN (SELECT ${cellSql('day')} AS cell, ${printSql(['day', 'probe_cc', 'test_name'])} AS ${table}_print
      FROM ${table} WHERE part IS NULL GROUP BY cell) USING (cell)`;
  const columns = [...tableColumns('measurements').map(({ name }) => name), 'domain_category'];
  const rows = await db.all(`
    SELECT cell, concat_ws(' ', print, country_winners_print, network_winners_print) AS print
    FROM (SELECT ${cellSql('day')} AS cell, ${printSql(columns)} AS print
      FROM measurements LEFT JOIN (SELECT domain, category_code AS domain_category FROM public_domains) USING (domain)
      GROUP BY cell)
    ${winners('country_winners')} ${winners('network_winners')}
    ORDER BY cell`);
  return new Map(rows.map((row) => [String(numberIn(row, 'cell')), textIn(row, 'print')]));
}

export interface CountedCells {
  /** SELECT of the whole count of a table, in any order; `countOf` gives the SELECT that counts rows like `measurements`. */
  select(table: TableName, day: 'day' | 'week', countOf: (rows: string) => string): Promise<string>;
  /** How many cells there are, and how many of them are counted in this build. */
  readonly all: number;
  readonly counted: number;
}

/** Finds out which cells are to be counted. `measurements`, `public_domains` and the winners must be there. */
export async function openCells(db: Database, kept: KeptCounts): Promise<CountedCells> {
  const prints = await readPrints(db);
  const found = new Map<string, ReadonlyMap<string, string>>();
  for (const [cell, print] of prints) {
    const files = await kept.find(cell, print);
    if (files !== null) found.set(cell, files);
  }
  const fresh = [...prints].filter(([cell]) => !found.has(cell));
  const isFresh = `${cellSql('day')} IN (${['NULL', ...fresh.map(([cell]) => cell)].join(', ')})`;
  await db.run(
    `CREATE TEMP VIEW fresh_measurements AS SELECT * FROM measurements WHERE ${isFresh}`,
  );
  return {
    all: prints.size,
    counted: fresh.length,
    select: async (table, day, countOf) => {
      await db.run(`CREATE OR REPLACE TEMP TABLE fresh_counts AS ${countOf('fresh_measurements')}`);
      for (const [cell, print] of fresh)
        await kept.add(cell, print, table, (target) =>
          db.run(
            `COPY (SELECT * FROM fresh_counts WHERE ${cellSql(day)} = ${cell}) TO ${quoteText(target)} (FORMAT parquet)`,
          ),
        );
      const files = [...found.values()].flatMap((own) => own.get(table) ?? []);
      const before = `UNION ALL BY NAME SELECT * FROM read_parquet([${files.map(quoteText).join(', ')}], hive_partitioning = false)`;
      return `SELECT * FROM fresh_counts ${files.length === 0 ? '' : before}`;
    },
  };
}
