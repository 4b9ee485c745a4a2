/** Fills a figure of the page with another view of the same chart. */
import { element } from './element.ts';
import { layoutChart } from '../figures/registry.ts';
import { redrawSelection } from './figure-selection.ts';
import { drawDrawings } from './figure-drawings.ts';
import { drawTable } from './figure-table.ts';
import { setShown, type ShownFigure } from './shown.ts';

/** Fills words, drawings, notes and table. `line` is what stands under the chart of its sources. */
export function drawFigure(
  figure: HTMLElement,
  shown: ShownFigure,
  line: string,
  draw = drawDrawings,
): void {
  const { view, synthetic } = shown;
  setShown(figure, shown);
  setText(figure, 'title', view.title);
  setText(figure, 'subtitle', view.subtitle);
  setText(figure, 'source', line);
  draw(figure, (size) => layoutChart(view, size, synthetic));
  part(figure, 'notes')?.replaceChildren(...view.notes.map((note) => element('li', note)));
  drawTable(figure, view.table);
  // What the reader took out of the chart before stays out.
  void redrawSelection(figure);
}

function setText(figure: HTMLElement, name: string, text: string): void {
  const found = part(figure, name);
  if (found !== null && found.textContent !== text) found.textContent = text;
}

function part(figure: HTMLElement, name: string): HTMLElement | null {
  return figure.querySelector<HTMLElement>(`[data-part="${name}"]`);
}
