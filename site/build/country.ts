/** What the page of one country or territory shows, found at build. */
import type { CountryCode, Day } from '../../data-build/contract/brands.ts';
import { testSpec } from '../../data-build/contract/vocabulary.ts';
import type { BuildData } from '../engine/build-data.ts';
import { affected } from '../figures/affected/figure.ts';
import { apps } from '../figures/apps/figure.ts';
import { blindSpots } from '../figures/blind-spots/figure.ts';
import { calendar } from '../figures/calendar/figure.ts';
import { categories } from '../figures/categories/figure.ts';
import { domains } from '../figures/domains/figure.ts';
import { events } from '../figures/events/figure.ts';
import type { Figure } from '../figures/figure.ts';
import { methodStrip } from '../figures/method-strip/figure.ts';
import { isNamed } from '../figures/method-strip/view.ts';
import { methods } from '../figures/methods/figure.ts';
import { networks } from '../figures/networks/figure.ts';
import { outcomes } from '../figures/outcomes/figure.ts';
import { placeLine } from '../figures/place-line/figure.ts';
import { rate } from '../figures/rate/figure.ts';
import { summary } from '../figures/summary/figure.ts';
import { tests } from '../figures/tests/figure.ts';
import { throughput } from '../figures/throughput/figure.ts';
import { toolUse } from '../figures/tool-use/figure.ts';
import { witnesses } from '../figures/witnesses/figure.ts';
import { askPlaceRows } from '../figures/witnesses/question.ts';
import { samplesOf } from '../query/samples.ts';
import { countryDomainsQuery, type CountryDomainRow } from '../query/domains.ts';
import type { CountryRow, TestRow } from '../query/rows.ts';
import { floorOf, partFloor, toRate } from '../view/rate.ts';
import { eventsOf } from '../figures/safe/evidence.ts';
import { toStretchesView, type Days } from '../view/stretches.ts';
import { testRows } from '../figures/tests/view.ts';
import { fitFrame } from '../view/time-frame.ts';
import { toToolUseSeries } from '../figures/tool-use/view.ts';
import { coverageOf, firstDay } from '../figures/witnesses/coverage.ts';
import { loadEventList } from './events.ts';
import { makeFigure, needFigure, type MadeFigure } from './make-figure.ts';
import { bySafeLevel, loadSafe, promiseOf, type SafeEntry, type SafeTarget } from './safe.ts';
import { SAMPLES, toSamples } from './samples.ts';
import { loadTestList } from './test.ts';

/** The timeline of a place, about the event that its headline speaks of. */
export async function loadTimeline(data: BuildData, probeCc: CountryCode, led: string | null) {
  const subject = { kind: 'country', probeCc } as const;
  return makeFigure(data, witnesses, { subject, series: led });
}

/** What every place with data of any witness has beside its timeline: speed, tools, events. */
export async function loadWitnessFigures(data: BuildData, probeCc: CountryCode) {
  const subject = { kind: 'country', probeCc } as const;
  const { toolUse: rows } = await askPlaceRows(data.ask, probeCc);
  const tools = [];
  for (const { key } of toToolUseSeries(rows)) {
    const made = await makeFigure(data, toolUse, { subject, series: key });
    if (made !== null) tools.push(made);
  }
  return {
    throughput: await makeFigure(data, throughput, { subject }),
    tools,
    events: needFigure(await makeFigure(data, events, { subject })),
  };
}

/**
 * The page of a place with tests. Charts over time show the stretch of days with tests, or all days where there is no
 * long silence; what else it says is of all days.
 */
export async function loadCountry(data: BuildData, row: CountryRow, until: Day) {
  const { probe_cc: probeCc, first_day: since } = row;
  const subject = { kind: 'country', probeCc } as const;
  const whole = { since, until };
  const place = await askPlaceRows(data.ask, probeCc);
  const stretches = toStretchesView(
    place.outcomes.map((counts) => ({ ...counts, day: counts.period })),
    whole,
    (network_count) => floorOf({ network_count }),
  );
  const make = async <Answer, View>(
    figure: Figure<Answer, View>,
    days: Days,
  ): Promise<MadeFigure<View> | null> =>
    makeFigure(data, figure, { subject, frame: fitFrame(days, until) });
  const need = async <Answer, View>(
    figure: Figure<Answer, View>,
    days: Days = stretches.shown,
  ): Promise<MadeFigure<View>> => needFigure(await make(figure, days));
  const allTests = await need(tests, whole);
  const strip = await make(methodStrip, whole);
  return {
    /** A figure over the stretch that is shown. */
    need,
    stretches,
    /** First day of any witness. */
    earliest: firstDay(coverageOf(place)) ?? since,
    summary: await need(summary),
    outcomes: await need(outcomes),
    rate: await need(rate),
    tests: await need(tests),
    networks: await need(networks),
    methods: await need(methods),
    all: { tests: allTests.view, networks: (await need(networks, whole)).view },
    /** Null also where no network has enough signs to name a method: a strip of empty rows. */
    strip: strip?.view.networks.some(isNamed) === true ? strip : null,
    line: await need(placeLine, whole),
    categories: await make(categories, whole),
    domains: await make(domains, whole),
    apps: await make(apps, whole),
    affected: await make(affected, whole),
    blindSpots: await need(blindSpots, whole),
    calendar: await need(calendar, whole),
    samples: toSamples(await data.ask(samplesOf('probe_cc', probeCc, SAMPLES), { probeCc })),
    safe: await loadSentences(data, row, testRows(allTests.view), stretches.shown),
  };
}

/** Sentences on a page. */
const SENTENCES = 5;

/** Targets with a detected event first, then those with the largest share of signs. */
async function loadSentences(
  data: BuildData,
  { probe_cc: probeCc, first_day: first, last_day: last, network_count: networkCount }: CountryRow,
  rows: readonly TestRow[],
  shown: Days,
): Promise<readonly SafeEntry[]> {
  const websites = await data.ask(countryDomainsQuery(probeCc), { probeCc });
  const spans = await loadSpans(data, probeCc);
  const { rows: detected } = await loadEventList(data);
  const hasEvent = (target: SafeTarget): boolean =>
    eventsOf(detected, target).some(({ agreement }) => agreement !== 'global_change');
  const found = [
    ...websites.map((row): { row: CountryDomainRow | TestRow; target: SafeTarget } => {
      const { domain, first_day, last_day } = row;
      return { row, target: { probeCc, testName: null, domain, first: first_day, last: last_day } };
    }),
    ...rows
      .filter(({ test_name }) =>
        ['apps', 'circumvention', 'websites'].includes(testSpec(test_name).group),
      )
      .map((row) => {
        const span = spans.get(row.test_name) ?? { first, last };
        return { row, target: { probeCc, testName: row.test_name, domain: null, ...span } };
      }),
  ];
  const chosen = found
    .map(({ row, target }) => ({
      target,
      promise: isRated(row, networkCount) ? promiseOf(row) : -1,
    }))
    .filter(({ promise }) => promise >= 0)
    .map((entry) => ({ ...entry, event: hasEvent(entry.target) ? 1 : 0 }))
    .sort((a, b) => b.event - a.event || b.promise - a.promise)
    .slice(0, SENTENCES);
  const entries: SafeEntry[] = [];
  for (const { target } of chosen) entries.push(await loadSafe(data, target, shown));
  return entries.sort(bySafeLevel);
}

function isRated(row: CountryDomainRow | TestRow, networks: number | null): boolean {
  return toRate(row, partFloor(row, networks)).kind === 'rate';
}

/** First and last day of each test in the place. */
async function loadSpans(data: BuildData, probeCc: CountryCode) {
  const list = await loadTestList(data);
  return new Map(
    list.flatMap(({ name, places }) =>
      places
        .filter((row) => row.probe_cc === probeCc)
        .map((row) => [name, { first: row.first_day, last: row.last_day }] as const),
    ),
  );
}
