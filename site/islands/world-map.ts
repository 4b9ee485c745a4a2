/**
 * The world map in the page: other periods and layers from a small file of ours, a line that reads a place out,
 * and arrow keys. Nothing is fetched before a reader asks for another period or layer.
 */
import { WITNESSES, type Witness } from '../../data-build/contract/witnesses.ts';
import './page-language.ts';
import { element } from './element.ts';
import { toDay, type Day } from '../../data-build/contract/brands.ts';
import { levelLook, placeId } from '../charts/map/look.ts';
import { translate } from '../i18n/translate.ts';
import { formatCount, formatPeriod } from '../view/format.ts';
import { parseWorldFile } from '../view/world/file.ts';
import type { WorldRecord } from '../view/world/record.ts';
import { formatWorldReadout } from '../view/world/table.ts';
import { toWorldView, type WorldView } from '../view/world/world.ts';
import type { TableCell, TableModel } from '../view/table.ts';
import { readValue } from './table-rows.ts';
import { beginTurn } from './turn.ts';

const SHEETS = ['world-map', 'world-wide', 'world-narrow'];

const figure = document.querySelector<HTMLElement>('figure[data-chart="world"]');
if (figure !== null) startWorldMap(figure);

function startWorldMap(figure: HTMLElement): void {
  const form = figure.querySelector<HTMLFormElement>('[data-part="controls"]');
  const slider = figure.querySelector<HTMLInputElement>('#world-time');
  const readout = part(figure, 'readout');
  const records = new Map<string, Promise<WorldRecord | null>>();
  let asked = 0;

  if (form !== null) form.hidden = false;
  if (readout !== null) readout.hidden = false;
  for (const sheet of figure.querySelectorAll('.links'))
    setUpKeys([...sheet.querySelectorAll<SVGAElement>('a')]);

  for (const type of ['pointerover', 'focusin'] as const) {
    figure.addEventListener(type, (event) => {
      const link = event.target instanceof Element ? event.target.closest('.links a') : null;
      const code = link?.getAttribute('data-code') ?? null;
      if (code === null || readout === null) return;
      readout.textContent = formatWorldReadout(
        witnessShown(figure),
        readCells(figure, code),
        part(figure, 'title')?.dataset['period'] ?? '',
      );
    });
  }

  form?.addEventListener('submit', (event) => {
    event.preventDefault();
  });
  form?.addEventListener('input', (event) => {
    const radio = event.target instanceof HTMLInputElement && event.target.type === 'radio';
    ask(radio ? null : Number(slider?.value ?? 0));
  });
  form?.addEventListener('click', (event) => {
    const button = event.target instanceof Element ? event.target.closest('[data-step]') : null;
    if (!(button instanceof HTMLElement) || slider === null) return;
    const index = Number(slider.value) + Number(button.dataset['step']);
    if (index < Number(slider.min) || index > Number(slider.max)) return;
    slider.value = String(index);
    ask(index);
  });

  function ask(index: number | null): void {
    void show(index).finally(beginTurn(figure));
  }

  /** Shows the period with this place in the record; null: the one that the layer begins with. */
  async function show(index: number | null): Promise<void> {
    asked += 1;
    const turn = asked;
    const radio = form?.querySelector<HTMLInputElement>('input[name="layer"]:checked') ?? null;
    const layer = radio?.value ?? figure.dataset['layer'] ?? '';
    const loading = records.get(layer) ?? loadRecord(figure, layer);
    records.set(layer, loading);
    const record = await loading;
    // A later wish has overtaken this one.
    if (turn !== asked) return;
    if (record === null) {
      records.delete(layer);
      const period = part(figure, 'title')?.dataset['period'] ?? '';
      if (readout !== null) readout.textContent = translate('world.failed', { period });
      return;
    }
    const settings = radio?.dataset ?? figure.dataset;
    const first = record.periods.findIndex(({ start }) => start === settings['start']);
    const at = index ?? Math.max(0, first);
    const start = record.periods[at]?.start;
    if (start === undefined) return;
    if (slider !== null) {
      slider.max = String(record.periods.length - 1);
      slider.value = String(at);
      slider.setAttribute('aria-valuetext', formatPeriod(start, record.grain));
    }
    const dataUntil: Day | null = toDay(settings['until'] ?? '');
    if (dataUntil === null) return;
    const context = {
      codes: toList(figure.dataset['pages']),
      onMap: [...figure.querySelectorAll('.sheet.map [id*="-place-"]')].map((place) =>
        place.id.replace(/^.*-place-/, ''),
      ),
      offMap: toList(settings['offMap']),
      dataUntil,
    };
    fillFigure(figure, layer, toWorldView(record, start, context));
    await refreshTable(figure);
  }
}

async function loadRecord(figure: HTMLElement, layer: string): Promise<WorldRecord | null> {
  const { files = '', version = '' } = figure.dataset;
  try {
    // The version keeps a cached file of another release away.
    const answer = await fetch(`${files}${layer}.json?v=${encodeURIComponent(version)}`);
    return answer.ok ? parseWorldFile(await answer.json()) : null;
  } catch {
    return null;
  }
}

function fillFigure(figure: HTMLElement, layer: string, view: WorldView): void {
  figure.dataset['layer'] = layer;
  figure.dataset['witness'] = view.witness;
  figure.dataset['rows'] = String(view.rows);
  setText(part(figure, 'title'), view.title);
  const title = part(figure, 'title');
  if (title !== null) title.dataset['period'] = view.period;
  setText(part(figure, 'subtitle'), view.subtitle);
  setText(figure.querySelector('output'), view.period);
  setText(figure.querySelector('svg[role="img"] > title'), view.title);
  const mark = figure.dataset['synthetic'] === undefined ? '' : `${translate('world.synthetic')}. `;
  setText(figure.querySelector('svg[role="img"] > desc'), `${mark}${view.desc}`);
  const levels = new Map(view.places.map((place) => [place.code, place]));
  for (const prefix of SHEETS) {
    for (const place of figure.querySelectorAll(`[id^="${prefix}-${placeId('')}"]`)) {
      const code = place.id.slice(`${prefix}-${placeId('')}`.length);
      const look = levelLook(levels.get(code)?.level ?? 'not_tested', levels.get(code)?.alone);
      place.setAttribute('class', look.class);
      if (look.pattern === undefined) place.removeAttribute('fill');
      else place.setAttribute('fill', `url(#${prefix}-${look.pattern})`);
    }
  }
  for (const link of figure.querySelectorAll('.links a')) {
    const place = levels.get(link.getAttribute('data-code') ?? '');
    if (place !== undefined) link.setAttribute('aria-label', place.label);
  }
  for (const legend of figure.querySelectorAll<HTMLElement>('[data-legend]')) {
    legend.hidden = legend.dataset['legend'] !== layer;
    if (legend.hidden) continue;
    for (const { level, count } of view.levels) {
      setText(legend.querySelector(`[data-level="${level}"]`), formatCount(count));
    }
    setText(legend.querySelector('[data-alone]'), formatCount(view.alone));
  }
  for (const source of figure.querySelectorAll<HTMLElement>('[data-source-of]')) {
    source.hidden = source.dataset['sourceOf'] !== layer;
  }
  part(figure, 'notes')?.replaceChildren(...view.notes.map((note) => element('li', note)));
  fillTable(figure, view.table);
  setText(part(figure, 'readout'), translate('world.readout.help'));
}

/** Writes head and body again. The links of rows come from the links over the map. */
function fillTable(figure: HTMLElement, model: TableModel): void {
  const table = figure.querySelector('table');
  if (table === null) return;
  setText(table.caption, model.caption);
  const n = translate('count.rows', { n: model.rows.length });
  setText(figure.querySelector('[data-part="table"] > summary'), translate('figure.table', { n }));
  table.parentElement?.setAttribute('aria-label', model.caption);
  const head = table.tHead?.rows[0];
  const same = [...(head?.cells ?? [])].every(
    (cell, index) => cell.dataset['column'] === model.columns[index]?.key,
  );
  if (!same || head?.cells.length !== model.columns.length) {
    head?.replaceChildren(
      ...model.columns.map(({ key, label, numeric }) => {
        const cell = element('th', label);
        cell.setAttribute('scope', 'col');
        cell.dataset['column'] = key;
        if (numeric) cell.className = 'number';
        return cell;
      }),
    );
  }
  table.tBodies[0]?.replaceChildren(
    ...model.rows.map(({ key, cells }) => {
      const row = document.createElement('tr');
      row.dataset['key'] = key;
      const link = figure.querySelector(`.links a[data-code="${key}"]`)?.getAttribute('href');
      row.append(
        ...cells.map(({ text, sort }, index) => {
          const column = model.columns[index];
          const cell = element(index === 0 ? 'th' : 'td', text);
          const value = sort === null ? '' : String(sort);
          if (value !== text) cell.dataset['sort'] = value;
          if (column !== undefined && index > 0) {
            cell.dataset['column'] = column.key;
            cell.dataset['label'] = column.label;
          }
          if (column?.numeric === true) cell.className = 'number';
          if (index > 0) return cell;
          cell.setAttribute('scope', 'row');
          if (typeof link !== 'string') return cell;
          const anchor = document.createElement('a');
          anchor.href = link;
          anchor.append(...cell.childNodes);
          cell.append(anchor);
          return cell;
        }),
      );
      return row;
    }),
  );
}

async function refreshTable(figure: HTMLElement): Promise<void> {
  const table = figure.querySelector('table');
  if (table === null) return;
  const { openDataTable } = await import('./data-table.ts');
  openDataTable(table).refresh();
}

/** One stop for the tab key; arrows, Home and End step through the places by name. */
function setUpKeys(links: readonly SVGAElement[]): void {
  for (const [index, link] of links.entries()) {
    if (index > 0) link.setAttribute('tabindex', '-1');
    link.addEventListener('keydown', (event) => {
      const next = stepTo(event.key, index, links.length);
      const target = next === null ? undefined : links[next];
      if (target === undefined) return;
      event.preventDefault();
      target.focus();
    });
    link.addEventListener('focus', () => {
      for (const other of links) other.setAttribute('tabindex', other === link ? '0' : '-1');
    });
  }
}

function stepTo(key: string, index: number, count: number): number | null {
  switch (key) {
    case 'ArrowRight':
    case 'ArrowDown':
      return (index + 1) % count;
    case 'ArrowLeft':
    case 'ArrowUp':
      return (index - 1 + count) % count;
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return null;
  }
}

/** Texts of a place's row in the table, by column. */
function readCells(figure: HTMLElement, code: string): ReadonlyMap<string, TableCell> {
  const table = figure.querySelector('table');
  const row = table?.querySelector<HTMLTableRowElement>(`tbody tr[data-key="${code}"]`);
  const columns = [...(table?.tHead?.rows[0]?.cells ?? [])].map((cell) => cell.dataset['column']);
  return new Map(
    [...(row?.cells ?? [])].map((cell, index) => [
      columns[index] ?? '',
      { text: cell.textContent.trim(), sort: readValue(cell, cell.matches('.number')) },
    ]),
  );
}

function witnessShown(figure: HTMLElement): Witness {
  return WITNESSES.find((name) => name === figure.dataset['witness']) ?? 'interference';
}

function toList(text: string | undefined): readonly string[] {
  return text === undefined || text === '' ? [] : text.split(' ');
}

function part(figure: HTMLElement, name: string): HTMLElement | null {
  return figure.querySelector<HTMLElement>(`[data-part="${name}"]`);
}

function setText(node: Element | null | undefined, text: string): void {
  if (node !== null && node !== undefined && node.textContent !== text) node.textContent = text;
}
