/** Which source speaks for a cell (day × probe_cc × test_name) that several cover. Never their sum. */
import type { RejectSample } from '../contract/manifest.ts';
import { TESTS_FROM } from '../contract/publishers.ts';
import { testSpec } from '../contract/vocabulary.ts';
import { quoteText } from '../contract/sql.ts';
import { numberIn, textIn, type Database } from './database.ts';
import type { Reject } from '../rejects.ts';

/** Counts of tests that no rule judges say nothing about failure: they become `unscored_count` alone. */
async function loadCountRows(db: Database): Promise<void> {
  const tests = await db.all('SELECT DISTINCT test_name FROM count_rows ORDER BY 1');
  const scored = tests
    .map((row) => textIn(row, 'test_name'))
    .filter((name) => testSpec(name).scored);
  const isScored = `test_name IN (${["''", ...scored.map(quoteText)].join(', ')})`;
  const column = (name: string) => `CASE WHEN ${isScored} THEN ${name} ELSE 0 END AS ${name}`;
  await db.run(`
    CREATE TABLE counts AS
    SELECT part, part_row, day, probe_cc, probe_asn, test_name,
      ${['measurement_count', 'ok_count', 'anomaly_count', 'confirmed_count', 'failure_count'].map(column).join(', ')},
      CASE WHEN ${isScored} THEN 0 ELSE measurement_count END AS unscored_count,
      coalesce(reconciled, false) AND ${isScored} AS reconciled
    FROM count_rows`);
}

/**
 * One candidate per source of a cell: `part` null for the Atlas's own count. Candidates that know networks
 * (`named`) also stand for the network table; counts without networks leave the measurements there alone.
 */
const CANDIDATES_SQL = `
  CREATE TABLE candidates AS
  SELECT NULL::UBIGINT AS part, day, probe_cc, test_name, total, true AS named, 0 AS rank
  FROM measured_days
  UNION ALL
  SELECT part, day, probe_cc, test_name, sum(measurement_count + unscored_count) AS total,
    bool_and(probe_asn IS NOT NULL) AS named, 1 AS rank
  FROM counts GROUP BY ALL`;

/** The larger count wins; then the Atlas's own; then the one that names networks; then by the dump's hash. */
function winnersSql(table: string, condition: string): string {
  return `
    CREATE TABLE ${table} AS
    SELECT c.part, c.day, c.probe_cc, c.test_name, c.named
    FROM candidates c LEFT JOIN parts p USING (part)
    WHERE ${condition}
    QUALIFY row_number() OVER (PARTITION BY c.day, c.probe_cc, c.test_name
      ORDER BY c.total DESC, c.rank, c.named DESC, p.dump_sha256) = 1`;
}

async function sampleSuperseded(db: Database): Promise<readonly RejectSample[]> {
  const rows = await db.all(`
    SELECT p.dump, concat(c.probe_cc, ' ', c.test_name, ' ', strftime(c.day, '%Y-%m-%d'), ': ', c.total,
      ' counted here, ', best.total, ' used') AS detail
    FROM candidates c JOIN parts p USING (part)
    JOIN (SELECT day, probe_cc, test_name, max(total) AS total FROM candidates GROUP BY ALL) best
      USING (day, probe_cc, test_name)
    ANTI JOIN country_winners w USING (part, day, probe_cc, test_name)
    ORDER BY p.dump, c.day, c.probe_cc, c.test_name LIMIT 3`);
  return rows.map((row) => ({
    file: textIn(row, 'dump'),
    line: null,
    detail: textIn(row, 'detail').slice(0, 80),
  }));
}

export interface CellChoice {
  /** Rows of published counts that are in no table. */
  readonly rejects: readonly Reject[];
  /** Rows of published counts in use. */
  readonly countRowsUsed: number;
  /** Country cells for which something was kept out. */
  readonly supersededCells: number;
}

/** Creates `counts`, `country_winners` and `network_winners` from `measured_days` and `count_rows`. */
export async function chooseCells(db: Database): Promise<CellChoice> {
  await loadCountRows(db);
  await db.run(CANDIDATES_SQL);
  await db.run(winnersSql('country_winners', 'true'));
  await db.run(winnersSql('network_winners', 'c.named'));
  const [tally] = await db.all(`
    SELECT
      (SELECT count(*) FROM counts) AS given,
      (SELECT count(*) FROM counts c SEMI JOIN (
        SELECT part, day, probe_cc, test_name FROM country_winners
        UNION SELECT part, day, probe_cc, test_name FROM network_winners
      ) w USING (part, day, probe_cc, test_name)) AS used,
      (SELECT count(*) FROM (
        SELECT 1 FROM candidates GROUP BY day, probe_cc, test_name HAVING count(*) > 1)) AS superseded`);
  const used = numberIn(tally, 'used');
  const unused = numberIn(tally, 'given') - used;
  const rejects: Reject[] =
    unused === 0
      ? []
      : [
          {
            reason: 'superseded',
            source: TESTS_FROM,
            count: unused,
            samples: await sampleSuperseded(db),
          },
        ];
  return { rejects, countRowsUsed: used, supersededCells: numberIn(tally, 'superseded') };
}
