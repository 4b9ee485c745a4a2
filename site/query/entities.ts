/**
 * Questions behind the pages of networks, websites and tests: each is asked once for many pages, never page by
 * page. Text that both DuckDB 1.5 and 0.9.1 understand; counts are DOUBLE so that both engines give plain numbers.
 */
import type { EvidenceRow } from '../../data-build/contract/evidence.ts';
import type { SourceId } from '../../data-build/contract/sources.ts';
import type { Asn, CountryCode, Day } from '../../data-build/contract/brands.ts';
import {
  BLOCKING_METHODS,
  type BlockingMethod,
  type CategoryCode,
  type Outcome,
  type TimeGrain,
} from '../../data-build/contract/vocabulary.ts';
import { KNOWN_NETWORKS, NETWORKS, SEEN_NETWORKS } from './breadth.ts';
import { WEBSITES_OF_CATEGORY } from './condition.ts';
import { askOne, type Query, type QueryParam } from './query.ts';
import type { OutcomeCounts } from './rows.ts';

interface Counted extends OutcomeCounts {
  readonly unscored_count: number;
}
interface Spanned extends Counted {
  /** Different days with scored measurements. */
  readonly day_count: number;
  readonly first_day: Day;
  readonly last_day: Day;
}

export interface NetworkPlaceRow extends Spanned {
  readonly probe_asn: Asn;
  readonly probe_cc: CountryCode;
}
export interface NetworkNameRow {
  readonly probe_asn: Asn;
  readonly name: string | null;
  /** Whose name it is; of two that have it, the first. */
  readonly source: SourceId | null;
}
/** One day of one test on one network, in one country or territory. */
export interface NetworkDayRow extends Counted {
  readonly probe_asn: Asn;
  readonly probe_cc: CountryCode;
  readonly day: Day;
  readonly test_name: string;
  /** Measurements per method that occurred, as `dns 3|tls 1`; empty: none. */
  readonly methods: string;
}
/** The network of all of it; null: several. */
interface OnNetworks {
  readonly network_count: number;
  readonly only_probe_asn?: Asn | null;
}
export interface DomainRow extends Spanned, OnNetworks {
  readonly domain: string;
  readonly category_code: CategoryCode | null;
  readonly country_count: number;
}
export interface DomainPlaceRow extends Spanned, OnNetworks {
  readonly domain: string;
  readonly probe_cc: CountryCode;
  readonly methods: string;
}
export interface DomainWeekRow extends Counted {
  readonly domain: string;
  readonly probe_cc: CountryCode;
  readonly week: Day;
  /** Networks of the week. */
  readonly network_count: number;
}
/** A website in one country or territory. */
export interface CountryDomainRow extends Spanned, OnNetworks {
  readonly domain: string;
  readonly category_code: CategoryCode | null;
}
/** Tests of one test or one website in one day, week or month. */
export interface TargetCourseRow {
  readonly kind: 'test' | 'domain';
  /** Of the test or the website. */
  readonly name: string;
  /** First day of the day, week or month. */
  readonly period: Day;
  readonly tests: number;
  readonly signs: number;
}

export interface CountryCategoryRow extends Spanned, OnNetworks {
  readonly category_code: CategoryCode | null;
  readonly domain_count: number;
}
/** Measurements of one network in one week or month; by method where there were signs. */
export interface NetworkMethodRow {
  readonly probe_asn: Asn;
  readonly name: string | null;
  readonly period: Day;
  /** Null: the measurements without signs, or with signs that name no method. */
  readonly blocking_method: BlockingMethod | null;
  readonly measurement_count: number;
  readonly signs: number;
}
export interface TestPlaceRow extends Spanned {
  readonly test_name: string;
  readonly probe_cc: CountryCode;
  /** Null where the source names none. */
  readonly network_count: number | null;
  readonly only_probe_asn?: Asn | null;
}
/** One website in one country or territory over some days. Always one row. */
export interface DomainTotalRow extends Counted, OnNetworks {
  readonly day_count: number;
}
/** What measurements to look at are grouped by. */
export type SampleColumn = 'probe_asn' | 'domain' | 'test_name';

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
}

const sum = (column: string): string => `coalesce(sum(${column}), 0)::DOUBLE AS ${column}`;
/** The five counts of the scored, summed under their own names. */
export const COUNTS = [
  'measurement_count',
  'ok_count',
  'anomaly_count',
  'confirmed_count',
  'failure_count',
]
  .map(sum)
  .join(', ');
const ALL_COUNTS = `${COUNTS}, ${sum('unscored_count')}`;
const SPAN =
  '(count(DISTINCT day) FILTER (WHERE measurement_count > 0))::DOUBLE AS day_count, min(day)::VARCHAR AS first_day, max(day)::VARCHAR AS last_day';
/** Sums of the method columns as one text, so that a row stays narrow. */
const METHODS = `concat_ws('|', ${Object.keys(BLOCKING_METHODS)
  .map(
    (method) =>
      `CASE WHEN sum(${method}_count) > 0 THEN '${method} ' || sum(${method}_count)::BIGINT::VARCHAR END`,
  )
  .join(', ')}) AS methods`;

function places(values: readonly QueryParam[], type: 'VARCHAR' | 'UINTEGER'): string {
  return values.length === 0 ? 'NULL' : values.map(() => `?::${type}`).join(', ');
}

/** One row per network and country or territory it was tested in. */
export function networkPlacesQuery(): Query<NetworkPlaceRow> {
  return {
    sql: `SELECT probe_asn, probe_cc, ${ALL_COUNTS}, ${SPAN} FROM interference_network_daily GROUP BY probe_asn, probe_cc ORDER BY probe_asn, probe_cc`,
    params: [],
    tables: ['interference_network_daily'],
  };
}

/** Networks that anything was measured on in a country or territory, scored or not. */
export function placeNetworksQuery(probeCc: CountryCode): Query<{ readonly probe_asn: Asn }> {
  return {
    sql: 'SELECT DISTINCT probe_asn FROM interference_network_daily WHERE probe_cc = ?::VARCHAR ORDER BY probe_asn',
    params: [probeCc],
    tables: ['interference_network_daily'],
  };
}

/** Names of networks, and who gives them. */
export function networkNamesQuery(): Query<NetworkNameRow> {
  return {
    sql: [
      'WITH named AS (SELECT probe_asn, min(name) AS name FROM networks GROUP BY probe_asn)',
      'SELECT named.probe_asn, named.name, min(networks.source) AS source FROM named LEFT JOIN networks ON named.probe_asn = networks.probe_asn AND named.name = networks.name',
      'GROUP BY named.probe_asn, named.name ORDER BY named.probe_asn',
    ].join(' '),
    params: [],
    tables: ['networks'],
  };
}

/** Every day of some networks. */
export function networkDaysQuery(asns: readonly Asn[]): Query<NetworkDayRow> {
  return {
    sql: `SELECT probe_asn, probe_cc, day::VARCHAR AS day, test_name, ${ALL_COUNTS}, ${METHODS} FROM interference_network_daily WHERE probe_asn IN (${places(asns, 'UINTEGER')}) GROUP BY probe_asn, probe_cc, day, test_name ORDER BY probe_asn, day, probe_cc, test_name`,
    params: asns,
    tables: ['interference_network_daily'],
  };
}

/** Every day of one network. */
export function networkDaysOf(asn: Asn): Query<NetworkDayRow> {
  return askOne(asn, networkDaysQuery, (row) => row.probe_asn);
}

/** One row per website. */
export function domainsQuery(): Query<DomainRow> {
  return {
    sql: [
      `WITH counted AS (SELECT domain, count(DISTINCT probe_cc)::DOUBLE AS country_count, ${ALL_COUNTS}, ${SPAN} FROM interference_domain_daily GROUP BY domain),`,
      `seen AS (SELECT domain, ${NETWORKS} FROM interference_network_domain_weekly WHERE domain IS NOT NULL GROUP BY domain),`,
      'named AS (SELECT domain, min(category_code) AS category_code FROM domains GROUP BY domain)',
      `SELECT counted.*, ${SEEN_NETWORKS}, named.category_code FROM named JOIN counted ON named.domain = counted.domain LEFT JOIN seen ON named.domain = seen.domain ORDER BY counted.domain`,
    ].join(' '),
    params: [],
    tables: ['interference_domain_daily', 'interference_network_domain_weekly', 'domains'],
  };
}

/** Some websites by country or territory. */
export function domainPlacesQuery(domains: readonly string[]): Query<DomainPlaceRow> {
  const wanted = `domain IN (${places(domains, 'VARCHAR')})`;
  return {
    sql: [
      `WITH counted AS (SELECT domain, probe_cc, ${ALL_COUNTS}, ${SPAN}, ${METHODS} FROM interference_domain_daily WHERE ${wanted} GROUP BY domain, probe_cc),`,
      `seen AS (SELECT domain, probe_cc, ${NETWORKS} FROM interference_network_domain_weekly WHERE ${wanted} GROUP BY domain, probe_cc)`,
      `SELECT counted.*, ${SEEN_NETWORKS} FROM counted LEFT JOIN seen ON counted.domain = seen.domain AND counted.probe_cc = seen.probe_cc ORDER BY counted.domain, counted.probe_cc`,
    ].join(' '),
    params: [...domains, ...domains],
    tables: ['interference_domain_daily', 'interference_network_domain_weekly'],
  };
}

/** Some websites by country or territory and week. */
export function domainWeeksQuery(domains: readonly string[]): Query<DomainWeekRow> {
  return {
    sql: `SELECT domain, probe_cc, week::VARCHAR AS week, ${ALL_COUNTS}, coalesce(max(network_count), 0)::DOUBLE AS network_count FROM domain_country_weekly WHERE domain IN (${places(domains, 'VARCHAR')}) GROUP BY domain, probe_cc, week ORDER BY domain, probe_cc, week`,
    params: domains,
    tables: ['domain_country_weekly'],
  };
}

/** One website by country or territory. */
export function domainPlacesOf(domain: string): Query<DomainPlaceRow> {
  return askOne(domain, domainPlacesQuery, (row) => row.domain);
}

/** One website by country or territory and week. */
export function domainWeeksOf(domain: string): Query<DomainWeekRow> {
  return askOne(domain, domainWeeksQuery, (row) => row.domain);
}

/** Every website tested in a country or territory. */
export function countryDomainsQuery(probeCc: CountryCode): Query<CountryDomainRow> {
  return {
    sql: [
      `WITH counted AS (SELECT domain, min(category_code) AS category_code, ${ALL_COUNTS}, ${SPAN} FROM interference_domain_daily WHERE probe_cc = ?::VARCHAR GROUP BY domain),`,
      `seen AS (SELECT domain, ${NETWORKS} FROM interference_network_domain_weekly WHERE probe_cc = ?::VARCHAR AND domain IS NOT NULL GROUP BY domain)`,
      `SELECT counted.*, ${SEEN_NETWORKS} FROM counted LEFT JOIN seen ON counted.domain = seen.domain ORDER BY counted.domain`,
    ].join(' '),
    params: [probeCc, probeCc],
    tables: ['interference_domain_daily', 'interference_network_domain_weekly'],
  };
}

/** Tests and signs of every test and every website in a country or territory, over time. */
export function targetCoursesQuery(probeCc: CountryCode, grain: TimeGrain): Query<TargetCourseRow> {
  const ofTable = (kind: TargetCourseRow['kind'], name: string, table: string): string =>
    `SELECT '${kind}' AS kind, ${name} AS name, date_trunc('${grain}', day)::DATE::VARCHAR AS period, sum(measurement_count - failure_count)::DOUBLE AS tests, sum(anomaly_count + confirmed_count)::DOUBLE AS signs FROM ${table} WHERE probe_cc = ?::VARCHAR AND measurement_count > failure_count GROUP BY name, period`;
  return {
    sql: `${ofTable('test', 'test_name', 'interference_country_daily')} UNION ALL ${ofTable('domain', 'domain', 'interference_domain_daily')} ORDER BY kind, name, period`,
    params: [probeCc, probeCc],
    tables: ['interference_country_daily', 'interference_domain_daily'],
  };
}

/** Websites tested in a country or territory by category; null: on no test list. */
export function countryCategoriesQuery(probeCc: CountryCode): Query<CountryCategoryRow> {
  return {
    sql: [
      'WITH listed AS (SELECT domain, min(category_code) AS category_code FROM interference_domain_daily WHERE probe_cc = ?::VARCHAR GROUP BY domain),',
      `counted AS (SELECT listed.category_code, count(DISTINCT listed.domain)::DOUBLE AS domain_count, ${ALL_COUNTS}, ${SPAN} FROM interference_domain_daily AS daily JOIN listed ON daily.domain = listed.domain WHERE probe_cc = ?::VARCHAR GROUP BY listed.category_code),`,
      `seen AS (SELECT listed.category_code, ${NETWORKS} FROM interference_network_domain_weekly AS weekly JOIN listed ON weekly.domain = listed.domain WHERE probe_cc = ?::VARCHAR GROUP BY listed.category_code)`,
      `SELECT counted.*, ${SEEN_NETWORKS} FROM counted LEFT JOIN seen ON counted.category_code IS NOT DISTINCT FROM seen.category_code ORDER BY counted.category_code`,
    ].join(' '),
    params: [probeCc, probeCc, probeCc],
    tables: ['interference_domain_daily', 'interference_network_domain_weekly'],
  };
}

/** Methods by network in a country or territory. A week counts for the month that its Monday lies in. */
export function networkMethodsQuery(
  probeCc: CountryCode,
  grain: Exclude<TimeGrain, 'day'>,
): Query<NetworkMethodRow> {
  const period = `date_trunc('${grain}', week)::DATE::VARCHAR`;
  return {
    sql: [
      `WITH counted AS (SELECT probe_asn, ${period} AS period, blocking_method, sum(measurement_count)::DOUBLE AS measurement_count, sum(anomaly_count + confirmed_count)::DOUBLE AS signs`,
      `FROM interference_network_domain_weekly WHERE probe_cc = ?::VARCHAR AND measurement_count > 0 GROUP BY probe_asn, ${period}, blocking_method),`,
      'named AS (SELECT probe_asn, min(name) AS name FROM networks GROUP BY probe_asn)',
      'SELECT counted.*, named.name FROM counted LEFT JOIN named ON counted.probe_asn = named.probe_asn ORDER BY counted.probe_asn, counted.period, counted.blocking_method',
    ].join(' '),
    params: [probeCc],
    tables: ['interference_network_domain_weekly', 'networks'],
  };
}

/** One row per test and country or territory. */
export function testPlacesQuery(): Query<TestPlaceRow> {
  return {
    sql: [
      `WITH counted AS (SELECT test_name, probe_cc, ${ALL_COUNTS}, ${SPAN} FROM interference_country_daily GROUP BY test_name, probe_cc),`,
      `seen AS (SELECT test_name, probe_cc, ${NETWORKS}, sum(measurement_count)::DOUBLE AS measured FROM interference_network_daily GROUP BY test_name, probe_cc)`,
      `SELECT counted.*, ${KNOWN_NETWORKS} FROM counted LEFT JOIN seen ON counted.test_name = seen.test_name AND counted.probe_cc = seen.probe_cc ORDER BY counted.test_name, counted.probe_cc`,
    ].join(' '),
    params: [],
    tables: ['interference_country_daily', 'interference_network_daily'],
  };
}

/** Counts of one website in one country or territory, `since` inclusive, `until` exclusive. */
export function domainTotalsQuery(target: {
  readonly probe_cc: string;
  readonly domain: string;
  readonly since: Day;
  readonly until: Day;
}): Query<DomainTotalRow> {
  const where =
    'probe_cc = ?::VARCHAR AND domain = ?::VARCHAR AND day >= ?::DATE AND day < ?::DATE';
  const values = [target.probe_cc, target.domain, target.since, target.until];
  return {
    sql: [
      `WITH counted AS (SELECT ${ALL_COUNTS}, (count(DISTINCT day) FILTER (WHERE measurement_count > 0))::DOUBLE AS day_count FROM interference_domain_daily WHERE ${where}),`,
      `seen AS (SELECT count(DISTINCT probe_asn)::DOUBLE AS network_count, (CASE WHEN count(DISTINCT probe_asn) = 1 THEN min(probe_asn) END)::DOUBLE AS only_probe_asn FROM measurements WHERE ${where} AND outcome <> 'unscored')`,
      'SELECT counted.*, seen.network_count, seen.only_probe_asn FROM counted, seen',
    ].join(' '),
    params: [...values, ...values],
    tables: ['interference_domain_daily', 'measurements'],
  };
}

export interface ConfirmedDomainRow {
  readonly domain: string;
  readonly confirmed_count: number;
}

/** The websites of a place with confirmed tests, those with most first. */
export function confirmedDomainsQuery(place: {
  readonly probe_cc: string;
  readonly since: Day;
  readonly until: Day;
}): Query<ConfirmedDomainRow> {
  return {
    sql: [
      'SELECT domain, sum(confirmed_count)::DOUBLE AS confirmed_count FROM interference_domain_daily',
      'WHERE probe_cc = ?::VARCHAR AND day >= ?::DATE AND day < ?::DATE AND confirmed_count > 0',
      'GROUP BY domain ORDER BY confirmed_count DESC, domain',
    ].join(' '),
    params: [place.probe_cc, place.since, place.until],
    tables: ['interference_domain_daily'],
  };
}

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
  const shown =
    'day::VARCHAR AS day, probe_cc, probe_asn, test_name, domain, outcome, blocking_method, measurement_uid, report_id, input';
  const outcomeOrder =
    "CASE outcome WHEN 'confirmed' THEN 0 WHEN 'anomaly' THEN 1 WHEN 'ok' THEN 2 ELSE 3 END";
  const newest = 'measurement_start_time DESC, report_id, measurement_uid, input';
  const alike = 'probe_cc, probe_asn, test_name, domain, outcome, blocking_method';
  return {
    sql: [
      `WITH found AS (SELECT ${column}::VARCHAR AS key, ${shown}, measurement_start_time, row_number() OVER (PARTITION BY ${alike} ORDER BY ${newest}) AS turn`,
      `FROM measurements WHERE ${column} IN (${places(keys, type)}) AND (measurement_uid IS NOT NULL OR report_id IS NOT NULL)),`,
      `ranked AS (SELECT *, row_number() OVER (PARTITION BY key ORDER BY turn, ${outcomeOrder}, ${newest}) AS place FROM found)`,
      `SELECT key, ${shown.replace('::VARCHAR AS day', '')} FROM ranked WHERE place <= ${Math.trunc(most)} ORDER BY key, place`,
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
  return {
    where: given.map(({ sql }) => sql).join(' AND '),
    params: given.map(({ value }) => value),
    tables:
      event.category_code === null
        ? (['measurements'] as const)
        : (['measurements', 'domains'] as const),
  };
}

/** Measurements with signs of what an event is about, at most `most`: one of each network before a second, newest first. */
export function eventSamplesQuery(
  event: EventSubject,
  since: Day,
  until: Day,
  most: number,
): Query<SampleRow> {
  const shown =
    'day::VARCHAR AS day, probe_cc, probe_asn, test_name, domain, outcome, blocking_method, measurement_uid, report_id, input';
  const newest = 'measurement_start_time DESC, report_id, measurement_uid, input';
  const { where, params, tables } = ofEvent(event, since, until);
  return {
    sql: [
      `WITH found AS (SELECT ${shown}, measurement_start_time, row_number() OVER (PARTITION BY probe_asn ORDER BY ${newest}) AS turn FROM measurements`,
      `WHERE ${where} AND outcome IN ('anomaly', 'confirmed') AND (measurement_uid IS NOT NULL OR report_id IS NOT NULL)),`,
      `ranked AS (SELECT *, row_number() OVER (ORDER BY turn, ${newest}) AS place FROM found)`,
      `SELECT 'event' AS key, ${shown.replace('::VARCHAR AS day', '')} FROM ranked WHERE place <= ${Math.trunc(most)} ORDER BY place`,
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
