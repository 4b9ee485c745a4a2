/** The questions behind the world map, bound in both engines that could run them. */
import { describe, expect, it } from 'vitest';
import type { TableName } from '../../data-build/contract/tables.ts';
import {
  worldCategoriesQuery,
  worldEventsQuery,
  worldInterferenceQuery,
  worldThroughputQuery,
  worldToolsQuery,
} from '../../site/query/world.ts';
import { useBothEngines } from '../support/both-engines.ts';

const TABLES: readonly TableName[] = [
  'interference_country_daily',
  'interference_network_daily',
  'interference_domain_daily',
  'interference_network_domain_weekly',
  'domains',
  'throughput_daily',
  'throughput_monthly',
  'circumvention_daily',
  'events',
];
const ROWS = [
  `INSERT INTO interference_country_daily BY NAME SELECT * FROM (VALUES
    (DATE '2024-11-06', 'KE', NULL, 10, 1, 2, 0), (DATE '2024-11-29', 'KE', NULL, 20, 0, 5, 1),
    (DATE '2024-12-01', 'KE', NULL, 4, 0, 0, 0), (DATE '2024-11-07', 'TZ', 'telegram', 40, 5, 5, 0)
  ) AS t(day, probe_cc, test_name, measurement_count, failure_count, anomaly_count, confirmed_count)`,
  `INSERT INTO interference_network_daily BY NAME SELECT * FROM (VALUES
    (DATE '2024-11-06', 'KE', 33771, 10), (DATE '2024-11-29', 'KE', 36926, 15), (DATE '2024-11-29', 'KE', 33771, 5),
    (DATE '2024-11-07', 'TZ', 36908, 3)
  ) AS t(day, probe_cc, probe_asn, measurement_count)`,
  `INSERT INTO interference_domain_daily BY NAME SELECT * FROM (VALUES
    (DATE '2024-10-29', 'UG', 'news.example', 8, 3), (DATE '2024-11-02', 'UG', 'paper.example', 6, 0),
    (DATE '2024-11-05', 'UG', 'faith.example', 2, 0), (DATE '2024-11-05', 'UG', 'unlisted.example', 9, 9)
  ) AS t(day, probe_cc, domain, measurement_count, anomaly_count)`,
  `INSERT INTO interference_network_domain_weekly BY NAME SELECT * FROM (VALUES
    (DATE '2024-10-28', 'UG', 64500, 'news.example', 8), (DATE '2024-10-28', 'UG', 64501, 'paper.example', 6)
  ) AS t(week, probe_cc, probe_asn, domain, measurement_count)`,
  `INSERT INTO domains BY NAME SELECT * FROM (VALUES
    ('news.example', 'NEWS'), ('paper.example', 'NEWS'), ('faith.example', 'REL'), ('unlisted.example', NULL)
  ) AS t(domain, category_code)`,
  `INSERT INTO throughput_monthly BY NAME SELECT * FROM (VALUES
    ('2024-11', 'KE', NULL::UINTEGER, 900, 12.5), ('2024-11', 'KE', 33771, 400, 9.5)
  ) AS t(month, probe_cc, probe_asn, download_sample_count, download_mbps_p50)`,
  `INSERT INTO throughput_daily BY NAME SELECT * FROM (VALUES
    (DATE '2024-11-04', 'KE', 10, 1.0), (DATE '2024-12-02', 'KE', 10, 2.0), (DATE '2024-12-03', 'KE', 10, 8.0)
  ) AS t(day, probe_cc, download_sample_count, download_mbps_p50)`,
  `INSERT INTO circumvention_daily BY NAME SELECT * FROM (VALUES
    (DATE '2024-11-04', 'KE', 'tor-relay', 'users', 100.0, 'cc0'), (DATE '2024-11-05', 'KE', 'tor-relay', 'users', NULL, 'cc0'),
    (DATE '2024-11-06', 'KE', 'tor-relay', 'users', 200.0, 'cc0'), (DATE '2024-11-04', 'KE', 'tor-bridge', 'users', 5.0, 'cc0'),
    (DATE '2024-11-04', 'KE', 'psiphon', 'users', 9000.0, 'psiphon-permission')
  ) AS t(day, probe_cc, tool, metric, value, licence)`,
  `INSERT INTO events BY NAME SELECT * FROM (VALUES
    ('KE', NULL::UINTEGER, 'surge', DATE '2024-11-07', NULL::DATE, 3.5, 'surge_alone', 'cc0', 'tor-metrics'),
    ('KE', 33771, 'slowdown', DATE '2024-11-07', NULL, 0.5, 'alone', 'cc0', 'mlab'),
    ('TZ', NULL, 'surge', DATE '2024-11-07', NULL, 3.5, 'global_change', 'cc0', 'tor-metrics'),
    ('TZ', NULL, 'surge', DATE '2024-11-07', NULL, 3.5, 'alone', 'psiphon-permission', 'psiphon')
  ) AS t(probe_cc, probe_asn, kind, first_sign, first_normal, magnitude, agreement, licence, source)`,
];

const { ask } = useBothEngines(TABLES, ROWS);

describe('interference', () => {
  it('adds up by month and place, and counts networks only where all are known', async () => {
    expect(await ask(worldInterferenceQuery('month'))).toEqual([
      {
        period: '2024-11-01',
        probe_cc: 'KE',
        measurement_count: 30,
        failure_count: 1,
        anomaly_count: 7,
        confirmed_count: 1,
        first_day: '2024-11-06',
        last_day: '2024-11-29',
        day_count: 2,
        network_count: 2,
        only_probe_asn: null,
      },
      expect.objectContaining({ period: '2024-11-01', probe_cc: 'TZ', network_count: null }),
      expect.objectContaining({ period: '2024-12-01', probe_cc: 'KE', network_count: null }),
    ]);
  });

  it('adds up some tests, and the websites of each category by the Monday of their week', async () => {
    expect(await ask(worldInterferenceQuery('month', ['telegram']))).toMatchObject([
      { period: '2024-11-01', probe_cc: 'TZ', measurement_count: 40, network_count: null },
    ]);
    expect(await ask(worldCategoriesQuery('month'))).toMatchObject([
      {
        period: '2024-10-01',
        category_code: 'NEWS',
        probe_cc: 'UG',
        measurement_count: 14,
        anomaly_count: 3,
        network_count: 2,
        day_count: 2,
        first_day: '2024-10-29',
        last_day: '2024-11-02',
      },
      { period: '2024-11-01', category_code: 'REL', measurement_count: 2, network_count: 0 },
    ]);
  });

  it('begins weeks on Monday', async () => {
    expect(await ask(worldInterferenceQuery('week'))).toMatchObject([
      { period: '2024-11-04', probe_cc: 'KE' },
      { period: '2024-11-04', probe_cc: 'TZ' },
      { period: '2024-11-25', probe_cc: 'KE', measurement_count: 24 },
    ]);
  });
});

describe('throughput', () => {
  it('takes months as published and makes the others from days; networks are left out', async () => {
    const rows = await ask(worldThroughputQuery('month'));
    expect(rows).toMatchObject([
      { period: '2024-11-01', probe_cc: 'KE', download_sample_count: 900, download_mbps_p50: 12.5 },
      { period: '2024-12-01', probe_cc: 'KE', download_sample_count: 20 },
    ]);
    expect(await ask(worldThroughputQuery('week'))).toHaveLength(2);
  });
});

describe('tool use', () => {
  it('takes the most used CC0 tool; withheld days are no zeros', async () => {
    expect(await ask(worldToolsQuery('month'))).toEqual([
      { period: '2024-11-01', probe_cc: 'KE', tool: 'tor-relay', value: 150, day_count: 2 },
    ]);
  });

  it('leaves out events of networks, of other licences, and those seen everywhere', async () => {
    expect(await ask(worldEventsQuery(['surge', 'slowdown'], ['mlab', 'tor-metrics']))).toEqual([
      {
        probe_cc: 'KE',
        kind: 'surge',
        first_sign: '2024-11-07',
        first_normal: null,
        magnitude: 3.5,
      },
    ]);
  });
});
