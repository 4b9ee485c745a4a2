/**
 * Some of the series and some of the rows of a figure, as a reader chose them. What is drawn then comes from what is in
 * the page, the figure’s own table and its drawing: no question is asked of the engine. The table, and with it what is
 * displayed for download, keeps everything; so do pictures and embeds.
 */
import { pageLanguage } from '../i18n/language.ts';
import { translate } from '../i18n/translate.ts';
import { readChart } from '../view/from-table.ts';
import { formatCount } from '../view/format.ts';
import { EVERYTHING, type ShownPart } from '../view/shown.ts';
import { parseFrameData } from '../view/time-frame.ts';
import { openDataTable } from './data-table.ts';
import { element } from './element.ts';
import { drawDrawings } from './figure-drawings.ts';
import { markPeriods, showStripRows } from './figure-rows.ts';
import { addSeriesKeys, listSeries } from './series-keys.ts';
import { isSynthetic } from './synthetic.ts';

/** Figures of which a part was chosen once; what the reader chose outlives a drawing of other data. */
const parts = new WeakMap<Element, ShownPart>();

const partOf = (figure: Element): ShownPart => parts.get(figure) ?? EVERYTHING;

/** Takes a series out, or back in. The last one stays. */
export function toggleSeries(figure: HTMLElement, key: string): void {
  const hidden = new Set(hiddenOf(figure));
  const taken = !hidden.delete(key);
  if (taken) hidden.add(key);
  const last = taken && hidden.size >= listSeries(figure).length;
  if (!last) parts.set(figure, { ...partOf(figure), hidden });
  redrawPart(figure);
  if (last) say(figure, [...hiddenWords(figure, hiddenOf(figure)), translate('part.last')], true);
}

/** Draws only rows with these keys, or marks them where they are periods; no keys: everything. */
export function pickRows(figure: HTMLElement, keys: readonly string[]): void {
  parts.set(figure, { ...partOf(figure), rows: keys.length === 0 ? null : new Set(keys) });
  redrawPart(figure);
}

/** Everything again. The focus goes to what the reader chose with. */
export function showWhole(figure: HTMLElement): void {
  const { rows } = partOf(figure);
  parts.set(figure, EVERYTHING);
  const table = tableOf(figure);
  if (rows !== null && table !== null) openDataTable(table).select([]);
  redrawPart(figure);
  const next =
    rows === null
      ? figure.querySelector<HTMLElement>(':scope > .series-keys button')
      : (table?.querySelector<HTMLElement>('tbody input') ??
        figure.querySelector<HTMLElement>('[data-part="table"] > summary'));
  next?.focus();
}

/** Brings the drawing and its words in line with what was chosen; also after the figure was drawn or put back. */
export function redrawPart(figure: HTMLElement): void {
  addSeriesKeys(figure);
  if (!parts.has(figure)) return;
  const hidden = hiddenOf(figure);
  const table = tableOf(figure);
  const known =
    table === null
      ? []
      : openDataTable(table)
          .rows()
          .rows.map(({ key }) => key);
  const picked = known.filter((key) => partOf(figure).rows?.has(key) === true);
  if (table !== null) openDataTable(table).select(picked);
  const rows = picked.length === 0 ? null : new Set(picked);
  drawFromTable(figure, { hidden, rows });
  for (const mark of figure.querySelectorAll('.drawing [data-series]')) {
    const off = hidden.has(mark.getAttribute('data-series') ?? '');
    if (mark.closest('.legend') !== null) mark.classList.toggle('off', off);
    else if (off) mark.setAttribute('display', 'none');
    else mark.removeAttribute('display');
  }
  const shown = listSeries(figure).length - hidden.size;
  for (const button of figure.querySelectorAll('[data-series-key]')) {
    const on = !hidden.has(button.getAttribute('data-series-key') ?? '');
    button.setAttribute('aria-pressed', String(on));
    button.toggleAttribute('data-last', on && shown === 1);
  }
  const left = rowWords(figure, picked, known.length);
  const part = hidden.size > 0 || left.some(({ whole }) => !whole);
  say(
    figure,
    [
      ...hiddenWords(figure, hidden),
      ...left.map(({ text }) => text),
      ...(part ? [translate('part.keep')] : []),
    ],
    hidden.size > 0 || rows !== null,
  );
}

/** Of what the reader took out, what there is to take out now; never all of it. */
function hiddenOf(figure: Element): ReadonlySet<string> {
  const { hidden } = partOf(figure);
  const series = listSeries(figure);
  const found = series.filter(({ key }) => hidden.has(key));
  return new Set(found.length === series.length ? [] : found.map(({ key }) => key));
}

function tableOf(figure: Element): HTMLTableElement | null {
  return figure.querySelector<HTMLTableElement>('[data-part="table"] .table > table');
}

function drawFromTable(figure: HTMLElement, part: ShownPart): void {
  const table = tableOf(figure);
  const frame = parseFrameData(figure.dataset['frame'] ?? '');
  if (table === null || frame === null) return;
  const svg = figure.querySelector('svg.wide');
  const facts = {
    chart: figure.dataset['chart'] ?? '',
    frame,
    network: figure.dataset['network'] ?? null,
    title: svg?.querySelector(':scope > title')?.textContent ?? '',
    desc: svg?.querySelector(':scope > desc')?.textContent ?? '',
  };
  const drawn = readChart(facts, openDataTable(table).rows(), part);
  if (drawn !== null) drawDrawings(figure, drawn, isSynthetic());
}

function hiddenWords(figure: Element, hidden: ReadonlySet<string>): readonly string[] {
  if (hidden.size === 0) return [];
  const names = listSeries(figure).flatMap(({ key, name }) => (hidden.has(key) ? [name] : []));
  const list = new Intl.ListFormat(pageLanguage(), { type: 'conjunction' });
  return [translate('part.hidden', { names: list.format(names) })];
}

/** What ticked rows did, which depends on what the rows of the chart are; `whole`: nothing was left out. */
function rowWords(
  figure: HTMLElement,
  picked: readonly string[],
  total: number,
): readonly { readonly text: string; readonly whole: boolean }[] {
  const strip = showStripRows(figure, picked);
  const marked = strip === null ? markPeriods(figure, picked) : null;
  if (picked.length === 0) return [];
  const words = { total: formatCount(strip?.total ?? total) };
  if (strip !== null) {
    const texts = [
      translate('part.rows', { n: strip.shown, ...words }),
      ...(strip.missing === 0 ? [] : [translate('part.undrawn', { n: strip.missing })]),
    ];
    return texts.map((text) => ({ text, whole: false }));
  }
  if (marked !== null)
    return [{ text: translate('part.periods', { n: marked, ...words }), whole: true }];
  const drawn = Number(figure.dataset['rows'] ?? picked.length);
  const shown = Math.min(drawn, picked.length);
  return [{ text: translate('part.rows', { n: shown, ...words }), whole: false }];
}

/** The line under the drawing; `whole` offers the way back. */
function say(figure: HTMLElement, sentences: readonly string[], whole: boolean): void {
  const there = figure.querySelector<HTMLElement>(':scope > [data-part="some"]');
  if (sentences.length === 0 && there === null) return;
  const line = there ?? element('p', '');
  if (there === null) {
    line.className = 'some';
    line.dataset['part'] = 'some';
    line.setAttribute('role', 'status');
    const above =
      figure.querySelector(':scope > .series-keys') ?? figure.querySelector(':scope > .drawing');
    above?.after(line);
  }
  const text = sentences.join(' ');
  line.hidden = text === '';
  if (line.dataset['text'] === text) return;
  line.dataset['text'] = text;
  line.replaceChildren(text);
  if (!whole || text === '') return;
  const all = element('button', translate('part.all'));
  all.type = 'button';
  all.dataset['action'] = 'show-whole';
  line.append(' ', all);
}
