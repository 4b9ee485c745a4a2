/**
 * What a row of a figure's table says, by its key. Large tables keep only the rows in sight in the page, and then
 * whoever keeps the others answers here; all other tables are read from the page.
 */

export interface NamedCell {
  /** Key of the column. */
  readonly column: string;
  /** Words of its header. */
  readonly label: string;
  readonly text: string;
}

/** A row as it is shown: sorted and filtered like the table. */
export interface ShownRow {
  readonly key: string;
  readonly cells: readonly { readonly text: string; readonly sort: number | string | null }[];
}

interface Reader {
  /** Cells of a row; null: there is none with this key. */
  readonly read: (key: string) => readonly NamedCell[] | null;
  /** Rows in the order in which they are shown, those outside the window too. */
  readonly shown: () => readonly ShownRow[];
}

const readers = new WeakMap<HTMLTableElement, Reader>();

/** From now on `reader` answers for the table. */
export function provideCells(table: HTMLTableElement, reader: Reader): void {
  readers.set(table, reader);
}

/** The rows that a table shows, wherever they are; null: they are all in the page. */
export function shownRows(table: HTMLTableElement): readonly ShownRow[] | null {
  return readers.get(table)?.shown() ?? null;
}

/** Cells of the row with this key; null: there is none. */
export function readCells(table: HTMLTableElement, key: string): readonly NamedCell[] | null {
  const known = readers.get(table);
  if (known !== undefined) return known.read(key);
  const row = table.querySelector<HTMLTableRowElement>(`tbody tr[data-key="${CSS.escape(key)}"]`);
  if (row === null) return null;
  const headers = [...(table.tHead?.rows[0]?.cells ?? [])];
  return [...row.cells].map((cell, index) => ({
    column: headers[index]?.dataset['column'] ?? '',
    label: headers[index]?.textContent.trim() ?? '',
    text: cell.textContent.trim(),
  }));
}
