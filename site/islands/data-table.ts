/**
 * Sort, find, choose columns and rows, and copy, in tables that were drawn at build or filled from a model. TanStack
 * Table keeps order, filter, columns and selection; rows are moved, hidden and ticked accordingly, never rewritten.
 */
import {
  columnFilteringFeature,
  columnVisibilityFeature,
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
import { pageLocale } from '../../data-build/words/language.ts';
import { writeTsv } from '../export/csv.ts';
import { provideCells } from '../interact/table-cells.ts';
import type { TableModel } from '../view/table.ts';
import { addRowBox } from './table-controls.ts';
import { openTableKeys } from './table-keys.ts';
import { modelRows, readRows, type BodyRow, type TableRows } from './table-rows.ts';
import { openTableWindow, WINDOW_FROM, type TableWindow } from './table-window.ts';

export interface TableColumnChoice {
  readonly index: number;
  readonly label: string;
  readonly shown: boolean;
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
  /** The columns that can be hidden: all but the first, which names the row. */
  columns(): readonly TableColumnChoice[];
  setColumn(index: number, shown: boolean): void;
  /** Header, rows and columns as shown, then `caveats`, as tab-separated text. */
  toText(caveats: readonly string[]): string;
  /** Keys of the rows that are shown, in their order. */
  shownKeys(): readonly string[];
  /** Fills the table with other rows; order, filter, columns and ticks stay. */
  load(model: TableModel): void;
  /** Reads the rows again after they were replaced; order, filter and ticks stay. */
  refresh(): void;
  /** Puts every row into the page, for code that copies the page. */
  unfold(): void;
  /** Gives the table one tab stop, and takes a key pressed in it or in the box it scrolls in. */
  takeKeys(event: KeyboardEvent | null): void;
}

const features = tableFeatures({
  coreReactivityFeature: storeReactivityBindings(),
  rowSortingFeature,
  sortedRowModel: createSortedRowModel(),
  columnFilteringFeature,
  columnVisibilityFeature,
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
const collator = new Intl.Collator(pageLocale(), { numeric: true, sensitivity: 'base' });
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

/** The model of a table that was used before; null: none yet. */
export function knownDataTable(table: HTMLTableElement): DataTable | null {
  return opened.get(table) ?? null;
}

function createDataTable(element: HTMLTableElement): DataTable {
  const region = element.closest<HTMLElement>('.table') ?? element;
  const headers = [...element.querySelectorAll<HTMLTableCellElement>('thead th[data-column]')];
  const labels = headers.map((header) => header.textContent.trim());
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
  let rows: TableRows = readRows(element, numeric);
  const table = constructTable({
    features,
    columns,
    data: rows.data,
    getRowId: (row) => row.key,
    globalFilterFn: 'includesString',
    getColumnCanGlobalFilter: (column) => column.id === 'text',
    enableSubRowSelection: false,
    enableSortingRemoval: true,
  });
  // A box can be ticked while this code is still on its way.
  const ticked = [...element.querySelectorAll<HTMLInputElement>('input[data-select]:checked')];
  table.setRowSelection(toSelection(ticked.map((box) => box.dataset['select'] ?? '')));
  let shown: readonly string[] = rows.data.map(({ key }) => key);
  let window: TableWindow | null = null;

  const isShown = (index: number): boolean =>
    table.store.state.columnVisibility[String(index)] !== false;
  const dress = (key: string): HTMLTableRowElement | undefined => {
    const row = rows.element(key);
    if (row === undefined) return undefined;
    const selected = table.store.state.rowSelection[key] === true;
    row.toggleAttribute('data-selected', selected);
    if (element.dataset['boxes'] !== undefined) addRowBox(row);
    const box = row.querySelector<HTMLInputElement>('input[data-select]');
    if (box !== null) box.checked = selected;
    headers.forEach((_, index) => {
      const cell = row.cells[index];
      if (cell !== undefined) cell.hidden = !isShown(index);
    });
    return row;
  };

  const showAll = (): void => {
    const body = element.tBodies[0];
    const kept = new Set(shown);
    const order = [...shown, ...rows.data.map(({ key }) => key).filter((key) => !kept.has(key))];
    const wanted = order.flatMap((key) => dress(key) ?? []);
    const all = new Set(wanted);
    for (const row of [...(body?.rows ?? [])]) if (!all.has(row)) row.remove();
    // Moving a row would take the focus from the box in it, so rows that stand right are not touched.
    wanted.forEach((row, index) => {
      row.hidden = index >= shown.length;
      row.removeAttribute('data-index');
      const there = body?.rows[index] ?? null;
      if (there !== row) body?.insertBefore(row, there);
    });
  };

  const show = (): number => {
    shown = table.getRowModel().rows.map((row) => row.id);
    const { sorting } = table.store.state;
    headers.forEach((header, index) => {
      header.hidden = !isShown(index);
      const [first] = sorting;
      if (first?.id !== String(index)) header.removeAttribute('aria-sort');
      else header.setAttribute('aria-sort', first.desc ? 'descending' : 'ascending');
    });
    const body = element.tBodies[0];
    const long = rows.data.length > WINDOW_FROM && region.classList.contains('tall');
    if (long && body !== undefined) {
      window ??= openTableWindow(region, body, dress);
      element.setAttribute('aria-rowcount', String(shown.length + 1));
      window.show(shown);
    } else {
      window?.pause();
      element.removeAttribute('aria-rowcount');
      showAll();
    }
    keys?.settle();
    return shown.length;
  };

  const put = (fresh: TableRows): void => {
    rows = fresh;
    table.setOptions((options) => ({ ...options, data: rows.data }));
    show();
  };

  provideCells(element, (key) => {
    const row = rows.data.find((each) => each.key === key);
    if (row === undefined) return null;
    return headers.map((header, index) => ({
      column: header.dataset['column'] ?? '',
      label: labels[index] ?? '',
      text: row.texts[index] ?? '',
    }));
  });

  let keys: ReturnType<typeof openTableKeys> | null = null;
  const openKeys = (): ReturnType<typeof openTableKeys> =>
    (keys ??= openTableKeys(element, region, {
      count: () => shown.length,
      row: (index) => {
        if (element.hasAttribute('aria-rowcount')) window?.reveal(index);
        return rows.element(shown[index] ?? '') ?? null;
      },
    }));
  show();

  return {
    toggleSort(column) {
      table.getColumn(String(column))?.toggleSorting();
      show();
    },
    find(text) {
      table.setGlobalFilter(text.trim());
      return show();
    },
    select(wanted) {
      table.setRowSelection(toSelection(wanted));
      show();
    },
    setSelected(key, on) {
      const others = table.getSelectedRowIds().filter((id) => id !== key);
      const wanted = on ? [...others, key] : others;
      table.setRowSelection(toSelection(wanted));
      show();
      return wanted;
    },
    columns: () =>
      headers.flatMap((_, index) =>
        index === 0 ? [] : [{ index, label: labels[index] ?? '', shown: isShown(index) }],
      ),
    setColumn(index, on) {
      if (index === 0) return;
      table.setColumnVisibility((before) => ({ ...before, [String(index)]: on }));
      show();
    },
    toText(caveats) {
      const wanted = headers.flatMap((_, index) => (isShown(index) ? [index] : []));
      const byKey = new Map(rows.data.map((row) => [row.key, row.texts]));
      return writeTsv([
        wanted.map((index) => labels[index] ?? ''),
        ...shown.map((key) => wanted.map((index) => byKey.get(key)?.[index] ?? '')),
        ...(caveats.length === 0 ? [] : [[]]),
        ...caveats.map((caveat) => [caveat]),
      ]);
    },
    shownKeys: () => shown,
    load(model) {
      const look = {
        labelled: element.classList.contains('stack'),
        boxes: element.dataset['boxes'] !== undefined,
      };
      element.dataset['count'] = String(model.rows.length);
      put(modelRows(model, rows, look));
    },
    refresh() {
      if (element.hasAttribute('aria-rowcount')) show();
      else put(readRows(element, numeric));
    },
    unfold() {
      window?.unfold();
    },
    takeKeys(event) {
      const handler = openKeys();
      if (event !== null) handler.handle(event);
    },
  };
}

function toSelection(keys: readonly string[]): Record<string, true> {
  return Object.fromEntries(keys.map((key) => [key, true] as const));
}
