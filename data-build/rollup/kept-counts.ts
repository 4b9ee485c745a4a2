/**
 * Counts of measurements in cells of four weeks. Every counting table has a row for a day or for a week, so no row stands
 * in two cells, and all cells together are the count of everything, whatever their order. A cell is counted again when a
 * row of its weeks is another.
 */
import { quoteText } from '../contract/sql.ts';
import { numberIn, textIn, type Database } from './database.ts';
import { parquetSql, type KeptFiles } from './kept-files.ts';
import { printSql } from './select.ts';

/** A Monday, since weeks begin on Mondays. */
const FIRST_CELL = "DATE '1970-01-05'";

/** SQL for the number of the four weeks in which a day lies. */
export const cellSql = (day: string): string => `floor((${day} - ${FIRST_CELL}) / 28)::INTEGER`;

/** SQL for the first day of a cell. */
const firstDaySql = (cell: number): string => `(${FIRST_CELL} + ${cell * 28})`;

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

export interface CountedCells {
  /**
   * SELECT of the whole count of a table, in any order; `countOf` gives the SELECT that counts rows like `measurements`. What is
   * kept has an `order`: rows that stand in order by cells are soon sorted together.
   */
  select(
    table: string,
    day: 'day' | 'week',
    order: string,
    countOf: (rows: string) => string,
  ): Promise<string>;
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

/**
 * Finds out which cells are to be counted. `measurements`, `measured_cells`, `public_domains` and the winners must be there.
 * `isOwn` tells by its place which cells are counted here; what others count is left out.
 */
export async function openCells(
  db: Database,
  kept: KeptFiles,
  isOwn: (at: number) => boolean,
): Promise<CountedCells> {
  const every = await readCells(db);
  const cells = every.filter((_, at) => isOwn(at));
  const found = new Map<Cell, ReadonlyMap<string, string>>();
  for (const cell of cells) {
    const files = await kept.find(cell.name, cell.print);
    if (files !== null) found.set(cell, files);
  }
  const fresh = cells.filter((cell) => !found.has(cell));
  const countCells = async (
    batch: readonly Cell[],
    table: string,
    day: string,
    order: string,
    countOf: (rows: string) => string,
  ): Promise<readonly string[]> => {
    const numbers = batch.map(({ name }) => Number(name));
    // Files of other months are told by their days, which cells alone do not say.
    const isOf = `day >= ${firstDaySql(Math.min(...numbers))} AND day < ${firstDaySql(Math.max(...numbers) + 1)}
      AND ${cellSql('day')} IN (${numbers.join(', ')})`;
    await db.run(`
      CREATE OR REPLACE TEMP VIEW fresh_measurements AS SELECT * FROM measurements WHERE ${isOf};
      CREATE OR REPLACE TEMP TABLE batch_counts AS ${countOf('fresh_measurements')}`);
    const files: string[] = [];
    for (const { name, print } of batch)
      files.push(
        await kept.add(name, print, table, (target) =>
          db.run(
            `COPY (SELECT * FROM batch_counts WHERE ${cellSql(day)} = ${name} ORDER BY ${order}) TO ${quoteText(target)} (FORMAT parquet)`,
          ),
        ),
      );
    return files;
  };
  return {
    cells: every.length,
    all: cells.length,
    counted: fresh.length,
    select: async (table, day, order, countOf) => {
      const files = [...found.values()].flatMap((own) => own.get(table) ?? []);
      for (const batch of inBatches(fresh))
        files.push(...(await countCells(batch, table, day, order, countOf)));
      await db.run('DROP TABLE IF EXISTS batch_counts');
      return files.length === 0
        ? countOf('(FROM measurements LIMIT 0)')
        : `SELECT * FROM ${parquetSql(files)}`;
    },
  };
}
