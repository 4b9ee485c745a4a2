/** What the pages of websites show; their rows are asked for many websites at once. */
import { addDays, type Day } from '../../data-build/contract/brands.ts';
import { FLOORS } from '../../data-build/contract/floors.ts';
import type { Ask } from '../catalog/ask.ts';
import type { BuildData } from '../engine/build-data.ts';
import { domainMatrix } from '../figures/domain-matrix/figure.ts';
import type { Figure } from '../figures/figure.ts';
import { places } from '../figures/places/figure.ts';
import {
  domainPlacesOf,
  domainsQuery,
  type DomainPlaceRow,
  type DomainRow,
} from '../query/domains.ts';
import { parseMethods } from '../view/day-rows.ts';
import { toRate } from '../view/rate.ts';
import { askInBatches } from './batch.ts';
import { makeFigure, needFigure, type MadeFigure } from './make-figure.ts';
import { bySafeLevel, loadSafe, loadThinSafe, promiseOf, type SafeEntry } from './safe.ts';
import { askSamples } from './samples.ts';

export interface DomainList {
  /** By name. */
  readonly domains: readonly DomainRow[];
  /** Countries and territories in which any website was tested. */
  readonly places: number;
  /** Asks for many websites at once. */
  readonly ask: Ask;
}

/** Websites whose rows are asked for at once. */
const BATCH = 250;
/** Sentences on a page. */
const SENTENCES = 3;

let list: Promise<DomainList> | undefined;

export async function loadDomainList(data: BuildData): Promise<DomainList> {
  list ??= askList(data);
  return list;
}

async function askList({ ask, manifest }: BuildData): Promise<DomainList> {
  const domains = await ask(domainsQuery());
  const names = domains.map(({ domain }) => domain);
  const files = manifest.files.filter(({ table }) => table === 'interference_domain_daily');
  return {
    domains,
    places: new Set(files.map(({ partition }) => partition['probe_cc'])).size,
    ask: askInBatches(ask, names, BATCH),
  };
}

export async function loadDomainPage(
  data: BuildData,
  { ask }: DomainList,
  { domain, first_day: since, last_day, network_count: networkCount }: DomainRow,
  dataUntil: Day,
) {
  const subject = { kind: 'domain', domain, networkCount } as const;
  const frame = { since, until: addDays(last_day, 1), grain: 'week', dataUntil } as const;
  const need = async <Answer, View>(figure: Figure<Answer, View>): Promise<MadeFigure<View>> => {
    const batched = { manifest: data.manifest, ask };
    return needFigure(await makeFigure(batched, figure, { subject, frame }));
  };
  const rows = await ask(domainPlacesOf(domain));
  return {
    matrix: await need(domainMatrix),
    places: await need(places),
    /** Methods among the tests with signs, most frequent first. */
    methods: sumMethods(rows),
    safe: await loadSentences(data, domain, rows),
    samples: await askSamples(ask, 'domain', domain),
    rows,
  };
}

function sumMethods(rows: readonly DomainPlaceRow[]) {
  const methods = new Map<string, number>();
  for (const row of rows)
    for (const [method, count] of parseMethods(row.methods))
      methods.set(method, (methods.get(method) ?? 0) + count);
  return [...methods]
    .map(([method, count]) => ({ method, count }))
    .sort((a, b) => b.count - a.count);
}

/** Only places above the floor are worth a question; where there is none, the most tested one says so. */
async function loadSentences(
  data: BuildData,
  domain: string,
  rows: readonly DomainPlaceRow[],
): Promise<readonly SafeEntry[]> {
  const tested = rows.filter(({ measurement_count }) => measurement_count > 0);
  const rated = tested
    .filter((row) => toRate(row, FLOORS.country).kind === 'rate')
    .sort((a, b) => promiseOf(b) - promiseOf(a));
  const toTarget = ({ probe_cc: probeCc, first_day: first, last_day: last }: DomainPlaceRow) => ({
    probeCc,
    testName: null,
    domain,
    first,
    last,
  });
  if (rated.length === 0) {
    const [most] = tested.toSorted((a, b) => b.measurement_count - a.measurement_count);
    return most === undefined ? [] : [await loadThinSafe(data, toTarget(most), most)];
  }
  const entries: SafeEntry[] = [];
  for (const row of rated.slice(0, SENTENCES)) entries.push(await loadSafe(data, toTarget(row)));
  return entries.sort(bySafeLevel);
}
