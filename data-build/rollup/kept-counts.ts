/**
 * Counts of measurements in cells of four weeks. Every counting table has a row for a day or for a week, so no row stands
 * in two cells, and all cells together are the count of everything, whatever their order. A cell is counted again when a
 * row of its weeks is another.
 */
import { quoteText } from '../contract/sql.ts';
import { BLOCKING_METHODS, OUTCOMES } from '../contract/vocabulary.ts';
import { numberIn, textIn, type Database } from './database.ts';
import { parquetSql, type KeptFiles } from './kept-files.ts';
import { printSql } from './select.ts';

/** A Monday, since weeks begin on Mondays. */
const FIRST_CELL = "DATE '1970-01-05'";

/** SQL for the number of the four weeks in which a day lies. */
export const cellSql = (day: string): string => `floor((${day} - ${FIRST_CELL}) / 28)::INTEGER`;

/** SQL for the first day of a cell. */
const firstDaySql = (cell: number): string => `(${FIRST_CELL} + ${cell * 28})`;

/** SQL for whether a day lies in one of these cells. */
const isOfCells = (day: string, first: number, last: number): string =>
  `${day} >= ${firstDaySql(first)} AND ${day} < ${firstDaySql(last + 1)}`;

/** The cells with what decides their counts: measurements, the category of their websites, and where they speak. */
async function readCells(db: Database): Promise<readonly Cell[]> {
  const winners = (table: string) => `
    LEFT JOIN (SELECT ${cellSql('day')} AS cell, ${printSql(['day', 'probe_cc', 'test_name'])} AS ${table}_print
      FROM ${table} WHERE part IS NULL GROUP BY cell) USING (cell)`;
  const rows = await db.all(`
    SELECT cell, rows, concat_ws(' ', print, country_winners_print, network_winners_print) AS print
    FROM (SELECT cell, sum(rows)::BIGINT AS rows, string_agg(print, ' ' ORDER BY print) AS print FROM measured_cells GROUP BY cell)
    ${winners('country_winners')} ${winners('network_winners')}
    ORDER BY cell`);
  return rows.map((row) => ({
    name: String(numberIn(row, 'cell')),
    print: textIn(row, 'print'),
    rows: numberIn(row, 'rows'),
  }));
}

/** What is counted of each cell. */
export interface WantedCount {
  readonly table: string;
  /** Column that says in which cell a row of it lies. */
  readonly day: 'day' | 'week';
  /** Order of the table that is made of all. Rows that are kept in it are put together at a quarter of what sorting them costs. */
  readonly order: string;
  /** SELECT that counts rows like `fresh_measurements`; `domains` is a relation like `public_domains`. */
  readonly countOf: (rows: string, domains: string) => string;
}

export interface CountedCells {
  /** SELECT of the whole count of a table, in any order. */
  select(table: string): string;
  /** How many cells there are, how many of them are taken here, and how many of these are counted in this build. */
  readonly cells: number;
  readonly all: number;
  readonly counted: number;
}

interface Cell {
  /** Number of its four weeks. */
  readonly name: string;
  readonly print: string;
  readonly rows: number;
}

/** Rows that are counted at once: what counts reports holds all of them. */
const MOST_ROWS = 3_000_000;

/** Cells next to one another, as many as may be counted at once; one cell alone may be larger. */
function inBatches(cells: readonly Cell[]): readonly (readonly Cell[])[] {
  const batches: Cell[][] = [];
  let rows = MOST_ROWS;
  for (const cell of cells) {
    rows += cell.rows;
    if (rows > MOST_ROWS) {
      batches.push([]);
      rows = cell.rows;
    }
    batches.at(-1)?.push(cell);
  }
  return batches;
}

const valuesSql = (words: readonly string[]): string =>
  `SELECT unnest([${words.map(quoteText).join(', ')}])`;

/** Columns that counts group by and whose values are few, with where they all stand: numbers are grouped in less time than texts. */
const NAMED = {
  probe_cc: 'SELECT probe_cc FROM measured_days',
  test_name: 'SELECT test_name FROM measured_days',
  domain: 'SELECT domain FROM public_domains',
  outcome: valuesSql(Object.keys(OUTCOMES)),
  blocking_method: valuesSql(Object.keys(BLOCKING_METHODS)),
  category_code: 'SELECT category_code FROM public_domains',
} as const;
const NAMES = Object.keys(NAMED);
const asNumbers = (names: readonly (keyof typeof NAMED)[]): string =>
  names.map((name) => `"${name}"::batch_${name} AS "${name}"`).join(', ');

/**
 * Creates `fresh_measurements`: what is counted of the rows of some cells; and `batch_domains`. Of reports only how many there are is
 * asked.
 */
async function loadBatch(db: Database, batch: readonly Cell[]): Promise<void> {
  const numbers = batch.map(({ name }) => Number(name));
  // Files of other months are told by their days, which cells alone do not say.
  const isOf = `${isOfCells('day', Math.min(...numbers), Math.max(...numbers))}
    AND ${cellSql('day')} IN (${numbers.join(', ')})`;
  const types = Object.entries(NAMED).map(
    ([name, values]) =>
      `CREATE TYPE batch_${name} AS ENUM (
        SELECT value FROM (SELECT '' AS value UNION ${values}) WHERE value IS NOT NULL ORDER BY value)`,
  );
  await db.run(`
    ${types.join('; ')};
    CREATE TEMP TABLE fresh_measurements AS
    SELECT day, probe_asn, ${asNumbers(['probe_cc', 'test_name', 'domain', 'outcome', 'blocking_method'])},
      CASE WHEN report_id IS NOT NULL THEN hash(report_id) END AS report_id
    FROM measurements WHERE ${isOf};
    CREATE TEMP TABLE batch_domains AS SELECT ${asNumbers(['domain', 'category_code'])} FROM public_domains`);
}

async function dropBatch(db: Database): Promise<void> {
  const types = NAMES.map((name) => `DROP TYPE batch_${name}`);
  await db.run(
    `DROP TABLE batch_counts; DROP TABLE batch_domains; DROP TABLE fresh_measurements; ${types.join('; ')}`,
  );
}

/**
 * Counts the cells that no earlier build counted. `measurements`, `measured_cells`, `public_domains` and the winners must be
 * there. `isOwn` tells by its place which cells are counted here; what others count is left out.
 */
export async function countCells(
  db: Database,
  kept: KeptFiles,
  isOwn: (at: number) => boolean,
  wanted: readonly WantedCount[],
): Promise<CountedCells> {
  const every = await readCells(db);
  const cells = every.filter((_, at) => isOwn(at));
  const found = new Map<Cell, ReadonlyMap<string, string>>();
  for (const cell of cells) {
    const files = await kept.find(cell.name, cell.print);
    if (files !== null) found.set(cell, files);
  }
  const fresh = cells.filter((cell) => !found.has(cell));
  const filesOf = new Map(
    wanted.map(({ table }) => [table, [...found.values()].flatMap((own) => own.get(table) ?? [])]),
  );
  for (const batch of inBatches(fresh)) {
    await loadBatch(db, batch);
    for (const { table, day, order, countOf } of wanted) {
      // Cell by cell, so that the rows of one are found without going through all.
      await db.run(`
        CREATE OR REPLACE TEMP TABLE batch_counts AS FROM (${countOf('fresh_measurements', 'batch_domains')}) ORDER BY ${cellSql(day)}, ${order};
        SET threads = 1`);
      for (const { name, print } of batch) {
        const rows = `SELECT * FROM batch_counts WHERE ${isOfCells(day, Number(name), Number(name))}`;
        const file = await kept.add(name, print, table, (target) =>
          db.run(`COPY (${rows}) TO ${quoteText(target)} (FORMAT parquet)`),
        );
        filesOf.get(table)?.push(file);
      }
      await db.run('RESET threads');
    }
    await dropBatch(db);
  }
  const countOf = new Map(wanted.map((each) => [each.table, each.countOf]));
  return {
    cells: every.length,
    all: cells.length,
    counted: fresh.length,
    select: (table) => {
      const files = filesOf.get(table) ?? [];
      if (files.length > 0) return `SELECT * FROM ${parquetSql(files)}`;
      const count = countOf.get(table);
      if (count === undefined) throw new Error(`Nothing was counted for ${table}.`);
      return count('(FROM measurements LIMIT 0)', 'public_domains');
    },
  };
}
