/** A figure of the page, filled anew with another view of the same chart. */
import { layoutChart, type ChartView } from '../charts/registry.ts';
import { BUILD_WIDTHS } from '../charts/size.ts';
import { translate, translateCount } from '../i18n/translate.ts';
import { drawScene } from '../render/svg-dom.ts';
import type { TableModel, TableRow } from '../view/table.ts';

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

/** Only what a reader can see needs to glide. */
function isSeen(svg: SVGSVGElement): boolean {
  const { width, top, bottom } = svg.getBoundingClientRect();
  return width > 1 && bottom > 0 && top < innerHeight;
}

/** Writes the rows of a table model; head and order of columns stay. Rows that say the same stay as they are. */
function drawTable(table: HTMLTableElement, model: TableModel): void {
  const { caption } = table;
  if (caption !== null) caption.textContent = model.caption;
  table.parentElement?.setAttribute('aria-label', model.caption);
  const body = table.tBodies[0];
  const before = new Map([...(body?.rows ?? [])].map((line) => [line.dataset['key'], line]));
  const labelled = table.classList.contains('stack');
  const rows = model.rows.map((row) => {
    const old = before.get(row.key);
    return old !== undefined && saysSame(old, row) ? old : toLine(row, model, labelled);
  });
  const kept = new Set(rows);
  for (const line of before.values()) if (!kept.has(line)) line.remove();
  // Moving a row would take the focus from the box in it, so rows that stand right are not touched.
  rows.forEach((line, index) => {
    const there = body?.rows[index] ?? null;
    if (there !== line) body?.insertBefore(line, there);
  });
}

function saysSame(line: HTMLTableRowElement, row: TableRow): boolean {
  return row.cells.every(
    ({ text }, index) => line.cells[index]?.textContent.trim() === text.trim(),
  );
}

/** Plain cells, as at build. */
function toLine(row: TableRow, model: TableModel, labelled: boolean): HTMLTableRowElement {
  const line = document.createElement('tr');
  line.dataset['key'] = row.key;
  row.cells.forEach(({ text, sort }, index) => {
    const column = model.columns[index];
    const cell = element(index === 0 ? 'th' : 'td', text);
    if (index === 0) cell.setAttribute('scope', 'row');
    else if (column?.numeric === true) cell.className = 'number';
    if (labelled && index > 0 && column !== undefined) cell.dataset['label'] = column.label;
    const value = sort === null ? '' : String(sort);
    if (value !== text) cell.dataset['sort'] = value;
    line.append(cell);
  });
  return line;
}

function setText(figure: HTMLElement, name: string, text: string): void {
  const found = part(figure, name);
  if (found !== null && found.textContent !== text) found.textContent = text;
}

function part(figure: HTMLElement, name: string): HTMLElement | null {
  return figure.querySelector<HTMLElement>(`[data-part="${name}"]`);
}

function element(name: 'li' | 'th' | 'td', text: string): HTMLElement {
  const made = document.createElement(name);
  made.textContent = text;
  return made;
}
