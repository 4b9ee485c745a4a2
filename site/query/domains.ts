/** Questions about websites: each is asked once for many pages. Text that both DuckDB 1.5 and 0.9.1 understand. */
import type { CountryCode, Day } from '../../data-build/contract/brands.ts';
import { type CategoryCode } from '../../data-build/contract/vocabulary.ts';
import { NETWORKS, SEEN_NETWORKS } from './breadth.ts';
import { askOne, type Query } from './query.ts';
import {
  type Counted,
  type Spanned,
  type OnNetworks,
  ALL_COUNTS,
  DAY_COUNT,
  SPAN,
  METHODS,
  places,
} from './count-columns.ts';

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

export interface CountryCategoryRow extends Spanned, OnNetworks {
  readonly category_code: CategoryCode | null;
  readonly domain_count: number;
}

/** One website in one country or territory over some days. Always one row. */
export interface DomainTotalRow extends Counted, OnNetworks {
  readonly day_count: number;
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
      `WITH counted AS (SELECT ${ALL_COUNTS}, ${DAY_COUNT} FROM interference_domain_daily WHERE ${where}),`,
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
