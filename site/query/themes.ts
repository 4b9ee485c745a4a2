/** Questions about themes, places and weeks: what was tested of one kind. Text that both DuckDB 1.5 and 0.9.1 understand. */
import type { CountryCode, Day } from '../../data-build/contract/brands.ts';
import type { CategoryCode } from '../../data-build/contract/vocabulary.ts';
import { KNOWN_NETWORKS, NETWORKS, SEEN_NETWORKS } from './breadth.ts';
import { ALL_COUNTS, places, SPAN, type Counted } from './count-columns.ts';
import type { Query } from './query.ts';
import type { TestPlaceRow } from './tests.ts';

/** Tests of a theme in a country or territory. */
export type ThemePlaceRow = Omit<TestPlaceRow, 'test_name'>;

/** Tests of a theme in a country or territory in one week. */
export interface ThemeWeekRow extends Counted {
  readonly probe_cc: CountryCode;
  readonly week: Day;
  /** Networks that are sure: of websites, those of the one that had most. */
  readonly network_count: number;
}

interface OfCategory {
  readonly category_code: CategoryCode;
}

const LISTED = 'SELECT domain, category_code FROM domains WHERE category_code IS NOT NULL';

/** Websites by category and country or territory. */
export function categoryPlacesQuery(): Query<ThemePlaceRow & OfCategory> {
  return {
    sql: [
      `WITH listed AS (${LISTED}),`,
      `counted AS (SELECT listed.category_code, probe_cc, ${ALL_COUNTS}, ${SPAN} FROM interference_domain_daily AS daily JOIN listed ON daily.domain = listed.domain GROUP BY listed.category_code, probe_cc),`,
      `seen AS (SELECT listed.category_code, probe_cc, ${NETWORKS} FROM interference_network_domain_weekly AS weekly JOIN listed ON weekly.domain = listed.domain GROUP BY listed.category_code, probe_cc)`,
      `SELECT counted.*, ${SEEN_NETWORKS} FROM counted LEFT JOIN seen ON counted.category_code = seen.category_code AND counted.probe_cc = seen.probe_cc ORDER BY counted.category_code, counted.probe_cc`,
    ].join(' '),
    params: [],
    tables: ['interference_domain_daily', 'interference_network_domain_weekly', 'domains'],
  };
}

/** Tests of websites that are named, by country or territory. */
export function namedPlacesQuery(): Query<{
  readonly probe_cc: CountryCode;
  readonly measurement_count: number;
}> {
  return {
    sql: 'SELECT probe_cc, sum(measurement_count)::DOUBLE AS measurement_count FROM interference_domain_daily GROUP BY probe_cc ORDER BY probe_cc',
    params: [],
    tables: ['interference_domain_daily'],
  };
}

/** Websites by category, country or territory and week. */
export function categoryWeeksQuery(): Query<ThemeWeekRow & OfCategory> {
  return {
    sql: `WITH listed AS (${LISTED}) SELECT listed.category_code, probe_cc, week::VARCHAR AS week, ${ALL_COUNTS}, coalesce(max(network_count), 0)::DOUBLE AS network_count FROM domain_country_weekly AS weekly JOIN listed ON weekly.domain = listed.domain GROUP BY listed.category_code, probe_cc, week ORDER BY listed.category_code, probe_cc, week`,
    params: [],
    tables: ['domain_country_weekly', 'domains'],
  };
}

/** Networks that tested websites of a category, in all places together. */
export function categoryNetworksQuery(): Query<OfCategory & { readonly network_count: number }> {
  return {
    sql: `WITH listed AS (${LISTED}) SELECT listed.category_code, (count(DISTINCT probe_asn))::DOUBLE AS network_count FROM interference_network_domain_weekly AS weekly JOIN listed ON weekly.domain = listed.domain WHERE measurement_count > 0 GROUP BY listed.category_code ORDER BY listed.category_code`,
    params: [],
    tables: ['interference_network_domain_weekly', 'domains'],
  };
}

/** Some tests together by country or territory. */
export function testsPlacesQuery(tests: readonly string[]): Query<ThemePlaceRow> {
  const where = `test_name IN (${places(tests, 'VARCHAR')})`;
  return {
    sql: [
      `WITH counted AS (SELECT probe_cc, ${ALL_COUNTS}, ${SPAN} FROM interference_country_daily WHERE ${where} GROUP BY probe_cc),`,
      `seen AS (SELECT probe_cc, ${NETWORKS}, sum(measurement_count)::DOUBLE AS measured FROM interference_network_daily WHERE ${where} GROUP BY probe_cc)`,
      `SELECT counted.*, ${KNOWN_NETWORKS} FROM counted LEFT JOIN seen ON counted.probe_cc = seen.probe_cc ORDER BY counted.probe_cc`,
    ].join(' '),
    params: [...tests, ...tests],
    tables: ['interference_country_daily', 'interference_network_daily'],
  };
}

/** Some tests together by country or territory and week. */
export function testsWeeksQuery(tests: readonly string[]): Query<ThemeWeekRow> {
  const where = `test_name IN (${places(tests, 'VARCHAR')})`;
  const week = "date_trunc('week', day)::DATE::VARCHAR AS week";
  return {
    sql: [
      `WITH counted AS (SELECT probe_cc, ${week}, ${ALL_COUNTS} FROM interference_country_daily WHERE ${where} GROUP BY 1, 2),`,
      `seen AS (SELECT probe_cc, ${week}, ${NETWORKS} FROM interference_network_daily WHERE ${where} GROUP BY 1, 2)`,
      'SELECT counted.*, coalesce(seen.network_count, 0) AS network_count FROM counted LEFT JOIN seen ON counted.probe_cc = seen.probe_cc AND counted.week = seen.week ORDER BY counted.probe_cc, counted.week',
    ].join(' '),
    params: [...tests, ...tests],
    tables: ['interference_country_daily', 'interference_network_daily'],
  };
}
