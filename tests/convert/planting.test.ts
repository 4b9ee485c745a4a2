/**
 * Addresses, e-mails, tokens, cookies and cities planted in every field of lines of every test, through a whole build:
 * none of them is in any file that comes out.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { buildData } from '../../data-build/build.ts';
import { readDumps } from '../../data-build/read-dumps.ts';
import type { JsonObject } from '../../data-build/parse/json.ts';
import { openDatabase, textIn, type Database } from '../../data-build/rollup/database.ts';
import { verifyFolder } from '../../data-build/verify/verify.ts';
import { listFiles } from '../../data-build/write/checksum.ts';
import { numberedLine } from '../support/measurements.ts';
import { readLinesToMutate } from '../support/mutation.ts';
import { oneOfEachTest, plantIn, TRACES } from '../support/planting.ts';
import { recordEffects } from '../support/quiet-effects.ts';
import { scratchFolder } from '../support/scratch.ts';

const root = scratchFolder('planting');

/** What hand-written lines lack to be rows. */
const ENVELOPE: JsonObject = {
  probe_cc: 'IT',
  probe_asn: 'AS137',
  measurement_start_time: '2024-01-05 10:15:00',
  report_id: '20240105T101500Z_telegram_IT_137_n1_0123456789abcdef',
};

/** Values of the text columns of a Parquet file that hold a trace, each behind its column's name. */
async function leaksIn(db: Database, file: string): Promise<readonly string[]> {
  const relation = `read_parquet('${file}', hive_partitioning = false)`;
  const columns = await db.all(`DESCRIBE SELECT * FROM ${relation}`);
  const leaks: string[] = [];
  for (const row of columns.filter((column) => textIn(column, 'column_type') === 'VARCHAR')) {
    const column = textIn(row, 'column_name');
    const values = await db.all(
      `SELECT DISTINCT "${column}" AS value FROM ${relation} WHERE "${column}" IS NOT NULL`,
    );
    for (const value of values.map((each) => textIn(each, 'value')))
      if (tracesIn(value.toLowerCase()).length > 0) leaks.push(`${column}: ${value}`);
  }
  return leaks;
}

function tracesIn(text: string): readonly string[] {
  return TRACES.filter((trace) => text.includes(trace));
}

describe('what was planted in every field of a line', () => {
  it('is in no file of the build', async () => {
    const dumps = join(root, 'dumps');
    mkdirSync(dumps, { recursive: true });
    const bases = oneOfEachTest(
      readLinesToMutate(20_000).map((line) => ({ ...ENVELOPE, ...line })),
    );
    expect(bases.length).toBeGreaterThan(15);
    const planted = bases.flatMap((line) => [...plantIn(line)]).map((line) => JSON.stringify(line));
    const good = Array.from({ length: 20 }, (_, at) => numberedLine(at));
    writeFileSync(
      join(dumps, 'lines.jsonl.gz'),
      gzipSync([...planted, ...good].join('\n'), { level: 1 }),
    );
    const broken = planted.filter((_, at) => at % 20 === 0).map((line) => line.slice(0, -2));
    writeFileSync(join(dumps, 'broken.jsonl'), [...broken, ...good].join('\n'));

    const out = join(root, 'data');
    const effects = recordEffects();
    const manifest = await buildData(
      () =>
        readDumps({ dumps: [dumps], cacheDir: join(root, 'cache'), jobs: 2, shard: null, effects }),
      {
        out,
        cacheDir: join(root, 'cache'),
        edition: 'all',
        since: null,
        until: null,
        strict: false,
      },
      effects,
    );
    const rows = manifest.files
      .filter((file) => file.table === 'measurements')
      .reduce((sum, file) => sum + file.rows, 0);
    // Were planted lines rejected as a whole, nothing would be shown. Of hand-written lines a tenth are rows.
    expect(rows).toBeGreaterThan(planted.length / 20);

    const db = await openDatabase({ spillDir: join(root, 'spill'), threads: 1 });
    const leaks: Record<string, readonly string[]> = {};
    let parquet = 0;
    for (const name of await listFiles(out)) {
      const file = join(out, name);
      const bytes = readFileSync(file).toString('latin1').toLowerCase();
      const found = [...tracesIn(bytes)];
      if (name.endsWith('.parquet')) {
        parquet += 1;
        found.push(...(await leaksIn(db, file)));
      }
      if (found.length > 0) leaks[name] = found;
    }
    await db.close();
    expect(parquet).toBeGreaterThan(5);
    expect(leaks).toEqual({});
    expect(tracesIn(effects.lines.join('\n').toLowerCase())).toEqual([]);
    expect(await verifyFolder(out, recordEffects())).toBe(true);
  });
});
