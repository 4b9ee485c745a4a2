/** Circumvention tools: how fast they connected in tests, and how much they are used. Text that both DuckDB 1.5 and 0.9.1 understand. */
import type { CountryCode, Day } from '../../data-build/contract/brands.ts';
import type { PublisherId } from '../../data-build/contract/publishers.ts';
import { places } from './count-columns.ts';
import type { Query } from './query.ts';

/** Seconds until a tool was connected, of the measurements in which it was. */
export interface ConnectRow {
  readonly probe_cc: CountryCode;
  readonly connected: number;
  readonly median_s: number;
}

export function connectTimesQuery(testName: string): Query<ConnectRow> {
  return {
    sql: "SELECT probe_cc, count(*)::DOUBLE AS connected, quantile_cont(bootstrap_time_s, 0.5)::DOUBLE AS median_s FROM measurements WHERE test_name = ?::VARCHAR AND outcome = 'ok' AND bootstrap_time_s > 0 GROUP BY probe_cc ORDER BY probe_cc",
    params: [testName],
    tables: ['measurements'],
  };
}

/** Use of one tool in one metric in one place, over all days that have a figure. */
export interface UseRow {
  readonly probe_cc: CountryCode;
  readonly tool: string;
  readonly metric: string;
  readonly source: PublisherId;
  readonly median_value: number;
  readonly first_day: Day;
  readonly last_day: Day;
}

export function useOfToolsQuery(tools: readonly string[]): Query<UseRow> {
  return {
    sql: `SELECT probe_cc, tool, metric, source, quantile_cont(value, 0.5)::DOUBLE AS median_value, min(day)::VARCHAR AS first_day, max(day)::VARCHAR AS last_day FROM circumvention_daily WHERE value IS NOT NULL AND tool IN (${places(tools, 'VARCHAR')}) GROUP BY probe_cc, tool, metric, source ORDER BY probe_cc, tool, metric, source`,
    params: tools,
    tables: ['circumvention_daily'],
  };
}
