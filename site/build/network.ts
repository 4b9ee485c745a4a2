/** What the pages of networks show; their rows are asked for many networks at once. */
import { addDays, type Asn, type CountryCode, type Day } from '../../data-build/contract/brands.ts';
import { FLOORS } from '../../data-build/contract/floors.ts';
import type { Ask } from '../catalog/ask.ts';
import type { BuildData } from '../engine/build-data.ts';
import type { Figure } from '../figures/figure.ts';
import { calendar } from '../figures/calendar/figure.ts';
import { methods } from '../figures/methods/figure.ts';
import { outcomes } from '../figures/outcomes/figure.ts';
import { rate } from '../figures/rate/figure.ts';
import { summary } from '../figures/summary/figure.ts';
import { tests } from '../figures/tests/figure.ts';
import { throughput } from '../figures/throughput/figure.ts';
import { FIRM_TESTS, type ThroughputView } from '../figures/throughput/view.ts';
import {
  networkDaysOf,
  networkNamesQuery,
  networkPlacesQuery,
  networkSpeedsQuery,
} from '../query/networks.ts';
import { foldPeriods } from '../view/day-rows.ts';
import { toNetworkEntries, type NetworkEntry } from '../figures/lists/entries.ts';
import { toStretchesView, type Days } from '../view/stretches.ts';
import { fitFrame } from '../view/time-frame.ts';
import { askInBatches } from './batch.ts';
import { makeFigure, needFigure, type MadeFigure } from './make-figure.ts';
import { askSamples } from './samples.ts';

export interface NetworkList {
  /** By number; all with at least one measurement, scored or not. */
  readonly networks: readonly NetworkEntry[];
  /** Scored measurements with a known network, by country or territory. */
  readonly totals: ReadonlyMap<CountryCode, number>;
  /** Where a network has most speed tests, if so many that they carry a median. */
  readonly speeds: ReadonlyMap<Asn, CountryCode>;
  /** Asks for many networks at once. */
  readonly ask: Ask;
}

/** Networks whose rows are asked for at once. */
const BATCH = 60;

let list: Promise<NetworkList> | undefined;

export async function loadNetworkList(data: BuildData): Promise<NetworkList> {
  list ??= askList(data);
  return list;
}

async function askList({ ask }: BuildData): Promise<NetworkList> {
  const rows = await ask(networkPlacesQuery());
  const totals = new Map<CountryCode, number>();
  for (const row of rows)
    totals.set(row.probe_cc, (totals.get(row.probe_cc) ?? 0) + row.measurement_count);
  const networks = toNetworkEntries(rows, await ask(networkNamesQuery()));
  const asns = networks.map(({ asn }) => asn);
  const speeds = new Map<Asn, CountryCode>();
  for (const { probe_asn, probe_cc } of await ask(networkSpeedsQuery(FIRM_TESTS)))
    if (!speeds.has(probe_asn)) speeds.set(probe_asn, probe_cc);
  return { networks, totals, speeds, ask: askInBatches(ask, asns, BATCH) };
}

/** Charts over time show the stretch of days with tests, which can be shorter than the page’s own dates. */
export async function loadNetworkPage(
  build: BuildData,
  { ask, speeds }: NetworkList,
  network: NetworkEntry,
  dataUntil: Day,
) {
  const data = { manifest: build.manifest, ask };
  const { asn, name } = network;
  const [only, second] = network.places;
  const probeCc = second === undefined ? (only?.probe_cc ?? null) : null;
  const subject = { kind: 'network', asn, name, probeCc } as const;
  const whole = { since: network.first, until: addDays(network.last, 1) };
  const need = async <Answer, View>(
    figure: Figure<Answer, View>,
    days: Days,
  ): Promise<MadeFigure<View>> =>
    needFigure(await makeFigure(data, figure, { subject, frame: fitFrame(days, dataUntil) }));
  const days = await ask(networkDaysOf(asn));
  const stretches = toStretchesView(
    foldPeriods(days, { ...fitFrame(whole, dataUntil), grain: 'day' }).map((row) => ({
      ...row,
      day: row.period,
    })),
    whole,
    () => FLOORS.network,
  );
  const { shown } = stretches;
  return {
    whole,
    summary: await need(summary, whole),
    /** Null below the floor of one network: charts of a handful of tests mislead. */
    charts:
      network.rate.kind === 'rate'
        ? {
            stretches,
            outcomes: await need(outcomes, shown),
            rate: await need(rate, shown),
            methods: await need(methods, shown),
            calendar: await need(calendar, whole),
          }
        : null,
    tests: await need(tests, whole),
    speed: await makeSpeed(build, network, speeds.get(asn) ?? null),
    samples: await askSamples(ask, 'probe_asn', asn),
  };
}

/** Null: no median rests on enough tests. It is over its own days, which are seldom those of the tests of interference. */
async function makeSpeed(
  data: BuildData,
  { asn, name }: NetworkEntry,
  probeCc: CountryCode | null,
): Promise<MadeFigure<ThroughputView> | null> {
  if (probeCc === null) return null;
  const subject = { kind: 'network', asn, name, probeCc } as const;
  const made = await makeFigure(data, throughput, { subject });
  return made?.view.points.some(({ size }) => size === 'firm') === true ? made : null;
}
