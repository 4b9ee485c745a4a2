/**
 * A folder is a test case: `dumps/` is what is given, `expected/<table>.csv` the rows and columns that must come
 * out, in order, and `expected/rejects.csv` everything that must not be used. `about.txt` says why it is there.
 * With UPDATE_BUILDS=1 the expected files are written instead, keeping their columns; read the difference.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildData } from '../../data-build/build.ts';
import { readDumps } from '../../data-build/read-dumps.ts';
import { openDatabase, type Database, type SqlRow } from '../../data-build/rollup/database.ts';
import { verifyFolder } from '../../data-build/verify/verify.ts';
import { recordEffects } from '../support/quiet-effects.ts';

const HERE = import.meta.dirname;
const CASES = readdirSync(HERE, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && existsSync(join(HERE, entry.name, 'dumps')))
  .map((entry) => entry.name);
const UPDATE = process.env['UPDATE_BUILDS'] === '1';

let scratch: string;
let db: Database;
beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'builds-'));
  db = await openDatabase({ spillDir: join(scratch, 'spill'), threads: 1 });
});
afterAll(async () => {
  await db.close();
  await rm(scratch, { recursive: true, force: true });
});

function formatCsv(columns: readonly string[], rows: readonly SqlRow[]): string {
  const cell = (value: SqlRow[string]) => {
    const text = typeof value === 'string' || typeof value === 'number' ? String(value) : '';
    return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  const lines = rows.map((row) => columns.map((name) => cell(row[name] ?? null)).join(','));
  return [columns.join(','), ...lines, ''].join('\n');
}

async function readTable(out: string, table: string, columns: readonly string[]) {
  if (table === 'rejects') {
    const list = columns
      .map((name) =>
        name === 'file' || name === 'line' ? `samples[1].${name} AS "${name}"` : `"${name}"`,
      )
      .join(', ');
    return db.all(
      `SELECT ${list} FROM read_json('${join(out, 'rejects.json')}', columns = {stage: 'VARCHAR', reason: 'VARCHAR',
        count: 'UINTEGER', samples: 'STRUCT(file VARCHAR, line UINTEGER, detail VARCHAR)[]'})`,
    );
  }
  const files = `${join(out, table)}/**/*.parquet`;
  if (!existsSync(join(out, table))) return [];
  const list = columns.map((name) => `CAST("${name}" AS VARCHAR) AS "${name}"`).join(', ');
  return db.all(
    `SELECT ${list} FROM read_parquet('${files}', hive_partitioning = false, filename = true, file_row_number = true) ORDER BY filename[:-14], file_row_number`,
  );
}

describe.each(CASES)('%s', (name) => {
  const folder = join(HERE, name);
  const out = () => join(scratch, name, 'data');

  beforeAll(async () => {
    const effects = recordEffects();
    const cacheDir = join(scratch, name, 'cache');
    const request = { dumps: [join(folder, 'dumps')], cacheDir, jobs: 1, shard: null, effects };
    const options = { edition: 'all', since: null, until: null, strict: false } as const;
    await buildData(() => readDumps(request), { out: out(), cacheDir, ...options }, effects);
  });

  it.each(readdirSync(join(folder, 'expected')))('%s', async (file) => {
    const path = join(folder, 'expected', file);
    const expected = await readFile(path, 'utf8');
    const columns = (expected.split('\n')[0] ?? '').split(',');
    const found = formatCsv(columns, await readTable(out(), file.replace('.csv', ''), columns));
    if (UPDATE) await writeFile(path, found);
    else expect(found).toBe(expected);
  });

  it('passes verify', async () => {
    const effects = recordEffects();
    expect(await verifyFolder(out(), effects), effects.lines.join('\n')).toBe(true);
  });

  it('says what it is for', () => {
    expect(readFileSync(join(folder, 'about.txt'), 'utf8').length).toBeGreaterThan(20);
  });
});
