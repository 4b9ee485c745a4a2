import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tableDdl } from '../../data-build/contract/tables.ts';
import { connectDuckDb } from '../support/duckdb.ts';
import { openModulePage, type ModulePage } from '../support/module-page.ts';

const TABLE = 'interference_network_daily';
let folder: string;
let site: ModulePage;
let bytes: number;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'plain-'));
  const connection = await connectDuckDb();
  await connection.run(tableDdl(TABLE).replaceAll(' NOT NULL', ''));
  await connection.run(
    `INSERT INTO ${TABLE} BY NAME SELECT DATE '2024-11-01' + (i // 4)::INTEGER AS day, 'KE' AS probe_cc,
       33771 + i % 4 AS probe_asn, 'telegram' AS test_name, 10 AS measurement_count, 7 AS ok_count, 3 AS anomaly_count,
       0 AS confirmed_count, 0 AS failure_count, 0 AS unscored_count FROM range(120) AS series(i)`,
  );
  const target = path.join(folder, 'network.parquet');
  await connection.run(`COPY ${TABLE} TO '${target}' (FORMAT parquet, COMPRESSION zstd)`);
  connection.closeSync();
  bytes = (await stat(target)).size;
  site = await openModulePage(folder);
});
afterAll(async () => {
  await site.close();
  await rm(folder, { recursive: true });
});

/** What the light path answers in the page; `file` over what is true of the file. */
async function answer(query: string, file: object = {}): Promise<unknown> {
  const files = [[TABLE, [{ path: 'network.parquet', bytes, rows: 120, ...file }]]];
  return site.page.evaluate(`(async () => {
    const { openPlainAnswers } = await import('/site/engine/plain-answers.ts');
    const { networkPeriodsQuery } = await import('/site/query/interference.ts');
    const filter = { probe_cc: ['KE'], probe_asn: [33772], test_name: [], since: null, until: '2024-11-03' };
    const asked = networkPeriodsQuery(filter, 'month');
    const home = new URL('/data/', location.href).href;
    const answers = openPlainAnswers({ home, large: home }, () => undefined);
    try {
      return await answers.answer(${query}, new Map(${JSON.stringify(files)}));
    } catch (error) {
      return error.kind;
    }
  })()`);
}

describe('the light path in a browser', () => {
  it('answers from the file alone', async () => {
    expect(await answer('asked')).toEqual([
      {
        probe_asn: 33772,
        period: '2024-11-01',
        measurement_count: 20,
        anomaly_count: 6,
        confirmed_count: 0,
        failure_count: 0,
      },
    ]);
  });

  it('leaves to the engine what is no value, and what is too much to read whole', async () => {
    expect(await answer('{ ...asked, plain: undefined }')).toBeNull();
    expect(await answer('asked', { rows: 10_000_000 })).toBeNull();
  });

  it('says that a file is missing or has changed', async () => {
    expect(await answer('asked', { path: 'none.parquet' })).toBe('unreachable');
    expect(await answer('asked', { bytes: 7 })).toBe('changed');
  });
});
