import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { connectDuckDb } from '../support/duckdb.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { toSha256 } from '../../data-build/contract/brands.ts';
import type { ManifestFile } from '../../data-build/contract/manifest.ts';
import { tableDdl } from '../../data-build/contract/tables.ts';
import { loadManifest } from '../../site/engine/build-data.ts';
import { openNodeEngine } from '../../site/engine/duckdb-node.ts';
import type { Engine } from '../../site/engine/engine.ts';

let folder = '';
let engine: Engine;
const sha256 = toSha256('ab'.repeat(32));
if (sha256 === null) throw new Error('not a checksum');
const FILE: ManifestFile = {
  // The quote stands for every character that could end a SQL text early.
  path: "it's networks.parquet",
  table: 'networks',
  partition: {},
  rows: 2,
  bytes: 1,
  sha256,
  since: null,
  until: null,
  licence: 'cc-by-nc-sa',
};

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'atlas-engine-'));
  const writer = await connectDuckDb();
  await writer.run(tableDdl('networks'));
  await writer.run(
    "INSERT INTO networks VALUES (33771, 'Safaricom', 'KE', 5, NULL, 'ooni', 'cc-by-nc-sa'), (36926, NULL, 'KE', 3, NULL, 'ooni', 'cc-by-nc-sa')",
  );
  const target = path.join(folder, FILE.path).replaceAll("'", "''");
  await writer.run(`COPY networks TO '${target}' (FORMAT parquet)`);
  writer.closeSync();
  engine = await openNodeEngine(folder);
});

afterAll(async () => {
  await engine.close();
  await rm(folder, { recursive: true });
});

describe('openNodeEngine', () => {
  it('reads exactly the files it is given', async () => {
    await engine.open('networks', [FILE]);
    const query = {
      sql: 'SELECT probe_asn, name FROM networks WHERE probe_asn = ?::UINTEGER',
      params: [33771],
      tables: ['networks'],
    } as const;
    expect(await engine.run(query)).toEqual([{ probe_asn: 33771, name: 'Safaricom' }]);
  });

  it('has an empty table of the right shape where there are no files', async () => {
    await engine.open('networks', []);
    const query = { sql: 'SELECT * FROM networks', params: [], tables: ['networks'] } as const;
    expect(await engine.run(query)).toEqual([]);
  });

  it('gives days, times and whole numbers as plain values', async () => {
    const query = {
      sql: `SELECT DATE '2024-02-29' AS day, TIMESTAMP '2024-02-29 12:34:56.789' AS time,
        9007199254740991::BIGINT AS big, sum(2::UINTEGER) AS total, 1.5::DECIMAL(4, 1) AS decimal,
        true AS flag, NULL AS nothing, ['a', 'b'] AS list`,
      params: [],
      tables: [],
    } as const;
    expect(await engine.run(query)).toEqual([
      {
        day: '2024-02-29',
        time: '2024-02-29 12:34:56',
        big: 9_007_199_254_740_991,
        total: 2,
        decimal: 1.5,
        flag: true,
        nothing: null,
        list: ['a', 'b'],
      },
    ]);
  });
});

describe('loadManifest', () => {
  it('says what is missing and what to do', async () => {
    await expect(loadManifest(path.join(folder, 'nowhere'))).rejects.toThrow(
      /manifest\.json is missing\.\n.*npm run data/,
    );
  });
});
