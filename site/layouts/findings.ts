/** What a country page says beyond its filtered charts: affected targets, safe sentences, blind spots, methods. */
import { addDays, type CountryCode } from '../../data-build/contract/brands.ts';
import { testSpec } from '../../data-build/contract/vocabulary.ts';
import type { BuildData } from '../engine/build-data.ts';
import {
  countryCategoriesQuery,
  countryDomainsQuery,
  networkMethodsQuery,
  type CountryDomainRow,
} from '../query/entities.ts';
import type { CountryRow, TestRow } from '../query/rows.ts';
import {
  askOtherNetworks,
  askWebsiteNetworks,
  testRows,
  toApps,
  toCategories,
  toDomains,
  websiteDays,
} from '../view/affected.ts';
import { toBlindSpots, type BlindSpotsView } from '../view/blind-spots.ts';
import type { ViewContext } from '../view/context.ts';
import { toMethodStrip, type MethodStripView } from '../view/method-strip.ts';
import { floorOf, type RankedView } from '../view/rate-bars.ts';
import { toRate } from '../view/rate.ts';
import { eventsOf, type SafeSubject } from '../view/safe-evidence.ts';
import { chooseGrain } from '../view/time-frame.ts';
import type { TestsView } from '../view/tests.ts';
import type { FilteredViews } from '../islands/country-views.ts';
import { viewOf } from './country.ts';
import { loadEventBook } from './events.ts';
import { loadTestBook } from './test.ts';
import { bySafeLevel, loadSafe, promiseOf, type SafeEntry } from './safe.ts';

export interface Findings {
  readonly safe: readonly SafeEntry[];
  /** Null where the data name no website. */
  readonly categories: RankedView | null;
  readonly domains: RankedView | null;
  /** Apps and circumvention tools alone; null where none was run. */
  readonly apps: TestsView | null;
  readonly blindSpots: BlindSpotsView;
  /** Over the weeks with signs; null where no network showed any. */
  readonly strip: MethodStripView | null;
}

/** Sentences on a page. */
const SENTENCES = 5;

export async function loadFindings(
  data: BuildData,
  { probe_cc: probeCc, first_day: first, last_day: last }: CountryRow,
  views: FilteredViews,
): Promise<Findings> {
  const { ask } = data;
  const { context } = views;
  const scope = { probeCc };
  const tests = testRows(viewOf(views, 'tests'));
  const domains = await ask(countryDomainsQuery(probeCc), scope);
  const categories = await ask(countryCategoriesQuery(probeCc), scope);
  const { networks } = viewOf(views, 'networks');
  const strip = await loadStrip(data, probeCc, context);
  const websites = await websiteContext(data, probeCc, domains, context);
  const spans = await loadSpans(data, probeCc);
  const subjects = [
    ...domains.map((row) => ({
      promise: isRated(row) ? promiseOf(row) : -1,
      subject: {
        probeCc,
        testName: null,
        domain: row.domain,
        first: row.first_day,
        last: row.last_day,
      },
    })),
    ...tests
      .filter(({ test_name }) =>
        ['apps', 'circumvention', 'websites'].includes(testSpec(test_name).group),
      )
      .map((row) => ({
        promise: isRated(row) ? promiseOf(row) : -1,
        subject: {
          probeCc,
          testName: row.test_name,
          domain: null,
          ...(spans.get(row.test_name) ?? { first, last }),
        },
      })),
  ];
  return {
    safe: await loadSentences(data, subjects),
    categories: toCategories(categories, websites),
    domains: toDomains(domains, websites),
    apps: toApps(tests, context),
    blindSpots: toBlindSpots(
      tests,
      categories,
      networks,
      await askOtherNetworks(ask, probeCc, networks),
      context,
    ),
    strip: strip.networks.length === 0 ? null : strip,
  };
}

/** First and last day of each test in the place. */
async function loadSpans(data: BuildData, probeCc: CountryCode) {
  const tests = await loadTestBook(data);
  return new Map(
    tests.flatMap(({ name, places }) =>
      places
        .filter((row) => row.probe_cc === probeCc)
        .map((row) => [name, { first: row.first_day, last: row.last_day }] as const),
    ),
  );
}

/** The context of what names a website: its own days and networks, which are fewer than those of all counts. */
async function websiteContext(
  { ask }: BuildData,
  probeCc: CountryCode,
  domains: readonly CountryDomainRow[],
  context: ViewContext,
): Promise<ViewContext> {
  const days = websiteDays(domains);
  if (days === null) return context;
  return {
    ...context,
    frame: { ...context.frame, ...days },
    networkCount: await askWebsiteNetworks(ask, probeCc, days),
  };
}

/** Methods over the days that have them; by month where these are more than two years. */
async function loadStrip(
  { ask }: BuildData,
  probeCc: CountryCode,
  context: ViewContext,
): Promise<MethodStripView> {
  const scope = { probeCc };
  const weeks = await ask(networkMethodsQuery(probeCc, 'week'), scope);
  const withSigns = weeks.filter(({ signs }) => signs > 0).map(({ period }) => period);
  const [start] = withSigns.toSorted();
  const end = withSigns.toSorted().at(-1);
  const { dataUntil } = context.frame;
  const since = start ?? context.frame.since;
  const until = end === undefined ? context.frame.until : addDays(end, 7);
  const grain = chooseGrain(since, until) === 'month' ? 'month' : 'week';
  const rows = grain === 'week' ? weeks : await ask(networkMethodsQuery(probeCc, 'month'), scope);
  return toMethodStrip(rows, {
    ...context,
    frame: { since, until: until > dataUntil ? dataUntil : until, grain, dataUntil },
  });
}

function isRated(row: CountryDomainRow | TestRow): boolean {
  return toRate(row, floorOf(row)).kind === 'rate';
}

/** Targets with a detected event first, then those whose tests promise most. */
async function loadSentences(
  data: BuildData,
  subjects: readonly { readonly promise: number; readonly subject: SafeSubject }[],
): Promise<readonly SafeEntry[]> {
  const { rows } = await loadEventBook(data);
  const hasEvent = (subject: SafeSubject): boolean =>
    eventsOf(rows, subject).some(({ agreement }) => agreement !== 'global_change');
  const chosen = subjects
    .filter(({ promise }) => promise >= 0)
    .map((entry) => ({ ...entry, event: hasEvent(entry.subject) ? 1 : 0 }))
    .sort((a, b) => b.event - a.event || b.promise - a.promise)
    .slice(0, SENTENCES);
  const entries: SafeEntry[] = [];
  for (const { subject } of chosen) entries.push(await loadSafe(data, subject));
  return entries.sort(bySafeLevel);
}
