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

/** Cells of a row by its key; null: there is none with this key. */
type Reader = (key: string) => readonly NamedCell[] | null;

const readers = new WeakMap<HTMLTableElement, Reader>();

/** From now on `reader` answers for the table. */
export function provideCells(table: HTMLTableElement, reader: Reader): void {
  readers.set(table, reader);
}

/** Cells of the row with this key; null: there is none. */
export function readCells(table: HTMLTableElement, key: string): readonly NamedCell[] | null {
  const known = readers.get(table);
  if (known !== undefined) return known(key);
  const row = table.querySelector<HTMLTableRowElement>(`tbody tr[data-key="${CSS.escape(key)}"]`);
  if (row === null) return null;
  const headers = [...(table.tHead?.rows[0]?.cells ?? [])];
  return [...row.cells].map((cell, index) => ({
    column: headers[index]?.dataset['column'] ?? '',
    label: headers[index]?.textContent.trim() ?? '',
    text: cell.textContent.trim(),
  }));
}
