/** A figure of the page, filled anew with another view of the same chart. */
import { element } from './element.ts';
import { layoutChart, type ChartView } from '../charts/registry.ts';
import { BUILD_WIDTHS } from '../charts/size.ts';
import { translate, translateCount } from '../i18n/translate.ts';
import { drawScene } from '../render/svg-dom.ts';
import type { TableModel } from '../view/table.ts';
import { openDataTable } from './data-table.ts';

const TRANSITION_MS = 200;

/** Fills words, both drawings, notes and table. `source` is the line under the chart. */
export function drawFigure(
  figure: HTMLElement,
  view: ChartView,
  source: string,
  synthetic: boolean,
): void {
  const { language } = view.context;
  setText(figure, 'title', view.title);
  setText(figure, 'subtitle', view.subtitle);
  setText(figure, 'source', source);
  drawDrawings(figure, view, synthetic);
  part(figure, 'notes')?.replaceChildren(...view.notes.map((note) => element('li', note)));
  const details = part(figure, 'table');
  const table = details?.querySelector('table') ?? null;
  const summary = details?.querySelector('summary') ?? null;
  if (table !== null) drawTable(table, view.table);
  if (summary !== null) {
    const n = translateCount('count.rows', view.table.rows.length, {}, language);
    summary.textContent = translate('figure.table', { n }, language);
  }
}

/** Both drawings alone. */
export function drawDrawings(figure: HTMLElement, view: ChartView, synthetic: boolean): void {
  for (const [shape, width] of Object.entries(BUILD_WIDTHS)) {
    const svg = figure.querySelector(`svg.${shape}`);
    if (!(svg instanceof SVGSVGElement)) continue;
    const wide = shape === 'wide';
    const scene = layoutChart(view, { width }, synthetic);
    drawScene(svg, scene, {
      idPrefix: wide ? view.chart : `${view.chart}-n`,
      role: wide ? 'img' : 'hidden',
      class: shape,
      transitionMs: isSeen(svg) ? TRANSITION_MS : 0,
    });
    if (wide) figure.dataset['rows'] = String(scene.rows);
  }
}

/** Only what a reader can see needs to glide. */
function isSeen(svg: SVGSVGElement): boolean {
  const { width, top, bottom } = svg.getBoundingClientRect();
  return width > 1 && bottom > 0 && top < innerHeight;
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
