/**
 * The part of a long table that is in sight. Rows above and below stand as two empty rows of their height, so that
 * the scroll bar tells how much there is; printing brings them all back.
 */
import {
  elementScroll,
  measureElement,
  observeElementOffset,
  observeElementRect,
  Virtualizer,
  type VirtualizerOptions,
} from '@tanstack/virtual-core';

export interface TableWindow {
  /** Shows these rows, in this order. */
  show(keys: readonly string[]): void;
  /** Scrolls until the row at this place is there. */
  reveal(index: number): void;
  /** Puts every row into the page, until rows are shown again. */
  unfold(): void;
  /** Leaves the rows to somebody else, until rows are shown again. */
  pause(): void;
}

/** Tables with more rows than this keep only those in sight in the page. */
export const WINDOW_FROM = 300;
/** Rows before and after those in sight. */
const OVERSCAN = 16;
/** Height of a row until one was measured, in pixels. */
const ROW_HEIGHT = 31;

export function openTableWindow(
  region: HTMLElement,
  body: HTMLTableSectionElement,
  rowOf: (key: string) => HTMLTableRowElement | undefined,
): TableWindow {
  let keys: readonly string[] = [];
  let state: 'window' | 'whole' | 'paused' = 'paused';
  const above = spacer();
  const below = spacer();

  const options = (): VirtualizerOptions<HTMLElement, HTMLTableRowElement> => ({
    count: keys.length,
    getScrollElement: () => region,
    estimateSize: () => ROW_HEIGHT,
    getItemKey: (index) => keys[index] ?? index,
    overscan: OVERSCAN,
    scrollToFn: elementScroll,
    observeElementRect,
    observeElementOffset,
    measureElement,
    // A header that stays on top covers what lies below it.
    scrollPaddingStart: 48,
    onChange: () => render(),
  });
  const virtualizer = new Virtualizer<HTMLElement, HTMLTableRowElement>(options());

  const render = (): void => {
    if (state !== 'window') return;
    const items = virtualizer.getVirtualItems();
    const rows = items.flatMap(({ index }) => {
      const row = rowOf(keys[index] ?? '');
      if (row === undefined) return [];
      row.dataset['index'] = String(index);
      // The header is the first row.
      row.setAttribute('aria-rowindex', String(index + 2));
      row.hidden = false;
      return [row];
    });
    setHeight(above, items[0]?.start ?? 0);
    setHeight(below, virtualizer.getTotalSize() - (items.at(-1)?.end ?? 0));
    place(body, [above, ...rows, below], region);
    for (const row of rows) virtualizer.measureElement(row);
  };

  const unfold = (): void => {
    if (state === 'paused') return;
    state = 'whole';
    place(
      body,
      keys.flatMap((key) => rowOf(key) ?? []),
      region,
    );
  };
  const printed = new AbortController();
  const print = (fold: boolean): void => {
    // A table that was replaced listens no more.
    if (!region.isConnected) printed.abort();
    else if (!fold) unfold();
    else if (state === 'whole') {
      state = 'window';
      render();
    }
  };
  addEventListener('beforeprint', () => print(false), { signal: printed.signal });
  addEventListener('afterprint', () => print(true), { signal: printed.signal });
  virtualizer._didMount();

  return {
    show(wanted) {
      state = 'window';
      keys = wanted;
      virtualizer.setOptions(options());
      virtualizer._willUpdate();
      virtualizer.measure();
      render();
    },
    reveal(index) {
      virtualizer.scrollToIndex(index, { align: 'auto' });
      if (rowOf(keys[index] ?? '')?.isConnected === true) return;
      // Far away: the offset is set, and what is there now is drawn without waiting for the scroll event.
      region.scrollTop = virtualizer.getOffsetForIndex(index, 'center')?.[0] ?? 0;
      virtualizer.scrollOffset = region.scrollTop;
      virtualizer.calculateRange();
      render();
    },
    unfold,
    pause() {
      state = 'paused';
    },
  };
}

function spacer(): HTMLTableRowElement {
  const row = document.createElement('tr');
  row.className = 'spacer';
  row.setAttribute('aria-hidden', 'true');
  row.append(document.createElement('td'));
  return row;
}

function setHeight(row: HTMLTableRowElement, height: number): void {
  row.hidden = height <= 0;
  row.style.height = `${Math.max(0, height)}px`;
}

/** Exactly these rows, touching none that stands right; a focus that goes with a row stays in the table. */
function place(
  body: HTMLTableSectionElement,
  rows: readonly HTMLTableRowElement[],
  region: HTMLElement,
): void {
  const kept = new Set(rows);
  const active = document.activeElement?.closest('tr') ?? null;
  if (active !== null && body.contains(active) && !kept.has(active))
    region.focus({ preventScroll: true });
  for (const row of [...body.rows]) if (!kept.has(row)) row.remove();
  rows.forEach((row, index) => {
    const there = body.rows[index] ?? null;
    if (there !== row) body.insertBefore(row, there);
  });
}
