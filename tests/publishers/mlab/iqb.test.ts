/** Monthly statistics from files of Parquet, as a build reads them. */
import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { makeParts } from '../../../data-build/convert/make-parts.ts';
import { isProblem } from '../../../data-build/contract/problem.ts';
import { iqbSelect } from '../../../data-build/publishers/mlab/iqb.ts';
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
  { columns = DOWNLOADS, cut = 'downloads_by_country' } = {},
) {
  files += 1;
  const dumps = join(root, String(files));
  const file = join(dumps, `cache/v1/20241001T000000Z/20241101T000000Z/${cut}/data.parquet`);
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

describe('values', () => {
  it('that cannot be measured or counted are refused', async () => {
    const { rows, rejects } = await read([
      "'KE', 100, 10, 20, 0.01",
      "'TZ', 100, 10, 20, NULL",
      "'UG', 100, -3, 20, 0.01",
      "'RW', 100, 10, 20, 7",
      "'BI', 100, 10, 20, -0.5",
      "'ET', 100, 10, 4294967, 0",
      "'SO', 100, 'NaN'::DOUBLE, 20, 0",
      "'DJ', -1, 10, 20, 0",
    ]);
    expect(rows.map((row) => row['probe_cc'])).toEqual(['KE', 'TZ']);
    expect(rejects).toEqual({ impossible_value: 5, negative_count: 1 });
  });
});

describe('a path', () => {
  const reasonOf = (from: string, until: string) => {
    const found = iqbSelect(
      `${from}T000000Z/${until}T000000Z/downloads_by_country/data.parquet`,
      new Set(['country_code', 'sample_count', 'download_p50']),
    );
    return isProblem(found) ? found.reason : null;
  };

  it.each([
    ['20241001', '20241101', null],
    ['20241201', '20250101', null],
    ['20240201', '20240301', null],
    ['20240101', '20250101', 'no_scope'],
    ['20241015', '20241022', 'no_scope'],
    ['20241001', '20241031', 'no_scope'],
    ['20241101', '20241001', 'no_scope'],
    ['20241301', '20250101', 'no_scope'],
  ])('from %s until %s names a month: %s', (from, until, reason) => {
    expect(reasonOf(from, until)).toBe(reason);
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
