/** What the pages of networks show; their rows are asked for many networks at once. */
import { addDays, type CountryCode, type Day } from '../../data-build/contract/brands.ts';
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
import { networkDaysOf, networkNamesQuery, networkPlacesQuery } from '../query/networks.ts';
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
  return { networks, totals, ask: askInBatches(ask, asns, BATCH) };
}

/** Charts over time show the stretch of days with tests, which can be shorter than the page’s own dates. */
export async function loadNetworkPage(
  { manifest }: BuildData,
  { ask }: NetworkList,
  network: NetworkEntry,
  dataUntil: Day,
) {
  const data = { manifest, ask };
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
    samples: await askSamples(ask, 'probe_asn', asn),
  };
}
