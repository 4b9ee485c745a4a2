/** Speeds of one network: drawn, counted and named as its own, never as those of the whole place. */
import { describe, expect, it } from 'vitest';
import { toCountryCode } from '../../data-build/contract/brands.ts';
import type { TableName } from '../../data-build/contract/tables.ts';
import { networkSpeedsQuery } from '../../site/query/networks.ts';
import { throughput } from '../../site/figures/throughput/figure.ts';
import { layoutThroughput } from '../../site/figures/throughput/layout.ts';
import { chooseThroughput } from '../../site/figures/throughput/view.ts';
import { askFigure } from '../../site/figures/ask-figure.ts';
import { toRequest, UNFILTERED } from '../../site/figures/request.ts';
import { witnesses } from '../../site/figures/witnesses/figure.ts';
import type { Ask } from '../../site/catalog/ask.ts';
import { fitFrame } from '../../site/view/time-frame.ts';
import { asn, day } from '../support/days.ts';
import { daysFrom, throughputRow } from '../support/witness-rows.ts';
import { useBothEngines } from '../support/both-engines.ts';

const TABLES: readonly TableName[] = [
  'interference_country_daily',
  'interference_network_daily',
  'throughput_daily',
  'throughput_monthly',
  'circumvention_daily',
  'indicators_daily',
  'events',
  'networks',
];
const SLOW = 'ke-as64500-throughput-by-week-slowdown-2024-05-06';
/** The place stays at 40 Mbit/s; AS64500 falls from 20 to 6 for two weeks. AS64501 has tests of interference alone. */
const ROWS = [
  `INSERT INTO throughput_daily BY NAME SELECT day::DATE AS day, 'KE' AS probe_cc, probe_asn,
    CASE WHEN probe_asn IS NULL THEN 900 ELSE 60 END AS download_sample_count,
    CASE WHEN probe_asn IS NULL THEN 40.0 WHEN day >= DATE '2024-05-06' AND day < DATE '2024-05-20' THEN 6.0 ELSE 20.0 END AS download_mbps_p50
    FROM generate_series(DATE '2024-04-01', DATE '2024-06-30', INTERVAL 1 DAY) AS days(day), (VALUES (NULL), (64500)) AS networks(probe_asn)`,
  `INSERT INTO interference_network_daily BY NAME SELECT day::DATE AS day, 'KE' AS probe_cc, probe_asn, 'telegram' AS test_name,
    tests AS measurement_count, tests AS ok_count, 0 AS anomaly_count, 0 AS confirmed_count, 0 AS failure_count, 0 AS unscored_count
    FROM generate_series(DATE '2024-04-01', DATE '2024-06-30', INTERVAL 1 DAY) AS days(day), (VALUES (64500, 7), (64501, 93)) AS networks(probe_asn, tests)`,
  `INSERT INTO interference_country_daily BY NAME SELECT day::DATE AS day, 'KE' AS probe_cc, 'telegram' AS test_name,
    100 AS measurement_count, 100 AS ok_count, 0 AS anomaly_count, 0 AS confirmed_count, 0 AS failure_count, 0 AS unscored_count
    FROM generate_series(DATE '2024-04-01', DATE '2024-06-30', INTERVAL 1 DAY) AS days(day)`,
  `INSERT INTO events BY NAME SELECT '${SLOW}' AS event_id, 'mlab' AS source, 'slowdown' AS kind, 'KE' AS probe_cc, 64500 AS probe_asn,
    'throughput by week' AS target, DATE '2024-04-29' AS last_normal, DATE '2024-05-06' AS first_sign, DATE '2024-05-13' AS last_sign,
    DATE '2024-05-20' AS first_normal, 0.7 AS magnitude, 20.0 AS baseline, DATE '2024-05-06' AS extreme_day, 840 AS measurement_count, 'alone' AS agreement,
    'slowdown-2' AS detector_id, 'cc0' AS licence`,
  `INSERT INTO events BY NAME SELECT 'ke-throughput-by-week-slowdown-2024-05-06' AS event_id, * EXCLUDE (event_id) REPLACE (NULL AS probe_asn)
    FROM events`,
];
const { ask: askBoth } = useBothEngines(TABLES, ROWS);
// Which rows come back is known to the question alone, as in every engine.
const ask: Ask = async <Row>(query: Parameters<typeof askBoth>[0]) => {
  const rows: readonly Row[] = JSON.parse(JSON.stringify(await askBoth(query)));
  return rows;
};

const KENYA = toCountryCode('KE');
if (KENYA === null) throw new Error('KE is a code.');
const release = {
  version: '2024-06-30-00000000',
  until: day('2024-07-01'),
  edition: 'all',
  synthetic: false,
} as const;

describe('the timeline of a slowdown on one network', () => {
  const place = { kind: 'event', probeCc: KENYA, eventId: SLOW } as const;
  const draw = async () => {
    const made = await askFigure(ask, witnesses, toRequest(witnesses, { subject: place, release }));
    if (made === null) throw new Error('The event is there.');
    return made.view;
  };

  it('draws the medians of that network, which fall, and its own event alone', async () => {
    const { tracks, title } = await draw();
    const [interference, speed] = tracks;
    const inside = speed?.points.filter(
      ({ start }) => start >= day('2024-05-06') && start < day('2024-05-20'),
    );
    expect(new Set(inside?.map(({ value }) => value))).toEqual(new Set([6]));
    expect(speed?.label).toContain('only AS64500');
    expect(speed?.spans.map(({ id }) => id)).toEqual([SLOW]);
    expect(interference?.label).toContain('only AS64500');
    expect(title).toMatch(/^Speed tests in Kenya on AS64500: unusual slowdown/);
  });

  it('holds the tests of that network to its own floor, and counts them and its speed tests', async () => {
    const { tracks, table, coverage, desc } = await draw();
    expect(tracks[0]?.points.every(({ value }) => value === 0)).toBe(true);
    expect(tracks[0]?.points).toHaveLength(coverage.length);
    expect(new Set(coverage.map(({ tests }) => tests))).toEqual(new Set([7]));
    expect(desc).toContain('on 1 network in Kenya');
    const keys = table.columns.map(({ key }) => key);
    expect(table.rows[0]?.cells[keys.indexOf('speed_tests')]?.text).toBe('60');
    expect(witnesses.publishersOf?.('speed_tests')).toEqual(['mlab']);
  });
});

describe('the timeline of a place', () => {
  const subject = { kind: 'country', probeCc: KENYA } as const;
  const draw = async (network: number | null) => {
    const filter = { ...UNFILTERED, probe_asn: network === null ? [] : [asn(network)] };
    const request = toRequest(witnesses, { subject, release, filter });
    const made = await askFigure(ask, witnesses, request);
    if (made === null) throw new Error('The place has data.');
    return made.view;
  };
  const speedOf = async (network: number | null) =>
    (await draw(network)).tracks.find(({ witness }) => witness === 'throughput');

  it('names no network, and draws no slowdown of one', async () => {
    const speed = await speedOf(null);
    expect(speed?.label).not.toContain('AS64500');
    expect(speed?.points[0]?.value).toBe(40);
    expect(speed?.spans.map(({ event }) => event.probe_asn)).toEqual([null]);
  });

  it('follows a chosen network with its speeds, or says that they are of the whole place', async () => {
    const own = await speedOf(64_500);
    expect([own?.label.includes('only AS64500'), own?.points[0]?.value]).toEqual([true, 20]);
    expect(own?.spans.map(({ id }) => id)).toEqual([SLOW]);
    const other = await speedOf(64_501);
    expect([other?.label.includes('all of Kenya'), other?.points[0]?.value]).toEqual([true, 40]);
    const chosen = await draw(64_500);
    expect(chosen.context.frame).toEqual({ ...(await draw(null)).context.frame });
  });
});

describe('the chart of speed', () => {
  const make = async (basis: Parameters<typeof toRequest>[1]) => {
    const made = await askFigure(ask, throughput, toRequest(throughput, basis));
    return made?.view ?? null;
  };
  const ofNetwork = (number: number) =>
    ({ kind: 'network', asn: asn(number), name: 'Example Net', probeCc: KENYA }) as const;
  const subject = { kind: 'country', probeCc: KENYA } as const;

  it('of a network shows and names its tests, and is nothing where it has none', async () => {
    const view = await make({ subject: ofNetwork(64_500), release });
    expect(view?.title).toMatch(/in Kenya on AS64500 \(Example Net\) was lowest, 6 Mbit\/s/);
    expect(view?.title).toContain('60 tests');
    expect(view?.desc).toContain('5,460 tests of speed in Kenya on AS64500 (Example Net)');
    expect(view?.desc).not.toContain('unknown');
    expect(await make({ subject: ofNetwork(64_501), release })).toBeNull();
    expect(throughput.sources(view ?? fail()).map(({ source }) => source)).toEqual(['mlab']);
  });

  it('of a place follows one chosen network that has speeds', async () => {
    const frame = fitFrame({ since: day('2024-04-01'), until: release.until }, release.until);
    const under = async (...networks: number[]) => {
      const filter = { test_name: ['telegram'], probe_asn: networks.map(asn) };
      const request = throughput.follow?.(toRequest(throughput, { subject, release }), {
        filter,
        frame,
        hasDays: false,
      });
      return (await askFigure(ask, throughput, request ?? fail()))?.view;
    };
    expect((await under(64_500))?.title).toContain('in Kenya on AS64500 was lowest, 6 Mbit/s');
    for (const networks of [[], [64_501], [64_500, 64_501]])
      expect((await under(...networks))?.title).toContain('in Kenya was lowest, 40 Mbit/s');
    expect((await make({ subject, release }))?.desc).toContain('number of networks unknown');
  });

  it('finds the networks of which a median rests on enough tests', async () => {
    expect(await ask(networkSpeedsQuery(50))).toEqual([{ probe_asn: 64_500, probe_cc: 'KE' }]);
    expect(await ask(networkSpeedsQuery(61))).toEqual([]);
  });

  it('shows months where the days have too few tests to be shown', () => {
    const month = { ...throughputRow(day('2024-05-01'), 90, 10), grain: 'month' as const };
    const daily = (tests: number) =>
      daysFrom(day('2024-05-01'), 20).map((at) => throughputRow(at, tests, 10));
    expect(chooseThroughput([...daily(3), month])).toEqual([month]);
    expect(chooseThroughput([...daily(10), month])).toHaveLength(20);
  });

  it('marks no days that are too many to be pointed at', async () => {
    const days = daysFrom(day('2022-01-01'), 800).map((at) => throughputRow(at, 90, 10));
    const view = throughput.view(
      { network: null, rows: days },
      toRequest(throughput, { subject, release }),
    );
    const scene = layoutThroughput(view ?? fail(), { width: 340 });
    expect(JSON.stringify(scene).match(/"class":"mark"/g) ?? []).toHaveLength(0);
    const few = await make({ subject, release });
    expect(JSON.stringify(layoutThroughput(few ?? fail(), { width: 340 }))).toContain(
      '"class":"mark"',
    );
  });
});

function fail(): never {
  throw new Error('There is nothing to show.');
}

describe('the tables that a chart is made of', () => {
  const daily = daysFrom(day('2024-05-01'), 20).map((at) => throughputRow(at, 90, 10));
  const monthly = [{ ...throughputRow(day('2024-05-01'), 90, 10), grain: 'month' as const }];
  const request = toRequest(throughput, { subject: { kind: 'country', probeCc: KENYA }, release });

  it('are of days where days are drawn, else of months', () => {
    const tablesOf = (rows: typeof daily) =>
      throughput.tablesOf?.(throughput.view({ network: null, rows }, request) ?? fail());
    expect(tablesOf(daily)).toEqual(['throughput_daily']);
    expect(tablesOf(monthly)).toEqual(['throughput_monthly']);
  });

  it('are those of the witnesses that speak, of the network where it is one', async () => {
    const tablesOf = async (subject: Parameters<typeof toRequest>[1]['subject']) => {
      const made = await askFigure(ask, witnesses, toRequest(witnesses, { subject, release }));
      return witnesses.tablesOf?.(made?.view ?? fail());
    };
    expect(await tablesOf({ kind: 'country', probeCc: KENYA })).toEqual([
      'interference_country_daily',
      'throughput_daily',
    ]);
    expect(await tablesOf({ kind: 'event', probeCc: KENYA, eventId: SLOW })).toEqual([
      'interference_network_daily',
      'throughput_daily',
    ]);
  });
});
