/**
 * Questions about the other two witnesses and about detected events. Text that both DuckDB 1.5 and 0.9.1
 * understand; counts are DOUBLE so that both engines give plain numbers.
 */
import type { CountryCode, Day } from '../../data-build/contract/brands.ts';
import type { DetectedEvent } from '../../data-build/contract/detected-event.ts';
import { SOURCES, TESTS_FROM } from '../../data-build/contract/sources.ts';
import type { RowOf } from '../../data-build/contract/tables.ts';
import { WEBSITES_OF_CATEGORY } from './condition.ts';
import type { Query } from './query.ts';

export interface EventRow extends DetectedEvent {
  /** Name of the event's network; null where it has none or is not known. */
  readonly network_name: string | null;
}

export interface ThroughputRow extends Pick<
  RowOf<'throughput_daily'>,
  | 'download_mbps_p10'
  | 'download_mbps_p25'
  | 'download_mbps_p50'
  | 'download_mbps_p75'
  | 'download_mbps_p90'
> {
  /** First day of the day or month. */
  readonly period: Day;
  readonly grain: 'day' | 'month';
  /** Downloads measured. */
  readonly download_sample_count: number;
}

/** `value` null: withheld or not published, never 0. */
export type ToolUseRow = Omit<RowOf<'circumvention_daily'>, 'probe_cc'>;

export interface IndicatorRow extends Omit<RowOf<'indicators_daily'>, 'probe_cc' | 'licence'> {
  readonly value: number;
}

/** A place that has rows of a table, with the span of its days. */
export interface PlaceRow {
  readonly probe_cc: CountryCode;
  readonly first_day: Day;
  readonly last_day: Day;
}

/** One day of the target of one event. */
export interface UseEndRow {
  readonly tool: string;
  readonly metric: string;
  readonly day: Day;
}

export interface CourseRow {
  readonly day: Day;
  readonly tests: number;
  readonly signs: number;
}

const EVENT_COLUMNS = [
  ...['event_id', 'source', 'kind', 'probe_cc', 'probe_asn', 'target', 'test_name', 'domain'],
  ...['category_code', 'tool', 'metric', 'blocking_method'],
  ...['last_normal', 'first_sign', 'last_sign', 'first_normal'].map(
    (day) => `${day}::VARCHAR AS ${day}`,
  ),
  ...['magnitude', 'baseline'],
  ...['measurement_count', 'anomaly_count', 'confirmed_count', 'network_count'].map(
    (count) => `${count}::DOUBLE AS ${count}`,
  ),
  ...['agreement', 'detector_id', 'robust', 'coverage_ratio', 'follows_event_id', 'licence'],
];

/** Every event, newest first; of one country or territory when named. */
export function eventsQuery(probeCc: string | null): Query<EventRow> {
  const where = probeCc === null ? 'true' : 'probe_cc = ?::VARCHAR';
  return {
    sql: [
      'WITH named AS (SELECT probe_asn, min(name) AS network_name FROM networks GROUP BY probe_asn),',
      `found AS (SELECT ${EVENT_COLUMNS.join(', ')} FROM events WHERE ${where})`,
      'SELECT found.*, named.network_name FROM found LEFT JOIN named ON found.probe_asn = named.probe_asn',
      'ORDER BY first_sign DESC, event_id',
    ].join(' '),
    params: probeCc === null ? [] : [probeCc],
    tables: ['events', 'networks'],
  };
}

/** Where the events of tests lie: those of other publishers are not read for them. */
const TEST_EVENTS = SOURCES[TESTS_FROM].licence;

/** Events of tests in a country or territory, without names of networks: what is drawn or said beside counts of tests. */
export function testEventsQuery(probeCc: string): Query<EventRow> {
  return {
    sql: [
      `SELECT ${EVENT_COLUMNS.join(', ')}, NULL::VARCHAR AS network_name FROM events`,
      'WHERE probe_cc = ?::VARCHAR AND licence = ?::VARCHAR ORDER BY first_sign DESC, event_id',
    ].join(' '),
    params: [probeCc, TEST_EVENTS],
    tables: ['events'],
  };
}

/** Which files answer {@link testEventsQuery}. */
export function testEventsScope(probeCc: string) {
  return { probeCc, licence: TEST_EVENTS };
}

/** Downloads of a whole country or territory: days where there are any, and months. */
export function throughputQuery(probeCc: string): Query<ThroughputRow> {
  const columns = [
    'download_sample_count::DOUBLE AS download_sample_count',
    ...['p10', 'p25', 'p50', 'p75', 'p90'].map((p) => `download_mbps_${p}`),
  ].join(', ');
  const where =
    'probe_cc = ?::VARCHAR AND probe_asn IS NULL AND download_sample_count > 0 AND download_mbps_p50 IS NOT NULL';
  return {
    sql: [
      `SELECT day::VARCHAR AS period, 'day' AS grain, ${columns} FROM throughput_daily WHERE ${where}`,
      `UNION ALL SELECT month || '-01' AS period, 'month' AS grain, ${columns} FROM throughput_monthly WHERE ${where}`,
      'ORDER BY grain, period',
    ].join(' '),
    params: [probeCc, probeCc],
    tables: ['throughput_daily', 'throughput_monthly'],
  };
}

/** Every figure of every tool in a country or territory, by tool, metric and day. */
export function toolUseQuery(probeCc: string): Query<ToolUseRow> {
  return {
    sql: 'SELECT day::VARCHAR AS day, tool, metric, value, lower, upper, coverage, source, licence FROM circumvention_daily WHERE probe_cc = ?::VARCHAR ORDER BY tool, metric, day',
    params: [probeCc],
    tables: ['circumvention_daily'],
  };
}

/** Every indicator of a country or territory, by publisher, indicator and day. */
export function indicatorsQuery(probeCc: string): Query<IndicatorRow> {
  return {
    sql: 'SELECT day::VARCHAR AS day, source, indicator, value, lower, upper FROM indicators_daily WHERE probe_cc = ?::VARCHAR AND value IS NOT NULL ORDER BY source, indicator, day',
    params: [probeCc],
    tables: ['indicators_daily'],
  };
}

/** Places with indicators. */
export function indicatorPlacesQuery(): Query<PlaceRow> {
  return {
    sql: 'SELECT probe_cc, min(day)::VARCHAR AS first_day, max(day)::VARCHAR AS last_day FROM indicators_daily WHERE value IS NOT NULL GROUP BY probe_cc ORDER BY probe_cc',
    params: [],
    tables: ['indicators_daily'],
  };
}

/** Places with speed tests. */
export function throughputPlacesQuery(): Query<PlaceRow> {
  return {
    sql: [
      "WITH spans AS (SELECT probe_cc, day AS first_day, day AS last_day FROM throughput_daily WHERE probe_asn IS NULL UNION ALL SELECT probe_cc, (month || '-01')::DATE AS first_day, ((month || '-01')::DATE + INTERVAL 1 MONTH - INTERVAL 1 DAY)::DATE AS last_day FROM throughput_monthly WHERE probe_asn IS NULL)",
      'SELECT probe_cc, min(first_day)::VARCHAR AS first_day, max(last_day)::VARCHAR AS last_day FROM spans WHERE probe_cc IS NOT NULL GROUP BY probe_cc ORDER BY probe_cc',
    ].join(' '),
    params: [],
    tables: ['throughput_daily', 'throughput_monthly'],
  };
}

/** Places with published figures of tool use. */
export function toolUsePlacesQuery(): Query<PlaceRow> {
  return {
    sql: 'SELECT probe_cc, min(day)::VARCHAR AS first_day, max(day)::VARCHAR AS last_day FROM circumvention_daily WHERE value IS NOT NULL GROUP BY probe_cc ORDER BY probe_cc',
    params: [],
    tables: ['circumvention_daily'],
  };
}

/** Last day with a figure of each tool and metric in a country or territory. */
export function useEndsQuery(probeCc: string): Query<UseEndRow> {
  return {
    sql: 'SELECT tool, metric, max(day)::VARCHAR AS day FROM circumvention_daily WHERE probe_cc = ?::VARCHAR AND value IS NOT NULL GROUP BY tool, metric ORDER BY tool, metric',
    params: [probeCc],
    tables: ['circumvention_daily'],
  };
}

/** Days on which anything was tested in a country or territory, of the test, website and network named. */
export function courseQuery(target: {
  readonly probe_cc: string;
  readonly probe_asn: number | null;
  readonly test_name: string | null;
  readonly domain: string | null;
  /** Of a group of websites. */
  readonly category_code?: string | null;
}): Query<CourseRow> {
  const category = target.category_code ?? null;
  const table =
    target.domain === null && category === null
      ? target.probe_asn === null
        ? 'interference_country_daily'
        : 'interference_network_daily'
      : target.probe_asn === null
        ? 'interference_domain_daily'
        : 'measurements';
  const counts =
    table === 'measurements'
      ? "(count(*) FILTER (WHERE outcome IN ('ok', 'anomaly', 'confirmed')))::DOUBLE AS tests, (count(*) FILTER (WHERE outcome IN ('anomaly', 'confirmed')))::DOUBLE AS signs"
      : 'sum(measurement_count - failure_count)::DOUBLE AS tests, sum(anomaly_count + confirmed_count)::DOUBLE AS signs';
  const wanted = [
    ['probe_cc = ?::VARCHAR', target.probe_cc],
    ['test_name = ?::VARCHAR', target.test_name],
    ['domain = ?::VARCHAR', target.domain],
    [WEBSITES_OF_CATEGORY, category],
    ['probe_asn = ?::UINTEGER', target.probe_asn],
  ] as const;
  const given = wanted.flatMap(([sql, value]) => (value === null ? [] : [{ sql, value }]));
  return {
    sql: `SELECT * FROM (SELECT day::VARCHAR AS day, ${counts} FROM ${table} WHERE ${given.map(({ sql }) => sql).join(' AND ')} GROUP BY day) AS days WHERE tests > 0 ORDER BY day`,
    params: given.map(({ value }) => value),
    tables: category === null ? [table] : [table, 'domains'],
  };
}

/** The latest of speed and of tool use in one place; null where it has none. */
export interface LatestRow {
  readonly probe_cc: CountryCode;
  /** First day of the month or day. */
  readonly speed_period: Day | null;
  readonly speed_grain: 'day' | 'month' | null;
  readonly download_sample_count: number | null;
  /** Mbit/s. */
  readonly download_mbps_p50: number | null;
  readonly use_day: Day | null;
  readonly tool: string | null;
  readonly metric: string | null;
  readonly value: number | null;
}

/** One row per place with speed tests or tool use, by code; of several tools the most used on its last day. */
export function latestQuery(): Query<LatestRow> {
  const columns = 'probe_cc, download_sample_count, download_mbps_p50';
  const wanted =
    'probe_asn IS NULL AND probe_cc IS NOT NULL AND download_sample_count > 0 AND download_mbps_p50 IS NOT NULL';
  return {
    sql: [
      `WITH speeds AS (SELECT ${columns}, day::VARCHAR AS speed_period, 'day' AS speed_grain FROM throughput_daily WHERE ${wanted}`,
      `UNION ALL SELECT ${columns}, month || '-01' AS speed_period, 'month' AS speed_grain FROM throughput_monthly WHERE ${wanted}),`,
      'speed AS (SELECT *, row_number() OVER (PARTITION BY probe_cc ORDER BY speed_period DESC, speed_grain DESC) AS place FROM speeds),',
      'use AS (SELECT probe_cc, day::VARCHAR AS use_day, tool, metric, value, row_number() OVER (PARTITION BY probe_cc ORDER BY day DESC, value DESC, tool, metric) AS place FROM circumvention_daily WHERE value IS NOT NULL),',
      'codes AS (SELECT probe_cc FROM speed UNION SELECT probe_cc FROM use)',
      'SELECT codes.probe_cc, speed_period, speed_grain, download_sample_count::DOUBLE AS download_sample_count, download_mbps_p50, use_day, tool, metric, value',
      'FROM codes LEFT JOIN speed ON codes.probe_cc = speed.probe_cc AND speed.place = 1 LEFT JOIN use ON codes.probe_cc = use.probe_cc AND use.place = 1 ORDER BY codes.probe_cc',
    ].join(' '),
    params: [],
    tables: ['throughput_daily', 'throughput_monthly', 'circumvention_daily'],
  };
}
