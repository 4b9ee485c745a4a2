/** From a query to its answer in the page: checked, its size named, run, guarded, drawn, with where it comes from. */
import { joinSentences } from '../../data-build/words/sentences.ts';
import { element } from './element.ts';
import type { Manifest, ManifestFile } from '../../data-build/contract/manifest.ts';
import { attributionOf } from '../../data-build/contract/publisher-words.ts';
import { catalogFiles, totalBytes } from '../catalog/files.ts';
import { scanBytes, type FileScan } from '../catalog/scan.ts';
import { toProvenance } from '../catalog/provenance.ts';
import type { ConsoleAnswer, ConsoleEngine } from '../engine/wasm/console.ts';
import { EngineFailure } from '../engine/wasm/failure.ts';
import { writeCsv } from '../export/csv.ts';
import { formatBytes } from '../i18n/bytes.ts';
import { pageLocale } from '../../data-build/words/language.ts';
import { translate } from '../i18n/translate.ts';
import { isStatementFault, readStatement, type Statement } from '../query/statement.ts';
import type { QueryLink } from '../state/query-link.ts';
import {
  formatAnswerSource,
  formatStatementFault,
  guardNotes,
} from '../figures/result/answer-words.ts';
import { toGuard, type Guard } from '../figures/result/held-answer.ts';
import { listMeasures, toResult } from '../figures/result/view.ts';
import { toAnswerRecords } from '../export/answer-records.ts';
import { dataPlace } from './data-place.ts';
import { describeData } from './engine-loader.ts';
import { drawFigure } from './figure.ts';
import { drawResultTable } from './result-table.ts';
import { formatPlan, planTables } from './query-plan.ts';
import type { StatusLine } from './status.ts';

export interface QueryRequest {
  readonly place: HTMLElement;
  readonly status: StatusLine;
  readonly wanted: QueryLink;
  /** The reader has agreed to a large download. */
  readonly allowed: boolean;
  readonly signal: AbortSignal;
  /** Runs again with that agreement. */
  readonly again: () => void;
  /** Shows a place of the query. */
  readonly reveal: (at: number) => void;
}

/** Rows that are read at most. */
const MOST_ROWS = 50_000;
/** Above this a query is not run before the reader agrees. */
const LARGE_BYTES = 20_000_000;

let engine: ConsoleEngine | undefined;
let showProgress: ReturnType<StatusLine['progressUntil']> = () => undefined;

export async function answerQuery(request: QueryRequest): Promise<void> {
  const { status, wanted, signal, place } = request;
  const statement = readStatement(wanted.sql);
  const answerPlace = part(place, 'answer');
  if (isStatementFault(statement)) {
    answerPlace.replaceChildren();
    part(place, 'plan').textContent = '';
    status.showFault(formatStatementFault(wanted.sql, statement));
    if (statement.fault !== 'empty') request.reveal(statement.at);
    return;
  }
  const manifest = await describeData();
  signal.throwIfAborted();
  const tables = await planTables(manifest, statement);
  signal.throwIfAborted();
  const scans = tables.flatMap((table) => table.scans);
  const whole = scans.filter(({ ranges }) => ranges === null).map(({ file }) => file);
  part(place, 'plan').textContent = formatPlan(manifest, tables);
  if (!request.allowed && scanBytes(scans) > LARGE_BYTES) {
    warn(request, scans, answerPlace);
    return;
  }
  const { openConsole } = await import('../engine/wasm/console.ts');
  signal.throwIfAborted();
  showProgress = status.progressUntil(signal);
  engine ??= openConsole(dataPlace(), (progress) => showProgress(progress));
  const state = document.documentElement.dataset;
  state['engine'] = 'loading';
  status.showWorking(translate('console.running'));
  const began = performance.now();
  let answer: ConsoleAnswer;
  try {
    answer = await engine.ask({ sql: statement.sql, tables, most: MOST_ROWS }, signal);
  } catch (error) {
    state['engine'] = signal.aborted ? 'ready' : 'failed';
    answerPlace.replaceChildren();
    if (signal.aborted || !(error instanceof EngineFailure && error.kind === 'sql')) throw error;
    // Trying the same text again would give the same answer.
    status.showFault(`${error.message}\n${error.todo}`);
    return;
  }
  state['engine'] = 'ready';
  signal.throwIfAborted();
  const seconds = (performance.now() - began) / 1000;
  status.showResult(formatDone(answer, seconds, whole));
  const files = statement.tables.flatMap((table) => catalogFiles(manifest, { table }));
  draw(request, statement, answer, manifest, files);
}

function part(place: ParentNode, name: string): HTMLElement {
  const found = place.querySelector<HTMLElement>(`[data-part="${name}"]`);
  if (found === null) throw new Error(`The console has no place for its ${name}.`);
  return found;
}

function warn(
  { status, again }: QueryRequest,
  scans: readonly FileScan[],
  place: HTMLElement,
): void {
  const bytes = formatBytes(scanBytes(scans));
  status.showResult(
    translate('console.large', { files: translate('count.files', { n: scans.length }), bytes }),
  );
  const button = document.createElement('button');
  button.type = 'button';
  button.textContent = translate('console.large.go', { bytes });
  button.addEventListener('click', again);
  place.replaceChildren(button);
}

function formatDone(
  { rows, pieces, more }: ConsoleAnswer,
  seconds: number,
  whole: readonly ManifestFile[],
): string {
  const n = new Intl.NumberFormat(pageLocale(), { maximumSignificantDigits: 2 }).format(seconds);
  const count = translate('count.rows', { n: rows.length });
  const key =
    pieces.requests === 0
      ? 'console.done'
      : whole.length === 0
        ? 'console.done.only_pieces'
        : 'console.done.pieces';
  const done = translate(key, {
    rows: count,
    time: translate('console.seconds', { n }),
    bytes: formatBytes(totalBytes(whole)),
    pieces: formatBytes(pieces.bytes),
    requests: translate('count.requests', { n: pieces.requests }),
  });
  return joinSentences([done, more ? translate('console.done.more', { rows: count }) : null]);
}

function draw(
  { place, wanted }: QueryRequest,
  statement: Statement,
  answer: ConsoleAnswer,
  manifest: Manifest,
  files: readonly ManifestFile[],
): void {
  const target = part(place, 'answer');
  const template = document.querySelector<HTMLTemplateElement>('#console-answer');
  if (template === null) throw new Error('The page has no template for the answer.');
  const fresh = document.createElement('div');
  fresh.append(template.content.cloneNode(true));
  const { columns, rows } = answer;
  const full = toGuard(columns, rows, statement.shares);
  const guard = wanted.floors ? full : null;
  const provenance = toProvenance(manifest, files);
  const source = formatAnswerSource(provenance, manifest);
  const notes = guardNotes(full, wanted.floors);
  part(fresh, 'guard').replaceChildren(...notes.map((note) => element('li', note)));
  part(fresh, 'source').textContent = source;
  part(fresh, 'attribution').textContent = joinSentences(provenance.sources.map(attributionOf));
  const caption = translate('console.answer');
  const region = part(fresh, 'table');
  const csv = fresh.querySelector<HTMLAnchorElement>('[data-action="csv"]');
  if (csv !== null) {
    const preface = [
      ...(manifest.synthetic ? [translate('figure.synthetic')] : []),
      source,
      ...provenance.sources.map(attributionOf),
      ...notes,
      location.href,
      ...statement.sql.split('\n'),
    ];
    const text = writeCsv(toAnswerRecords(columns, rows, guard), preface);
    csv.href = URL.createObjectURL(new Blob(['\uFEFF', text], { type: 'text/csv' }));
  }
  const figure = fresh.querySelector<HTMLElement>('figure');
  target.replaceChildren(...fresh.childNodes);
  target.dataset['rows'] = String(rows.length);
  if (rows.length === 0) {
    region.replaceChildren(element('p', translate('console.empty')));
  } else drawResultTable(region, { columns, rows, guard, caption });
  if (figure !== null) drawChart(figure, answer, guard, source, manifest);
}

/** The first number is drawn; others are a choice away. Answers without anything to stand along have no chart. */
function drawChart(
  figure: HTMLElement,
  { columns, rows }: ConsoleAnswer,
  guard: Guard | null,
  source: string,
  { data_version: release, synthetic }: Manifest,
): void {
  const measures = listMeasures(columns);
  const views = measures.map((measure) => toResult(columns, rows, measure, guard));
  const first = views.find((view) => view !== null) ?? null;
  const frame = figure.closest('details');
  if (first === null || rows.length < 2) {
    frame?.remove();
    return;
  }
  const select = frame?.querySelector('select') ?? null;
  select?.replaceChildren(
    ...views.flatMap((view, index) => {
      if (view === null) return [];
      const option = document.createElement('option');
      option.value = String(index);
      option.textContent = view.unit;
      return [option];
    }),
  );
  const show = (): void => {
    const view = views[Number(select?.value ?? 0)] ?? first;
    drawFigure(figure, { view, sources: [], release, synthetic }, source);
  };
  select?.addEventListener('change', show);
  show();
}
