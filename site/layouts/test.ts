/** What the pages of tests show. There are few tests, so each page asks for itself; places are asked once. */
import { addDays, type Day } from '../../data-build/contract/brands.ts';
import { FLOORS } from '../../data-build/contract/floors.ts';
import { RULES, type RuleSpec } from '../../data-build/contract/rules.ts';
import type { BuildData } from '../engine/build-data.ts';
import { formatPlaceName } from '../i18n/place.ts';
import { samplesQuery, testPlacesQuery } from '../query/entities.ts';
import { methodsQuery, outcomesQuery, totalsQuery } from '../query/interference.ts';
import type { ViewContext } from '../view/context.ts';
import { toTestEntries, type TestEntry } from '../view/entries.ts';
import { toMethods, type MethodsView } from '../view/methods.ts';
import { toOutcomes, type OutcomesView } from '../view/outcomes.ts';
import { floorOf, toRankedView, type RankedView } from '../view/rate-bars.ts';
import { toRate } from '../view/rate.ts';
import { toRateSeries, type RateView } from '../view/rate-series.ts';
import { toStretchesView, type StretchesView } from '../view/stretches.ts';
import { toSummary } from '../view/summary.ts';
import { chooseGrain } from '../view/time-frame.ts';
import { SAMPLES, toSamples, type Sample } from './samples.ts';
import { bySafeLevel, loadSafe, promiseOf, type SafeEntry } from './safe.ts';

const SENTENCES = 5;

let book: Promise<readonly TestEntry[]> | undefined;

/** Every test in the release, by name. */
export async function loadTestBook(data: BuildData): Promise<readonly TestEntry[]> {
  book ??= askBook(data);
  return book;
}

async function askBook({ ask }: BuildData): Promise<readonly TestEntry[]> {
  return toTestEntries(await ask(testPlacesQuery()));
}

/** The rules that can judge a test: its own; those of every test stand on the methods page. */
export function rulesOf(testName: string): readonly RuleSpec[] {
  const rules: readonly RuleSpec[] = RULES;
  return rules.filter(({ tests }) => tests.includes(testName));
}

export interface TestPage {
  readonly context: ViewContext;
  readonly summary: string;
  /** Null where nothing was scored. */
  readonly charts: {
    readonly outcomes: OutcomesView;
    readonly rate: RateView;
    readonly places: RankedView;
    readonly methods: MethodsView | null;
    readonly stretches: StretchesView;
  } | null;
  readonly safe: readonly SafeEntry[];
  readonly samples: readonly Sample[];
}

export async function loadTestPage(
  data: BuildData,
  test: TestEntry,
  dataUntil: Day,
): Promise<TestPage> {
  const { ask } = data;
  const until = addDays(test.last, 1);
  const frame = { since: test.first, until, grain: chooseGrain(test.first, until), dataUntil };
  const filter = { probe_cc: [], probe_asn: [], test_name: [test.name], since: null, until: null };
  const [totals] = await ask(totalsQuery(filter));
  const context: ViewContext = {
    frame,
    place: null,
    test: test.spec.label,
    network: null,
    networkCount: totals?.network_count ?? null,
  };
  const periods = await ask(outcomesQuery(filter, frame.grain));
  const summary = toSummary(periods, context);
  return {
    context,
    summary: [summary.sentence, summary.peak].filter((part) => part !== null).join(' '),
    charts:
      test.tests === 0
        ? null
        : {
            ...(await loadOverTime(data, test, context)),
            places: toRankedView(
              'places',
              test.places.map((row) => ({
                ...row,
                key: row.probe_cc,
                label: formatPlaceName(row.probe_cc),
                kind: null,
              })),
              context,
            ),
          },
    safe: test.tests === 0 ? [] : await loadSentences(data, test),
    samples: toSamples(await ask(samplesQuery('test_name', [test.name], SAMPLES))),
  };
}

/** Charts over time show the stretch of days with tests, which can be shorter than the page’s own dates. */
async function loadOverTime({ ask }: BuildData, test: TestEntry, context: ViewContext) {
  const { since, until, dataUntil } = context.frame;
  const filter = { probe_cc: [], probe_asn: [], test_name: [test.name], since: null, until: null };
  const days = await ask(outcomesQuery(filter, 'day'));
  const stretches = toStretchesView(
    days.map((row) => ({ ...row, day: row.period })),
    { since, until },
    (networks) => (networks === null ? FLOORS.countsOnly : FLOORS.country),
  );
  const { shown } = stretches;
  const inside = { ...filter, ...shown };
  const [totals] = await ask(totalsQuery(inside));
  const frame = { ...shown, grain: chooseGrain(shown.since, shown.until), dataUntil };
  const own = { ...context, frame, networkCount: totals?.network_count ?? null };
  const periods = await ask(outcomesQuery(inside, frame.grain));
  const methods = toMethods(await ask(methodsQuery(inside, frame.grain)), periods, own);
  return {
    outcomes: toOutcomes(periods, own),
    rate: toRateSeries(periods, own),
    methods: methods.methods.length === 0 ? null : methods,
    stretches,
  };
}

async function loadSentences(data: BuildData, test: TestEntry): Promise<readonly SafeEntry[]> {
  const rated = test.places
    .filter((row) => toRate(row, floorOf(row)).kind === 'rate')
    .toSorted((a, b) => promiseOf(b) - promiseOf(a))
    .slice(0, SENTENCES);
  const entries: SafeEntry[] = [];
  for (const row of rated)
    entries.push(
      await loadSafe(data, {
        probeCc: row.probe_cc,
        testName: test.name,
        domain: null,
        first: row.first_day,
        last: row.last_day,
      }),
    );
  return entries.sort(bySafeLevel);
}
