/** Fills a figure of the page with another view of the same chart. */
import { element } from './element.ts';
import { layoutChart } from '../figures/registry.ts';
import { translate } from '../i18n/translate.ts';
import type { TableModel } from '../view/table.ts';
import { openDataTable } from './data-table.ts';
import { redrawPart } from './figure-part.ts';
import { drawDrawings } from './figure-drawings.ts';
import { setShown, type ShownFigure } from './shown-figure.ts';

/** Fills words, both drawings, notes and table. `line` is what stands under the chart of its sources. */
export function drawFigure(figure: HTMLElement, shown: ShownFigure, line: string): void {
  const { view, synthetic } = shown;
  setShown(figure, shown);
  setText(figure, 'title', view.title);
  setText(figure, 'subtitle', view.subtitle);
  setText(figure, 'source', line);
  drawDrawings(figure, (size) => layoutChart(view, size, synthetic));
  part(figure, 'notes')?.replaceChildren(...view.notes.map((note) => element('li', note)));
  const details = part(figure, 'table');
  const table = details?.querySelector('table') ?? null;
  const summary = details?.querySelector('summary') ?? null;
  if (table !== null) drawTable(table, view.table);
  if (summary !== null) {
    const n = translate('count.rows', { n: view.table.rows.length });
    summary.textContent = translate('figure.table', { n });
  }
  // What the reader took out of the chart before stays out.
  void redrawPart(figure);
}

/** Fills the table from its model; head and order of columns stay. */
function drawTable(table: HTMLTableElement, model: TableModel): void {
  const { caption } = table;
  if (caption !== null) caption.textContent = model.caption;
  table.parentElement?.setAttribute('aria-label', model.caption);
  openDataTable(table).load(model);
}

function setText(figure: HTMLElement, name: string, text: string): void {
  const found = part(figure, name);
  if (found !== null && found.textContent !== text) found.textContent = text;
}

function part(figure: HTMLElement, name: string): HTMLElement | null {
  return figure.querySelector<HTMLElement>(`[data-part="${name}"]`);
}
