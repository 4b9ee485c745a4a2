/** The table behind a chart: the same rows, every number readable and sortable. */

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
