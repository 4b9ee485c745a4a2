/** A long slice in text is given compressed, and holds all that a short one would. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { MOST_PLAIN_ROWS, SLICED } from '../../data-build/contract/slices.ts';
import { tableColumns, tableDdl } from '../../data-build/contract/tables.ts';
import { hashOf } from '../../data-build/hash.ts';
import { openDatabase } from '../../data-build/rollup/database.ts';
import { NO_LEDGER } from '../../data-build/write/file-ledger.ts';
import { writeSlices } from '../../data-build/write/slices.ts';
import { scratchFolder } from '../support/scratch.ts';

const folder = scratchFolder('packed-slices');
const TABLE = 'interference_country_daily';

it('is compressed above the limit, in CSV and JSON, and listed as it lies there', async () => {
  const db = await openDatabase({ spillDir: join(folder, 'spill'), threads: 1 });
  try {
    const sliced = Object.values(SLICED).flatMap(({ tables }) => tables);
    for (const table of new Set([...sliced, 'domains'] as const)) await db.run(tableDdl(table));
    const columns = tableColumns(TABLE).map(({ name, type }) => {
      if (name === 'day') return "DATE '1950-01-01' + n::INTEGER";
      if (name === 'probe_cc') return 'place';
      return type === 'VARCHAR' ? "'web_connectivity'" : '1';
    });
    await db.run(`INSERT INTO "${TABLE}" SELECT ${columns.join(', ')}
      FROM (VALUES ('KE', ${MOST_PLAIN_ROWS}), ('UG', ${MOST_PLAIN_ROWS + 1})) v(place, most), range(most) r(n) ORDER BY place, n`);
    const tag = { rulesVersion: '1', synthetic: false, dataVersion: '2024-11-07-00000000' };
    const all = await writeSlices(db, folder, tag, 'all', NO_LEDGER, []);
    const files = all.filter(({ kind }) => kind === 'country');
    expect(files.map(({ path }) => path)).toEqual([
      `country/KE/${TABLE}.csv`,
      `country/KE/${TABLE}.json`,
      `country/KE/${TABLE}.parquet`,
      `country/UG/${TABLE}.csv.gz`,
      `country/UG/${TABLE}.json.gz`,
      `country/UG/${TABLE}.parquet`,
    ]);
    for (const { path, bytes, sha256, format, rows } of files.slice(3, 5)) {
      const packed = await readFile(join(folder, path));
      expect({ bytes, sha256 }).toEqual({ bytes: packed.length, sha256: hashOf(packed) });
      const text = gunzipSync(packed).toString();
      // Short and long differ in the place alone, and in the last row.
      const short = await readFile(join(folder, `country/KE/${TABLE}.${format}`), 'utf8');
      const lines = text
        .replaceAll('UG', 'KE')
        .replace('to 2004-10-04', 'to 2004-10-03')
        .replace('"until":"2004-10-05"', '"until":"2004-10-04"')
        .split('\n');
      const own = lines.findIndex((line) => /^(?:\[")?1950-01-01/.test(line));
      expect(lines.slice(0, own + rows - 2)).toEqual(short.split('\n').slice(0, own + rows - 2));
      expect(lines[own + rows - 1]).toMatch(format === 'csv' ? /^2004-10-04,/ : /^\["2004-10-04",/);
    }
    expect(await readFile(join(folder, 'country/UG/README.txt'), 'utf8')).toContain(
      `${TABLE} (.csv.gz, .json.gz, .parquet)`,
    );
  } finally {
    await db.close();
  }
});
