/**
 * Sort, find and select in tables that were drawn at build. The rows in the page are the data; TanStack Table
 * keeps order, filter and selection, and the rows are moved, hidden and ticked accordingly, never rewritten.
 */
import {
  columnFilteringFeature,
  constructSortFn,
  constructTable,
  createColumnHelper,
  createFilteredRowModel,
  createSortedRowModel,
  filterFn_includesString,
  globalFilteringFeature,
  rowSelectionFeature,
  rowSortingFeature,
  tableFeatures,
} from '@tanstack/table-core';
import { storeReactivityBindings } from '@tanstack/table-core/store-reactivity-bindings';

/** Plain values only: column types are computed from it, and elements would make that endless. */
interface BodyRow {
  readonly key: string;
  readonly text: string;
  readonly values: readonly (number | string | null)[];
}

export interface DataTable {
  /** Sorts by the column with this place: largest number or first letter first, then the other way round. */
  toggleSort(column: number): void;
  /** Keeps rows that hold the text; returns how many. */
  find(text: string): number;
  /** Ticks exactly these rows. */
  select(keys: readonly string[]): void;
  /** Ticks one row, or not; returns the keys of all that are ticked. */
  setSelected(key: string, on: boolean): readonly string[];
  /** Reads the rows again after they were replaced; order, filter and ticks stay. */
  refresh(): void;
}

const features = tableFeatures({
  coreReactivityFeature: storeReactivityBindings(),
  rowSortingFeature,
  sortedRowModel: createSortedRowModel(),
  columnFilteringFeature,
  globalFilteringFeature,
  filteredRowModel: createFilteredRowModel(),
  filterFns: { includesString: filterFn_includesString },
  rowSelectionFeature,
});
const byValue = constructSortFn<typeof features, BodyRow>({
  sort: (a, b) => {
    if (typeof a === 'number' && typeof b === 'number') return a - b;
    return collator.compare(String(a), String(b));
  },
});
const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });
const helper = createColumnHelper<typeof features, BodyRow>();

const opened = new WeakMap<HTMLTableElement, DataTable>();

/** The model of a table in the page; the same one every time. */
export function openDataTable(table: HTMLTableElement): DataTable {
  const known = opened.get(table);
  if (known !== undefined) return known;
  const model = createDataTable(table);
  opened.set(table, model);
  return model;
}

function createDataTable(element: HTMLTableElement): DataTable {
  const headers = [...element.querySelectorAll<HTMLTableCellElement>('thead th[data-column]')];
  const numeric = headers.map((header) => header.classList.contains('number'));
  const columns = helper.columns([
    ...headers.map((_, index) =>
      helper.accessor((row) => row.values[index] ?? undefined, {
        id: String(index),
        sortFn: byValue,
        sortUndefined: 'last',
        sortDescFirst: numeric[index] === true,
        enableGlobalFilter: false,
      }),
    ),
    helper.accessor('text', { id: 'text', enableSorting: false }),
  ]);
  let elements = bodyRows(element);
  let data = toBodyRows(elements, numeric);
  const table = constructTable({
    features,
    columns,
    data,
    getRowId: (row) => row.key,
    globalFilterFn: 'includesString',
    getColumnCanGlobalFilter: (column) => column.id === 'text',
    enableSubRowSelection: false,
    enableSortingRemoval: true,
  });

  const show = (): number => {
    const shown = table.getRowModel().rows.map((row) => row.id);
    const kept = new Set(shown);
    const order = [...shown, ...data.map((row) => row.key).filter((key) => !kept.has(key))];
    const body = element.tBodies[0];
    // Moving a row would take the focus from the box in it, so rows that stand right are not touched.
    order
      .flatMap((key) => elements.get(key) ?? [])
      .forEach((row, index) => {
        const there = body?.rows[index] ?? null;
        if (there !== row) body?.insertBefore(row, there);
      });
    const { sorting, rowSelection } = table.store.state;
    headers.forEach((header, index) => {
      const [first] = sorting;
      if (first?.id !== String(index)) header.removeAttribute('aria-sort');
      else header.setAttribute('aria-sort', first.desc ? 'descending' : 'ascending');
    });
    for (const [key, row] of elements) {
      row.hidden = !kept.has(key);
      const selected = rowSelection[key] === true;
      row.toggleAttribute('data-selected', selected);
      const box = row.querySelector<HTMLInputElement>('input[data-select]');
      if (box !== null) box.checked = selected;
    }
    return kept.size;
  };

  return {
    toggleSort(column) {
      table.getColumn(String(column))?.toggleSorting();
      show();
    },
    find(text) {
      table.setGlobalFilter(text.trim());
      return show();
    },
    select(keys) {
      table.setRowSelection(toSelection(keys));
      show();
    },
    setSelected(key, on) {
      const others = table.getSelectedRowIds().filter((id) => id !== key);
      const keys = on ? [...others, key] : others;
      table.setRowSelection(toSelection(keys));
      show();
      return keys;
    },
    refresh() {
      elements = bodyRows(element);
      data = toBodyRows(elements, numeric);
      table.setOptions((options) => ({ ...options, data }));
      show();
    },
  };
}

function toSelection(keys: readonly string[]): Record<string, true> {
  return Object.fromEntries(keys.map((key) => [key, true] as const));
}

function bodyRows(table: HTMLTableElement): ReadonlyMap<string, HTMLTableRowElement> {
  const rows = [...(table.tBodies[0]?.rows ?? [])];
  return new Map(rows.map((row, index) => [row.dataset['key'] ?? String(index), row]));
}

function toBodyRows(
  elements: ReadonlyMap<string, HTMLTableRowElement>,
  numeric: readonly boolean[],
): readonly BodyRow[] {
  return [...elements].map(([key, row]) => {
    const cells = [...row.cells];
    return {
      key,
      text: cells.map((cell) => cell.textContent).join(' '),
      values: cells.map((cell, index) => readValue(cell, numeric[index] === true)),
    };
  });
}

/** What a cell sorts by: `data-sort` where its text does not say it ('' for nothing), else its text. */
function readValue(cell: HTMLTableCellElement, numeric: boolean): number | string | null {
  const text = cell.dataset['sort'] ?? cell.textContent.trim();
  if (text === '') return null;
  if (!numeric) return text;
  const number = Number(text.replace(/[,%\s]/g, ''));
  return Number.isNaN(number) ? text : number;
}
