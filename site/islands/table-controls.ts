/**
 * Buttons, search fields and check boxes in tables that were drawn without them. Small on purpose: it is in the
 * first script of a page; what the controls do comes from `data-table.ts` when one is used.
 */

/** Words and wishes for the tables of a page, from attributes of the filter bar. */
export interface TableWords {
  /** Label of the search field; null: none is made. */
  readonly find: string | null;
}

/** Tables shorter than this are read at a glance and get no search field. */
const FIND_FROM = 12;

/** Adds controls to every table below `root`; those that have them are left alone. */
export function addTableControls(root: ParentNode, words: TableWords): void {
  for (const table of root.querySelectorAll<HTMLTableElement>('.table > table')) {
    addSortButtons(table);
    if (table.closest('[data-chart="networks"]') !== null) addRowBoxes(table);
    if (words.find !== null) addFindField(table, words.find);
  }
}

function addSortButtons(table: HTMLTableElement): void {
  for (const header of table.querySelectorAll<HTMLElement>('thead th[data-column]')) {
    if (header.querySelector('button') !== null) continue;
    const button = document.createElement('button');
    button.type = 'button';
    button.dataset['sortColumn'] = '';
    button.append(...header.childNodes);
    header.append(button);
  }
}

/** The box is named by the row's own header, so a reader hears `AS33771, check box`. */
function addRowBoxes(table: HTMLTableElement): void {
  for (const row of table.querySelectorAll<HTMLElement>('tbody tr[data-key]')) {
    const header = row.querySelector('th');
    if (header?.querySelector('input') !== null) continue;
    const box = document.createElement('input');
    box.type = 'checkbox';
    box.dataset['select'] = row.dataset['key'];
    const label = document.createElement('label');
    label.append(box, ...header.childNodes);
    header.append(label);
  }
}

function addFindField(table: HTMLTableElement, words: string): void {
  const region = table.parentElement;
  const rows = table.tBodies[0]?.rows.length ?? 0;
  if (region === null || rows < FIND_FROM) return;
  if (region.previousElementSibling?.hasAttribute('data-find') === true) return;
  const label = document.createElement('label');
  label.dataset['find'] = '';
  label.className = 'find';
  const field = document.createElement('input');
  field.type = 'search';
  field.autocomplete = 'off';
  label.append(words, ' ', field);
  region.before(label);
}
