/** Monthly statistics from files of Parquet, as a build reads them. */
import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { makeParts } from '../../../data-build/convert/make-parts.ts';
import { connectDuckDb } from '../../support/duckdb.ts';
import { recordEffects } from '../../support/quiet-effects.ts';
import { scratchFolder } from '../../support/scratch.ts';

const root = scratchFolder('iqb');
const DOWNLOADS = 'country_code, sample_count, download_p50, latency_p50, loss_p50';

let connection: Awaited<ReturnType<typeof connectDuckDb>>;
beforeAll(async () => {
  connection = await connectDuckDb();
});

let files = 0;
/** Rows of one file as they are read, and what was refused. */
async function read(
  values: readonly string[],
  { columns = DOWNLOADS, cut = 'downloads_by_country', from = '20241001', to = '20241101' } = {},
) {
  files += 1;
  const dumps = join(root, String(files));
  const file = join(dumps, `cache/v1/${from}T000000Z/${to}T000000Z/${cut}/data.parquet`);
  mkdirSync(dirname(file), { recursive: true });
  await connection.run(
    `COPY (SELECT * FROM (VALUES ${values.map((row) => `(${row})`).join(', ')}) v(${columns})) TO '${file}' (FORMAT parquet)`,
  );
  const { parts } = await makeParts({
    dumps: [dumps],
    cacheDir: join(root, 'cache'),
    jobs: 1,
    shard: null,
    effects: recordEffects(),
  });
  const [part] = parts;
  if (part === undefined) throw new Error('no part');
  const reader = await connection.runAndReadAll(
    `SELECT * FROM read_parquet('${join(part.folder, part.parquet)}')`,
  );
  const rejects = Object.fromEntries(part.rejects.map(({ reason, count }) => [reason, count]));
  expect(part.rows_in).toBe(values.length);
  return { rows: reader.getRowObjectsJson(), rejects };
}

describe('networks', () => {
  it('are numbers; a row without one is not one of its country', async () => {
    const { rows, rejects } = await read(
      ["'64500'", "'AS64501'", "'0'", "'none'", 'NULL', "'-1'"].map(
        (asn) => `'KE', ${asn}, 'Sample Net', 100, 10, 20, 0.01`,
      ),
      {
        columns: DOWNLOADS.replace(',', ', asn, as_name,'),
        cut: 'downloads_by_country_asn',
      },
    );
    expect(rows.map((row) => row['probe_asn'])).toEqual([64500, 64501]);
    expect(rejects).toEqual({ unknown_network: 4 });
  });
});

describe('places', () => {
  it('are those of today; other rows are counted by what they lack', async () => {
    const { rows, rejects } = await read(
      ['ke', 'XK', 'AN', 'EU', 'A1', 'ZZ', ' ', 'ITA'].map(
        (code) => `'${code}', 100, 10, 20, 0.01`,
      ),
    );
    expect(rows.map((row) => row['probe_cc'])).toEqual(['KE', 'XK']);
    expect(rejects).toEqual({ no_single_country: 3, unknown_country: 3 });
  });
});
