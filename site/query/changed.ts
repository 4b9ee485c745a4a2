/** Questions that `/changed/` asks of two releases and no other page asks. */
import type { Asn, Day } from '../../data-build/contract/brands.ts';
import { TESTS_FROM } from '../../data-build/contract/publishers.ts';
import { COUNTS, places } from './count-columns.ts';
import type { Query } from './query.ts';
import type { OutcomeCounts } from './rows.ts';
import { eventsQuery, type EventRow } from './witnesses.ts';

/** Counts of one website everywhere, by weeks. */
export interface DomainTotalRow extends OutcomeCounts {
  readonly country_count: number;
}

/** Always one row. Weeks that lie whole inside the days. */
export function domainTotalQuery(
  domain: string,
  since: Day | null,
  until: Day | null,
): Query<DomainTotalRow> {
  const conditions = [
    'domain = ?::VARCHAR',
    ...(since === null ? [] : ['week >= ?::DATE']),
    ...(until === null ? [] : ['week <= ?::DATE - 7']),
  ];
  return {
    sql: `SELECT ${COUNTS}, count(DISTINCT probe_cc)::DOUBLE AS country_count FROM domain_country_weekly WHERE ${conditions.join(' AND ')}`,
    params: [domain, ...[since, until].filter((day) => day !== null)],
    tables: ['domain_country_weekly'],
  };
}

/** Countries and territories that a network was measured in, as a list with commas; no row when it is not known. */
export function networkCountriesQuery(asn: Asn): Query<{ readonly country_list: string }> {
  return {
    sql: 'SELECT country_list FROM networks WHERE probe_asn = ?::UINTEGER AND source = ?::VARCHAR',
    params: [asn, TESTS_FROM],
    tables: ['networks'],
  };
}

/** One event by the names that it has or had; no row when it is not detected. */
export function eventQuery(names: readonly string[]): Query<EventRow> {
  const all = eventsQuery(null);
  return {
    sql: `SELECT * FROM (${all.sql}) WHERE event_id IN (${places(names, 'VARCHAR')})`,
    params: [...all.params, ...names],
    tables: all.tables,
  };
}
