/**
 * Buttons, search fields and check boxes in tables that were drawn without them. Small on purpose: it is in the
 * first script of a page; what the controls do comes from `data-table.ts` when one is used.
 */

/** Words of the controls; they stand on the page's `<main>`, so that no dictionary is loaded for them. */
interface TableWords {
  readonly find: string;
  readonly columns: string;
  readonly copy: string;
}

/** Tables shorter than this are read at a glance and get no search field. */
const FIND_FROM = 12;
/** Tables with fewer columns fit as they are. */
const COLUMNS_FROM = 4;

/** Adds controls to every table below `root`; those that have them are left alone. */
export function addTableControls(root: ParentNode): void {
  const { dataset } = document.querySelector<HTMLElement>('main') ?? document.body;
  const words = {
    find: dataset['tableFind'] ?? '',
    columns: dataset['tableColumns'] ?? '',
    copy: dataset['tableCopy'] ?? '',
  };
  for (const table of root.querySelectorAll<HTMLTableElement>('.table > table')) {
    // One row alone is no choice; figures can be redrawn with more.
    const several = Number(table.dataset['count'] ?? table.tBodies[0]?.rows.length) > 1;
    if (!several && table.closest('figure') === null) continue;
    addSortButtons(table);
    if (several && table.closest(TICKED) !== null) table.dataset['boxes'] = '';
    // A folded table gets its boxes when it is opened: most never are.
    if (table.closest('details:not([open])') === null) addRowBoxes(table);
    addTools(table, words);
  }
}

/** Figures over the page’s own data, whose drawing follows the ticks; the chart builder says for itself. */
const TICKED = 'figure[data-chart]:not([data-ticks="own"])';

/** Boxes in the rows of a table whose rows can be ticked. */
export function addRowBoxes(table: HTMLTableElement): void {
  if (table.dataset['boxes'] === undefined) return;
  for (const row of table.querySelectorAll<HTMLElement>('tbody tr[data-key]')) addRowBox(row);
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
export function addRowBox(row: HTMLElement): void {
  const header = row.querySelector('th');
  if (header?.querySelector('input') !== null) return;
  const box = document.createElement('input');
  box.type = 'checkbox';
  box.dataset['select'] = row.dataset['key'];
  const label = document.createElement('label');
  label.append(box, ...header.childNodes);
  header.append(label);
}

/** Above a table: a search field, the choice of columns, a button that copies it. */
function addTools(table: HTMLTableElement, words: TableWords): void {
  const region = table.parentElement;
  const headers = table.querySelectorAll('thead th[data-column]').length;
  if (region === null || headers === 0 || words.copy === '') return;
  if (region.previousElementSibling?.hasAttribute('data-tools') === true) return;
  const tools = document.createElement('div');
  tools.className = 'table-tools';
  tools.dataset['tools'] = '';
  // Of a long table only the rows in sight may be in the page; then it says how many it has.
  if (Number(table.dataset['count'] ?? table.tBodies[0]?.rows.length) >= FIND_FROM) {
    const label = document.createElement('label');
    label.className = 'find';
    const field = document.createElement('input');
    field.type = 'search';
    field.autocomplete = 'off';
    label.append(words.find, ' ', field);
    tools.append(label);
  }
  if (headers >= COLUMNS_FROM) {
    const details = document.createElement('details');
    details.className = 'column-choice';
    const summary = document.createElement('summary');
    summary.className = 'control';
    summary.textContent = words.columns;
    details.append(summary, document.createElement('fieldset'));
    tools.append(details);
  }
  const button = document.createElement('button');
  button.type = 'button';
  button.dataset['copyTable'] = '';
  button.textContent = words.copy;
  const said = document.createElement('span');
  said.setAttribute('role', 'status');
  tools.append(button, said);
  region.before(tools);
}
