/** The table of a figure, filled from the model of what is shown. */
import { translate } from '../i18n/translate.ts';
import type { TableModel } from '../view/table.ts';
import { openDataTable } from './data-table.ts';
import { element } from './element.ts';
import { addTableControls } from './table-controls.ts';
import { markWhole } from './whole-table.ts';

/** Order, filter and ticks stay as long as the columns do; the links of rows stay. */
export function drawTable(figure: HTMLElement, model: TableModel): void {
  const details = figure.querySelector<HTMLElement>('[data-part="table"]');
  const summary = details?.querySelector('summary') ?? null;
  const n = translate('count.rows', { n: model.rows.length });
  if (summary !== null) summary.textContent = translate('figure.table', { n });
  const old = details?.querySelector('table') ?? null;
  if (old === null) return;
  const table = hasColumns(old, model) ? old : renewTable(old, model);
  if (table.caption !== null) table.caption.textContent = model.caption;
  table.parentElement?.setAttribute('aria-label', translate('figure.table', { n: model.caption }));
  markWhole(table);
  openDataTable(table).load(model);
  if (table !== old) addTableControls(figure);
}

function hasColumns(table: HTMLTableElement, { columns }: TableModel): boolean {
  const heads = [...table.querySelectorAll<HTMLElement>('thead th[data-column]')];
  return (
    heads.length === columns.length &&
    heads.every(({ dataset }, index) => dataset['column'] === columns[index]?.key)
  );
}

/** In its place a table with these columns, of which nothing is chosen yet. */
function renewTable(old: HTMLTableElement, { columns }: TableModel): HTMLTableElement {
  const table = document.createElement('table');
  for (const { name, value } of old.attributes) table.setAttribute(name, value);
  table.append(...old.childNodes);
  table.tHead?.rows[0]?.replaceChildren(
    ...columns.map(({ key, label, numeric }) => {
      const header = element('th', label);
      header.scope = 'col';
      header.dataset['column'] = key;
      if (numeric) header.className = 'number';
      return header;
    }),
  );
  old.replaceWith(table);
  return table;
}
