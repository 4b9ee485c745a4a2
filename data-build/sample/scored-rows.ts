/**
 * The large sizes, drawn in SQL and written as scored parts: what reading and scoring dumps would give. Every choice is a
 * hash of the seed, the place, the day and a number, so the same seed gives the same bytes.
 */
import type { DuckDBConnection } from '@duckdb/node-api';
import { mkdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Day } from '../contract/brands.ts';
import { quoteText } from '../contract/sql.ts';
import { partColumns, type PartKind } from '../parts.ts';
import { openDuckDb } from '../duckdb.ts';
import { loadScoredTables, type ScoredSample, websitesSql } from './scored-tables.ts';
import { worldDays } from './world.ts';

/** A number in [0, 1) from a hash and the number of a choice. */
const unit = (hash: string, choice: number): string =>
  `((hash(${hash}, ${choice}) >> 11) / 9007199254740992.0)`;

/** Tests as they stand in ids. */
const SHORT_NAME = "replace(t.test_name, '_', '')";

/** One row per measurement of a day: who tests what, and when. */
function attemptsSql(seed: number, day: Day): string {
  return `
    WITH runs_of_day AS (
      SELECT place, day, hash(place, ${seed}, day, unnest(range(runs))) AS h FROM runs WHERE day = DATE ${quoteText(day)}
    ), runs_placed AS (
      SELECT r.place, r.day, r.h, floor(pow(${unit('h', 1)}, 2.2) * p.networks)::INTEGER AS network,
        r.day + to_seconds((${unit('h', 2)} * 86000)::BIGINT) AS begun
      FROM runs_of_day r JOIN places p USING (place)
    )
    SELECT r.*, t.test, -1 AS site, hash(h, t.test) AS a FROM runs_placed r, tests t
    WHERE t.test > 0 AND ${unit('h, t.test', 3)} < t.share
    UNION ALL BY NAME
    SELECT * EXCLUDE (u), floor(pow(${unit('a', 4)}, 3) * (SELECT count(*) FROM sites))::INTEGER AS site FROM (
      SELECT *, 0 AS test, hash(h, 1000 + u) AS a FROM (
        SELECT *, unnest(range(${websitesSql('h')}::BIGINT)) AS u FROM runs_placed))`;
}

/** Fates: failed tests, then episodes, then harmless signs that look like interference. */
function rowsSql(seed: number, day: Day): string {
  return `
    SELECT 1 AS form,
      strftime(x.time, '%Y%m%d%H%M%S') || '.' || lpad((a % 1000000)::VARCHAR, 6, '0') || '_' || p.cc || '_' || ${SHORT_NAME}
        || '_' || format('{:016x}', a) AS measurement_uid,
      strftime(x.begun, '%Y%m%dT%H%M%SZ') || '_' || ${SHORT_NAME} || '_' || p.cc || '_' || n.asn || '_n1_'
        || format('{:016x}', hash(h, x.test, 5)) AS report_id,
      x.time AS measurement_start_time, p.cc AS probe_cc, n.asn AS probe_asn, n.name AS probe_network_name, t.test_name,
      '0.5.28' AS test_version, s.input, s.domain, x.outcome, x.method AS blocking_method,
      coalesce(u.rule_id, 'unscored.no_rule') AS rule_id, x.outcome = 'confirmed' AS confirmed_in_country,
      CASE WHEN h % 3 = 0 THEN 'ooniprobe_desktop' ELSE 'ooniprobe_android' END AS software_family, h % 2 = 0 AS unattended,
      CASE WHEN t.test_name = 'ndt' THEN round(n.mbps * (0.5 + ${unit('a', 6)}), 2) END AS ndt_download_mbps,
      CASE WHEN t.test_name = 'ndt' THEN round(n.mbps * (0.1 + ${unit('a', 7)} / 4), 2) END AS ndt_upload_mbps,
      CASE WHEN t.test_name = 'ndt' THEN round(10 + 90 * ${unit('a', 8)}, 1) END AS ndt_min_rtt_ms,
      CASE WHEN t.test_name = 'dash' THEN round(n.mbps * (0.2 + ${unit('a', 6)} / 2), 2) END AS dash_median_bitrate_mbps
    FROM (
      SELECT f.*, f.begun + to_seconds((a % 300)::BIGINT) AS time,
        CASE WHEN NOT f.judged THEN 'unscored' WHEN f.failed THEN 'failure'
          WHEN f.method = 'http_diff' AND f.scripted THEN 'confirmed' WHEN f.method IS NULL THEN 'ok' ELSE 'anomaly' END AS outcome
      FROM (
        SELECT a.*, j.judged, j.judged AND j.fails AND ${unit('a', 11)} < t.failed AS failed,
          e.strength IS NOT NULL AND ${unit('a', 12)} < e.strength AS scripted,
          CASE WHEN NOT j.judged OR (j.fails AND ${unit('a', 11)} < t.failed) THEN NULL
            WHEN e.strength IS NOT NULL AND ${unit('a', 12)} < e.strength THEN e.method
            WHEN ${unit('a', 13)} < t.noise * p.noise THEN t.signs[1 + (hash(a, 14) % len(t.signs)::UBIGINT)::BIGINT] END AS method
        FROM (${attemptsSql(seed, day)}) a
        JOIN tests t USING (test) JOIN places p USING (place)
        JOIN (SELECT t.test, count(r.rule_id) > 0 AS judged, count(*) FILTER (r.outcome = 'failure') > 0 AS fails
          FROM tests t LEFT JOIN rules r USING (test) GROUP BY t.test) j USING (test)
        LEFT JOIN (SELECT * FROM episode_days WHERE day = DATE ${quoteText(day)}) e
          ON e.place = a.place AND e.test = a.test AND e.site = a.site
          AND a.network <= coalesce(e.last_network, a.network)
      ) f
    ) x
    JOIN tests t USING (test) JOIN places p USING (place) JOIN networks n USING (place, network)
    LEFT JOIN sites s USING (site)
    LEFT JOIN (SELECT test, outcome, method, min(rule_id) AS rule_id FROM rules GROUP BY ALL) u
      ON u.test = x.test AND u.outcome = x.outcome AND u.method IS NOT DISTINCT FROM x.method`;
}

/** Published counts of a day by place and test: what the runs of that day would have given. */
function countsSql(day: Day): string {
  return `
    SELECT *, measurement_count - anomaly_count - failure_count AS ok_count, 0 AS confirmed_count, false AS reconciled FROM (
      SELECT r.day, p.cc AS probe_cc, t.test_name, n.tests AS measurement_count,
        floor(n.tests * greatest(t.noise * p.noise, coalesce(e.strength, 0)) + 0.5)::BIGINT AS anomaly_count,
        floor(n.tests * t.failed * 0.5)::BIGINT AS failure_count
      FROM runs r JOIN places p USING (place) CROSS JOIN tests t
      CROSS JOIN LATERAL (SELECT floor(r.runs * t.share)::BIGINT AS tests) n
      LEFT JOIN episode_days e ON e.place = r.place AND e.test = t.test AND e.site = -1 AND e.day = r.day AND e.last_network IS NULL
      WHERE r.day = DATE ${quoteText(day)} AND n.tests > 0)`;
}

async function copyPart(
  db: DuckDBConnection,
  kind: PartKind,
  sql: string,
  target: string,
): Promise<number> {
  const shape = await db.run(`SELECT * FROM (${sql}) LIMIT 0`);
  const names = new Set(shape.columnNames());
  const columns = partColumns(kind)
    .map(({ name, type }) => `(${names.has(name) ? `"${name}"` : 'NULL'})::${type} AS "${name}"`)
    .join(', ');
  await mkdir(dirname(target), { recursive: true });
  await db.run(
    `COPY (SELECT ${columns} FROM (${sql}) ORDER BY ALL) TO ${quoteText(target)} (FORMAT parquet, COMPRESSION zstd)`,
  );
  const counted = await db.runAndReadAll(`SELECT count(*) FROM read_parquet(${quoteText(target)})`);
  return Number(counted.getRows()[0]?.[0]);
}

export interface ScoredFiles {
  readonly measurements: number;
  readonly files: number;
  readonly bytes: number;
}

/** Writes one part a day. */
export async function writeScoredParts(
  out: string,
  sample: ScoredSample,
  onDay: (done: number, of: number) => void,
): Promise<ScoredFiles> {
  const { world, seed } = sample;
  const queue = worldDays(world);
  const total = queue.length;
  const sum = { measurements: 0, files: 0, bytes: 0 };
  // One thread a database, so that rows and row groups do not depend on the machine; a database for each processor.
  const drawDays = async (worker: number): Promise<void> => {
    const spillDir = join(out, `.spill-${worker}`);
    const { connection: db, close } = await openDuckDb({
      spillDir,
      threads: 1,
      memoryLimit: '1GB',
    });
    try {
      await loadScoredTables(db, sample);
      for (let day = queue.shift(); day !== undefined; day = queue.shift()) {
        const { kind, sql } =
          world.size === 'decade'
            ? ({ kind: 'counts', sql: countsSql(day) } as const)
            : ({ kind: 'measurements', sql: rowsSql(seed, day) } as const);
        const target = join(out, 'scored', day.slice(0, 7), `${day}.${kind}.scored.parquet`);
        const rows = await copyPart(db, kind, sql, target);
        sum.measurements += rows;
        sum.files += 1;
        sum.bytes += (await stat(target)).size;
        onDay(sum.files, total);
      }
    } finally {
      queue.length = 0;
      await close();
    }
  };
  await Promise.all([drawDays(1), drawDays(2)]);
  return sum;
}
