/** Queries to begin with, for three kinds of readers. Text that both DuckDB 1.5 and 0.9.1 understand; a test runs them. */
import { quoteText } from '../../data-build/contract/sql.ts';
import type { TableName } from '../../data-build/contract/tables.ts';

export const READERS = ['journalist', 'researcher', 'advocate'] as const;
export type Reader = (typeof READERS)[number];

export interface Example {
  readonly id: ExampleId;
  readonly reader: Reader;
  readonly tables: readonly TableName[];
  readonly sql: string;
}

export type ExampleId =
  | 'places'
  | 'brackets'
  | 'apps'
  | 'witnesses'
  | 'leave_one_out'
  | 'rules'
  | 'websites'
  | 'networks'
  | 'tool_use';

/** `probeCc` is the country or territory that the examples speak of. */
export function listExamples(probeCc: string): readonly Example[] {
  const place = quoteText(probeCc);
  return [
    {
      id: 'places',
      reader: 'journalist',
      tables: ['interference_network_daily'],
      sql: `-- Where Telegram tests showed signs of interference, with what the share rests on
SELECT probe_cc,
       sum(measurement_count - failure_count) AS tests,
       sum(anomaly_count + confirmed_count) AS signs,
       sum(anomaly_count + confirmed_count) / sum(measurement_count - failure_count) AS rate,
       count(DISTINCT probe_asn) AS network_count,
       min(day) AS first_day,
       max(day) AS last_day
FROM interference_network_daily
WHERE test_name = 'telegram'
GROUP BY probe_cc
HAVING sum(measurement_count - failure_count) > 0
ORDER BY rate DESC, tests DESC`,
    },
    {
      id: 'brackets',
      reader: 'journalist',
      tables: ['events'],
      sql: `-- What began when: each event lies between its last normal day and its first sign
SELECT probe_cc, kind, target, last_normal, first_sign, last_sign, first_normal,
       measurement_count, network_count, agreement, robust
FROM events
WHERE kind IN ('interference_start', 'slowdown', 'surge')
ORDER BY first_sign DESC
LIMIT 200`,
    },
    {
      id: 'apps',
      reader: 'journalist',
      tables: ['interference_country_daily'],
      sql: `-- ${probeCc}: each test by week
SELECT date_trunc('week', day)::DATE AS week,
       test_name,
       sum(measurement_count - failure_count) AS tests,
       sum(anomaly_count + confirmed_count) / sum(measurement_count - failure_count) AS rate
FROM interference_country_daily
WHERE probe_cc = ${place}
GROUP BY week, test_name
HAVING sum(measurement_count - failure_count) > 0
ORDER BY week, test_name`,
    },
    {
      id: 'witnesses',
      reader: 'researcher',
      tables: ['interference_country_daily', 'throughput_monthly', 'circumvention_daily'],
      sql: `-- Three witnesses side by side, by month: a join of three tables
WITH signs AS (
  SELECT probe_cc, strftime(day, '%Y-%m') AS month,
         sum(measurement_count - failure_count) AS tests,
         sum(anomaly_count + confirmed_count) AS signs
  FROM interference_country_daily
  GROUP BY 1, 2
), tools AS (
  SELECT probe_cc, strftime(day, '%Y-%m') AS month, avg(value) AS tor_clients
  FROM circumvention_daily
  WHERE tool = 'tor-relay' AND metric = 'users'
  GROUP BY 1, 2
)
SELECT probe_cc, month, tests, signs, signs / nullif(tests, 0) AS rate,
       download_sample_count, download_mbps_p50, tor_clients
FROM signs
LEFT JOIN throughput_monthly AS speed
       USING (probe_cc, month)
LEFT JOIN tools USING (probe_cc, month)
WHERE speed.probe_asn IS NULL
ORDER BY probe_cc, month`,
    },
    {
      id: 'leave_one_out',
      reader: 'researcher',
      tables: ['interference_network_daily', 'networks'],
      sql: `-- ${probeCc}: the share of signs without each network in turn
WITH counted AS (
  SELECT probe_asn,
         sum(measurement_count - failure_count) AS own_tests,
         sum(anomaly_count + confirmed_count) AS own_signs
  FROM interference_network_daily
  WHERE probe_cc = ${place}
  GROUP BY probe_asn
), named AS (
  SELECT probe_asn, min(name) AS left_out FROM networks GROUP BY probe_asn
)
SELECT counted.probe_asn::VARCHAR AS without, named.left_out,
       sum(own_tests) OVER () - own_tests AS tests,
       sum(own_signs) OVER () - own_signs AS signs,
       (sum(own_signs) OVER () - own_signs) / nullif(sum(own_tests) OVER () - own_tests, 0) AS rate,
       count(*) OVER () - 1 AS network_count
FROM counted LEFT JOIN named ON counted.probe_asn = named.probe_asn
ORDER BY own_tests DESC`,
    },
    {
      id: 'rules',
      reader: 'researcher',
      tables: ['measurements'],
      sql: `-- Which rule decided how many measurements, with one to look at
SELECT test_name, outcome, rule_id, blocking_method,
       count(*) AS measurements,
       count(DISTINCT probe_asn) AS network_count,
       min(measurement_uid) AS example_uid
FROM measurements
WHERE probe_cc = ${place}
GROUP BY test_name, outcome, rule_id, blocking_method
ORDER BY measurements DESC, test_name, rule_id`,
    },
    {
      id: 'websites',
      reader: 'advocate',
      tables: ['interference_domain_daily', 'domains'],
      sql: `-- ${probeCc}: websites whose tests showed signs, by category
SELECT domains.category_code, daily.domain,
       sum(daily.measurement_count - failure_count) AS tests,
       sum(anomaly_count + confirmed_count) AS signs,
       sum(confirmed_count) AS confirmed,
       max(day) AS last_day
FROM interference_domain_daily AS daily
LEFT JOIN domains USING (domain)
WHERE probe_cc = ${place}
GROUP BY domains.category_code, daily.domain
HAVING sum(anomaly_count + confirmed_count) > 0
ORDER BY signs DESC, daily.domain`,
    },
    {
      id: 'networks',
      reader: 'advocate',
      tables: ['interference_network_domain_weekly', 'networks'],
      sql: `-- ${probeCc}: how interference shows on each network
WITH named AS (SELECT probe_asn, min(name) AS name FROM networks GROUP BY probe_asn)
SELECT weekly.probe_asn, named.name, test_name, blocking_method,
       sum(anomaly_count + confirmed_count) AS signs,
       min(week) AS first_week, max(week) AS last_week
FROM interference_network_domain_weekly AS weekly
LEFT JOIN named ON weekly.probe_asn = named.probe_asn
WHERE probe_cc = ${place} AND blocking_method IS NOT NULL
GROUP BY weekly.probe_asn, named.name, test_name, blocking_method
ORDER BY signs DESC, weekly.probe_asn`,
    },
    {
      id: 'tool_use',
      reader: 'advocate',
      tables: ['circumvention_daily'],
      sql: `-- ${probeCc}: estimated clients of circumvention tools by day. Withheld days stay empty
SELECT day, tool, value AS clients
FROM circumvention_daily
WHERE probe_cc = ${place} AND metric = 'users'
ORDER BY day, tool`,
    },
  ];
}
