/** Questions about networks: each is asked once for many pages. Text that both DuckDB 1.5 and 0.9.1 understand. */
import type { PublisherId } from '../../data-build/contract/publishers.ts';
import type { Asn, CountryCode, Day } from '../../data-build/contract/brands.ts';
import { type BlockingMethod, type TimeGrain } from '../../data-build/contract/vocabulary.ts';
import { askOne, type Query } from './query.ts';
import { type Counted, type Spanned, ALL_COUNTS, SPAN, METHODS, places } from './count-columns.ts';

export interface NetworkPlaceRow extends Spanned {
  readonly probe_asn: Asn;
  readonly probe_cc: CountryCode;
}

export interface NetworkNameRow {
  readonly probe_asn: Asn;
  readonly name: string | null;
  /** Whose name it is; of two that have it, the first. */
  readonly source: PublisherId | null;
}

export interface OrganizationRow {
  readonly probe_asn: Asn;
  readonly name: string | null;
  readonly organization: string | null;
  /** Null: the list does not tell organizations apart. */
  readonly holder: string | null;
  /** Day of the list. */
  readonly name_day: Day;
  readonly source: PublisherId;
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

/** Places in which so many speed tests of a network carry one median; of each network that with most such tests first. */
export function networkSpeedsQuery(
  fewest: number,
): Query<{ readonly probe_asn: Asn; readonly probe_cc: CountryCode }> {
  const wanted =
    'probe_asn IS NOT NULL AND probe_cc IS NOT NULL AND download_mbps_p50 IS NOT NULL AND download_sample_count >= ?::UINTEGER';
  const columns = 'probe_asn, probe_cc, download_sample_count AS tests';
  return {
    sql: [
      `WITH counted AS (SELECT ${columns} FROM throughput_daily WHERE ${wanted} UNION ALL SELECT ${columns} FROM throughput_monthly WHERE ${wanted})`,
      'SELECT probe_asn, probe_cc FROM counted GROUP BY probe_asn, probe_cc ORDER BY probe_asn, sum(tests) DESC, probe_cc',
    ].join(' '),
    params: [fewest, fewest],
    tables: ['throughput_daily', 'throughput_monthly'],
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

/** Networks as lists name them. Where a list tells organizations apart, networks of one have the same `holder`. */
export function organizationsQuery(): Query<OrganizationRow> {
  return {
    sql: "SELECT probe_asn, name, organization, source || ' ' || organization_id AS holder, name_day::VARCHAR AS name_day, source FROM network_organizations ORDER BY probe_asn, source",
    params: [],
    tables: ['network_organizations'],
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
