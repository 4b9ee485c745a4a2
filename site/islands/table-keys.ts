/**
 * Arrow keys in a table: one cell at a time has the focus, and Tab stops at it and at links. After the grid pattern
 * of the ARIA Authoring Practices: a cell with one control in it hands the focus to that control.
 */
import { pageDirection } from '../../data-build/words/language.ts';

export interface TableGrid {
  /** Rows that are shown, header not counted. */
  readonly count: () => number;
  /** The row at a place, brought into the page when it was not there. */
  readonly row: (index: number) => HTMLTableRowElement | null;
}

/** Rows that one page key steps over. */
const PAGE = 10;
const CONTROL = 'button, input, a[href]';

interface Place {
  /** -1 is the header. */
  readonly row: number;
  readonly column: number;
}

/** Takes over the keyboard of a table. `region` is the box it scrolls in. */
export function openTableKeys(
  table: HTMLTableElement,
  region: HTMLElement,
  grid: TableGrid,
): { handle(event: KeyboardEvent): void; settle(): void } {
  let place: Place = { row: -1, column: 0 };
  table.setAttribute('role', 'grid');
  table.setAttribute('aria-readonly', 'true');

  const rowAt = (index: number): HTMLTableRowElement | null =>
    index < 0 ? (table.tHead?.rows[0] ?? null) : grid.row(index);
  const cellAt = ({ row, column }: Place): HTMLTableCellElement | null =>
    [...(rowAt(row)?.cells ?? [])][column] ?? null;
  const targetOf = (cell: HTMLTableCellElement): HTMLElement =>
    cell.querySelector<HTMLElement>(CONTROL) ?? cell;

  /** Everything in the table leaves the tab order but the one place, and links: these a reader looks for with Tab. */
  const settle = (): void => {
    for (const control of table.querySelectorAll<HTMLElement>('button, input, [tabindex]'))
      if (!(control instanceof HTMLAnchorElement)) control.tabIndex = -1;
    const row = Math.min(place.row, grid.count() - 1);
    place = { ...place, row };
    const cell = cellAt(place);
    if (cell !== null) targetOf(cell).tabIndex = 0;
    // The region would be a second stop right before; it keeps the focus only while it has it.
    if (document.activeElement !== region) region.tabIndex = -1;
  };

  const moveTo = (wanted: Place): void => {
    const cell = cellAt(wanted);
    if (cell === null) return;
    place = wanted;
    settle();
    targetOf(cell).tabIndex = 0;
    targetOf(cell).focus();
    cell.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  };

  /** The place of what has the focus, if that is in the table. */
  const takePlace = (focused: EventTarget | null): void => {
    const cell = focused instanceof Element ? focused.closest('th, td') : null;
    if (!(cell instanceof HTMLTableCellElement) || !table.contains(cell)) return;
    const line = cell.closest('tr');
    const body = table.tBodies[0];
    const inBody = line !== null && line.parentElement === body;
    const index = inBody ? Number(line.dataset['index'] ?? shownIndex(line)) : -1;
    place = { row: index, column: cell.cellIndex };
  };
  table.addEventListener('focusin', (event) => {
    takePlace(event.target);
  });
  // The first focus was before this code.
  takePlace(document.activeElement);
  settle();

  return {
    settle,
    handle(event) {
      if (event.altKey || event.metaKey || event.target instanceof HTMLSelectElement) return;
      if (event.key === 'Enter' || event.key === ' ') {
        press(event, cellAt(place));
        return;
      }
      if (event.target === region && /^Arrow|^Home$|^End$/.test(event.key)) {
        event.preventDefault();
        moveTo(place);
        return;
      }
      const next = step(event, place, columnsOf(table), grid.count());
      if (next === null) return;
      event.preventDefault();
      moveTo(next);
    },
  };
}

/** Space ticks the row where rows can be ticked; Enter on its box follows the link beside it. */
function press(event: KeyboardEvent, cell: HTMLTableCellElement | null): void {
  const box = cell?.closest('tr')?.querySelector<HTMLInputElement>('input[data-select]') ?? null;
  if (event.key === ' ' && box !== null && event.target !== box) {
    event.preventDefault();
    box.click();
  }
  if (event.key === 'Enter' && event.target instanceof HTMLInputElement)
    cell?.querySelector<HTMLElement>('a[href]')?.click();
}

/** Place among the rows that are seen. */
function shownIndex(row: HTMLTableRowElement): number {
  const rows = [...(row.parentElement?.children ?? [])];
  return rows.filter((each) => each instanceof HTMLTableRowElement && !each.hidden).indexOf(row);
}

/** Places of the columns that are seen. */
function columnsOf(table: HTMLTableElement): readonly number[] {
  return [...(table.tHead?.rows[0]?.cells ?? [])].flatMap((cell, index) =>
    cell.hidden ? [] : [index],
  );
}

function step(
  event: KeyboardEvent,
  { row, column }: Place,
  columns: readonly number[],
  count: number,
): Place | null {
  const at = columns.indexOf(column);
  const [first = 0] = columns;
  const last = columns.at(-1) ?? 0;
  const toRow = (wanted: number): Place => ({
    row: Math.min(Math.max(-1, wanted), count - 1),
    column,
  });
  // Columns stand in the direction of the page.
  const [onward, back] =
    pageDirection() === 'rtl' ? ['ArrowLeft', 'ArrowRight'] : ['ArrowRight', 'ArrowLeft'];
  switch (event.key) {
    case onward:
      return { row, column: columns[at + 1] ?? last };
    case back:
      return { row, column: columns[Math.max(0, at - 1)] ?? first };
    case 'ArrowDown':
      return toRow(row + 1);
    case 'ArrowUp':
      return toRow(row - 1);
    case 'PageDown':
      return toRow(row + PAGE);
    case 'PageUp':
      return toRow(row - PAGE);
    case 'Home':
      return event.ctrlKey ? { row: -1, column: first } : { row, column: first };
    case 'End':
      return event.ctrlKey ? { row: count - 1, column: last } : { row, column: last };
    default:
      return null;
  }
}
