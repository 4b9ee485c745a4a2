/** The figure of an answer: words, drawing, table, and what a reader can do with them without another question. */
import { joinSentences } from '../../data-build/words/sentences.ts';
import type { Manifest } from '../../data-build/contract/manifest.ts';
import { toSourceLines } from '../export/source-lines.ts';
import { layoutChart } from '../figures/registry.ts';
import { translate } from '../i18n/translate.ts';
import { explore } from '../figures/explore/figure.ts';
import { exploreQuery } from '../query/explore.ts';
import { formatSql } from '../query/sql-text.ts';
import type { ExplorerState } from '../state/parameters.ts';
import { formatQueryLink } from '../state/query-link.ts';
import { parseNotesLink, type NotesLink } from '../state/notes-link.ts';
import { formatState } from '../state/state.ts';
import { MOST_LINES } from '../figures/explore/cells.ts';
import type { ExploreView } from '../figures/explore/view.ts';
import { listSeries, selectExplored } from '../figures/explore/selection.ts';
import { formatCount, formatPeriod } from '../view/format.ts';
import { EVERYTHING, type ChartSelection } from '../view/selection.ts';
import { toPeriods } from '../view/time-frame.ts';
import { openDataTable } from './data-table.ts';
import { drawDrawings } from './figure-drawings.ts';
import { drawFigure } from './figure.ts';

/** Fills the place for the answer. */
export function drawAnswer(
  place: HTMLElement,
  state: ExplorerState,
  view: ExploreView,
  manifest: Manifest,
): void {
  const target = place.querySelector<HTMLElement>('[data-part="answer"]');
  const template = document.querySelector<HTMLTemplateElement>('#explore-figure');
  if (target === null || template === null) throw new Error('The page has no place for the chart.');
  const fresh = document.createElement('div');
  fresh.append(template.content.cloneNode(true));
  const figure = find(fresh, 'figure', HTMLElement);
  const sources = explore.sources(view);
  const lines = toSourceLines(sources, manifest);
  find(fresh, '[data-part="summary"]', HTMLElement).textContent =
    // The number of tests is the finding itself.
    view.measure === 'tests' ? '' : view.extent;
  find(fresh, '[data-part="attribution"]', HTMLElement).textContent = joinSentences(
    lines.map(({ attribution }) => attribution),
  );
  const shown = state.view ?? 'chart';
  for (const tab of fresh.querySelectorAll<HTMLElement>('[data-view-choice]'))
    tab.setAttribute('aria-pressed', String(tab.dataset['viewChoice'] === shown));
  if (view.map !== null) figure.dataset['view'] = 'map';
  else if (shown === 'table') {
    figure.dataset['view'] = 'table';
    find(fresh, 'details[data-part="table"]', HTMLDetailsElement).open = true;
  }
  const tab = target.querySelector('[data-view-choice]:focus')?.getAttribute('data-view-choice');
  target.replaceChildren(...fresh.childNodes);
  if (tab !== undefined && tab !== null)
    target.querySelector<HTMLElement>(`[data-view-choice="${tab}"]`)?.focus();
  drawFigure(
    figure,
    {
      view,
      sources,
      release: manifest.data_version,
      synthetic: manifest.synthetic,
    },
    joinSentences(lines.map(({ text }) => text)),
  );
  letChoose(figure, find(figure, 'table', HTMLTableElement), view, manifest.synthetic);
  fillZoom(figure, view, state);

  const sql = formatSql(exploreQuery(view.question, view.context.frame.grain));
  find(target, 'pre code', HTMLElement).textContent = sql;
  const opener = target.querySelector<HTMLAnchorElement>('[data-action="console"]');
  if (opener !== null) opener.hash = formatQueryLink({ sql, floors: true });
  onCopy(target, 'copy-sql', 'copied-sql', () => sql);
  onCopy(target, 'copy-link', 'copied', () => location.href);
  const embed = target.querySelector<HTMLAnchorElement>('[data-action="embed-view"]');
  if (embed === null) return;
  embed.search = formatState(state);
  const share = async (linked: NotesLink | null): Promise<void> => {
    const [{ toExploreSubject }, { openShareDialog }] = await Promise.all([
      import('./explore-export.ts'),
      import('./share-dialog.ts'),
    ]);
    openShareDialog(await toExploreSubject(view, manifest, state), embed, linked);
  };
  const linked = parseNotesLink(location.hash);
  if (linked !== null) void share(linked);
  embed.addEventListener('click', (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    share(null).catch(() => {
      location.assign(embed.href);
    });
  });
}

/** More names than this are folded away until a reader wants to choose among them. */
const OPEN_SERIES = 8;

/** Lines and bars that can be hidden, rows that can be ticked: the drawing follows both. */
function letChoose(
  figure: HTMLElement,
  table: HTMLTableElement,
  view: ExploreView,
  synthetic: boolean,
): void {
  const series = view.map === null ? listSeries(view) : [];
  const atOnce = view.form === 'lines' ? MOST_LINES : Infinity;
  let selection: ChartSelection = {
    ...EVERYTHING,
    hidden: new Set(series.slice(atOnce).map(({ key }) => key)),
  };
  const said = figure.querySelector('[data-part="some"]');
  const details = figure.querySelector<HTMLDetailsElement>('[data-part="series"]');
  const list = details?.querySelector('fieldset') ?? null;

  const redraw = (): void => {
    const some = selection.rows === null ? view : selectExplored(view, selection);
    // Places that are not ticked stay on the map: left blank they would read as not tested.
    if (view.map === null)
      drawDrawings(figure, (size) => layoutChart(selectExplored(view, selection), size, synthetic));
    else markPlaces(figure, selection.rows);
    if (said === null) return;
    said.replaceChildren();
    if (selection.rows === null) return;
    const words = translate('explore.some', {
      n: some.cells.length,
      total: formatCount(view.cells.length),
    });
    const all = button(translate('explore.some.all'), () => {
      openDataTable(table).select([]);
      selection = { ...selection, rows: null };
      redraw();
      table.querySelector<HTMLElement>('button, input')?.focus();
    });
    said.append(words, ' ', all);
  };

  figure.addEventListener('rowschosen', (event) => {
    if (!(event instanceof CustomEvent)) return;
    const keys: unknown = event.detail;
    const rows = Array.isArray(keys) ? keys.filter((key) => typeof key === 'string') : [];
    selection = { ...selection, rows: rows.length === 0 ? null : new Set(rows) };
    redraw();
  });
  if (details === null || list === null || series.length < 2) return;
  details.hidden = false;
  details.open = series.length <= OPEN_SERIES;
  const boxes = series.map(({ key, label }) => {
    const line = document.createElement('label');
    const box = document.createElement('input');
    box.type = 'checkbox';
    box.checked = !selection.hidden.has(key);
    box.value = key;
    line.append(box, ' ', label);
    list.append(line);
    return box;
  });
  const limit = (): void => {
    const full = boxes.filter(({ checked }) => checked).length >= atOnce;
    for (const box of boxes) box.disabled = full && !box.checked;
  };
  limit();
  if (series.length > atOnce) {
    const help = document.createElement('p');
    help.textContent = translate('explore.series.most', { n: atOnce });
    list.append(help);
  }
  list.addEventListener('change', () => {
    const hidden = boxes.filter(({ checked }) => !checked).map(({ value }) => value);
    selection = { ...selection, hidden: new Set(hidden) };
    limit();
    redraw();
  });
}

/** Outlines the ticked places. */
function markPlaces(figure: HTMLElement, rows: ReadonlySet<string> | null): void {
  const codes = new Set([...(rows ?? [])].map((key) => key.split(' ')[0]));
  for (const mark of figure.querySelectorAll('.drawing .place[data-key]'))
    mark.classList.toggle('chosen', codes.has(mark.getAttribute('data-period') ?? ''));
}

/** The form that zooms as a drag does. */
function fillZoom(figure: HTMLElement, view: ExploreView, state: ExplorerState): void {
  const form = figure.querySelector<HTMLFormElement>('[data-part="zoom"]');
  const periods = toPeriods(view.context.frame);
  const isTime = view.form !== 'bars' && view.map === null && periods.length > 1;
  if (form === null || !isTime) return;
  form.hidden = false;
  const { grain } = view.context.frame;
  const [from, to] = [...form.querySelectorAll('select')];
  for (const select of [from, to]) {
    select?.append(
      ...periods.map(({ start }, index) => new Option(formatPeriod(start, grain), String(index))),
    );
  }
  if (from !== undefined) from.value = '0';
  if (to !== undefined) to.value = String(periods.length - 1);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const [a, b] = [Number(from?.value), Number(to?.value)];
    const since = periods[Math.min(a, b)]?.start;
    const until = periods[Math.max(a, b)]?.end;
    form.dispatchEvent(new CustomEvent('zoomdays', { bubbles: true, detail: { since, until } }));
  });
  const out = form.querySelector<HTMLButtonElement>('[data-action="zoom-out"]');
  if (out === null) return;
  out.hidden = state.since === null && state.until === null;
  out.addEventListener('click', () => {
    form.dispatchEvent(new CustomEvent('zoomdays', { bubbles: true, detail: {} }));
  });
}

function button(text: string, press: () => void): HTMLButtonElement {
  const made = document.createElement('button');
  made.type = 'button';
  made.textContent = text;
  made.addEventListener('click', press);
  return made;
}

function find<T extends Element>(root: ParentNode, selector: string, kind: new () => T): T {
  const found = root.querySelector(selector);
  if (!(found instanceof kind)) throw new Error(`The figure has no ${selector}.`);
  return found;
}

function onCopy(target: HTMLElement, action: string, said: string, text: () => string): void {
  const place = target.querySelector(`[data-part="${said}"]`);
  target.querySelector(`[data-action="${action}"]`)?.addEventListener('click', () => {
    navigator.clipboard.writeText(text()).then(
      () => {
        if (place !== null) place.textContent = translate('explore.copied');
      },
      () => {
        if (place !== null) place.textContent = translate('explore.copy_failed');
      },
    );
  });
}
