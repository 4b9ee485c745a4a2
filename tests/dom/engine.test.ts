import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { connectDuckDb } from '../support/duckdb.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TABLES, tableDdl, type TableName } from '../../data-build/contract/tables.ts';
import { openModulePage, type ModulePage } from '../support/module-page.ts';

let folder: string;
let site: ModulePage;
let files: Record<string, { path: string; bytes: number }>;

/** Rows written as the build writes them: zstd, the contract's columns. */
async function writeParquet(table: TableName, name: string, values: string): Promise<void> {
  const connection = await connectDuckDb();
  await connection.run(tableDdl(table).replaceAll(' NOT NULL', ''));
  await connection.run(`INSERT INTO ${table} BY NAME ${values}`);
  const target = path.join(folder, name);
  await connection.run(`COPY ${table} TO '${target}' (FORMAT parquet, COMPRESSION zstd)`);
  files[name] = { path: name, bytes: (await stat(target)).size };
  connection.closeSync();
}

/** Runs the body of an async function in the page; `engine` is open, `files` are those above. */
async function inPage(body: string): Promise<unknown> {
  return site.page.evaluate(`(async () => {
    const { openWasmEngine } = await import('/site/engine/duckdb-wasm.ts');
    const files = ${JSON.stringify(files)};
    const progress = (globalThis.progress ??= []);
    const home = new URL('/data/', location.href).href;
    const engine = await (globalThis.engine ??= openWasmEngine({
      place: { home, large: home },
      onProgress: (step) => progress.push({ ...step }),
    }));
    ${body}
  })()`);
}

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'engine-'));
  files = {};
  await writeParquet(
    'interference_network_daily',
    'network.parquet',
    `SELECT DATE '2024-11-01' + (i // 4)::INTEGER AS day, 'KE' AS probe_cc, 33771 + i % 4 AS probe_asn,
       'telegram' AS test_name, 10 AS measurement_count, 7 AS ok_count, 3 AS anomaly_count,
       0 AS confirmed_count, 0 AS failure_count, 0 AS unscored_count, 'measurements' AS counts_from,
       false AS reconciled FROM range(120) AS series(i)`,
  );
  await writeParquet(
    'measurements',
    'measurements.parquet',
    `SELECT '2024-11' AS month, DATE '2024-11-07' AS day, TIMESTAMP '2024-11-07 23:59:58.75' AS measurement_start_time,
       'KE' AS probe_cc, 4294967295 AS probe_asn, 'telegram' AS test_name, 'ok' AS outcome, 'r' AS rule_id,
       true AS confirmed_in_country, 0.5 AS ndt_download_mbps, 'naïve “نص”' AS input`,
  );
  site = await openModulePage(folder);
});

afterAll(async () => {
  await site.close();
  await rm(folder, { recursive: true });
});

describe('the engine in a browser, under the strict policy', () => {
  it('reads zstd Parquet and gives plain values', async () => {
    const rows = await inPage(`
      await engine.open('measurements', [files['measurements.parquet']]);
      return engine.run({ sql: \`SELECT day, measurement_start_time, probe_asn, ndt_download_mbps,
        confirmed_in_country, input, domain, count(*) OVER () AS rows, sum(probe_asn) OVER () AS total,
        (-12.345)::DECIMAL(18,3) AS change, (-7)::HUGEINT AS huge, [1, 2]::BIGINT[] AS list
        FROM measurements WHERE input = ?::VARCHAR AND probe_asn = ?::UINTEGER AND day >= ?::DATE\`,
        params: ['naïve “نص”', 4294967295, '2024-11-07'], tables: ['measurements'] });`);
    expect(rows).toEqual([
      {
        day: '2024-11-07',
        measurement_start_time: '2024-11-07 23:59:58',
        probe_asn: 4_294_967_295,
        ndt_download_mbps: 0.5,
        confirmed_in_country: true,
        input: 'naïve “نص”',
        domain: null,
        rows: 1,
        total: 4_294_967_295,
        change: -12.345,
        huge: -7,
        list: [1, 2],
      },
    ]);
  });

  it('answers from a file and, without one, from an empty table of the same shape', async () => {
    const counts = await inPage(`
      const query = { sql: \`SELECT count(*)::DOUBLE AS rows, sum(measurement_count) AS measurement_count, max(day) AS day
        FROM interference_network_daily WHERE probe_asn IN (?::UINTEGER)\`, params: [33771], tables: [] };
      await engine.open('interference_network_daily', [files['network.parquet']]);
      const [full] = await engine.run(query);
      await engine.open('interference_network_daily', []);
      const [empty] = await engine.run(query);
      return { full, empty };`);
    expect(counts).toEqual({
      full: { rows: 30, measurement_count: 300, day: '2024-11-30' },
      empty: { rows: 0, measurement_count: null, day: null },
    });
    expect(TABLES.interference_network_daily.counts).toBe(true);
  });

  it('takes hostile text as a value, never as SQL', async () => {
    const rows = await inPage(`
      await engine.open('interference_network_daily', [files['network.parquet']]);
      return engine.run({ sql: 'SELECT count(*) AS rows FROM interference_network_daily WHERE test_name = ?::VARCHAR',
        params: ["'; DROP VIEW interference_network_daily; --"], tables: [] });`);
    expect(rows).toEqual([{ rows: 0 }]);
  });

  it('drops an aborted question at once and still answers the next', async () => {
    const told = await inPage(`
      const stop = new AbortController();
      const slow = engine.run({ sql: 'SELECT count(*) AS n FROM range(3000000) a, range(400) b WHERE (a.range * b.range) % 7 = 3', params: [], tables: [] }, stop.signal)
        .then(() => 'answered', (error) => error.name);
      const waiting = engine.run({ sql: 'SELECT 1 AS n', params: [], tables: [] }, stop.signal).then(() => 'answered', (error) => error.name);
      setTimeout(() => stop.abort(), 50);
      const outcome = [await slow, await waiting];
      await engine.open('interference_network_daily', [files['network.parquet']]);
      const [row] = await engine.run({ sql: 'SELECT count(*) AS n FROM interference_network_daily', params: [], tables: [] });
      return { outcome, row };`);
    expect(told).toEqual({ outcome: ['AbortError', 'AbortError'], row: { n: 120 } });
  });

  it('says in two parts what is wrong with a file, and goes on', async () => {
    const told = await inPage(`
      const failures = [];
      for (const file of [{ path: 'nowhere.parquet', bytes: 9 }, { path: 'network.parquet?v2', bytes: 9 }]) {
        await engine.open('domains', [file]).catch((error) => failures.push([error.kind, error.message !== '', error.todo !== '']));
      }
      await engine.run({ sql: 'SELECT nothing FROM nowhere', params: [], tables: [] }).catch((error) => failures.push([error.kind, true, error.todo !== '']));
      await engine.open('domains', []);
      const [row] = await engine.run({ sql: 'SELECT count(*) AS n FROM domains', params: [], tables: [] });
      return { failures, row };`);
    expect(told).toEqual({
      failures: [
        ['unreachable', true, true],
        ['changed', true, true],
        ['query', true, true],
      ],
      row: { n: 0 },
    });
  });

  it('tells its progress and asks nobody but its own origin', async () => {
    const steps = await inPage(`
      const engineSteps = progress.filter((step) => step.part === 'engine');
      const last = engineSteps[engineSteps.length - 1];
      return { done: last.loaded === last.total, steps: engineSteps.length > 3 };`);
    expect(steps).toEqual({ done: true, steps: true });
    expect(site.requests.filter((url) => !url.startsWith(site.origin))).toEqual([]);
  });
});
