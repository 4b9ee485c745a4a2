/** `/changed/`: a link in, what its numbers were, what they are now, and why. */
import './page-language.ts';
import { dataPlace } from './data-place.ts';
import { element } from './element.ts';
import { FORMER_IDS_FILE, parseFormerIds } from '../../data-build/contract/event-id.ts';
import type { Manifest } from '../../data-build/contract/manifest.ts';
import { parseReleaseIndex, RELEASES_FILE } from '../../data-build/contract/releases.ts';
import type { DataPlace } from '../engine/wasm/data-place.ts';
import type { WritingEngine } from '../engine/engine.ts';
import { translate } from '../i18n/translate.ts';
import { parsePermalink, type Permalink } from '../state/permalink.ts';
import { compareValues, toReasons, type Difference, type Value } from '../view/changed/changed.ts';
import { parseRules, toRuleReasons } from '../view/changed/rules.ts';
import { formatDayRange, formatItems } from '../view/format.ts';
import { openStatus } from './status.ts';

const root = document.querySelector<HTMLElement>('#changed');
const form = root?.querySelector('form') ?? null;

/** More rows than this are counted and not listed. */
const MOST_LISTED = 60;

if (root !== null && form !== null) startChanged(root, form);

function startChanged(place: HTMLElement, controls: HTMLFormElement): void {
  const status = openStatus(place);
  const field = controls.querySelector<HTMLInputElement>('input[name="link"]');
  const answer = place.querySelector<HTMLElement>('[data-part="answer"]');
  if (field === null || answer === null) return;
  let running = new AbortController();

  const compare = (): void => {
    running.abort();
    running = new AbortController();
    const { signal } = running;
    answer.replaceChildren();
    const link = parsePermalink(field.value);
    if (link === null) {
      status.showResult(translate('changed.no_link'));
      return;
    }
    status.showWorking();
    compareReleases(link, status.progressUntil(signal))
      .then((nodes) => {
        if (signal.aborted) return;
        status.showResult('');
        answer.replaceChildren(...nodes);
      })
      .catch((error: unknown) => {
        if (!signal.aborted) status.showFailure(error, compare);
      });
  };

  controls.addEventListener('submit', (event) => {
    event.preventDefault();
    history.pushState(
      null,
      '',
      `${location.pathname}?link=${encodeURIComponent(field.value.trim())}`,
    );
    compare();
  });
  const read = (): void => {
    field.value = new URLSearchParams(location.search).get('link') ?? '';
    if (field.value !== '') compare();
  };
  addEventListener('popstate', read);
  read();
}

type ShowProgress = ReturnType<ReturnType<typeof openStatus>['progressUntil']>;

/** The whole answer as nodes. */
async function compareReleases(
  link: Permalink,
  onProgress: ShowProgress,
): Promise<readonly HTMLElement[]> {
  const own = document.querySelector<HTMLMetaElement>('meta[name="version"]')?.content ?? '';
  const kept = await loadKept();
  const wanted = link.release ?? kept[0] ?? null;
  const said = [
    ...(link.release === null
      ? [
          translate(wanted === null ? 'changed.none_kept' : 'changed.no_release', {
            wanted: wanted ?? '',
          }),
        ]
      : []),
  ];
  if (wanted === own)
    return [
      ...said.map((text) => element('p', text)),
      element('p', translate('changed.same', { own })),
    ];
  const old = wanted !== null && kept.includes(wanted) ? wanted : null;
  if (old === null && wanted !== null)
    said.push(
      translate('changed.not_kept', {
        wanted,
        kept: kept.length === 0 ? translate('changed.no_others') : formatItems(kept),
      }),
    );
  const [{ askValues }, { loadManifest }] = await Promise.all([
    import('./changed-ask.ts'),
    import('./engine-loader.ts'),
  ]);
  const now = await loadManifest(dataPlace().home);
  const before = old === null ? null : await loadManifest(dataPlace(old).home);
  const since = link.state.since ?? before?.since ?? now.since;
  const end = before?.until ?? now.until;
  // A link can begin after the older release ends: then the newer one says where to stop.
  const days = {
    since,
    until: link.state.until ?? (end !== null && since !== null && end <= since ? now.until : end),
  };
  const former =
    link.page.kind === 'event'
      ? parseFormerIds(await loadJson(new URL(FORMER_IDS_FILE, dataPlace().home)))
      : [];
  const askOne = async (manifest: Manifest, place: DataPlace): Promise<readonly Value[]> => {
    const engine = await openEngine(place, onProgress);
    try {
      return await askValues({ manifest, engine }, link, days, former);
    } finally {
      await engine.close();
    }
  };
  // One after the other: two engines at once would need twice the memory.
  const oldValues = before === null ? [] : await askOne(before, dataPlace(before.data_version));
  const newValues = await askOne(now, dataPlace());
  const all = compareValues(oldValues, newValues);
  const differences = link.page.kind === 'explore' && before !== null ? changedOf(all) : all;
  if (days.since !== null && days.until !== null && link.page.kind !== 'event')
    said.push(translate('changed.days', { range: formatDayRange(days.since, days.until) }));
  if (link.page.kind === 'domain') said.push(translate('changed.weeks'));
  const verdict = before === null ? null : verdictOf(all, link);
  return [
    ...(verdict === null ? [] : [heading(verdict)]),
    ...said.map((text) => element('p', text)),
    ...(all.length === 0 ? [element('p', translate('changed.no_values'))] : []),
    ...(differences.length === 0 ? [] : [toTable(differences, before?.data_version ?? null, own)]),
    ...(differences.length > MOST_LISTED
      ? [element('p', translate('changed.more', { n: differences.length - MOST_LISTED }))]
      : []),
    ...(before === null
      ? []
      : whyNodes(toReasons(before, now, await loadRuleReasons(before, now)))),
  ];
}

function changedOf(all: readonly Difference[]): readonly Difference[] {
  return all.filter(({ changed }) => changed);
}

function verdictOf(all: readonly Difference[], { page }: Permalink): string {
  const changed = changedOf(all).length;
  if (page.kind === 'event' && all.length > 0) {
    if (all.every(({ after }) => after === null)) return translate('changed.event.gone');
    if (all.every(({ before }) => before === null)) return translate('changed.event.new');
  }
  return changed === 0
    ? translate('changed.verdict.same', { n: all.length })
    : translate('changed.verdict.changed', { n: changed, of: all.length });
}

/** Which rules differ, from the dictionaries of both releases; none when they cannot be had. */
async function loadRuleReasons(before: Manifest, now: Manifest): Promise<readonly string[]> {
  if (before.rules_version === now.rules_version) return [];
  const folders = [dataPlace(before.data_version).home, dataPlace().home];
  const [old, own] = await Promise.all(
    folders.map(async (folder) => parseRules(await loadJson(new URL('dictionary.json', folder)))),
  );
  return old === null || old === undefined || own === null || own === undefined
    ? []
    : toRuleReasons(old, own);
}

function whyNodes(reasons: readonly string[]): readonly HTMLElement[] {
  const head = document.createElement('h3');
  head.textContent = translate('changed.why');
  const list = document.createElement('ul');
  list.dataset['part'] = 'why';
  list.append(
    ...reasons.map((reason) => {
      const item = document.createElement('li');
      item.textContent = reason;
      return item;
    }),
  );
  return [head, list];
}

function toTable(differences: readonly Difference[], old: string | null, own: string): HTMLElement {
  const region = document.createElement('div');
  region.className = 'table';
  region.tabIndex = 0;
  region.setAttribute('role', 'region');
  region.setAttribute('aria-label', translate('changed.table'));
  const table = document.createElement('table');
  const head = table.createTHead().insertRow();
  const columns = [
    translate('changed.column.what'),
    ...(old === null ? [] : [translate('changed.column.release', { version: old })]),
    translate('changed.column.release', { version: own }),
    ...(old === null ? [] : [translate('changed.column.changed')]),
  ];
  for (const text of columns) head.append(element('th', text));
  const body = table.createTBody();
  for (const { key, label, before, after, changed } of differences.slice(0, MOST_LISTED)) {
    const row = body.insertRow();
    row.dataset['key'] = key;
    row.dataset['changed'] = String(changed);
    const none = translate('changed.none');
    const name = element('th', label);
    name.setAttribute('scope', 'row');
    row.append(
      name,
      ...(old === null ? [] : [element('td', before ?? none)]),
      element('td', after ?? none),
      ...(old === null ? [] : [element('td', translate(changed ? 'changed.yes' : 'changed.no'))]),
    );
  }
  region.append(table);
  return region;
}

function heading(text: string): HTMLElement {
  const made = element('h2', text);
  made.dataset['part'] = 'verdict';
  return made;
}

/** Releases that lie beside the present one, newest first. None when the list cannot be had. */
async function loadKept(): Promise<readonly string[]> {
  const json = await loadJson(new URL(RELEASES_FILE, dataPlace().home));
  return parseReleaseIndex(json).map(({ data_version }) => data_version);
}

/** Null when it cannot be had. */
async function loadJson({ href }: URL): Promise<unknown> {
  const response = await fetch(href).catch(() => null);
  return response?.ok === true ? response.json().catch(() => null) : null;
}

async function openEngine(place: DataPlace, onProgress: ShowProgress): Promise<WritingEngine> {
  const { openWasmEngine } = await import('../engine/duckdb-wasm.ts');
  return openWasmEngine({ place, onProgress });
}
