/** Queries behind the three witnesses: bound in both engines, which must agree; ends of tool use counted by hand. */
import { describe, expect, it } from 'vitest';
import type { TableName } from '../../data-build/contract/tables.ts';
import { connectTimesQuery, useOfToolsQuery } from '../../site/query/tool-tests.ts';
import {
  courseQuery,
  eventsQuery,
  testEventsQuery,
  latestQuery,
  throughputPlacesQuery,
  throughputQuery,
  toolUsePlacesQuery,
  toolUseQuery,
  useEndsQuery,
} from '../../site/query/witnesses.ts';
import { useBothEngines } from '../support/both-engines.ts';

const TABLES: readonly TableName[] = [
  'interference_country_daily',
  'interference_network_daily',
  'interference_domain_daily',
  'measurements',
  'throughput_daily',
  'throughput_monthly',
  'circumvention_daily',
  'events',
  'networks',
];
const ROWS = [
  `INSERT INTO measurements BY NAME SELECT * FROM (VALUES
    ('KE', 'tor', 'ok', 10.0), ('KE', 'tor', 'ok', 20.0), ('KE', 'tor', 'anomaly', 300.0), ('KE', 'tor', 'ok', NULL),
    ('TZ', 'psiphon', 'ok', 3.0)
  ) AS t(probe_cc, test_name, outcome, bootstrap_time_s)`,
  `INSERT INTO circumvention_daily BY NAME SELECT * FROM (VALUES
    (DATE '2024-05-06', 'KE', 'tor-bridge', 'users', 80.0),
    (DATE '2024-05-07', 'KE', 'tor-bridge', 'users', 0.0),
    (DATE '2024-05-08', 'KE', 'tor-bridge', 'users', NULL),
    (DATE '2024-05-09', 'KE', 'tor-relay', 'users', 500.0),
    (DATE '2024-05-10', 'TZ', 'tor-bridge', 'users', 90.0)
  ) AS t(day, probe_cc, tool, metric, value)`,
  `INSERT INTO interference_country_daily BY NAME SELECT * FROM (VALUES
    (DATE '2024-05-06', 'KE', 'telegram', 10, 6, 4, 0, 0, 0),
    (DATE '2024-05-07', 'KE', 'telegram', 2, 0, 0, 0, 2, 0)
  ) AS t(day, probe_cc, test_name, measurement_count, ok_count, anomaly_count, confirmed_count, failure_count, unscored_count)`,
];

const { ask } = useBothEngines(TABLES, ROWS);

describe('the witnesses', () => {
  it('are asked in words that both engines understand', async () => {
    const target = { probe_cc: 'KE', probe_asn: null, test_name: 'telegram', domain: null };
    for (const query of [
      eventsQuery(null),
      eventsQuery('KE'),
      testEventsQuery('KE'),
      throughputQuery('KE'),
      throughputPlacesQuery(),
      toolUsePlacesQuery(),
      latestQuery(),
      courseQuery({ ...target, probe_asn: 64500 }),
      courseQuery({ ...target, domain: 'example.org' }),
      courseQuery({ ...target, probe_asn: 64500, domain: 'example.org' }),
    ])
      await ask(query);
    expect(await ask(connectTimesQuery('tor'))).toEqual([
      { probe_cc: 'KE', connected: 2, median_s: 15 },
    ]);
    expect(await ask(useOfToolsQuery(['tor-bridge']))).toMatchObject([
      { probe_cc: 'KE', median_value: 40, first_day: '2024-05-06', last_day: '2024-05-07' },
      { probe_cc: 'TZ', median_value: 90 },
    ]);
    expect(await ask(useOfToolsQuery([]))).toEqual([]);
    expect(await ask(toolUseQuery('KE'))).toHaveLength(4);
  });

  it('end with the last figure of a tool: a zero is one, a withheld day is none', async () => {
    expect(await ask(useEndsQuery('KE'))).toEqual([
      { tool: 'tor-bridge', metric: 'users', day: '2024-05-07' },
      { tool: 'tor-relay', metric: 'users', day: '2024-05-09' },
    ]);
  });

  it('count the days of a course by tests that reached a verdict', async () => {
    const target = { probe_cc: 'KE', probe_asn: null, test_name: 'telegram', domain: null };
    expect(await ask(courseQuery(target))).toEqual([{ day: '2024-05-06', tests: 10, signs: 4 }]);
  });
});
