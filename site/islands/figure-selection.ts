/**
 * Some of the series and some of the rows of a figure, as a reader chose them. What is drawn then is the view of the
 * figure with less in it. The table, and with it what is displayed for download, keeps everything; so do pictures and
 * embeds.
 */
import { joinSentences } from '../../data-build/words/sentences.ts';
import { layoutChart } from '../figures/registry.ts';
import { layoutSelection, type Ticked } from '../figures/selection.ts';
import { translate } from '../i18n/translate.ts';
import { formatCount, formatList } from '../view/format.ts';
import { EVERYTHING, type ChartSelection } from '../view/selection.ts';
import { openDataTable } from './data-table.ts';
import { element } from './element.ts';
import { drawDrawings } from './figure-drawings.ts';
import { addSeriesKeys, listSeries } from './series-keys.ts';
import { publishedIn, shownOrSay } from './shown-figure.ts';

/** Figures of which something was chosen once; what the reader chose outlives a drawing of other data. */
const selections = new WeakMap<Element, ChartSelection>();

const selectionOf = (figure: Element): ChartSelection => selections.get(figure) ?? EVERYTHING;

/** Takes a series out, or back in. The last one stays. */
export async function toggleSeries(figure: HTMLElement, key: string): Promise<void> {
  const hidden = new Set(hiddenOf(figure));
  const taken = !hidden.delete(key);
  if (taken) hidden.add(key);
  const last = taken && hidden.size >= listSeries(figure).length;
  if (!last) selections.set(figure, { ...selectionOf(figure), hidden });
  await redrawSelection(figure);
  if (last) say(figure, [...hiddenWords(figure, hiddenOf(figure)), translate('part.last')], true);
}

/** Draws only rows with these keys, or marks them where they are periods; no keys: everything. */
export async function pickRows(figure: HTMLElement, keys: readonly string[]): Promise<void> {
  selections.set(figure, {
    ...selectionOf(figure),
    rows: keys.length === 0 ? null : new Set(keys),
  });
  await redrawSelection(figure);
}

/** Drawings that have begun: a second one would replace what a reader is at. */
const begun = new WeakMap<Element, Promise<void>>();

async function drawOnce(figure: HTMLElement, draw: () => Promise<void>): Promise<void> {
  const drawing = begun.get(figure) ?? draw().finally(() => begun.delete(figure));
  begun.set(figure, drawing);
  return drawing;
}

/** Draws the chart with marks that say what they stand for. */
export async function drawMarks(figure: HTMLElement): Promise<void> {
  return drawOnce(figure, async () => {
    selections.set(figure, selectionOf(figure));
    await redrawSelection(figure);
  });
}

/** Draws what the page holds as drawn for a phone alone, with its marks; without the file beside the page that stays. */
export async function drawWide(figure: HTMLElement): Promise<void> {
  return drawOnce(figure, async () => {
    const published = await publishedIn(figure).catch(() => null);
    if (published === null || figure.dataset['drawn'] === undefined) return;
    const { view, synthetic } = published;
    drawDrawings(figure, (size) => layoutChart(view, size, synthetic));
  });
}

/** Everything again. The focus goes to what the reader chose with. */
export async function showWhole(figure: HTMLElement): Promise<void> {
  const { rows } = selectionOf(figure);
  selections.set(figure, EVERYTHING);
  const table = tableOf(figure);
  if (rows !== null && table !== null) openDataTable(table).select([]);
  await redrawSelection(figure);
  const next =
    rows === null
      ? figure.querySelector<HTMLElement>(':scope > .series-keys button')
      : (table?.querySelector<HTMLElement>('tbody input') ??
        figure.querySelector<HTMLElement>('[data-part="table"] > summary'));
  next?.focus();
}

/** Brings the drawing and its words in line with what was chosen; also after the figure was drawn or put back. */
export async function redrawSelection(figure: HTMLElement): Promise<void> {
  addSeriesKeys(figure);
  if (!selections.has(figure)) return;
  const now = await shownOrSay(figure, (text) => say(figure, [text], false));
  if (now === null) return;
  const { view, synthetic } = now;
  const hidden = hiddenOf(figure);
  const picked = view.table.rows.flatMap(({ key }) =>
    selectionOf(figure).rows?.has(key) === true ? [key] : [],
  );
  const table = tableOf(figure);
  if (table !== null) openDataTable(table).select(picked);
  const shown = { hidden, rows: picked.length === 0 ? null : new Set(picked) };
  const seen = seenWidth(figure);
  const ticked: { seen: Ticked | null } = { seen: null };
  drawDrawings(figure, (size) => {
    const drawing = layoutSelection(view, shown, size, synthetic);
    if (size.width === seen) ticked.seen = drawing.ticked;
    return drawing.scene;
  });
  const left = listSeries(figure).length - hidden.size;
  for (const button of figure.querySelectorAll('[data-series-key]')) {
    const on = !hidden.has(button.getAttribute('data-series-key') ?? '');
    button.setAttribute('aria-pressed', String(on));
    button.toggleAttribute('data-last', on && left === 1);
  }
  const isPart = hidden.size > 0 || ticked.seen?.kind === 'rows';
  say(
    figure,
    [
      ...hiddenWords(figure, hidden),
      ...(ticked.seen === null ? [] : tickedWords(ticked.seen)),
      ...(isPart ? [translate('part.keep')] : []),
    ],
    hidden.size > 0 || shown.rows !== null,
  );
}

/** Of what the reader took out, what there is to take out now; never all of it. */
function hiddenOf(figure: Element): ReadonlySet<string> {
  const { hidden } = selectionOf(figure);
  const series = listSeries(figure);
  const found = series.filter(({ key }) => hidden.has(key));
  return new Set(found.length === series.length ? [] : found.map(({ key }) => key));
}

function tableOf(figure: Element): HTMLTableElement | null {
  return figure.querySelector<HTMLTableElement>('[data-part="table"] .table > table');
}

/** Width that the drawing was laid out for which a reader sees; the stylesheet hides the other. */
function seenWidth(figure: Element): number {
  const [widest] = [...figure.querySelectorAll<SVGSVGElement>('.drawing > svg')].toSorted(
    (a, b) => b.getBoundingClientRect().width - a.getBoundingClientRect().width,
  );
  return widest?.viewBox.baseVal.width ?? 0;
}

function hiddenWords(figure: Element, hidden: ReadonlySet<string>): readonly string[] {
  if (hidden.size === 0) return [];
  const names = listSeries(figure).flatMap(({ key, name }) => (hidden.has(key) ? [name] : []));
  return [translate('part.hidden', { names: formatList(names) })];
}

/** What ticked rows did. */
function tickedWords({ kind, shown, total, missing }: Ticked): readonly string[] {
  const words = { total: formatCount(total) };
  return [
    translate(kind === 'periods' ? 'part.periods' : 'part.rows', { n: shown, ...words }),
    ...(missing === 0 ? [] : [translate('part.undrawn', { n: missing })]),
  ];
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
  const text = joinSentences(sentences);
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
