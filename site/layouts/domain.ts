/** What the pages of websites show, asked in batches: one question for many pages. */
import { addDays, type CountryCode, type Day } from '../../data-build/contract/brands.ts';
import { FLOORS } from '../../data-build/contract/floors.ts';
import type { BuildData } from '../engine/build-data.ts';
import { formatPlaceName } from '../i18n/place.ts';
import {
  domainPlacesQuery,
  domainsQuery,
  domainWeeksQuery,
  samplesQuery,
  type DomainPlaceRow,
  type DomainRow,
  type DomainWeekRow,
} from '../query/entities.ts';
import type { ViewContext } from '../view/context.ts';
import { groupBy, parseMethods } from '../view/day-rows.ts';
import { chooseMatrixDays } from '../view/matrix-days.ts';
import type { StretchesView } from '../view/stretches.ts';
import { toDomainMatrix, type DomainMatrixView } from '../view/domain-matrix.ts';
import { toRankedView, type RankedView } from '../view/rate-bars.ts';
import { toRate } from '../view/rate.ts';
import { toBatches, type Batches } from './batch.ts';
import { SAMPLES, toSamples, type Sample } from './samples.ts';
import { bySafeLevel, loadSafe, promiseOf, toThinSafe, type SafeEntry } from './safe.ts';

export interface DomainBook {
  /** By name. */
  readonly domains: readonly DomainRow[];
  /** Countries and territories in which any website was tested. */
  readonly places: number;
  readonly batches: Batches<string, DomainBatch>;
}

interface DomainBatch {
  readonly places: ReadonlyMap<string, readonly DomainPlaceRow[]>;
  readonly weeks: ReadonlyMap<string, readonly DomainWeekRow[]>;
  readonly samples: ReadonlyMap<string, readonly Sample[]>;
}

/** Websites whose rows are held at a time. */
const BATCH = 250;
/** Sentences on a page. */
const SENTENCES = 3;

let book: Promise<DomainBook> | undefined;

export async function loadDomainBook(data: BuildData): Promise<DomainBook> {
  book ??= askBook(data);
  return book;
}

async function askBook({ ask, manifest }: BuildData): Promise<DomainBook> {
  const domains = await ask(domainsQuery());
  const names = domains.map(({ domain }) => domain);
  const files = manifest.files.filter(({ table }) => table === 'interference_domain_daily');
  return {
    domains,
    places: new Set(files.map(({ partition }) => partition['probe_cc'])).size,
    batches: toBatches(names, BATCH, async (batch): Promise<DomainBatch> => {
      const places = await ask(domainPlacesQuery(batch));
      const weeks = await ask(domainWeeksQuery(batch));
      const samples = await ask(samplesQuery('domain', batch, SAMPLES));
      return {
        places: groupBy(places, (row) => row.domain),
        weeks: groupBy(weeks, (row) => row.domain),
        samples: new Map(
          [...groupBy(samples, ({ key }) => key)].map(([key, group]) => [key, toSamples(group)]),
        ),
      };
    }),
  };
}

export interface DomainPage {
  readonly context: ViewContext;
  readonly matrix: DomainMatrixView;
  /** Weeks with tests that the matrix does not show; null: it shows all. */
  readonly outside: StretchesView['outside'];
  readonly places: RankedView;
  /** Methods among the tests with signs, most frequent first. */
  readonly methods: readonly { readonly method: string; readonly count: number }[];
  readonly safe: readonly SafeEntry[];
  readonly samples: readonly Sample[];
  readonly rows: readonly DomainPlaceRow[];
}

export async function loadDomainPage(
  data: BuildData,
  { batches }: DomainBook,
  domain: DomainRow,
  dataUntil: Day,
): Promise<DomainPage> {
  const batch = await batches.load(domain.domain);
  const rows = batch.places.get(domain.domain) ?? [];
  const until = addDays(domain.last_day, 1);
  const weeks = batch.weeks.get(domain.domain) ?? [];
  const days = chooseMatrixDays(weeks, dataUntil);
  const context: ViewContext = {
    frame: { since: domain.first_day, until, grain: 'week', dataUntil },
    place: null,
    test: domain.domain,
    network: null,
    networkCount: domain.network_count,
  };
  const methods = new Map<string, number>();
  for (const row of rows)
    for (const [method, count] of parseMethods(row.methods))
      methods.set(method, (methods.get(method) ?? 0) + count);
  return {
    context,
    matrix: toDomainMatrix(
      domain.domain,
      weeks,
      rows,
      days === null
        ? context
        : {
            ...context,
            frame: days.frame,
            // Of weeks alone it is not known how many networks they have in all.
            networkCount: days.outside === null ? context.networkCount : null,
          },
    ),
    outside: days?.outside ?? null,
    places: toRankedView('places', rows.map(toPlace), context),
    methods: [...methods]
      .map(([method, count]) => ({ method, count }))
      .sort((a, b) => b.count - a.count),
    safe: await loadSentences(data, domain.domain, rows),
    samples: batch.samples.get(domain.domain) ?? [],
    rows,
  };
}

function toPlace(row: DomainPlaceRow) {
  const name = formatPlaceName(row.probe_cc);
  return { ...row, key: row.probe_cc, label: name, kind: null };
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
  const most = tested.toSorted((a, b) => b.measurement_count - a.measurement_count);
  if (rated.length === 0)
    return most.slice(0, 1).map((row) => toThinSafe(toSubject(domain, row.probe_cc, row), row));
  const entries: SafeEntry[] = [];
  for (const row of rated.slice(0, SENTENCES))
    entries.push(await loadSafe(data, toSubject(domain, row.probe_cc, row)));
  return entries.sort(bySafeLevel);
}

function toSubject(
  domain: string,
  probeCc: CountryCode,
  row: { readonly first_day: Day; readonly last_day: Day },
) {
  return { probeCc, testName: null, domain, first: row.first_day, last: row.last_day };
}
