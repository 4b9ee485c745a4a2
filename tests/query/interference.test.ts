/** Every query is bound in both engines that run it, and gives the numbers a reader would count by hand. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addDays,
  toAsn,
  toCountryCode,
  toDay,
  type Day,
} from '../../data-build/contract/brands.ts';
import type { TableName } from '../../data-build/contract/tables.ts';
import { TIME_GRAINS } from '../../data-build/contract/vocabulary.ts';
import type { InterferenceFilter } from '../../site/query/condition.ts';
import {
  countriesQuery,
  methodsQuery,
  networkPeriodsQuery,
  networksQuery,
  outcomesQuery,
  testsQuery,
  totalsQuery,
} from '../../site/query/interference.ts';
import { useBothEngines } from '../support/both-engines.ts';

const TABLES: readonly TableName[] = [
  'interference_country_daily',
  'interference_network_daily',
  'networks',
];

const EVERYTHING: InterferenceFilter = {
  probe_cc: [],
  probe_asn: [],
  test_name: [],
  since: null,
  until: null,
};

/** Two countries: one known by network, one from published counts alone. */
const ROWS = [
  `INSERT INTO interference_country_daily BY NAME SELECT * FROM (VALUES
    (DATE '2024-11-06', 'KE', 'telegram', 10, 8, 1, 0, 1, 0, 1, 2, 'measurements'),
    (DATE '2024-11-07', 'KE', 'telegram', 12, 4, 7, 0, 1, 0, 7, 2, 'measurements'),
    (DATE '2024-11-11', 'KE', 'signal', 5, 5, 0, 0, 0, 0, 0, 1, 'measurements'),
    (DATE '2024-11-11', 'KE', 'dnscheck', 0, 0, 0, 0, 0, 9, NULL, 1, 'measurements'),
    (DATE '2024-11-07', 'TZ', 'telegram', 40, 30, 5, 0, 5, 0, NULL, NULL, 'aggregation')
  ) AS t(day, probe_cc, test_name, measurement_count, ok_count, anomaly_count, confirmed_count,
    failure_count, unscored_count, app_endpoints_count, network_count, counts_from)`,
  `INSERT INTO interference_network_daily BY NAME SELECT * FROM (VALUES
    (DATE '2024-11-06', 'KE', 33771, 'telegram', 6, 5, 1, 0, 0, 0, 1),
    (DATE '2024-11-06', 'KE', 36926, 'telegram', 4, 3, 0, 0, 1, 0, 0),
    (DATE '2024-11-07', 'KE', 33771, 'telegram', 12, 4, 7, 0, 1, 0, 7),
    (DATE '2024-11-11', 'KE', 36926, 'signal', 5, 5, 0, 0, 0, 0, 0),
    (DATE '2024-11-11', 'KE', 15399, 'dnscheck', 0, 0, 0, 0, 0, 9, NULL),
    (DATE '2024-11-07', 'TZ', 36926, 'telegram', 3, 3, 0, 0, 0, 0, NULL)
  ) AS t(day, probe_cc, probe_asn, test_name, measurement_count, ok_count, anomaly_count,
    confirmed_count, failure_count, unscored_count, app_endpoints_count)`,
  `INSERT INTO networks BY NAME SELECT * FROM (VALUES
    (33771, 'Safaricom', 'KE', 'ooni', 'cc-by-nc-sa'),
    (33771, NULL, 'KE', 'mlab', 'cc0')
  ) AS t(probe_asn, name, country_list, source, licence)`,
];

const { ask, native } = useBothEngines(TABLES, ROWS);

function day(text: string): Day {
  const found = toDay(text);
  if (found === null) throw new Error(`${text} is no day`);
  return found;
}
const KENYA = { ...EVERYTHING, probe_cc: [toCountryCode('KE')].filter((cc) => cc !== null) };
const SAFARICOM = { ...KENYA, probe_asn: [toAsn(33771)].filter((asn) => asn !== null) };

describe('counts by period', () => {
  it('adds tests up by day and counts different networks, not test–network pairs', async () => {
    expect(await ask(outcomesQuery(KENYA, 'day'))).toMatchObject([
      {
        period: '2024-11-06',
        measurement_count: 10,
        anomaly_count: 1,
        failure_count: 1,
        network_count: 2,
      },
      {
        period: '2024-11-07',
        measurement_count: 12,
        anomaly_count: 7,
        network_count: 1,
        day_count: 1,
      },
      { period: '2024-11-11', measurement_count: 5, unscored_count: 9, network_count: 1 },
    ]);
  });

  it('begins weeks on Monday and months on the first', async () => {
    expect(await ask(outcomesQuery(KENYA, 'week'))).toMatchObject([
      { period: '2024-11-04', measurement_count: 22, network_count: 2, day_count: 2 },
      { period: '2024-11-11', measurement_count: 5 },
    ]);
    expect(await ask(outcomesQuery(KENYA, 'month'))).toMatchObject([
      { period: '2024-11-01', measurement_count: 27, ok_count: 17, day_count: 3 },
    ]);
  });

  it('takes until as exclusive and since as inclusive', async () => {
    const week = { ...KENYA, since: day('2024-11-07'), until: day('2024-11-11') };
    expect(await ask(outcomesQuery(week, 'day'))).toMatchObject([{ period: '2024-11-07' }]);
  });

  it('counts one network alone when asked for it', async () => {
    expect(await ask(outcomesQuery(SAFARICOM, 'day'))).toMatchObject([
      { period: '2024-11-06', measurement_count: 6, network_count: 1 },
      { period: '2024-11-07', measurement_count: 12, network_count: 1 },
    ]);
  });
});

describe('tables', () => {
  it('names networks once even when several sources name them', async () => {
    expect(await ask(networksQuery(KENYA))).toMatchObject([
      {
        probe_asn: 33771,
        name: 'Safaricom',
        measurement_count: 18,
        day_count: 2,
        first_day: '2024-11-06',
        last_day: '2024-11-07',
      },
      { probe_asn: 36926, name: null, measurement_count: 9 },
      { probe_asn: 15399, name: null, measurement_count: 0, day_count: 0 },
    ]);
  });

  it('leaves networks without scored measurements out of the heatmap', async () => {
    const rows = await ask(networkPeriodsQuery(KENYA, 'week'));
    expect(rows).toMatchObject([
      { probe_asn: 33771, period: '2024-11-04', measurement_count: 18, anomaly_count: 8 },
      { probe_asn: 36926, period: '2024-11-04' },
      { probe_asn: 36926, period: '2024-11-11' },
    ]);
  });

  it('keeps unscored tests in the list of tests', async () => {
    expect(await ask(testsQuery(KENYA))).toMatchObject([
      { test_name: 'dnscheck', measurement_count: 0, unscored_count: 9, network_count: 0 },
      { test_name: 'signal', measurement_count: 5 },
      { test_name: 'telegram', measurement_count: 22, network_count: 2 },
    ]);
  });

  it('splits signs by method', async () => {
    expect(await ask(methodsQuery(KENYA, 'day'))).toEqual([
      { period: '2024-11-06', blocking_method: 'app_endpoints', count: 1 },
      { period: '2024-11-07', blocking_method: 'app_endpoints', count: 7 },
    ]);
  });

  it('says that networks are unknown where only published counts are at hand', async () => {
    expect(await ask(countriesQuery(EVERYTHING))).toMatchObject([
      {
        probe_cc: 'KE',
        test_count: 3,
        network_count: 2,
        first_day: '2024-11-06',
        last_day: '2024-11-11',
      },
      { probe_cc: 'TZ', measurement_count: 40, network_count: null },
    ]);
    const tanzania = { ...EVERYTHING, probe_cc: [toCountryCode('TZ')].filter((cc) => cc !== null) };
    expect(await ask(totalsQuery(tanzania))).toMatchObject([
      { measurement_count: 40, network_count: null, country_count: 1 },
    ]);
  });

  it('gives one row of zeros when nothing is left', async () => {
    const none = { ...KENYA, since: day('2030-01-01') };
    expect(await ask(totalsQuery(none))).toMatchObject([{ measurement_count: 0, first_day: null }]);
  });
});

describe('any filter', () => {
  const anyDay = fc.option(
    fc.integer({ min: -40, max: 40 }).map((shift) => addDays(day('2024-11-07'), shift)),
  );
  const anyFilter: fc.Arbitrary<InterferenceFilter> = fc.record({
    probe_cc: fc.subarray(['KE', 'TZ', 'ZZ'].flatMap((cc) => toCountryCode(cc) ?? [])),
    probe_asn: fc.subarray([33771, 36926, 4_294_967_295].flatMap((asn) => toAsn(asn) ?? [])),
    test_name: fc.array(fc.oneof(fc.constantFrom('telegram', 'signal'), fc.string()), {
      maxLength: 3,
    }),
    since: anyDay,
    until: anyDay,
  });

  it('binds and answers alike in both engines, whatever the values are', async () => {
    await fc.assert(
      fc.asyncProperty(anyFilter, fc.constantFrom(...TIME_GRAINS), async (filter, grain) => {
        for (const query of [
          outcomesQuery(filter, grain),
          networkPeriodsQuery(filter, grain),
          methodsQuery(filter, grain),
          networksQuery(filter),
          testsQuery(filter),
          countriesQuery(filter),
          totalsQuery(filter),
        ]) {
          await ask(query);
          expect(query.sql).not.toContain('KE');
        }
      }),
      { numRuns: 20 },
    );
  });

  it('loses no measurement between days and their total', async () => {
    await fc.assert(
      fc.asyncProperty(anyFilter, async (filter) => {
        const { sql, params } = outcomesQuery(filter, 'day');
        const [days] = await native(
          `SELECT coalesce(sum(measurement_count), 0)::DOUBLE AS measurement_count FROM (${sql})`,
          params,
        );
        expect(await ask(totalsQuery(filter))).toMatchObject([days]);
      }),
      { numRuns: 15 },
    );
  });
});
