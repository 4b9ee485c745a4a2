/** Single measurements to look at, and the websites of an event. Text that both DuckDB 1.5 and 0.9.1 understand. */
import type { EvidenceRow } from '../../data-build/contract/evidence.ts';
import type { Asn, CountryCode, Day } from '../../data-build/contract/brands.ts';
import {
  testSpec,
  type BlockingMethod,
  type Outcome,
} from '../../data-build/contract/vocabulary.ts';
import { WEBSITES_OF_CATEGORY } from './condition.ts';
import { askOne, type Query } from './query.ts';
import { places } from './count-columns.ts';

/** What measurements to look at are grouped by. */
export type SampleColumn = 'probe_cc' | 'probe_asn' | 'domain' | 'test_name';

/** One measurement with what leads to its page. */
export interface SampleRow extends EvidenceRow {
  /** The network, website or test that it was asked for. */
  readonly key: string;
  readonly day: Day;
  readonly probe_cc: CountryCode;
  readonly probe_asn: Asn;
  readonly test_name: string;
  readonly domain: string | null;
  readonly outcome: Outcome;
  readonly blocking_method: BlockingMethod | null;
  /** The rule that decided the outcome, and what it saw. */
  readonly rule_id: string;
  readonly blocking_detail: string | null;
  readonly failure_class: string | null;
}

const SHOWN =
  'day::VARCHAR AS day, probe_cc, probe_asn, test_name, domain, outcome, blocking_method, rule_id, blocking_detail, failure_class, measurement_uid, report_id, input';
const SHOWN_AGAIN = SHOWN.replace('::VARCHAR AS day', '');

/**
 * Measurements to look at for each key, at most `most`: one of each kind (place, network, target, outcome, method)
 * before a second, those that tell most first, then the newest.
 */
export function samplesQuery(
  column: SampleColumn,
  keys: readonly (string | number)[],
  most: number,
): Query<SampleRow> {
  const type = column === 'probe_asn' ? 'UINTEGER' : 'VARCHAR';
  const outcomeOrder =
    "CASE outcome WHEN 'confirmed' THEN 0 WHEN 'anomaly' THEN 1 WHEN 'ok' THEN 2 ELSE 3 END";
  const newest = 'measurement_start_time DESC, report_id, measurement_uid, input';
  const alike = 'probe_cc, probe_asn, test_name, domain, outcome, blocking_method';
  return {
    sql: [
      `WITH found AS (SELECT ${column}::VARCHAR AS key, ${SHOWN}, measurement_start_time, row_number() OVER (PARTITION BY ${alike} ORDER BY ${newest}) AS turn`,
      `FROM measurements WHERE ${column} IN (${places(keys, type)}) AND (measurement_uid IS NOT NULL OR report_id IS NOT NULL)),`,
      `ranked AS (SELECT *, row_number() OVER (PARTITION BY key ORDER BY turn, ${outcomeOrder}, ${newest}) AS place FROM found)`,
      `SELECT key, ${SHOWN_AGAIN} FROM ranked WHERE place <= ${Math.trunc(most)} ORDER BY key, place`,
    ].join(' '),
    params: keys,
    tables: ['measurements'],
  };
}

/** Measurements to look at of one network, website or test. */
export function samplesOf(
  column: SampleColumn,
  key: string | number,
  most: number,
): Query<SampleRow> {
  const many = (keys: readonly (string | number)[]) => samplesQuery(column, keys, most);
  return askOne(key, many, (row) => (typeof key === 'number' ? Number(row.key) : row.key));
}

/** What the measurements of an event are. */
interface EventSubject {
  readonly probe_cc: string;
  readonly probe_asn: number | null;
  readonly test_name: string | null;
  readonly domain: string | null;
  /** Of a group of websites. */
  readonly category_code: string | null;
}

/** Measurements of what an event is about on some days, as a condition. */
/** Of an event of many websites: what has an event of its own is no part of it. Its parameters are place and test. */
const WITHOUT_OWN_EVENT =
  "(domain IS NULL OR domain NOT IN (SELECT domain FROM events WHERE domain IS NOT NULL AND probe_asn IS NULL AND kind = 'interference_start' AND probe_cc = ?::VARCHAR AND test_name = ?::VARCHAR))";

function ofEvent(event: EventSubject, since: Day, until: Day) {
  const wanted = [
    ['probe_cc = ?::VARCHAR', event.probe_cc],
    ['test_name = ?::VARCHAR', event.test_name],
    ['domain = ?::VARCHAR', event.domain],
    [WEBSITES_OF_CATEGORY, event.category_code],
    ['probe_asn = ?::UINTEGER', event.probe_asn],
    ['day >= ?::DATE', since],
    ['day < ?::DATE', until],
  ] as const;
  const given = wanted.flatMap(([sql, value]) => (value === null ? [] : [{ sql, value }]));
  const isOfMany = event.domain === null && testSpec(event.test_name ?? '').group === 'websites';
  return {
    where: [...given.map(({ sql }) => sql), ...(isOfMany ? [WITHOUT_OWN_EVENT] : [])].join(' AND '),
    params: [
      ...given.map(({ value }) => value),
      ...(isOfMany ? [event.probe_cc, event.test_name] : []),
    ],
    tables: [
      'measurements',
      ...(event.category_code === null ? [] : (['domains'] as const)),
      ...(isOfMany ? (['events'] as const) : []),
    ] as const,
  };
}

/** Measurements with signs of what an event is about, at most `most`: one of each network before a second, newest first. */
export function eventSamplesQuery(
  event: EventSubject,
  since: Day,
  until: Day,
  most: number,
): Query<SampleRow> {
  const newest = 'measurement_start_time DESC, report_id, measurement_uid, input';
  const { where, params, tables } = ofEvent(event, since, until);
  return {
    sql: [
      `WITH found AS (SELECT ${SHOWN}, measurement_start_time, row_number() OVER (PARTITION BY probe_asn ORDER BY ${newest}) AS turn FROM measurements`,
      `WHERE ${where} AND outcome IN ('anomaly', 'confirmed') AND (measurement_uid IS NOT NULL OR report_id IS NOT NULL)),`,
      `ranked AS (SELECT *, row_number() OVER (ORDER BY turn, ${newest}) AS place FROM found)`,
      `SELECT 'event' AS key, ${SHOWN_AGAIN} FROM ranked WHERE place <= ${Math.trunc(most)} ORDER BY place`,
    ].join(' '),
    params,
    tables,
  };
}

export interface EventWebsiteRow {
  readonly domain: string;
  readonly tests: number;
  readonly signs: number;
  readonly networks: number;
}

/** The websites of an event of many, those with most signs first. */
export function eventWebsitesQuery(
  event: EventSubject,
  since: Day,
  until: Day,
): Query<EventWebsiteRow> {
  const { where, params, tables } = ofEvent(event, since, until);
  return {
    sql: [
      "SELECT domain, count(*)::DOUBLE AS tests, count(*) FILTER (outcome <> 'ok')::DOUBLE AS signs, count(DISTINCT probe_asn)::DOUBLE AS networks FROM measurements",
      `WHERE ${where} AND domain IS NOT NULL AND outcome IN ('ok', 'anomaly', 'confirmed') GROUP BY domain ORDER BY signs DESC, tests DESC, domain`,
    ].join(' '),
    params,
    tables,
  };
}

/** What one network showed of an event. */
export interface EventNetworkRow {
  readonly probe_asn: Asn;
  /** Tests with a verdict, and those with signs, before it began and since. */
  readonly tests_before: number;
  readonly signs_before: number;
  readonly tests: number;
  readonly signs: number;
  /** First and last day with signs since; null: none. */
  readonly first_sign: Day | null;
  readonly last_sign: Day | null;
  /** How most of its tests with signs failed, and how many did. */
  readonly blocking_method: BlockingMethod | null;
  readonly failure_class: string | null;
  readonly alike: number;
}

/** Networks with tests of what an event is about, those with most signs first. `from` is where the time before it begins. */
export function eventNetworksQuery(
  event: EventSubject,
  from: Day,
  since: Day,
  until: Day,
): Query<EventNetworkRow> {
  const { where, params, tables } = ofEvent(event, from, until);
  return {
    sql: [
      `WITH own AS (SELECT probe_asn, day, outcome <> 'ok' AS sign, day >= ?::DATE AS inside, blocking_method, failure_class FROM measurements WHERE ${where} AND probe_asn IS NOT NULL AND outcome IN ('ok', 'anomaly', 'confirmed')),`,
      'ways AS (SELECT probe_asn, blocking_method, failure_class, count(*) AS alike FROM own WHERE inside AND sign GROUP BY probe_asn, blocking_method, failure_class),',
      'ranked AS (SELECT *, row_number() OVER (PARTITION BY probe_asn ORDER BY alike DESC, blocking_method, failure_class) AS place FROM ways),',
      'counted AS (SELECT probe_asn, (count(*) FILTER (NOT inside))::DOUBLE AS tests_before, (count(*) FILTER (sign AND NOT inside))::DOUBLE AS signs_before, (count(*) FILTER (inside))::DOUBLE AS tests, (count(*) FILTER (sign AND inside))::DOUBLE AS signs, (min(day) FILTER (sign AND inside))::VARCHAR AS first_sign, (max(day) FILTER (sign AND inside))::VARCHAR AS last_sign FROM own GROUP BY probe_asn)',
      'SELECT counted.*, blocking_method, failure_class, coalesce(alike, 0)::DOUBLE AS alike FROM counted LEFT JOIN ranked ON ranked.probe_asn = counted.probe_asn AND place = 1 WHERE tests > 0 ORDER BY signs DESC, tests DESC, counted.probe_asn',
    ].join(' '),
    params: [since, ...params],
    tables,
  };
}

/** How tests of an event failed, the most frequent way first. */
export interface FailureRow {
  readonly blocking_method: BlockingMethod | null;
  readonly failure_class: string | null;
  readonly tests: number;
  readonly networks: number;
}

export function eventFailuresQuery(event: EventSubject, since: Day, until: Day): Query<FailureRow> {
  const { where, params, tables } = ofEvent(event, since, until);
  return {
    sql: `SELECT blocking_method, failure_class, count(*)::DOUBLE AS tests, count(DISTINCT probe_asn)::DOUBLE AS networks FROM measurements WHERE ${where} AND outcome IN ('anomaly', 'confirmed') GROUP BY blocking_method, failure_class ORDER BY tests DESC, blocking_method, failure_class`,
    params,
    tables,
  };
}
