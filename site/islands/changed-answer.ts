/** What `/changed/` answers: the values of a link in its release and in the present one, what was compared, and why they differ. */
import { FORMER_IDS_FILE, parseFormerIds } from '../../data-build/contract/event-id.ts';
import type { Manifest } from '../../data-build/contract/manifest.ts';
import { parseReleaseIndex, RELEASES_FILE } from '../../data-build/contract/releases.ts';
import type { WritingEngine } from '../engine/engine.ts';
import type { DataPlace } from '../engine/wasm/data-place.ts';
import { toCitedRequest, toSamePeriod, type Cited } from '../figures/cited.ts';
import { drawnFigure } from '../figures/registry.ts';
import type { FigureRequest } from '../figures/request.ts';
import { translate } from '../i18n/translate.ts';
import type { Permalink } from '../state/permalink.ts';
import { compareValues, toReasons } from '../view/changed/changed.ts';
import { parseRules, toRuleReasons } from '../view/changed/rules.ts';
import { changedOf, citedOf, verdictOf, whatIsCompared } from '../view/changed/verdict.ts';
import { formatDayRange, formatItems } from '../view/format.ts';
import { askChart, askValues } from './changed-ask.ts';
import { findChart, releaseOfFrame } from './changed-chart.ts';
import { heading, MOST_LISTED, toTable, whyNodes } from './changed-nodes.ts';
import { dataPlace } from './data-place.ts';
import { element } from './element.ts';
import { loadManifest } from './engine-loader.ts';
import type { StatusLine } from './status.ts';

type ShowProgress = ReturnType<StatusLine['progressUntil']>;

/** The whole answer as nodes. */
export async function compareReleases(
  link: Permalink,
  onProgress: ShowProgress,
): Promise<readonly HTMLElement[]> {
  const own = document.querySelector<HTMLMetaElement>('meta[name="version"]')?.content ?? '';
  const kept = await loadKept();
  const named = link.release ?? (link.frame === null ? null : await releaseOfFrame(link.frame));
  const wanted = named ?? kept[0] ?? null;
  const said =
    named === null
      ? [
          translate(wanted === null ? 'changed.none_kept' : 'changed.no_release', {
            wanted: wanted ?? '',
          }),
        ]
      : [];
  if (wanted === own)
    return [
      ...said.map((text) => element('p', text)),
      element('p', translate('changed.same', { own })),
    ];
  const chart = link.page.kind === 'explore' ? null : await findChart(link);
  const what = whatIsCompared(link, chart === null ? null : translate(drawnFigure(chart).heading));
  if (what === null) return [element('p', translate('changed.no_chart'))];
  said.push(what);
  const isKept = wanted !== null && kept.includes(wanted);
  if (!isKept && wanted !== null)
    said.push(
      translate('changed.not_kept', {
        wanted,
        kept: kept.length === 0 ? translate('changed.no_others') : formatItems(kept),
      }),
    );
  const now = await loadManifest(dataPlace().home);
  const before = isKept ? await loadManifest(dataPlace(wanted).home) : null;
  const since = link.state.since ?? before?.since ?? now.since;
  const end = before?.until ?? now.until;
  // A link can begin after the older release ends: then the newer one says where to stop.
  const days = {
    since,
    until: link.state.until ?? (end !== null && since !== null && end <= since ? now.until : end),
  };
  const filters = ['country', 'home'].includes(link.page.kind) ? link.state : null;
  const request = chart === null ? null : toCitedRequest(chart, filters, { since, end });
  const former =
    link.page.kind === 'event'
      ? parseFormerIds(await loadJson(new URL(FORMER_IDS_FILE, dataPlace().home)))
      : [];
  const askOne = async (
    manifest: Manifest,
    place: DataPlace,
    asked: FigureRequest | null,
  ): Promise<Cited> => {
    const engine = await openEngine(place, manifest, onProgress);
    const release = { manifest, engine };
    try {
      return asked === null
        ? { values: await askValues(release, link, days, former), frame: null }
        : await askChart(release, asked, former);
    } finally {
      await engine.close();
    }
  };
  // One after the other: two engines at once would need twice the memory.
  const old =
    before === null ? null : await askOne(before, dataPlace(before.data_version), request);
  const again = request === null ? null : toSamePeriod(request, old?.frame ?? null);
  const present = await askOne(now, dataPlace(), again);
  const all = compareValues(old?.values ?? [], present.values);
  const isTable = request !== null || link.page.kind === 'explore';
  const differences = isTable && before !== null ? changedOf(all) : all;
  const compared = request === null ? days : (again?.frame ?? null);
  if (compared === null) said.push(translate('changed.own_days'));
  else if (compared.since !== null && compared.until !== null && link.page.kind !== 'event')
    said.push(
      translate(request === null ? 'changed.days' : 'changed.chart_days', {
        range: formatDayRange(compared.since, compared.until),
      }),
    );
  if (request === null && link.page.kind === 'domain') said.push(translate('changed.weeks'));
  const kind = request === null ? link.page.kind : 'chart';
  const verdict = before === null ? null : verdictOf(all, kind);
  const added = all.length - citedOf(all, kind).length;
  if (before !== null && added > 0 && added < all.length)
    said.push(translate('changed.added', { n: added }));
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

async function openEngine(
  place: DataPlace,
  { contract_version: contract }: Manifest,
  onProgress: ShowProgress,
): Promise<WritingEngine> {
  const { openWasmEngine } = await import('../engine/duckdb-wasm.ts');
  return openWasmEngine({ place, contract, onProgress });
}
