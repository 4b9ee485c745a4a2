/** Statistics of speed, and statistics made from single speed tests, as the two throughput tables. */
import { THROUGHPUT_CELL_FLOOR } from '../contract/floors.ts';
import { PERCENTILES, THROUGHPUT_COLUMNS } from '../contract/columns.ts';
import { SPEEDS_FROM } from '../contract/publishers.ts';
import type { Reject } from '../rejects.ts';
import { numberIn, type Database } from './database.ts';
import { type Expressions, fillTable, selectList } from './select.ts';

/** What a row of monthly statistics is about; one without a network is of the country as a whole. */
const CELL = 'month, probe_cc, probe_asn, is_upload';

/**
 * Uploads and downloads of a month come in two files; here they become one row. A network that changed its name has a row
 * for each: their tests are added, and percentiles, which cannot be, are those of the row with the most tests. Of files
 * that speak of one cell, the one with the most tests in all tells it; of rows with one name, the larger.
 */
async function fillMonthly(db: Database): Promise<readonly Reject[]> {
  await db.run(`
    CREATE TABLE month_rows AS
    SELECT part, part_row, month, probe_cc, probe_asn, name, download_sample_count IS NULL AS is_upload,
      coalesce(download_sample_count, upload_sample_count) AS tests FROM throughput_months_rows`);
  await db.run(`
    CREATE TABLE months_again AS
    WITH versions AS (
      SELECT part, ${CELL}, row_number() OVER (PARTITION BY ${CELL} ORDER BY all_tests DESC, part) AS place
      FROM (SELECT DISTINCT part, ${CELL} FROM month_rows)
      JOIN (SELECT part, sum(tests) AS all_tests FROM month_rows GROUP BY part) USING (part))
    SELECT r.part, r.part_row FROM month_rows r JOIN versions v
      ON v.place > 1 AND v.part = r.part AND v.month = r.month AND v.probe_cc = r.probe_cc
        AND v.probe_asn IS NOT DISTINCT FROM r.probe_asn AND v.is_upload = r.is_upload
    UNION
    SELECT part, part_row FROM month_rows
    QUALIFY row_number() OVER (PARTITION BY part, ${CELL}, name ORDER BY tests DESC, part_row) > 1`);
  await db.run(`
    CREATE TABLE smaller_months AS
    SELECT part, part_row FROM month_rows ANTI JOIN months_again USING (part, part_row)
    QUALIFY row_number() OVER (PARTITION BY ${CELL} ORDER BY tests DESC, name, part, part_row) > 1`);
  const isCount = (name: string): boolean => name.endsWith('_count');
  const columns = selectList(
    'throughput_monthly',
    Object.fromEntries(
      THROUGHPUT_COLUMNS.map((name) => [
        name,
        isCount(name) ? `sum("${name}")` : `max("${name}") FILTER (is_largest)`,
      ]),
    ),
  );
  await fillTable(
    db,
    'throughput_monthly',
    `SELECT ${columns} FROM (
      SELECT r.*, s.part IS NULL AS is_largest FROM throughput_months_rows r
      LEFT JOIN smaller_months s USING (part, part_row) ANTI JOIN months_again USING (part, part_row))
    GROUP BY month, probe_cc, probe_asn`,
  );
  const [tally] = await db.all('SELECT count(*) AS again FROM months_again');
  return reject('duplicate', numberIn(tally, 'again'));
}

const reject = (
  reason: 'unknown_country' | 'too_few_tests' | 'duplicate',
  count: number,
): readonly Reject[] => (count === 0 ? [] : [{ reason, source: SPEEDS_FROM, count, samples: [] }]);

/**
 * Percentiles of single tests by day and place. A cell of fewer than 10 tests is folded into the country's;
 * a country or territory with fewer has no row. Tests whose place is not known have none either.
 */
async function makeTestCells(db: Database): Promise<readonly Reject[]> {
  const of = (direction: string, value: string, column: string): Expressions =>
    Object.fromEntries(
      PERCENTILES.map((p) => [
        `${column}_p${p}`,
        `CASE WHEN count(${value}) FILTER (direction = '${direction}') >= ${THROUGHPUT_CELL_FLOOR}
          THEN quantile_cont(${value}, 0.${p}) FILTER (direction = '${direction}') END`,
      ]),
    );
  const columns = selectList('throughput_daily', {
    download_sample_count: "count(*) FILTER (direction = 'download')",
    upload_sample_count: "count(*) FILTER (direction = 'upload')",
    ...of('download', 'throughput_mbps', 'download_mbps'),
    ...of('upload', 'throughput_mbps', 'upload_mbps'),
    ...of('download', 'min_rtt_ms', 'min_rtt_ms'),
    ...of('download', 'loss_ratio', 'loss_ratio'),
    below_0p56_mbps_ratio: `CASE WHEN count(*) FILTER (direction = 'download') >= ${THROUGHPUT_CELL_FLOOR}
      THEN count(*) FILTER (direction = 'download' AND throughput_mbps < 0.5623) * 1.0
        / count(*) FILTER (direction = 'download') END`,
  });
  const largest = `greatest(count(*) FILTER (direction = 'download'), count(*) FILTER (direction = 'upload'))`;
  await db.run(`
    CREATE TABLE placed_tests AS
    SELECT t.day, t.direction, t.throughput_mbps, t.min_rtt_ms, t.loss_ratio,
      coalesce(t.probe_cc, p.probe_cc) AS probe_cc, coalesce(t.probe_asn, p.probe_asn) AS probe_asn
    FROM (SELECT DISTINCT ON (coalesce(uuid, part || ' ' || part_row), direction) * FROM ndt_tests_rows
          WHERE direction IS NOT NULL ORDER BY part, part_row) t
    LEFT JOIN (SELECT DISTINCT ON (uuid) uuid, probe_cc, probe_asn FROM ndt_tests_rows
          WHERE direction IS NULL ORDER BY probe_cc IS NULL, part, part_row) p USING (uuid)`);
  await db.run(`
    CREATE TABLE test_cells AS
    SELECT ${columns} FROM placed_tests
    WHERE probe_cc IS NOT NULL AND probe_cc <> 'ZZ' AND probe_asn IS NOT NULL
    GROUP BY day, probe_cc, probe_asn HAVING ${largest} >= ${THROUGHPUT_CELL_FLOOR}
    UNION ALL
    SELECT ${columns.replace('"probe_asn" AS "probe_asn"', 'NULL::UINTEGER AS "probe_asn"')} FROM placed_tests
    WHERE probe_cc IS NOT NULL AND probe_cc <> 'ZZ'
    GROUP BY day, probe_cc HAVING ${largest} >= ${THROUGHPUT_CELL_FLOOR}`);
  const [tally] = await db.all(`
    SELECT count(*) FILTER (probe_cc IS NULL OR probe_cc = 'ZZ') AS nowhere,
      coalesce((SELECT sum(n) FROM (SELECT count(*) AS n FROM placed_tests
        WHERE probe_cc IS NOT NULL AND probe_cc <> 'ZZ' GROUP BY day, probe_cc
        HAVING ${largest} < ${THROUGHPUT_CELL_FLOOR})), 0)::BIGINT AS thin
    FROM placed_tests`);
  const [given] = await db.all(`
    SELECT count(*) - count(DISTINCT (coalesce(uuid, part || ' ' || part_row), coalesce(direction, ''))) AS again
    FROM ndt_tests_rows`);
  return [
    ...reject('duplicate', numberIn(given, 'again')),
    ...reject('unknown_country', numberIn(tally, 'nowhere')),
    ...reject('too_few_tests', numberIn(tally, 'thin')),
  ];
}

/** Where the publisher's statistics and our own cover the same cell, the one from more tests is used. */
async function fillDaily(db: Database): Promise<readonly Reject[]> {
  await fillTable(
    db,
    'throughput_daily',
    `SELECT DISTINCT ON (day, probe_cc, probe_asn) * FROM (
      SELECT * EXCLUDE (part, part_row) FROM throughput_days_rows UNION ALL BY NAME SELECT * FROM test_cells)
    ORDER BY day, probe_cc, probe_asn, download_sample_count DESC NULLS LAST, upload_sample_count DESC NULLS LAST,
      download_mbps_p50, upload_mbps_p50`,
  );
  const [tally] = await db.all(`
    SELECT count(*) - count(DISTINCT (day, coalesce(probe_cc, ''), coalesce(probe_asn, 0))) AS again
    FROM throughput_days_rows`);
  return reject('duplicate', numberIn(tally, 'again'));
}

/** Fills both tables from the part views `throughput_months_rows`, `throughput_days_rows`, `ndt_tests_rows`. */
export async function fillThroughput(db: Database): Promise<readonly Reject[]> {
  return [...(await fillMonthly(db)), ...(await makeTestCells(db)), ...(await fillDaily(db))];
}
