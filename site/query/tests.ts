/** Questions about tests of a country or territory, or of all. Text that both DuckDB 1.5 and 0.9.1 understand. */
import type { Asn, CountryCode, Day } from '../../data-build/contract/brands.ts';
import { type TimeGrain } from '../../data-build/contract/vocabulary.ts';
import { KNOWN_NETWORKS, NETWORKS } from './breadth.ts';
import { type Query } from './query.ts';
import { type Spanned, ALL_COUNTS, SPAN } from './count-columns.ts';

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

export interface TestPlaceRow extends Spanned {
  readonly test_name: string;
  readonly probe_cc: CountryCode;
  /** Null where the source names none. */
  readonly network_count: number | null;
  readonly only_probe_asn?: Asn | null;
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
