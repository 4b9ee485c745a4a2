/** Tables of a page, whose code is fetched when a reader first sorts, searches, copies, ticks or steps through one. */
import { closest, once } from './listen.ts';

const loadTools = async () => import('./table-tools.ts');
const tables = once(async () => import('./data-table.ts'));

document.addEventListener('click', (event) => {
  const button = closest(event, 'button[data-sort-column]');
  const table = button?.closest('table') ?? null;
  const header = button?.closest('th') ?? null;
  if (table === null || header === null) return;
  tables(({ openDataTable }) => {
    openDataTable(table).toggleSort(header.cellIndex);
  });
});

document.addEventListener('input', (event) => {
  const { target } = event;
  if (!(target instanceof HTMLInputElement) || target.type !== 'search') return;
  const tools = target.closest('[data-tools]');
  if (tools === null) return;
  void loadTools().then(({ findInTable }) => findInTable(tools, target.value));
});

document.addEventListener('click', (event) => {
  const tools = closest(event, '[data-copy-table]')?.closest('[data-tools]') ?? null;
  if (tools !== null) void loadTools().then(async ({ copyTable }) => copyTable(tools));
});

// `toggle` does not bubble.
document.addEventListener(
  'toggle',
  (event) => {
    const { target } = event;
    if (target instanceof HTMLDetailsElement && target.matches('.column-choice[open]'))
      void loadTools().then(({ listColumns }) => listColumns(target));
  },
  true,
);

// From the first focus on, arrow keys step from cell to cell.
for (const type of ['focusin', 'keydown'] as const) {
  document.addEventListener(type, (event) => {
    const table = closest(event, '.table')?.querySelector('table') ?? null;
    if (table?.querySelector('thead th[data-column]') === null || table === null) return;
    tables(({ openDataTable }) => {
      openDataTable(table).takeKeys(event instanceof KeyboardEvent ? event : null);
    });
  });
}

document.addEventListener('change', (event) => {
  const { target } = event;
  if (!(target instanceof HTMLInputElement)) return;
  if (target.dataset['showColumn'] !== undefined)
    void loadTools().then(({ showColumn }) => showColumn(target));
  const table = target.dataset['select'] === undefined ? null : target.closest('table');
  if (table === null) return;
  // As it was clicked: what the code finds once it is loaded may be older.
  const { checked } = target;
  tables(({ openDataTable }) => {
    const keys = openDataTable(table).setSelected(target.dataset['select'] ?? '', checked);
    table.dispatchEvent(new CustomEvent('rowschosen', { bubbles: true, detail: keys }));
  });
});
