/** Figures that the publisher's own dumps must give. They run where ../shared/data exists. */
import { copyFile, mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { buildData } from '../../data-build/build.ts';
import type { Edition } from '../../data-build/contract/feed-paths.ts';
import { readDumps } from '../../data-build/read-dumps.ts';
import { openDatabase, type Database } from '../../data-build/rollup/database.ts';
import { verifyFolder } from '../../data-build/verify/verify.ts';
import { hashFile } from '../../data-build/hash.ts';
import { listFiles } from '../../data-build/write/checksum.ts';
import { recordEffects } from '../support/quiet-effects.ts';
import { describeWithSharedData, sharedData } from '../support/shared-data.ts';

let scratch: string;
let db: Database;
beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'real-'));
  db = await openDatabase({ spillDir: join(scratch, 'spill') });
});
afterAll(async () => {
  await db.close();
  await rm(scratch, { recursive: true, force: true });
});

async function build(dumps: string | string[], name: string, edition: Edition = 'all') {
  const effects = recordEffects();
  const cacheDir = join(scratch, name, 'cache');
  const out = join(scratch, name, 'data');
  const request = { dumps: [dumps].flat(), cacheDir, jobs: 2, shard: null, effects };
  const options = { edition, since: null, until: null, strict: false } as const;
  const manifest = await buildData(
    () => readDumps(request),
    { out, cacheDir, ...options },
    effects,
  );
  return { out, manifest, lines: effects.lines };
}

async function hashes(root: string): Promise<readonly string[]> {
  const lines: string[] = [];
  for (const path of await listFiles(root))
    lines.push(`${path} ${await hashFile(join(root, path))}`);
  return lines;
}

describeWithSharedData('Kenya, November 2024', 'ooni/kenya-telegram-2024', (dumps) => {
  it('shows the leap in network rows, and the second run reads no dump and changes no byte', async () => {
    const { out } = await build(dumps, 'kenya');
    const rows = await db.all(`
      SELECT CAST(day AS VARCHAR) AS day, sum(measurement_count)::INTEGER AS tests, sum(anomaly_count)::INTEGER AS anomalies
      FROM read_parquet('${out}/interference_network_daily/*/*.parquet', hive_partitioning = false)
      WHERE probe_cc = 'KE' AND test_name = 'telegram' AND day BETWEEN '2024-11-06' AND '2024-11-08'
      GROUP BY ALL ORDER BY ALL`);
    expect(rows).toEqual([
      { day: '2024-11-06', tests: 114, anomalies: 2 },
      { day: '2024-11-07', tests: 142, anomalies: 83 },
      { day: '2024-11-08', tests: 132, anomalies: 98 },
    ]);
    const events = await db.all(`
      SELECT kind, strftime(last_normal, '%Y-%m-%d') AS last_normal, strftime(first_sign, '%Y-%m-%d') AS first_sign,
        first_normal IS NULL AS open, blocking_method, network_count, robust
      FROM read_parquet('${out}/events/*/*.parquet', hive_partitioning = false)
      WHERE target = 'telegram' AND probe_asn IS NULL`);
    expect(events).toEqual([
      {
        kind: 'interference_start',
        last_normal: '2024-11-06',
        first_sign: '2024-11-07',
        open: true,
        blocking_method: 'app_endpoints',
        network_count: 23,
        robust: true,
      },
    ]);
    const first = await hashes(out);
    const { lines } = await build(dumps, 'kenya');
    expect(lines.join('\n')).toMatch(/^0 parts made, 46 parts reused/m);
    expect(await hashes(out)).toEqual(first);
    expect(await verifyFolder(out, recordEffects())).toBe(true);
  });
});

describeWithSharedData('published counts of 2021 and later', 'ooni/aggregation', (dumps) => {
  it('restores the partition of the older, overlapping form', async () => {
    const { out, manifest } = await build(dumps, 'counts');
    const table = `read_parquet('${out}/interference_country_daily/*.parquet')`;
    const [march] = await db.all(`
      SELECT count(DISTINCT probe_cc) AS countries, sum(measurement_count)::INTEGER AS tests,
        CAST(min(day) AS VARCHAR) AS first, CAST(max(day) AS VARCHAR) AS last, sum(failure_count)::INTEGER AS failures
      FROM ${table} WHERE test_name = 'web_connectivity' AND day BETWEEN '2021-03-17' AND '2021-04-16'`);
    expect(march).toEqual({
      countries: 151,
      tests: 6_737_807,
      first: '2021-03-17',
      last: '2021-04-16',
      failures: 186_144,
    });
    expect(manifest.cells.reconciled).toBe(1_343);
    expect(
      await db.all(`
        SELECT * FROM ${table}
        WHERE ok_count + anomaly_count + confirmed_count + failure_count <> measurement_count`),
    ).toEqual([]);
  });
});

describeWithSharedData('M-Lab, Tor and the usage table', 'mlab', (mlab) => {
  it('gives the published monthly figures of six countries, and every row of both files', async () => {
    const { out } = await build(mlab, 'mlab');
    const monthly = `read_parquet('${out}/throughput_monthly/*.parquet')`;
    const rows = await db.all(`
      SELECT probe_cc, download_sample_count AS tests, round(download_mbps_p50, 2) AS mbps, round(min_rtt_ms_p50, 1) AS rtt
      FROM ${monthly} WHERE month = '2024-10' AND probe_cc IN ('BR', 'IR', 'RU', 'TM', 'TW', 'XK') ORDER BY 1`);
    expect(rows).toEqual([
      { probe_cc: 'BR', tests: 4_944_407, mbps: 52.02, rtt: 19.9 },
      { probe_cc: 'IR', tests: 2_988, mbps: 4.91, rtt: 163.4 },
      { probe_cc: 'RU', tests: 119_879, mbps: 33.08, rtt: 46.4 },
      { probe_cc: 'TM', tests: 6_539, mbps: 1.72, rtt: 251.9 },
      { probe_cc: 'TW', tests: 110_369, mbps: 64.48, rtt: 10.1 },
      { probe_cc: 'XK', tests: 4_549, mbps: 38.24, rtt: 39.6 },
    ]);
    const [total] = await db.all(`
      SELECT count(download_sample_count) AS down, count(upload_sample_count) AS up, sum(download_sample_count)::BIGINT AS tests,
        count(*) FILTER (min_rtt_ms_p05 > min_rtt_ms_p95 OR loss_ratio_p05 > loss_ratio_p95) AS inverted
      FROM ${monthly}`);
    expect(total).toEqual({ down: 236, up: 237, tests: 141_226_817, inverted: 0 });
    const days = await db.all(`
      SELECT probe_cc, probe_asn, download_sample_count AS tests
      FROM read_parquet('${out}/throughput_daily/*/*.parquet', hive_partitioning = false) ORDER BY day`);
    expect(days).toEqual([
      { probe_cc: null, probe_asn: 14593, tests: 11_193 },
      { probe_cc: null, probe_asn: 14593, tests: 15_260 },
      { probe_cc: null, probe_asn: 14593, tests: 16_196 },
    ]);
    expect(await verifyFolder(out, recordEffects())).toBe(true);
  });
});

describeWithSharedData('Tor Metrics', 'tor', (tor) => {
  it('keeps Namibia, leaves the totals out, and finds the surge of September 2022', async () => {
    const { out } = await build(tor, 'tor');
    const use = `read_parquet('${out}/circumvention_daily/licence=cc0/*.parquet')`;
    const [row] = await db.all(`
      SELECT count(*) FILTER (probe_cc = 'NA') AS namibia, count(*) FILTER (tool = 'tor-bridge') AS bridges,
        max(value) FILTER (probe_cc = 'IR' AND day = '2022-09-23') AS peak
      FROM ${use}`);
    expect(row).toEqual({ namibia: 830, bridges: 172_845, peak: 200_326 });
    const surges = await db.all(`
      SELECT strftime(first_sign, '%Y-%m-%d') AS first_sign, round(magnitude, 2) AS ratio, agreement
      FROM read_parquet('${out}/events/*/*.parquet', hive_partitioning = false)
      WHERE detector_id = 'log-z-3' AND kind = 'surge' AND probe_cc = 'IR'
        AND (target = 'tor-relay users' OR DATE '2019-09-01' BETWEEN first_sign AND last_sign) ORDER BY 1`);
    expect(surges).toEqual([
      { first_sign: '2019-08-27', ratio: 13.08, agreement: 'surge_alone' },
      { first_sign: '2022-09-21', ratio: 23.3, agreement: 'surge_alone' },
    ]);
    const global = await db.all(`
      SELECT kind, strftime(min(first_sign), '%Y-%m-%d') AS first, strftime(max(first_sign), '%Y-%m-%d') AS last
      FROM read_parquet('${out}/events/*/*.parquet', hive_partitioning = false) WHERE agreement = 'global_change'
      GROUP BY kind ORDER BY kind`);
    // The publisher's figures rose in most places at the end of May 2018, and fell back in July.
    expect(global).toEqual([
      { kind: 'drop', first: '2018-07-20', last: '2018-07-21' },
      { kind: 'surge', first: '2018-05-25', last: '2018-05-29' },
    ]);
  });
});

describeWithSharedData('the CC0 edition', 'mlab', (mlab) => {
  it('is whole, and holds no byte that comes from OONI', async () => {
    const relay = ['ir', 'ru', 'tr'].map((cc) => sharedData('tor', `tor-data-${cc}.csv`) ?? mlab);
    const dumps = join(scratch, 'cc0-dumps');
    await mkdir(dumps);
    for (const file of relay) await copyFile(file, join(dumps, basename(file)));
    const ooni = [sharedData('ooni', 'kenya-telegram-2024'), sharedData('ooni-lists')];
    const given = [dumps, mlab, ...ooni.filter((folder) => folder !== null)];
    const { out, manifest } = await build(given, 'cc0', 'cc0');
    expect(await verifyFolder(out, recordEffects())).toBe(true);
    expect(manifest.sources.map((source) => source.id)).toEqual(['mlab', 'tor-metrics']);
    expect([...new Set(manifest.files.map((file) => file.licence))]).toEqual(['cc0']);
    const words = /ooni|by-nc|interference_(country|network|domain)_|measurement_uid/i;
    for (const path of await listFiles(out)) {
      expect(words.test(path), path).toBe(false);
      // What was not used is named by the file it was in; those names are the dumps' own.
      if (path === 'rejects.json' || path === 'SHA256SUMS') continue;
      const bytes = (await readFile(join(out, path))).toString('latin1');
      expect([path, words.exec(bytes)?.[0]]).toEqual([path, undefined]);
    }
    const kinds = await db.all(`SELECT DISTINCT kind, agreement
      FROM read_parquet('${out}/events/*/*.parquet', hive_partitioning = false) ORDER BY ALL`);
    expect(kinds.length).toBeGreaterThan(0);
    expect(JSON.stringify(kinds)).not.toMatch(/interference|method/);
  });
});

describeWithSharedData('the monthly export', 'ooni/clickhouse_export', (dumps) => {
  it('keeps the stored flags of all rows but one whose clock was years ahead, and counts days by country and test as a query over the file does', async () => {
    const { out, manifest } = await build(dumps, 'export');
    expect(manifest.sources[0]).toMatchObject({
      rows_in: 1_000,
      rejects: [{ reason: 'untrusted_time', count: 1 }],
    });
    // What the export itself says: read by DuckDB, each measurement once, failure before confirmed before anomaly.
    await db.run(`CREATE TABLE export AS
      SELECT DISTINCT ON (measurement_uid) measurement_uid, probe_cc, test_name, measurement_start_time[:10] AS day,
        CASE WHEN msm_failure = 't' THEN 'failure' WHEN confirmed = 't' THEN 'confirmed'
          WHEN anomaly = 't' THEN 'anomaly' ELSE 'ok' END AS stored,
        test_name IN ('dnscheck', 'echcheck', 'riseupvpn', 'openvpn_client_test', 'urlgetter', 'simplequicping') AS unscored
      FROM read_csv('${dumps}/csv/*.csv.zstd', compression = 'zstd', header = true, all_varchar = true, union_by_name = true)
      WHERE measurement_start_time::TIMESTAMP <= strptime(measurement_uid[:14], '%Y%m%d%H%M%S') + INTERVAL 169 HOUR`);
    const [stored] =
      await db.all(`SELECT count(*) AS rows, count(*) FILTER (stored = 'anomaly' AND NOT unscored) AS anomalies,
      count(*) FILTER (unscored) AS unscored FROM export`);
    expect(stored).toMatchObject({ rows: 999 });
    expect(stored?.['anomalies']).toBeGreaterThan(50);
    const differing = await db.all(`
      SELECT * FROM export e FULL JOIN read_parquet('${out}/measurements/**/*.parquet', hive_partitioning = false) m USING (measurement_uid)
      WHERE m.outcome IS DISTINCT FROM CASE WHEN unscored THEN 'unscored' ELSE stored END
        OR m.probe_cc <> e.probe_cc OR m.test_name <> e.test_name OR CAST(m.day AS VARCHAR) <> e.day`);
    expect(differing).toEqual([]);
    const counts = (outcome: string) =>
      `count(*) FILTER (stored = '${outcome}' AND NOT unscored) AS ${outcome}_count`;
    const days = `SELECT day, probe_cc, test_name, count(*) FILTER (NOT unscored) AS measurement_count,
      ${['ok', 'anomaly', 'confirmed', 'failure'].map(counts).join(', ')}, count(*) FILTER (unscored) AS unscored_count
      FROM export GROUP BY day, probe_cc, test_name`;
    const table = `SELECT CAST(day AS VARCHAR) AS day, probe_cc, test_name, measurement_count, ok_count, anomaly_count,
      confirmed_count, failure_count, unscored_count FROM read_parquet('${out}/interference_country_daily/*.parquet')`;
    expect(await db.all(`(${days}) EXCEPT ALL (${table})`)).toEqual([]);
    expect(await db.all(`(${table}) EXCEPT ALL (${days})`)).toEqual([]);
  });
});
