/** The rows of a table as values, read from the page or from a table model, with the elements that show them. */
import { toDay } from '../../data-build/contract/brands.ts';
import type { TableModel, TableRow } from '../view/table.ts';
import { addRowBox } from './table-controls.ts';

/** Plain values only: column types are computed from it, and elements would make that endless. */
export interface BodyRow {
  readonly key: string;
  readonly text: string;
  readonly texts: readonly string[];
  readonly values: readonly (number | string | null)[];
}

export interface TableRows {
  readonly data: readonly BodyRow[];
  /** The element of a row, made when first asked for. */
  element(key: string): HTMLTableRowElement | undefined;
}

/** Rows as they stand in the page. */
export function readRows(table: HTMLTableElement, numeric: readonly boolean[]): TableRows {
  const rows = [...(table.tBodies[0]?.rows ?? [])].filter((row) => !row.matches('.spacer'));
  const elements = new Map(rows.map((row, index) => [row.dataset['key'] ?? String(index), row]));
  return {
    data: [...elements].map(([key, row]) => {
      const cells = [...row.cells];
      const texts = cells.map((cell) => cell.textContent.trim().replace(/\s+/g, ' '));
      return {
        key,
        text: texts.join(' '),
        texts,
        values: cells.map((cell, index) => readValue(cell, numeric[index] === true)),
      };
    }),
    element: (key) => elements.get(key),
  };
}

/** What a cell sorts by: `data-sort` where its text does not say it ('' for nothing), else its text. */
export function readValue(cell: HTMLTableCellElement, numeric: boolean): number | string | null {
  const text = cell.dataset['sort'] ?? cell.textContent.trim();
  if (text === '') return null;
  if (!numeric) return text;
  const number = Number(text.replace(/[,%\s]/g, ''));
  return Number.isNaN(number) ? text : number;
}

export interface RowLook {
  readonly labelled: boolean;
  readonly boxes: boolean;
  /** Address of the page of a row that was not there; null: it has none. */
  readonly linkOf?: (key: string) => string | null;
}

/** Rows of a model. Elements of `before` that say the same are kept, so that what is in them stays. */
export function modelRows(model: TableModel, before: TableRows, look: RowLook): TableRows {
  const rows = new Map(model.rows.map((row) => [row.key, row]));
  const made = new Map<string, HTMLTableRowElement>();
  return {
    data: model.rows.map(({ key, cells }) => ({
      key,
      text: cells.map(({ text }) => text).join(' '),
      texts: cells.map(({ text }) => text.trim()),
      values: cells.map(({ sort }) => sort),
    })),
    element: (key) => {
      const known = made.get(key);
      const row = rows.get(key);
      if (known !== undefined || row === undefined) return known;
      const old = before.element(key);
      const element = old !== undefined && saysSame(old, row) ? old : toLine(row, model, look, old);
      made.set(key, element);
      return element;
    },
  };
}

function saysSame(line: HTMLTableRowElement, row: TableRow): boolean {
  return (
    line.cells.length === row.cells.length &&
    row.cells.every(({ text }, index) => line.cells[index]?.textContent.trim() === text.trim())
  );
}

/** Plain cells, as at build; the link of the row that stood here before is kept. */
function toLine(
  row: TableRow,
  model: TableModel,
  { labelled, boxes, linkOf }: RowLook,
  before: HTMLTableRowElement | undefined,
): HTMLTableRowElement {
  const line = document.createElement('tr');
  line.dataset['key'] = row.key;
  const link = before?.cells[0]?.querySelector('a')?.href ?? linkOf?.(row.key) ?? null;
  row.cells.forEach(({ text, sort }, index) => {
    const column = model.columns[index];
    const cell = document.createElement(index === 0 ? 'th' : 'td');
    cell.textContent = text;
    if (index === 0) {
      cell.setAttribute('scope', 'row');
      if (link !== null) {
        const anchor = document.createElement('a');
        anchor.href = link;
        anchor.append(...cell.childNodes);
        cell.append(anchor);
      }
    } else if (column?.numeric === true) cell.className = 'number';
    else if (typeof sort === 'string' && toDay(sort) !== null) cell.className = 'day';
    if (column?.verbatim === true) cell.translate = false;
    if (labelled && index > 0 && column !== undefined) {
      cell.dataset['label'] = column.label;
      cell.dataset['column'] = column.key;
    }
    const value = sort === null ? '' : String(sort);
    if (value !== text) cell.dataset['sort'] = value;
    line.append(cell);
  });
  if (boxes) addRowBox(line);
  return line;
}
