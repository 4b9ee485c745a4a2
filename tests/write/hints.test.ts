import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { HINTED_BYTES, HINTS_FILE, type FileHint } from '../../data-build/contract/hints.ts';
import type { Manifest } from '../../data-build/contract/manifest.ts';
import { tableColumns, tableDdl } from '../../data-build/contract/tables.ts';
import { openDatabase, type Database } from '../../data-build/rollup/database.ts';
import { checkHints } from '../../data-build/verify/hints.ts';
import { formatHints, readHints } from '../../data-build/write/hints.ts';
import { writeParquet } from '../../data-build/write/parquet.ts';

let folder: string;
let db: Database;
let manifest: Manifest;
let hints: readonly FileHint[];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hints-'));
  db = await openDatabase({ spillDir: join(folder, 'spill') });
  await db.run(tableDdl('measurements').replaceAll(' NOT NULL', ''));
  // Thirty-six thousand rows of one place, twelve of another.
  await db.run(`INSERT INTO measurements BY NAME
    SELECT '2024-11' AS month, DATE '2024-11-01' + (i // 3001)::INTEGER AS day,
      CASE WHEN i < 36000 THEN 'KE' ELSE 'UG' END AS probe_cc, md5(i::VARCHAR) AS report_id,
      NULL AS domain, i % 60 + 1 AS probe_asn FROM range(36012) AS series(i)`);
  const files = await writeParquet(db, 'measurements', folder, {
    rulesVersion: '1',
    synthetic: true,
  });
  manifest = {
    contract_version: '1.0.0',
    data_version: '2024-11-12-00000000',
    synthetic: true,
    edition: 'all',
    rules_version: '1',
    since: null,
    until: null,
    sources: [],
    cells: { measurements: 0, aggregation: 0, reconciled: 0, superseded: 0 },
    files,
  };
  hints = await readHints(db, folder, files);
});
afterAll(async () => {
  await db.close();
  await rm(folder, { recursive: true });
});

async function checkWith(text: string): Promise<readonly string[]> {
  await writeFile(join(folder, HINTS_FILE), text);
  return checkHints(db, folder, manifest);
}

it('are about large files alone, and place every column', () => {
  const [large, small] = manifest.files;
  expect(large?.bytes).toBeGreaterThan(HINTED_BYTES);
  expect(small?.bytes).toBeLessThan(HINTED_BYTES);
  expect(hints.map(({ path }) => path)).toEqual([large?.path]);
  const group = hints[0]?.row_groups[0];
  expect(group?.columns).toHaveLength(tableColumns('measurements').length);
  const end = (group?.columns ?? []).reduce((sum, bytes) => sum + bytes, group?.offset ?? 0);
  expect(end).toBeLessThanOrEqual(hints[0]?.footer ?? 0);
  expect(group?.range).toEqual({
    month: ['2024-11', '2024-11'],
    day: ['2024-11-01', '2024-11-12'],
    probe_cc: ['KE', 'KE'],
    probe_asn: ['1', '60'],
  });
});

it('are checked against the files by verify', async () => {
  const good = formatHints(manifest.data_version, hints);
  expect(await checkWith(good)).toEqual([]);
  expect(await checkWith(good.replace('"offset":4', '"offset":5'))).toEqual([
    expect.stringContaining('laid out in another way'),
  ]);
  expect(await checkWith(formatHints(manifest.data_version, []))).toEqual([
    expect.stringContaining('has no hint'),
  ]);
  expect(await checkWith(formatHints('other', hints))).toEqual([
    expect.stringContaining('of release other'),
  ]);
});
