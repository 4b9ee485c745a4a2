/** Figures that the publisher's own dumps must give. They run where ../shared/data exists. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { buildData } from '../../data-build/build.ts';
import { readDumps } from '../../data-build/intake.ts';
import { openDatabase, type Database } from '../../data-build/rollup/database.ts';
import { verifyFolder } from '../../data-build/verify/verify.ts';
import { hashFile, listFiles } from '../../data-build/write/checksum.ts';
import { recordEffects } from '../support/quiet-effects.ts';
import { describeWithSharedData } from '../support/shared-data.ts';

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

async function build(dumps: string, name: string) {
  const effects = recordEffects();
  const cacheDir = join(scratch, name, 'cache');
  const out = join(scratch, name, 'data');
  const request = { dumps: [dumps], cacheDir, jobs: 2, shard: null, effects };
  const options = { edition: 'all', since: null, until: null, strict: false } as const;
  const manifest = await buildData(() => readDumps(request), { out, cacheDir, ...options }, effects);
  return { out, manifest, lines: effects.lines };
}

async function hashes(root: string): Promise<readonly string[]> {
  const lines: string[] = [];
  for (const path of await listFiles(root)) lines.push(`${path} ${await hashFile(join(root, path))}`);
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
      countries: 152,
      tests: 6_739_283,
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
