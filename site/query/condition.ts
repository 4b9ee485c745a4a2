/** The reader's filters as a SQL condition with parameters: values never become part of the text. */
import type { Day } from '../../data-build/contract/brands.ts';
import { assertNever } from '../../data-build/contract/problem.ts';
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

/** Rows of websites of one category; its one parameter is the code. */
export const WEBSITES_OF_CATEGORY =
  'domain IN (SELECT domain FROM domains WHERE category_code = ?::VARCHAR)';

/** What a row must be to be asked about. Names of columns are ours; values may be a reader's. */
export type RowTest =
  | {
      readonly kind: 'in';
      readonly column: string;
      readonly type: 'VARCHAR' | 'UINTEGER';
      readonly values: readonly (string | number)[];
    }
  /** Days from this one on, and days before this one. */
  | { readonly kind: 'from'; readonly day: Day }
  | { readonly kind: 'until'; readonly day: Day }
  | { readonly kind: 'null' | 'present' | 'positive'; readonly column: string }
  /** The website is of the category. */
  | { readonly kind: 'category'; readonly code: string };

/** A list of values that filters; none of them means that all rows will do. */
export function isIn(
  column: string,
  type: 'VARCHAR' | 'UINTEGER',
  values: readonly (string | number)[],
): readonly RowTest[] {
  return values.length === 0 ? [] : [{ kind: 'in', column, type, values }];
}

/**
 * Tests of rows with day, probe_cc and test_name. `networks` says whether the table has probe_asn; where it has not, the
 * network filter is left out and the caller must not need it.
 */
export function filterTests(filter: InterferenceFilter, networks: boolean): readonly RowTest[] {
  return [
    ...isIn('probe_cc', 'VARCHAR', filter.probe_cc),
    ...isIn('test_name', 'VARCHAR', filter.test_name),
    ...(networks ? isIn('probe_asn', 'UINTEGER', filter.probe_asn) : []),
    ...(filter.since === null ? [] : [{ kind: 'from', day: filter.since } as const]),
    ...(filter.until === null ? [] : [{ kind: 'until', day: filter.until } as const]),
  ];
}

function testSql(test: RowTest): Condition {
  switch (test.kind) {
    case 'in': {
      const places = test.values.map(() => `?::${test.type}`).join(', ');
      // An empty list is no SQL; nothing is in it.
      if (test.values.length === 0) return { sql: 'false', params: [] };
      return { sql: `${test.column} IN (${places})`, params: test.values };
    }
    case 'from':
      return { sql: 'day >= ?::DATE', params: [test.day] };
    case 'until':
      return { sql: 'day < ?::DATE', params: [test.day] };
    case 'null':
      return { sql: `${test.column} IS NULL`, params: [] };
    case 'present':
      return { sql: `${test.column} IS NOT NULL`, params: [] };
    case 'positive':
      return { sql: `${test.column} > 0`, params: [] };
    case 'category':
      return { sql: WEBSITES_OF_CATEGORY, params: [test.code] };
    default:
      return assertNever(test);
  }
}

/** Rows that pass all tests. */
export function toCondition(tests: readonly RowTest[]): Condition {
  const parts = tests.map(testSql);
  return {
    sql: parts.length === 0 ? 'true' : parts.map(({ sql }) => sql).join(' AND '),
    params: parts.flatMap(({ params }) => params),
  };
}
