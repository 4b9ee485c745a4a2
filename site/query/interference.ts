/**
 * Questions about counted OONI outcomes. Without a network filter counts come from
 * `interference_country_daily`, which also holds the publisher's own counts, and networks are counted in
 * `interference_network_daily`; with one, everything comes from the latter. Text that both DuckDB 1.5 and
 * 0.9.1 understand. Sums are DOUBLE so that both engines give plain numbers.
 */
import { BLOCKING_METHODS, type TimeGrain } from '../../data-build/contract/vocabulary.ts';
import { filterCondition, type InterferenceFilter } from './condition.ts';
import { KNOWN_NETWORKS, NETWORKS } from './breadth.ts';
import { ALL_COUNTS, COUNTS, DAY_COUNT, DAY_SPAN, sum } from './count-columns.ts';
import type { Query } from './query.ts';
import type {
  CountryRow,
  MethodPeriodRow,
  NetworkPeriodRow,
  NetworkRow,
  OutcomePeriodRow,
  TestRow,
  TotalRow,
} from './rows.ts';

const COUNTRY = 'interference_country_daily';
const NETWORK = 'interference_network_daily';

/** First day of the period as text. Weeks begin on Monday. */
function periodOf(grain: TimeGrain): string {
  return grain === 'day' ? 'day::VARCHAR' : `date_trunc('${grain}', day)::DATE::VARCHAR`;
}

const MEASURED = 'sum(measurement_count)::DOUBLE AS measured';

/** Counts for each value of `key`, named `name`, with `more` columns computed beside them. */
function countsQuery<Row>(
  filter: InterferenceFilter,
  key: string,
  name: string,
  more: readonly string[] = [],
): Query<Row> {
  const columns = [`${key} AS ${name}`, ALL_COUNTS, DAY_COUNT, ...more].join(', ');
  const byNetwork = filterCondition(filter, true);
  if (filter.probe_asn.length > 0) {
    return {
      sql: `SELECT ${columns}, ${NETWORKS} FROM ${NETWORK} WHERE ${byNetwork.sql} GROUP BY ${key} ORDER BY ${name}`,
      params: byNetwork.params,
      tables: [NETWORK],
    };
  }
  const byCountry = filterCondition(filter, false);
  return {
    sql: [
      `WITH counted AS (SELECT ${columns} FROM ${COUNTRY} WHERE ${byCountry.sql} GROUP BY ${key}),`,
      `seen AS (SELECT ${key} AS ${name}, ${NETWORKS}, ${MEASURED} FROM ${NETWORK} WHERE ${byNetwork.sql} GROUP BY ${key})`,
      `SELECT counted.*, ${KNOWN_NETWORKS} FROM counted LEFT JOIN seen ON counted.${name} = seen.${name} ORDER BY counted.${name}`,
    ].join(' '),
    params: [...byCountry.params, ...byNetwork.params],
    tables: [COUNTRY, NETWORK],
  };
}

/** One row per period with anything in it, in time order. Periods without tests are absent, not zero. */
export function outcomesQuery(
  filter: InterferenceFilter,
  grain: TimeGrain,
): Query<OutcomePeriodRow> {
  return countsQuery(filter, periodOf(grain), 'period');
}

/** One row per test, by name. */
export function testsQuery(filter: InterferenceFilter): Query<TestRow> {
  return countsQuery(filter, 'test_name', 'test_name');
}

/** One row per country or territory, by code. */
export function countriesQuery(filter: InterferenceFilter): Query<CountryRow> {
  return countsQuery(filter, 'probe_cc', 'probe_cc', [
    'count(DISTINCT test_name)::DOUBLE AS test_count',
    DAY_SPAN,
  ]);
}

/** Always one row. */
export function totalsQuery(filter: InterferenceFilter): Query<TotalRow> {
  const byNetwork = filterCondition(filter, true);
  const columns = [
    ALL_COUNTS,
    DAY_COUNT,
    'count(DISTINCT test_name)::DOUBLE AS test_count',
    'count(DISTINCT probe_cc)::DOUBLE AS country_count',
    DAY_SPAN,
  ].join(', ');
  if (filter.probe_asn.length > 0) {
    return {
      sql: `SELECT ${columns}, ${NETWORKS} FROM ${NETWORK} WHERE ${byNetwork.sql}`,
      params: byNetwork.params,
      tables: [NETWORK],
    };
  }
  const byCountry = filterCondition(filter, false);
  return {
    sql: [
      `WITH counted AS (SELECT ${columns} FROM ${COUNTRY} WHERE ${byCountry.sql}),`,
      `seen AS (SELECT ${NETWORKS}, coalesce(sum(measurement_count)::DOUBLE, 0) AS measured FROM ${NETWORK} WHERE ${byNetwork.sql})`,
      `SELECT counted.*, ${KNOWN_NETWORKS} FROM counted, seen`,
    ].join(' '),
    params: [...byCountry.params, ...byNetwork.params],
    tables: [COUNTRY, NETWORK],
  };
}

/** One row per network, most measurements first. Empty where the source names no networks. */
export function networksQuery(filter: InterferenceFilter): Query<NetworkRow> {
  const { sql, params } = filterCondition(filter, true);
  return {
    sql: [
      `WITH counted AS (SELECT probe_asn, ${COUNTS}, ${DAY_COUNT}, ${DAY_SPAN} FROM ${NETWORK} WHERE ${sql} GROUP BY probe_asn),`,
      'named AS (SELECT probe_asn, min(name) AS name FROM networks GROUP BY probe_asn)',
      'SELECT counted.*, named.name FROM counted LEFT JOIN named ON counted.probe_asn = named.probe_asn',
      'ORDER BY counted.measurement_count DESC, counted.probe_asn',
    ].join(' '),
    params,
    tables: [NETWORK, 'networks'],
  };
}

/** One row per network and period with scored measurements. */
export function networkPeriodsQuery(
  filter: InterferenceFilter,
  grain: TimeGrain,
): Query<NetworkPeriodRow> {
  const { sql, params } = filterCondition(filter, true);
  const columns = ['measurement_count', 'anomaly_count', 'confirmed_count', 'failure_count'];
  return {
    sql: `SELECT probe_asn, ${periodOf(grain)} AS period, ${columns.map(sum).join(', ')} FROM ${NETWORK} WHERE ${sql} GROUP BY probe_asn, ${periodOf(grain)} HAVING sum(measurement_count) > 0 ORDER BY probe_asn, period`,
    params,
    tables: [NETWORK],
  };
}

/** One row per period and method that occurred. Published counts name no methods and are not in it. */
export function methodsQuery(filter: InterferenceFilter, grain: TimeGrain): Query<MethodPeriodRow> {
  const table = filter.probe_asn.length > 0 ? NETWORK : COUNTRY;
  const { sql, params } = filterCondition(filter, table === NETWORK);
  const methods = Object.keys(BLOCKING_METHODS);
  const columns = methods.map((method) => `sum(${method}_count) AS ${method}_count`);
  const parts = methods.map(
    (method) =>
      `SELECT period, '${method}' AS blocking_method, ${method}_count::DOUBLE AS count FROM counted WHERE ${method}_count > 0`,
  );
  return {
    sql: `WITH counted AS (SELECT ${periodOf(grain)} AS period, ${columns.join(', ')} FROM ${table} WHERE ${sql} GROUP BY ${periodOf(grain)}) SELECT * FROM (${parts.join(' UNION ALL ')}) AS methods ORDER BY period, blocking_method`,
    params,
    tables: [table],
  };
}
