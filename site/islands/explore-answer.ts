/** From a state to what stands in the page: sizes first, then files, the query, the figure, its SQL. */
import type { Manifest } from '../../data-build/contract/manifest.ts';
import { SOURCES } from '../../data-build/contract/sources.ts';
import { totalBytes } from '../catalog/files.ts';
import { formatBytes } from '../i18n/bytes.ts';
import { translate, translateCount } from '../i18n/translate.ts';
import { formatSql } from '../query/sql-text.ts';
import { formatQueryLink } from '../state/query-link.ts';
import { toNotice, type Notice } from '../state/notice.ts';
import type { ExplorerState } from '../state/parameters.ts';
import { formatState } from '../state/state.ts';
import { formatDayRange } from '../view/format.ts';
import { openDataTable } from './data-table.ts';
import { describeData, loadData, loadShapes } from './engine-loader.ts';
import { askExplore, planExplore, type ExplorePlan, type ExploreResult } from './explore-views.ts';
import { drawFigure } from './figure.ts';
import type { StatusLine } from './status.ts';
import { addTableControls } from './table-controls.ts';

export interface AnswerRequest {
  readonly place: HTMLElement;
  readonly status: StatusLine;
  readonly state: ExplorerState;
  readonly notices: readonly Notice[];
  readonly signal: AbortSignal;
  /** The reader has agreed to a large download. */
  readonly allowed: boolean;
  /** Asks again with that agreement. */
  readonly again: () => void;
}

/** Above either of these a question is not run before the reader agrees. */
export const LARGE = { bytes: 20_000_000, rows: 5_000_000 } as const;

export async function answer(request: AnswerRequest): Promise<void> {
  const { status, state, signal, notices, allowed } = request;
  const manifest = await describeData();
  signal.throwIfAborted();
  const plan = planExplore(manifest, state);
  status.showNotices([...notices, ...plan.notices]);
  const files = [...plan.files.values()].flat();
  const rows = files.reduce((sum, file) => sum + file.rows, 0);
  const bytes = totalBytes(files);
  if (!allowed && (bytes > LARGE.bytes || rows > LARGE.rows)) {
    warn(request, files.length, rows, bytes);
    return;
  }
  const shapes = plan.question.onMap ? loadShapes() : Promise.resolve(null);
  const { engine } = await untilAborted(loadData(status.showProgress), signal);
  await untilAborted(
    Promise.all([...plan.files].map(async ([table, given]) => engine.open(table, given))),
    signal,
  );
  status.showWorking(translate('explore.working', { rows: translateCount('count.rows', rows) }));
  const geometry = await untilAborted(shapes, signal);
  const result = await askExplore(
    async (query) => engine.run(query, signal),
    state,
    plan,
    geometry,
  );
  signal.throwIfAborted();
  status.showNotices([
    ...notices,
    ...result.notices,
    ...(plan.question.onMap && geometry === null ? [toNotice('no_shapes', 'view', 'map')] : []),
  ]);
  draw(request, result, plan, manifest);
  status.showResult(
    translate('explore.drawn', {
      files: translateCount('count.files', files.length),
      bytes: formatBytes(bytes),
    }),
  );
}

/** Names the size and offers to go on. */
function warn(
  { status, place, again }: AnswerRequest,
  files: number,
  rows: number,
  bytes: number,
): void {
  status.showResult(
    translate('explore.large', {
      files: translateCount('count.files', files),
      rows: translateCount('count.rows', rows),
      bytes: formatBytes(bytes),
    }),
  );
  const button = document.createElement('button');
  button.type = 'button';
  button.textContent = translate('explore.large.go', { bytes: formatBytes(bytes) });
  button.addEventListener('click', again);
  place.querySelector('[data-part="answer"]')?.replaceChildren(button);
}

/** Rejects when the reader cancels; what is on its way may arrive and be kept for the next time. */
async function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  signal.throwIfAborted();
  return new Promise<T>((resolve, reject) => {
    const stop = (): void => reject(new DOMException('Aborted', 'AbortError'));
    signal.addEventListener('abort', stop, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}

function draw(
  { place, state }: AnswerRequest,
  { view, query }: ExploreResult,
  plan: ExplorePlan,
  manifest: Manifest,
): void {
  const target = place.querySelector<HTMLElement>('[data-part="answer"]');
  const template = document.querySelector<HTMLTemplateElement>('#explore-figure');
  if (target === null || template === null) throw new Error('The page has no place for the chart.');
  const fresh = document.createElement('div');
  fresh.append(template.content.cloneNode(true));
  const find = <T extends Element>(selector: string, kind: new () => T): T => {
    const found = fresh.querySelector(selector);
    if (!(found instanceof kind)) throw new Error(`The figure has no ${selector}.`);
    return found;
  };
  const figure = find('figure', HTMLElement);
  const table = find('table', HTMLTableElement);
  table.tHead?.rows[0]?.replaceChildren(
    ...view.table.columns.map(({ key, label, numeric }) => {
      const header = document.createElement('th');
      header.scope = 'col';
      header.dataset['column'] = key;
      if (numeric) header.className = 'number';
      header.textContent = label;
      return header;
    }),
  );
  const { since, until } = view.context.frame;
  const source = plan.sources
    .map((id) =>
      translate('figure.source', {
        source: SOURCES[id].name,
        licence: manifest.sources.find((one) => one.id === id)?.licence ?? '',
        range: formatDayRange(since, until),
        version: manifest.data_version,
      }),
    )
    .join(' ');
  const attribution = plan.sources.map((id) => SOURCES[id].attribution).join(' ');
  find('[data-part="summary"]', HTMLElement).textContent =
    // The number of tests is the finding itself.
    view.measure === 'tests' ? '' : view.extent;
  find('[data-part="attribution"]', HTMLElement).textContent = attribution;
  find('[data-sources]', HTMLElement).dataset['sources'] = plan.sources
    .map((id) => `${id} ${since} ${until}`)
    .join(', ');
  for (const tab of fresh.querySelectorAll<HTMLElement>('[data-view-choice]'))
    tab.setAttribute('aria-pressed', String(tab.dataset['viewChoice'] === (state.view ?? 'chart')));
  const tab = target.querySelector('[data-view-choice]:focus')?.getAttribute('data-view-choice');
  target.replaceChildren(...fresh.childNodes);
  if (tab !== undefined && tab !== null)
    target.querySelector<HTMLElement>(`[data-view-choice="${tab}"]`)?.focus();
  drawFigure(figure, view, source, manifest.synthetic);
  const details = figure.querySelector<HTMLDetailsElement>('details[data-part="table"]');
  if (view.map !== null) figure.dataset['view'] = 'map';
  if (state.view === 'table' && details !== null) {
    figure.dataset['view'] = 'table';
    details.open = true;
  }
  addTableControls(figure, { find: translate('filter.find.table') });
  openDataTable(table);

  const sql = formatSql(query);
  const code = target.querySelector('pre code');
  if (code !== null) code.textContent = sql;
  const opener = target.querySelector<HTMLAnchorElement>('[data-action="console"]');
  if (opener !== null) opener.hash = formatQueryLink({ sql, floors: true });
  onCopy(target, 'copy-sql', 'copied-sql', () => sql);
  onCopy(target, 'copy-link', 'copied', () => location.href);
  const embed = target.querySelector<HTMLAnchorElement>('[data-action="embed-view"]');
  if (embed === null) return;
  embed.search = formatState(state);
  embed.addEventListener('click', (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    Promise.all([import('./explore-exhibit.ts'), import('./share-dialog.ts')]).then(
      async ([{ toExploreSubject }, { openShareDialog }]) =>
        openShareDialog(await toExploreSubject(view, plan, manifest, state), embed),
      () => location.assign(embed.href),
    );
  });
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
