/** Use of circumvention tools as one table, whoever published it. */
import type { Reject } from '../rejects.ts';
import { numberIn, type Database } from './database.ts';
import { fillTable, selectList } from './select.ts';

/**
 * Fills `circumvention_daily` from the part view `tool_use_rows`. A figure given in several files counts once:
 * one with an expected range before one without, a published one before a withheld one, then the first.
 */
export async function fillToolUse(
  db: Database,
  edition: 'all' | 'cc0',
): Promise<readonly Reject[]> {
  const kept = edition === 'cc0' ? "licence = 'cc0'" : 'true';
  await fillTable(
    db,
    'circumvention_daily',
    `SELECT ${selectList('circumvention_daily', {})} FROM (
      SELECT *, row_number() OVER (PARTITION BY day, probe_cc, tool, metric
        ORDER BY value IS NULL, lower IS NULL, part, part_row) AS place FROM tool_use_rows WHERE ${kept})
    WHERE place = 1`,
  );
  const [tally] = await db.all(`
    SELECT (SELECT count(*) FROM tool_use_rows WHERE ${kept}) - (SELECT count(*) FROM circumvention_daily) AS again`);
  const count = numberIn(tally, 'again');
  return count === 0 ? [] : [{ reason: 'duplicate', source: null, count, samples: [] }];
}
