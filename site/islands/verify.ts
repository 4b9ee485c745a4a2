/**
 * Checks a printed figure on the reader's device: the files as the page pins them, the SQL as the page prints it, the
 * view that its rows give, text by text against the page. Its engine is its own and ends with the check.
 */
import { element } from './element.ts';
import type { ManifestFile } from '../../data-build/contract/manifest.ts';
import { toSha256 } from '../../data-build/contract/brands.ts';
import { TABLES, type TableName } from '../../data-build/contract/tables.ts';
import { loadBytes } from '../engine/wasm/download.ts';
import { EngineFailure } from '../engine/wasm/failure.ts';
import { translate, translateCount, type MessageKey } from '../i18n/translate.ts';
import type { Query } from '../query/query.ts';
import { formatQueryLink } from '../state/query-link.ts';
import { computeFigure, parseCheck, type Check, type CheckedFigure } from '../view/check.ts';
import { dataUrl } from './engine-loader.ts';

type PinnedFile = Pick<ManifestFile, 'path' | 'table' | 'bytes' | 'sha256'>;

/** One text of the page and what was computed for it. */
interface Compared {
  readonly where: string;
  readonly printed: string;
  readonly computed: string;
}

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

/** Differences that are spelled out. */
const MOST_SHOWN = 5;

/** Link to the console, made when the details are opened. */
export function linkConsole(details: HTMLElement): void {
  const link = details.querySelector<HTMLAnchorElement>('[data-action="console"]');
  const sql = sqlOf(details).at(-1) ?? '';
  if (link !== null) link.hash = formatQueryLink({ sql, floors: true });
}

/** Runs the check of one `<details data-verify>` and writes the verdict into it. */
export async function verifyFigure(details: HTMLElement): Promise<void> {
  const place = details.querySelector<HTMLElement>('[data-part="verdict"]');
  const button = details.querySelector<HTMLButtonElement>('[data-action="verify"]');
  if (place === null) return;
  const check = parseCheck(details.dataset['verify'] ?? '');
  const files = filesOf(details);
  const obstacle = findObstacle(details);
  if (check === null || files === null || obstacle !== null) {
    say(place, 'failed', obstacle ?? 'verify.unreadable');
    return;
  }
  if (button !== null) button.disabled = true;
  say(place, 'running', 'verify.fetching');
  const began = performance.now();
  try {
    const figure = await compute(check, files, sqlOf(details), () =>
      say(place, 'running', 'verify.computing'),
    );
    if (figure === null) say(place, 'mismatch', 'verify.no_figure');
    else showComparison(place, compare(details, check, figure), files, began);
  } catch (error) {
    if (error instanceof ChangedFile) showChanged(place, error);
    else showFailure(place, error);
  } finally {
    if (button !== null) button.disabled = false;
  }
}

/** Why no check can be made here and now; null when it can. */
function findObstacle(details: HTMLElement): MessageKey | null {
  // Of a long table that was sorted or searched only the rows in sight are in the page.
  if (details.closest('figure')?.querySelector('tr.spacer') instanceof Element)
    return 'verify.windowed';
  if (document.querySelector('#explore[data-filtered]') !== null) return 'verify.filtered';
  return 'subtle' in crypto ? null : 'verify.insecure';
}

function sqlOf(details: HTMLElement): readonly string[] {
  return [...details.querySelectorAll('pre code')].map((code) => code.textContent);
}

function filesOf(details: HTMLElement): readonly PinnedFile[] | null {
  const files = [...details.querySelectorAll<HTMLElement>('li[data-sha256]')].map(({ dataset }) => {
    const sha256 = toSha256(dataset['sha256'] ?? '');
    const table = Object.keys(TABLES).find((name): name is TableName => name === dataset['table']);
    const bytes = Number(dataset['bytes']);
    return sha256 === null || table === undefined || !Number.isSafeInteger(bytes)
      ? null
      : { path: dataset['path'] ?? '', table, bytes, sha256 };
  });
  return files.every((file) => file !== null) && files.length > 0 ? files : null;
}

async function compute(
  check: Check,
  files: readonly PinnedFile[],
  sql: readonly string[],
  onChecked: () => void,
): Promise<CheckedFigure | null> {
  // First all files and their sums: nothing is computed from a file that is another.
  const contents = new Map<string, Uint8Array<ArrayBuffer>>();
  await Promise.all(
    files.map(async (file) => {
      const url = new URL(file.path, dataUrl()).href;
      const bytes = await loadBytes(url, () => undefined);
      const found = await sha256Of(bytes);
      if (found !== file.sha256) throw new ChangedFile(file, found);
      contents.set(file.path, bytes);
    }),
  );
  onChecked();
  const { openWasmEngine } = await import('../engine/duckdb-wasm.ts');
  const engine = await openWasmEngine({
    dataUrl: dataUrl(),
    load: async ({ path }) => {
      const bytes = contents.get(path);
      if (bytes === undefined) throw new EngineFailure('changed', { url: path });
      return Promise.resolve(bytes.slice());
    },
  });
  try {
    let asked = 0;
    const ask = async <Row>(query: Query<Row>): Promise<readonly Row[]> => {
      const printed = sql[asked];
      asked += 1;
      if (printed === undefined) throw new Error('The page prints fewer queries than are asked.');
      for (const table of query.tables)
        await engine.open(
          table,
          files.filter((file) => file.table === table),
        );
      // The printed text, not the one that this script would write.
      return engine.run({ ...query, sql: printed, params: [] });
    };
    return await computeFigure(ask, check);
  } finally {
    await engine.close();
  }
}

async function sha256Of(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Every text of the figure that holds a number, printed and computed. */
function compare(details: HTMLElement, check: Check, figure: CheckedFigure): readonly Compared[] {
  if (check.chart === 'summary') {
    const sentence = document.querySelector('[data-part="summary"]');
    return [toCompared('verify.where.sentence', sentence?.textContent, figure.title)];
  }
  const root = details.closest('figure');
  const textOf = (part: string): string | undefined =>
    root?.querySelector(`[data-part="${part}"]`)?.textContent;
  const items = [...(root?.querySelectorAll('[data-part="notes"] li') ?? [])];
  // Events stand above some charts; their note holds no number, and they are not computed here.
  const notes = items.filter(({ textContent }) => textContent.trim() !== translate('note.events'));
  return [
    toCompared('verify.where.title', textOf('title'), figure.title),
    toCompared('verify.where.subtitle', textOf('subtitle'), figure.subtitle),
    toCompared(
      'verify.where.notes',
      notes.map(({ textContent }) => textContent.trim()).join(' '),
      figure.notes.join(' '),
    ),
    ...compareTable(root, figure),
  ];
}

function compareTable(root: Element | null, { table }: CheckedFigure): readonly Compared[] {
  if (table === null) return [];
  const body = root?.querySelector<HTMLTableElement>('[data-part="table"] table')?.tBodies[0];
  const lines = new Map([...(body?.rows ?? [])].map((line) => [line.dataset['key'], line]));
  const cells = table.rows.flatMap(({ key, cells: row }) =>
    row.map(({ text }, index): Compared => ({
      where: `${row[0]?.text ?? key}, ${table.columns[index]?.label ?? ''}`,
      printed: normalize(lines.get(key)?.cells[index]?.textContent),
      computed: normalize(text),
    })),
  );
  const count = String(table.rows.length);
  return [toCompared('verify.where.rows', String(lines.size), count), ...cells];
}

function toCompared(where: MessageKey, printed: string | undefined, computed: string): Compared {
  return {
    where: translate(where),
    printed: normalize(printed),
    computed: normalize(computed),
  };
}

/** White space of the page’s source is none of the text’s. */
function normalize(text: string | undefined): string {
  return (text ?? '').replace(/\s+/g, ' ').trim();
}

function showComparison(
  place: HTMLElement,
  all: readonly Compared[],
  files: readonly PinnedFile[],
  began: number,
): void {
  const told = all.filter(({ printed, computed }) => /\d/.test(printed) || /\d/.test(computed));
  const wrong = all.filter(({ printed, computed }) => printed !== computed);
  const seconds = new Intl.NumberFormat('en', { maximumSignificantDigits: 2 }).format(
    (performance.now() - began) / 1000,
  );
  const words =
    wrong.length === 0
      ? translate('verify.match', { n: translateCount('verify.texts', told.length) })
      : translate('verify.mismatch', { n: wrong.length, total: told.length });
  const shown = wrong.length === 0 ? all.slice(0, 1) : wrong.slice(0, MOST_SHOWN);
  place.dataset['verdict'] = wrong.length === 0 ? 'match' : 'mismatch';
  place.replaceChildren(
    element('p', words),
    ...shown.map((pair) =>
      list([
        [`${pair.where}: ${translate('verify.printed')}`, pair.printed],
        [`${pair.where}: ${translate('verify.computed')}`, pair.computed],
      ]),
    ),
    ...(wrong.length > shown.length
      ? [element('p', translate('verify.more', { n: wrong.length - shown.length }))]
      : []),
    ...files.map(({ path, sha256 }) => element('p', translate('verify.file', { path, sha256 }))),
    element('p', translate('verify.took', { n: seconds })),
  );
}

function showChanged(place: HTMLElement, { file, found }: ChangedFile): void {
  place.dataset['verdict'] = 'changed';
  place.replaceChildren(
    element('p', `${translate('verify.changed')} ${file.path}`),
    list([
      [translate('verify.expected'), file.sha256],
      [translate('verify.found'), found],
    ]),
  );
}

function showFailure(place: HTMLElement, error: unknown): void {
  const known = error instanceof EngineFailure ? error : new EngineFailure('query', {}, error);
  place.dataset['verdict'] = 'failed';
  place.replaceChildren(element('p', `${known.message} ${known.todo}`));
}

function say(
  place: HTMLElement,
  verdict: 'running' | 'failed' | 'mismatch',
  key: MessageKey,
): void {
  place.dataset['verdict'] = verdict;
  place.replaceChildren(element('p', translate(key)));
}

function list(pairs: readonly (readonly [string, string])[]): HTMLElement {
  const made = document.createElement('dl');
  for (const [term, text] of pairs) made.append(element('dt', term), element('dd', text));
  return made;
}
