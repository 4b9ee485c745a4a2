/** Published figures, whoever published them: use of circumvention tools, and indicators. */
import { isPublisherId } from '../contract/publishers.ts';
import type { TableName } from '../contract/tables.ts';
import type { Reject } from '../rejects.ts';
import { numberIn, textIn, type Database } from './database.ts';
import { fillTable, selectList } from './select.ts';

/** Tables of figures, the part view of each, and what tells two figures of one day and place apart. */
const FIGURES = [
  { table: 'circumvention_daily', rows: 'tool_use_rows', grain: 'tool, metric' },
  { table: 'indicators_daily', rows: 'indicator_rows', grain: 'source, indicator' },
] as const satisfies readonly { readonly table: TableName; rows: string; grain: string }[];

/**
 * Fills both tables. A figure given in several files counts once: a published one before a withheld one, one with an
 * expected range before one without, then that of the file whose days reach furthest, since publishers still correct
 * their last figures. That is asked of all its days, also of those outside of the release.
 */
export async function fillFigures(
  db: Database,
  edition: 'all' | 'cc0',
): Promise<readonly Reject[]> {
  const kept = edition === 'cc0' ? "licence = 'cc0'" : 'true';
  const rejects: Reject[] = [];
  for (const { table, rows, grain } of FIGURES) {
    await fillTable(
      db,
      table,
      `SELECT ${selectList(table, {})} FROM (
        SELECT *, row_number() OVER (PARTITION BY day, probe_cc, ${grain}
          ORDER BY value IS NULL, lower IS NULL, reach DESC, part, part_row) AS place
        FROM ${rows} JOIN (SELECT part, max(day) AS reach FROM all_${rows} GROUP BY part) USING (part)
        WHERE ${kept})
      WHERE place = 1`,
    );
    const tallies = await db.all(`
      SELECT source, given.rows - coalesce(taken.rows, 0) AS again
      FROM (SELECT source, count(*) AS rows FROM ${rows} WHERE ${kept} GROUP BY source) given
      LEFT JOIN (SELECT source, count(*) AS rows FROM ${table} GROUP BY source) taken USING (source)
      WHERE again > 0 ORDER BY source`);
    for (const tally of tallies) {
      const source = textIn(tally, 'source');
      if (isPublisherId(source))
        rejects.push({ reason: 'duplicate', source, count: numberIn(tally, 'again'), samples: [] });
    }
  }
  return rejects;
}
