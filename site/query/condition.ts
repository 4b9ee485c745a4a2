/** The reader's filters as a SQL condition with parameters: values never become part of the text. */
import type { Day } from '../../data-build/contract/brands.ts';
import type { ExplorerState } from '../state/parameters.ts';
import type { QueryParam } from './query.ts';

/** The filters that counts by day, country, network and test can answer. */
export type InterferenceFilter = Pick<
  ExplorerState,
  'probe_cc' | 'probe_asn' | 'test_name' | 'since' | 'until'
>;

/** Nothing is filtered but the days. */
export function daysFilter(since: Day | null, until: Day | null): InterferenceFilter {
  return { probe_cc: [], probe_asn: [], test_name: [], since, until };
}

export interface Condition {
  /** Goes after `WHERE`; `true` when nothing is filtered. */
  readonly sql: string;
  readonly params: readonly QueryParam[];
}

/**
 * Condition over a table with day, probe_cc and test_name. `networks` says whether the table has probe_asn;
 * where it has not, the network filter is left out and the caller must not need it.
 */
export function filterCondition(filter: InterferenceFilter, networks: boolean): Condition {
  return joinConditions([
    inList('probe_cc', 'VARCHAR', filter.probe_cc),
    inList('test_name', 'VARCHAR', filter.test_name),
    networks ? inList('probe_asn', 'UINTEGER', filter.probe_asn) : null,
    filter.since === null ? null : { sql: 'day >= ?::DATE', params: [filter.since] },
    filter.until === null ? null : { sql: 'day < ?::DATE', params: [filter.until] },
  ]);
}

function inList(
  column: string,
  type: 'VARCHAR' | 'UINTEGER',
  values: readonly (string | number)[],
): Condition | null {
  if (values.length === 0) return null;
  const places = values.map(() => `?::${type}`).join(', ');
  return { sql: `${column} IN (${places})`, params: values };
}

function joinConditions(conditions: readonly (Condition | null)[]): Condition {
  const given = conditions.filter((condition) => condition !== null);
  if (given.length === 0) return { sql: 'true', params: [] };
  return {
    sql: given.map(({ sql }) => sql).join(' AND '),
    params: given.flatMap(({ params }) => params),
  };
}

/** Rows of websites of one category; its one parameter is the code. */
export const WEBSITES_OF_CATEGORY =
  'domain IN (SELECT domain FROM domains WHERE category_code = ?::VARCHAR)';
