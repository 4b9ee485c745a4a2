/** The table behind a chart: the same rows, every number readable and sortable. */
import { toDay } from '../../data-build/contract/brands.ts';

export interface TableColumn {
  readonly key: string;
  readonly label: string;
  /** Numbers are aligned to the end and sort largest first. */
  readonly numeric: boolean;
  /** Its cells are data as they were published: addresses, numbers and names of networks. Nobody translates them. */
  readonly verbatim?: boolean;
}

export interface TableCell {
  readonly text: string;
  /** What sorting compares; null sorts last either way. */
  readonly sort: number | string | null;
  /** The numbers of a text that holds two; `sort` is one of them. */
  readonly pair?: NumberPair;
}

/** Two ends, or what was counted of how many. */
export type NumberPair =
  | { readonly low: number; readonly high: number }
  | { readonly signs: number; readonly tests: number };

export interface TableRow {
  /** Identity of the datum: a period, a network number, a test name. */
  readonly key: string;
  /** One per column, in order; the first names the row. */
  readonly cells: readonly TableCell[];
}

export interface TableModel {
  readonly caption: string;
  readonly columns: readonly TableColumn[];
  readonly rows: readonly TableRow[];
  /** Sentences that belong to the numbers and travel with them. */
  readonly caveats: readonly string[];
}

/** The same table without columns that say nothing in any row; the first names the rows and stays. */
export function dropEmptyColumns(table: TableModel): TableModel {
  const kept = table.columns.map(
    (_, index) => index === 0 || table.rows.some(({ cells }) => (cells[index]?.text ?? '') !== ''),
  );
  return {
    ...table,
    columns: table.columns.filter((_, index) => kept[index]),
    rows: table.rows.map((row) => ({
      ...row,
      cells: row.cells.filter((_, index) => kept[index]),
    })),
  };
}

/** As many as a phone shows at once; the table is folded, and comes whole where a script unfolds it. */
const PAGE_ROWS = 4;
/** A few more are not worth a step. */
const SPARE_ROWS = 3;

/** What sentences are about: how much was tested, and how much of it showed signs. */
const TOLD = ['measurement_count', 'tests', 'rate', 'anomaly_count'];

/**
 * The rows that a page holds of a long table, in its order: of periods the newest, those with the highest numbers, and
 * those between which they rose most; of others the first, since they stand by what matters. The rest is one step away.
 */
export function pageRows({ columns, rows }: TableModel): readonly TableRow[] {
  if (rows.length <= PAGE_ROWS + SPARE_ROWS) return rows;
  const dayOf = ({ key }: TableRow): string => toDay(key.slice(0, 10)) ?? '';
  if (rows.some((row) => dayOf(row) === '')) return rows.slice(0, PAGE_ROWS);
  const newest = rows.toSorted((a, b) => dayOf(b).localeCompare(dayOf(a))).slice(0, PAGE_ROWS);
  const told = columns.flatMap(({ key }, index) =>
    TOLD.includes(key) ? tellingRows(rows, index) : [],
  );
  const kept = new Set([...newest, ...told]);
  return rows.filter((row) => kept.has(row));
}

/** The row with the most, and the two between which it rose most. */
function tellingRows(rows: readonly TableRow[], column: number): readonly TableRow[] {
  const values = rows.map(({ cells }) => Number(cells[column]?.sort ?? 0));
  const rises = values.map((value, index) => value - (values[index - 1] ?? value));
  const most = values.indexOf(Math.max(...values));
  const rise = rises.indexOf(Math.max(...rises));
  return rows.filter((_, index) => index === most || index === rise || index === rise - 1);
}
