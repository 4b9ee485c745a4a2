/**
 * Questions behind the world map: one row per week or month and country or territory, for each witness. Text that
 * both DuckDB 1.5 and 0.9.1 understand. Only CC0 rows answer for slowdowns and tool use, so that the file made
 * from them is CC0 as a whole.
 */
import type { Asn, CountryCode, Day } from '../../data-build/contract/brands.ts';
import { hasMedianSql, meanMedianSql } from './medians.ts';
import type { EventKind } from '../../data-build/contract/events.ts';
import type { PublisherId } from '../../data-build/contract/publishers.ts';
import type { CategoryCode } from '../../data-build/contract/vocabulary.ts';
import { KNOWN_NETWORKS, NETWORKS, SEEN_NETWORKS } from './breadth.ts';
import { places, SPAN, sum } from './count-columns.ts';
import type { Query } from './query.ts';
import type { OutcomeCounts } from './rows.ts';

/** Steps of the map’s slider. */
export type WorldGrain = 'week' | 'month';

interface WorldCell {
  /** First day of the week or month. */
  readonly period: Day;
  readonly probe_cc: CountryCode;
}

export interface WorldInterferenceRow extends WorldCell, Omit<OutcomeCounts, 'ok_count'> {
  /** Null unless every test names its network. */
  readonly network_count: number | null;
  /** The network of all of them; null: several, or not known. */
  readonly only_probe_asn: Asn | null;
  /** Different days with scored tests. */
  readonly day_count: number;
  /** First and last day with tests in the period, both inclusive. */
  readonly first_day: Day;
  readonly last_day: Day;
}

export interface WorldThroughputRow extends WorldCell {
  readonly download_sample_count: number;
  /** Median; in weeks the geometric mean of the daily medians, weighted by tests. */
  readonly download_mbps_p50: number | null;
}

export interface WorldToolsRow extends WorldCell {
  /** The tool with the most clients. */
  readonly tool: string;
  /** Mean of the days published. */
  readonly value: number;
  readonly day_count: number;
}

export interface WorldIndicatorsRow extends WorldCell {
  /** Mean of the days published. */
  readonly value: number;
}

/** One slowdown, surge or the like of a whole country or territory. */
export interface WorldEventRow {
  readonly probe_cc: CountryCode;
  readonly kind: EventKind;
  readonly first_sign: Day;
  /** First day that was normal again; null: the event lasts. */
  readonly first_normal: Day | null;
  readonly magnitude: number;
}

const periodOf = (grain: WorldGrain, day = 'day'): string =>
  `date_trunc('${grain}', ${day})::DATE::VARCHAR`;
const SIGN_COUNTS = ['measurement_count', 'failure_count', 'anomaly_count', 'confirmed_count']
  .map(sum)
  .join(', ');

/** Counts of OONI tests, or of some alone. Places with nothing but unscored tests have rows of zeros. */
export function worldInterferenceQuery(
  grain: WorldGrain,
  tests: readonly string[] | null = null,
): Query<WorldInterferenceRow> {
  const where = tests === null ? '' : `WHERE test_name IN (${places(tests, 'VARCHAR')}) `;
  return {
    sql: [
      `WITH counted AS (SELECT ${periodOf(grain)} AS period, probe_cc, ${SIGN_COUNTS}, ${SPAN} FROM interference_country_daily ${where}GROUP BY 1, 2),`,
      `seen AS (SELECT ${periodOf(grain)} AS period, probe_cc, sum(measurement_count) AS measured, ${NETWORKS} FROM interference_network_daily ${where}GROUP BY 1, 2)`,
      `SELECT counted.*, ${KNOWN_NETWORKS}`,
      'FROM counted LEFT JOIN seen ON counted.period = seen.period AND counted.probe_cc = seen.probe_cc',
      'ORDER BY counted.period, counted.probe_cc',
    ].join(' '),
    params: tests === null ? [] : [...tests, ...tests],
    tables: ['interference_country_daily', 'interference_network_daily'],
  };
}

/** Counts of tests of websites by category. A week counts for the month of its Monday. */
export function worldCategoriesQuery(
  grain: WorldGrain,
): Query<WorldInterferenceRow & { readonly category_code: CategoryCode }> {
  const of = 'listed.category_code, probe_cc';
  return {
    sql: [
      'WITH listed AS (SELECT domain, category_code FROM domains WHERE category_code IS NOT NULL),',
      `counted AS (SELECT ${periodOf(grain, "date_trunc('week', day)")} AS period, ${of}, ${SIGN_COUNTS}, ${SPAN} FROM interference_domain_daily AS daily JOIN listed ON daily.domain = listed.domain GROUP BY 1, 2, 3),`,
      `seen AS (SELECT ${periodOf(grain, 'week')} AS period, ${of}, ${NETWORKS} FROM interference_network_domain_weekly AS weekly JOIN listed ON weekly.domain = listed.domain GROUP BY 1, 2, 3)`,
      `SELECT counted.*, ${SEEN_NETWORKS}`,
      'FROM counted LEFT JOIN seen ON counted.period = seen.period AND counted.category_code = seen.category_code AND counted.probe_cc = seen.probe_cc',
      'ORDER BY counted.period, counted.category_code, counted.probe_cc',
    ].join(' '),
    params: [],
    tables: ['interference_domain_daily', 'interference_network_domain_weekly', 'domains'],
  };
}

/** NDT tests of whole countries and territories; months as published, else made from days. */
export function worldThroughputQuery(grain: WorldGrain): Query<WorldThroughputRow> {
  const daily = [
    `SELECT ${periodOf(grain)} AS period, probe_cc, sum(download_sample_count)::DOUBLE AS download_sample_count,`,
    `${meanMedianSql('throughput')} AS download_mbps_p50`,
    `FROM throughput_daily WHERE probe_cc IS NOT NULL AND probe_asn IS NULL AND ${hasMedianSql('throughput')} GROUP BY 1, 2`,
  ].join(' ');
  const monthly =
    "SELECT month || '-01' AS period, probe_cc, download_sample_count::DOUBLE AS download_sample_count, download_mbps_p50 FROM throughput_monthly WHERE probe_asn IS NULL AND download_sample_count > 0";
  const both =
    'SELECT * FROM monthly UNION ALL SELECT daily.* FROM daily LEFT JOIN monthly ON daily.period = monthly.period AND daily.probe_cc = monthly.probe_cc WHERE monthly.period IS NULL';
  return {
    sql: `WITH daily AS (${daily}), monthly AS (${monthly}) SELECT * FROM (${grain === 'month' ? both : 'SELECT * FROM daily'}) AS found ORDER BY period, probe_cc`,
    params: [],
    tables: ['throughput_daily', 'throughput_monthly'],
  };
}

/** Estimated clients of the most used tool. Days that the publisher withheld are left out, not zero. */
export function worldToolsQuery(grain: WorldGrain): Query<WorldToolsRow> {
  return {
    sql: [
      `WITH used AS (SELECT ${periodOf(grain)} AS period, probe_cc, tool, avg(value)::DOUBLE AS value, count(value)::DOUBLE AS day_count`,
      "FROM circumvention_daily WHERE licence = 'cc0' AND metric = 'users' AND value IS NOT NULL GROUP BY 1, 2, 3),",
      'ranked AS (SELECT *, row_number() OVER (PARTITION BY period, probe_cc ORDER BY value DESC, tool) AS place FROM used)',
      'SELECT period, probe_cc, tool, value, day_count FROM ranked WHERE place = 1 ORDER BY period, probe_cc',
    ].join(' '),
    params: [],
    tables: ['circumvention_daily'],
  };
}

export function worldIndicatorsQuery(
  grain: WorldGrain,
  source: PublisherId,
  indicator: string,
): Query<WorldIndicatorsRow> {
  return {
    sql: [
      `SELECT ${periodOf(grain)} AS period, probe_cc, avg(value)::DOUBLE AS value FROM indicators_daily`,
      'WHERE source = ?::VARCHAR AND indicator = ?::VARCHAR AND value IS NOT NULL GROUP BY 1, 2 ORDER BY 1, 2',
    ].join(' '),
    params: [source, indicator],
    tables: ['indicators_daily'],
  };
}

/** CC0 events of the given kinds in whole countries and territories, without those that were seen everywhere. */
export function worldEventsQuery(
  kinds: readonly EventKind[],
  sources: readonly PublisherId[],
  target?: string,
): Query<WorldEventRow> {
  return {
    sql: `SELECT probe_cc, kind, first_sign::VARCHAR AS first_sign, first_normal::VARCHAR AS first_normal, magnitude FROM events WHERE licence = 'cc0' AND probe_asn IS NULL AND agreement <> 'global_change' AND kind IN (${kinds.map(() => '?::VARCHAR').join(', ')}) AND source IN (${sources.map(() => '?::VARCHAR').join(', ')})${target === undefined ? '' : ' AND target = ?::VARCHAR'} ORDER BY probe_cc, first_sign, kind`,
    params: [...kinds, ...sources, ...(target === undefined ? [] : [target])],
    tables: ['events'],
  };
}
