/** The console's engine reads large files in pieces fetched ahead: the same answer, few requests, none of them blocking. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ManifestFile } from '../../data-build/contract/manifest.ts';
import { tableDdl } from '../../data-build/contract/tables.ts';
import { openDatabase } from '../../data-build/rollup/database.ts';
import { formatHints, readHints } from '../../data-build/write/hints.ts';
import { writeParquet } from '../../data-build/write/parquet.ts';
import { parseHints } from '../../site/catalog/hints.ts';
import { planScan, scanBytes, type FileScan } from '../../site/catalog/scan.ts';
import { openModulePage, type ModulePage } from '../support/module-page.ts';

/** A row group and a little. */
const ROWS = 130_000;
const SQL = `SELECT outcome, count(*) AS tests, max(day) AS newest FROM measurements
  WHERE day = '2024-11-05' GROUP BY ALL ORDER BY ALL`;
const NARROWED = [{ kind: 'values', column: 'day', values: ['2024-11-05'] }] as const;
const NAMES = new Set(['outcome', 'day']);

let folder: string;
let site: ModulePage;
let file: ManifestFile;
let hints: ReturnType<typeof parseHints>;
let expected: readonly unknown[][];

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'pieces-'));
  const db = await openDatabase({ spillDir: path.join(folder, 'spill') });
  await db.run(tableDdl('measurements').replaceAll(' NOT NULL', ''));
  await db.run(`INSERT INTO measurements BY NAME
    SELECT '2024-11' AS month, (TIMESTAMP '2024-11-01' + to_seconds(i * 9))::DATE AS day,
      TIMESTAMP '2024-11-01' + to_seconds(i * 9) AS measurement_start_time, 'KE' AS probe_cc,
      1 + i % 50 AS probe_asn, 'telegram' AS test_name, 'telegram.ok' AS rule_id, true AS confirmed_in_country,
      false AS unattended, 'other' AS software_family,
      CASE WHEN i % 7 = 0 THEN 'anomaly' ELSE 'ok' END AS outcome, md5(i::VARCHAR) AS report_id
    FROM range(${ROWS}) AS series(i)`);
  const files = await writeParquet(db, 'measurements', folder, {
    rulesVersion: '1',
    synthetic: true,
  });
  const text = formatHints('v', await readHints(db, folder, files));
  hints = parseHints(JSON.parse(text), 'v');
  const [only] = files;
  if (only === undefined) throw new Error('nothing was written');
  file = only;
  const rows = await db.all(SQL.replace('max(day)', 'max(day)::VARCHAR'));
  expected = rows.map((row) => [row['outcome'], row['tests'], row['newest']]);
  await db.close();
  site = await openModulePage(folder);
});

afterAll(async () => {
  await site.close();
  await rm(folder, { recursive: true });
});

interface Asked {
  readonly rows: readonly unknown[][];
  readonly pieces: { readonly requests: number; readonly bytes: number };
  /** What went over the network for the file, in order: `GET bytes=0-99`. */
  readonly requests: readonly string[];
}

async function ask(scans: readonly FileScan[]): Promise<Asked> {
  const requests: string[] = [];
  site.page.removeAllListeners('request');
  site.page.on('request', (request) => {
    if (request.url().endsWith('.parquet'))
      requests.push(`${request.method()} ${request.headers()['range'] ?? 'whole'}`);
  });
  const { rows, pieces }: Omit<Asked, 'requests'> = await site.page.evaluate(`(async () => {
    const { openConsole } = await import('/site/engine/wasm/console.ts');
    const home = new URL('/data/', location.href).href;
    const engine = openConsole({ home, large: home }, () => undefined);
    const tables = [{ name: 'measurements', scans: ${JSON.stringify(scans)} }];
    const question = { sql: ${JSON.stringify(SQL)}, tables, most: 100 };
    return engine.ask(question, new AbortController().signal);
  })()`);
  return { rows, pieces, requests };
}

it('gives the hints of a file that is large enough, row group by row group', () => {
  const hint = hints.get(file.path);
  expect(hint?.row_groups.map(({ rows }) => rows)).toEqual([122_880, ROWS - 122_880]);
  expect(hint?.row_groups.map(({ range }) => range['day']?.[0])).toEqual([
    '2024-11-01',
    '2024-11-13',
  ]);
  expect(hint?.row_groups[0]?.offset).toBe(4);
});

it('asks for the columns of the right row group and the footer, and for nothing else', async () => {
  const scans = planScan([file], hints, NARROWED, NAMES);
  expect(scans[0]?.groups).toEqual({ read: 1, all: 2 });
  const asked = await ask(scans);
  expect(asked.rows).toEqual(expected);
  const ranges = (scans[0]?.ranges ?? []).map(([from, until]) => `GET bytes=${from}-${until - 1}`);
  expect(asked.requests.toSorted()).toEqual(ranges.toSorted());
  expect(asked.pieces).toEqual({ requests: ranges.length, bytes: scanBytes(scans) });
  expect(asked.pieces.bytes).toBeLessThan(file.bytes / 10);
});

it('gives the same answer when the pieces are the wrong ones, and counts what it had to read besides', async () => {
  const wrong: FileScan = { file, ranges: [[0, 16_384]], groups: null };
  const asked = await ask([wrong]);
  expect(asked.rows).toEqual(expected);
  expect(asked.pieces.requests).toBe(asked.requests.length);
  expect(asked.pieces.requests).toBeGreaterThan(1);
  expect(asked.pieces.bytes).toBeGreaterThan(16_384);
});
