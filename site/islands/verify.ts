/**
 * Checks what is printed on the reader’s device: the files as the page pins them, the SQL as the page prints it, the
 * view that its rows give, text by text against the page.
 */
import { toSha256 } from '../../data-build/contract/brands.ts';
import { TABLES, type TableName } from '../../data-build/contract/tables.ts';
import { loadBytes } from '../engine/wasm/download.ts';
import type { Engine } from '../engine/engine.ts';
import { ENGINE_WEIGHT } from '../engine/wasm/weight.ts';
import { EngineFailure } from '../engine/wasm/failure.ts';
import { sha256Of } from '../engine/wasm/sum.ts';
import { pageLocale } from '../../data-build/words/language.ts';
import { givePlaceNames } from '../../data-build/words/place.ts';
import { formatBytes } from '../i18n/bytes.ts';
import { translate, type MessageKey } from '../i18n/translate.ts';
import { formatSql } from '../query/sql-text.ts';
import { formatQueryLink } from '../state/query-link.ts';
import { computeFigure, parseCheck } from '../figures/check.ts';
import type { CheckedFigure } from '../figures/checked.ts';
import { findFigure } from '../figures/registry.ts';
import type { FigureRequest } from '../figures/request.ts';
import { locateFile } from '../engine/wasm/data-place.ts';
import { pageAddress } from './address.ts';
import { dataPlace } from './data-place.ts';
import { make } from './element.ts';
import { loadShapes } from './map-shapes.ts';
import { redrawnIn } from './shown.ts';
import { compareTexts } from './verify-compare.ts';
import {
  say,
  showChanged,
  showComparison,
  showFailure,
  type PinnedFile,
} from './verify-verdict.ts';

/** A file that is not the pinned one. */
class ChangedFile extends Error {
  readonly file: PinnedFile;
  readonly found: string;
  constructor(file: PinnedFile, found: string) {
    super(file.path);
    this.file = file;
    this.found = found;
  }
}

/** A question that the page does not print: its SQL, or what it says of itself, is not as published. */
class UnprintedQuestion extends Error {}

/** Links to the console, one below each statement, made when these are opened. */
export function linkConsole(statements: Element): void {
  for (const printed of statements.querySelectorAll('pre')) {
    if (printed.nextElementSibling instanceof HTMLAnchorElement) continue;
    const link = make('a', { 'data-action': 'console', href: pageAddress('query/') });
    link.hash = formatQueryLink({ sql: printed.textContent, floors: true });
    link.textContent = translate('console.open');
    printed.after(link);
  }
}

/** The button of a check and the place of its verdict; the same ones every time. */
export function openCheck(details: HTMLElement): {
  readonly button: HTMLButtonElement;
  readonly place: HTMLElement;
} {
  const there = details.querySelector<HTMLButtonElement>('[data-action="verify"]');
  const verdict = details.querySelector<HTMLElement>('[data-part="verdict"]');
  if (there !== null && verdict !== null) return { button: there, place: verdict };
  const bytes = (filesOf(details) ?? []).reduce((sum, file) => sum + file.bytes, 0);
  const button = make('button', { type: 'button', 'data-action': 'verify' });
  button.textContent = translate('verify.run', {
    bytes: formatBytes(bytes),
    engine: formatBytes(ENGINE_WEIGHT.compressedBytes),
  });
  const place = make('div', { 'data-part': 'verdict', role: 'status' });
  details.append(button, place);
  return { button, place };
}

/** Runs all checks below `list`, one after the other, and unfolds those that do not match. */
export async function verifyAll(list: Element): Promise<void> {
  for (const details of list.querySelectorAll<HTMLDetailsElement>('[data-verify]')) {
    await verifyFigure(details);
    const verdict = details.querySelector<HTMLElement>('[data-part="verdict"]')?.dataset['verdict'];
    details.dataset['found'] = verdict;
    details.open = verdict !== 'match';
  }
}

/** Runs the check of one `<details data-verify>` and writes the verdict into it. */
export async function verifyFigure(details: HTMLElement): Promise<void> {
  const { button, place } = openCheck(details);
  const root = document.getElementById(details.dataset['of'] ?? '');
  if (root === null) return;
  const common = details.closest<HTMLElement>('#verify')?.dataset['common'];
  const check = parseCheck(details.dataset['verify'] ?? '', common);
  const files = filesOf(details);
  const obstacle = findObstacle(root, check?.request ?? null);
  if (check === null || files === null || obstacle !== null) {
    say(place, 'failed', obstacle ?? 'verify.unreadable');
    return;
  }
  button.disabled = true;
  say(place, 'running', 'verify.fetching');
  givePlaceNames(check.names);
  const began = performance.now();
  try {
    const figure = await inTurn(async () =>
      compute(check.request, files, sqlOf(details), () => {
        say(place, 'running', 'verify.computing');
      }),
    );
    if (figure === null) say(place, 'mismatch', 'verify.no_figure');
    else showComparison(place, compareTexts(root, figure), files, began);
  } catch (error) {
    if (error instanceof ChangedFile) showChanged(place, error.file, error.found);
    else if (error instanceof UnprintedQuestion) say(place, 'mismatch', 'verify.unprinted');
    else showFailure(place, error);
  } finally {
    button.disabled = false;
  }
}

let turn: Promise<unknown> = Promise.resolve();

/** A table stands for the files of one check at a time. */
async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  const done = turn.then(work);
  turn = done.catch(() => undefined);
  return done;
}

/** Why no check can be made here and now; null when it can. */
function findObstacle(root: Element, request: FigureRequest | null): MessageKey | null {
  // Of a long table that was sorted or searched only the rows in sight are in the page.
  const hasTables = !root.matches('main') || request?.subject.kind === 'release';
  if (hasTables && root.querySelector('tr.spacer') instanceof Element) return 'verify.windowed';
  // Filters do not change these sections.
  const drawnAnew = root.matches('figure, main');
  if (drawnAnew && document.querySelector('#explore[data-filtered]') !== null)
    return 'verify.filtered';
  if (redrawnIn(root) !== null) return 'verify.redrawn';
  if (!speaksPage()) return 'verify.unspoken';
  return 'subtle' in crypto ? null : 'verify.insecure';
}

/** Not every browser has the data of every language; where no words of ours stand in, it writes English numbers and days. */
function speaksPage(): boolean {
  const locale = pageLocale();
  return (
    Intl.NumberFormat.supportedLocalesOf(locale).length > 0 &&
    Intl.DateTimeFormat.supportedLocalesOf(locale).length > 0
  );
}

/** What the check names by number of the statements that stand below all checks. */
function sqlOf(details: HTMLElement): readonly string[] {
  const all = [...document.querySelectorAll('#verify [data-statements] pre')];
  return numbersIn(details, 'SQL').flatMap((number) => all[number - 1]?.textContent ?? []);
}

function numbersIn(details: HTMLElement, kind: 'SQL' | 'Parquet'): readonly number[] {
  const { textContent = '' } = details.querySelector('[data-part="rests-on"]') ?? {};
  const [, numbers = ''] = new RegExp(`${kind} ([\\d, ]+)`).exec(textContent) ?? [];
  return (numbers.match(/\d+/g) ?? []).map(Number);
}

/** What the check names by number of the files that stand below all checks. */
function filesOf(details: HTMLElement): readonly PinnedFile[] | null {
  const pinned = [...document.querySelectorAll<HTMLElement>('#verify .pinned > li')];
  const named = numbersIn(details, 'Parquet').map((number) => pinned[number - 1]);
  const files = named.flatMap((line) => (line === undefined ? [] : readFile(line)));
  return files.length === named.length && files.every(isPinned) ? files : null;
}

function readFile(line: HTMLElement) {
  const path = line.querySelector('a')?.textContent.trim() ?? '';
  return {
    path,
    table: Object.keys(TABLES).find((name): name is TableName => path.startsWith(`${name}/`)),
    bytes: Number(line.dataset['bytes']),
    sha256: toSha256(line.querySelector('code')?.textContent ?? ''),
  };
}

function isPinned(file: ReturnType<typeof readFile>): file is PinnedFile {
  return file.table !== undefined && file.sha256 !== null && Number.isSafeInteger(file.bytes);
}

async function compute(
  request: FigureRequest,
  files: readonly PinnedFile[],
  printed: readonly string[],
  onChecked: () => void,
): Promise<CheckedFigure | null> {
  // First all files and their sums: nothing is computed from a file that is another.
  await Promise.all(
    files.map(async (file) => {
      const bytes = await loadBytes(locateFile(file.path, dataPlace()), () => undefined);
      const found = await sha256Of(bytes);
      if (found !== file.sha256) throw new ChangedFile(file, found);
      proven.set(file.path, bytes);
    }),
  );
  if (findFigure(request.chart)?.onShapes === true) await loadShapes();
  onChecked();
  try {
    const engine = await (held ??= openEngine());
    return await computeFigure(async (query) => {
      const sql = formatSql(query);
      if (!printed.includes(sql)) throw new UnprintedQuestion(sql);
      for (const table of query.tables)
        await engine.open(
          table,
          files.filter((file) => file.table === table),
        );
      return engine.run({ ...query, sql, params: [] });
    }, request);
  } catch (error) {
    if (error instanceof EngineFailure) held = null;
    throw error;
  } finally {
    proven.clear();
  }
}

/** One engine for the checks of a page, of its own: what others gave theirs is not proven. */
let held: Promise<Engine> | null = null;

/** Files whose sums were right, on their way into the engine. What it has already, by the same name, is the same. */
const proven = new Map<string, Uint8Array<ArrayBuffer>>();

async function openEngine(): Promise<Engine> {
  const { openWasmEngine } = await import('../engine/duckdb-wasm.ts');
  return openWasmEngine({
    place: dataPlace(),
    load: async ({ path }) => {
      const bytes = proven.get(path);
      if (bytes === undefined) throw new EngineFailure('changed', { url: path });
      return Promise.resolve(bytes);
    },
  });
}
