/** What the pages of networks show, asked in batches: one question for many pages. */
import { addDays, type Asn, type CountryCode, type Day } from '../../data-build/contract/brands.ts';
import { FLOORS } from '../../data-build/contract/floors.ts';
import type { BuildData } from '../engine/build-data.ts';
import { formatPlace } from '../i18n/place.ts';
import {
  networkDaysQuery,
  networkNamesQuery,
  networkPlacesQuery,
  samplesQuery,
  type NetworkDayRow,
} from '../query/entities.ts';
import type { ViewContext } from '../view/context.ts';
import { foldMethods, foldPeriods, foldTests, groupBy } from '../view/day-rows.ts';
import { toNetworkEntries, type NetworkEntry } from '../view/entries.ts';
import { toMethods, type MethodsView } from '../view/methods.ts';
import { toOutcomes, type OutcomesView } from '../view/outcomes.ts';
import { toRateSeries, type RateView } from '../view/rate-series.ts';
import { toStretchesView, type StretchesView } from '../view/stretches.ts';
import { toSummary } from '../view/summary.ts';
import { toTests, type TestsView } from '../view/tests.ts';
import { chooseGrain } from '../view/time-frame.ts';
import { toBatches, type Batches } from './batch.ts';
import { SAMPLES, toSamples, type Sample } from './samples.ts';

export interface NetworkBook {
  /** By number; all with at least one measurement, scored or not. */
  readonly networks: readonly NetworkEntry[];
  /** Scored measurements with a known network, by country or territory. */
  readonly totals: ReadonlyMap<CountryCode, number>;
  readonly batches: Batches<Asn, NetworkBatch>;
}

interface NetworkBatch {
  readonly days: ReadonlyMap<Asn, readonly NetworkDayRow[]>;
  readonly samples: ReadonlyMap<string, readonly Sample[]>;
}

/** Networks whose rows are held at a time. */
const BATCH = 60;

let book: Promise<NetworkBook> | undefined;

export async function loadNetworkBook(data: BuildData): Promise<NetworkBook> {
  book ??= askBook(data);
  return book;
}

async function askBook({ ask }: BuildData): Promise<NetworkBook> {
  const rows = await ask(networkPlacesQuery());
  const totals = new Map<CountryCode, number>();
  for (const row of rows)
    totals.set(row.probe_cc, (totals.get(row.probe_cc) ?? 0) + row.measurement_count);
  const networks = toNetworkEntries(rows, await ask(networkNamesQuery()));
  const asns = networks.map(({ asn }) => asn);
  return {
    networks,
    totals,
    batches: toBatches(asns, BATCH, async (batch): Promise<NetworkBatch> => {
      const days = await ask(networkDaysQuery(batch));
      const samples = await ask(samplesQuery('probe_asn', batch, SAMPLES));
      return {
        days: groupBy(days, (row) => row.probe_asn),
        samples: new Map(
          [...groupBy(samples, ({ key }) => key)].map(([key, group]) => [key, toSamples(group)]),
        ),
      };
    }),
  };
}

export interface NetworkPage {
  readonly context: ViewContext;
  readonly summary: string;
  /** Null below the floor of one network: charts of a handful of tests mislead. */
  readonly charts: {
    readonly outcomes: OutcomesView;
    readonly rate: RateView;
    readonly methods: MethodsView | null;
    readonly stretches: StretchesView;
  } | null;
  readonly tests: TestsView;
  readonly samples: readonly Sample[];
}

export async function loadNetworkPage(
  { batches }: NetworkBook,
  network: NetworkEntry,
  dataUntil: Day,
): Promise<NetworkPage> {
  const { days, samples } = await batches.load(network.asn);
  const rows = days.get(network.asn) ?? [];
  const until = addDays(network.last, 1);
  const frame = {
    since: network.first,
    until,
    grain: chooseGrain(network.first, until),
    dataUntil,
  };
  const [only, second] = network.places;
  const context: ViewContext = {
    frame,
    place: only !== undefined && second === undefined ? formatPlace(only.probe_cc) : null,
    test: null,
    network: network.name === null ? network.number : `${network.number} ${network.name}`,
    networkCount: 1,
  };
  const summary = toSummary(foldPeriods(rows, frame), context);
  return {
    context,
    summary: [summary.sentence, summary.peak].filter((part) => part !== null).join(' '),
    charts: network.rate.kind === 'rate' ? toCharts(rows, context) : null,
    tests: toTests(foldTests(rows), context),
    samples: samples.get(String(network.asn)) ?? [],
  };
}

/** Charts over time show the stretch of days with tests, which can be shorter than the page’s own dates. */
function toCharts(rows: readonly NetworkDayRow[], context: ViewContext): NetworkPage['charts'] {
  const { since, until, dataUntil } = context.frame;
  const stretches = toStretchesView(
    foldPeriods(rows, { ...context.frame, grain: 'day' }).map((row) => ({
      ...row,
      day: row.period,
    })),
    { since, until },
    () => FLOORS.network,
  );
  const { shown } = stretches;
  const frame = { ...shown, grain: chooseGrain(shown.since, shown.until), dataUntil };
  const inside = rows.filter(({ day }) => day >= shown.since && day < shown.until);
  const periods = foldPeriods(inside, frame);
  const own = { ...context, frame };
  const methods = toMethods(foldMethods(inside, frame), periods, own);
  return {
    outcomes: toOutcomes(periods, own),
    rate: toRateSeries(periods, own),
    methods: methods.methods.length === 0 ? null : methods,
    stretches,
  };
}
