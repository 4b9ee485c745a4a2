/** How much of each source is in the tables, and for which days. */
import { addDays, type Day } from '../contract/brands.ts';
import { type PublisherId, PUBLISHERS, TESTS_FROM, SPEEDS_FROM } from '../contract/publishers.ts';
import { quoteText } from '../contract/sql.ts';
import { type Database, dayIn, numberIn, wordIn } from './database.ts';

export interface Coverage {
  /** Rows in use: measurements kept, published counts, statistics, figures. */
  readonly rows: number;
  /** First and last day with data, both inclusive. */
  readonly since: Day;
  readonly last: Day;
}

/** `countRows` is the number of published counts in use, which the tables hold only in sums. */
export async function readCoverage(
  db: Database,
  countRows: number,
): Promise<ReadonlyMap<PublisherId, Coverage>> {
  const found = await db.all(`
    WITH days AS (
      SELECT ${quoteText(TESTS_FROM)} AS source, (SELECT count(*) FROM measurements) + ${countRows} AS rows, min(day) AS since, max(day) AS last
      FROM interference_country_daily
      UNION ALL SELECT ${quoteText(SPEEDS_FROM)}, count(*), min(day), max(day) FROM throughput_daily
      UNION ALL SELECT ${quoteText(SPEEDS_FROM)}, count(*), min(strptime(month, '%Y-%m'))::DATE, last_day(max(strptime(month, '%Y-%m'))::DATE)
      FROM throughput_monthly
      UNION ALL SELECT source, count(*), min(day), max(day) FROM circumvention_daily GROUP BY source
      UNION ALL SELECT source, count(*), min(day), max(day) FROM indicators_daily GROUP BY source
      UNION ALL SELECT source, count(*), min(first_day), max(coalesce(last_day, first_day)) FROM recorded_elsewhere GROUP BY source
      UNION ALL SELECT source, count(*), min(name_day), max(name_day) FROM network_organizations GROUP BY source)
    SELECT source, sum(rows)::BIGINT AS rows, strftime(min(since), '%Y-%m-%d') AS since, strftime(max(last), '%Y-%m-%d') AS last
    FROM days GROUP BY source HAVING min(since) IS NOT NULL ORDER BY source`);
  const coverage = new Map<PublisherId, Coverage>();
  for (const row of found) {
    coverage.set(wordIn(row, 'source', PUBLISHERS), {
      rows: numberIn(row, 'rows'),
      since: dayIn(row, 'since'),
      last: dayIn(row, 'last'),
    });
  }
  return coverage;
}

/** First day no longer covered. */
export function coverageEnd(coverage: Coverage): Day {
  return addDays(coverage.last, 1);
}
