/** `npm run ask`: SQL against a data folder and a published site, with release and licence under the answer. */
import { appendFile, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ask } from '../../site/serve/ask.ts';
import { moveLarge, serveHandData, type ServedData } from '../support/hand-data.ts';

let data: ServedData;
const said: string[] = [];

beforeAll(async () => {
  data = await serveHandData('ask');
});
afterAll(async () => {
  await data.server.close();
  await rm(data.folder, { recursive: true, force: true });
});

async function askIn(site: string, sql: string) {
  said.length = 0;
  const cacheDir = join(data.folder, 'ask');
  return ask({ sql, site, cacheDir, say: (line) => said.push(line) });
}

const TESTS = `SELECT probe_cc, sum(measurement_count - failure_count) AS tests, max(network_count) AS networks,
  sum(anomaly_count) / sum(measurement_count - failure_count) AS share
  FROM interference_country_daily WHERE test_name = 'web_connectivity' GROUP BY ALL ORDER BY probe_cc`;

it('answers from a folder, holds back shares on too few tests, names release and licence', async () => {
  const { records, notes } = await askIn(data.folder, TESTS);
  expect(records.columns.map(({ key }) => key)).toContain('held_note');
  expect(records.rows.map((row) => row.slice(0, 4))).toEqual([
    ['KE', 4, 1, null],
    ['NA', 4, 1, null],
    ['NO', 4, 1, null],
  ]);
  expect(records.rows[0]?.at(-1)).toBe('too few tests (n = 4)');
  const text = notes.join('\n');
  expect(text).toMatch(
    /Licence of this answer: CC BY-NC-SA 4\.0\. Release \d{4}-\d\d-\d\d-\w{8}\./,
  );
  expect(text).toContain('© OONI');
});

it('answers the same from a published site, fetches a file once, and refuses one that was altered', async () => {
  const site = `${data.server.origin}/`;
  const first = await askIn(site, TESTS);
  expect(said).toHaveLength(1);
  expect(first).toEqual(await askIn(data.folder, TESTS));
  expect(await askIn(site, TESTS)).toEqual(first);
  expect(said).toEqual([]);
  // A kept file that somebody changed is fetched again.
  const [kept = ''] = await readdir(join(data.folder, 'ask'));
  await appendFile(join(data.folder, 'ask', kept), 'x');
  expect(await askIn(site, TESTS)).toEqual(first);
  expect(said).toHaveLength(1);
  const table = 'data/interference_domain_daily';
  for (const name of await readdir(join(data.folder, table), { recursive: true }))
    if (name.endsWith('.parquet')) await appendFile(join(data.folder, table, name), 'x');
  await expect(askIn(site, 'SELECT count(*) FROM interference_domain_daily')).rejects.toThrow(
    'is not the file that the manifest names',
  );
});

it('finds large tables where the site says that they lie', async () => {
  const sql = 'SELECT probe_cc, count(*) AS n FROM measurements GROUP BY ALL ORDER BY probe_cc';
  const here = await askIn(data.folder, sql);
  const elsewhere = await moveLarge(data);
  expect(await askIn(`${data.server.origin}/`, sql)).toEqual(here);
  expect(said.length).toBeGreaterThan(0);
  for (const address of said) expect(address).toContain(`${elsewhere.origin}/measurements/`);
  await elsewhere.close();
});

it('says what is wrong and what to do', async () => {
  await expect(askIn(data.folder, 'DROP TABLE events')).rejects.toThrow(/only reads.+Begin with/s);
  await expect(askIn(data.folder, 'SELECT nothing FROM events')).rejects.toThrow(
    /could not run the query.+Change the query/s,
  );
  await expect(askIn(join(data.folder, 'none'), TESTS)).rejects.toThrow(/no data in.+--site/s);
  await expect(askIn(`${data.server.origin}/none/`, TESTS)).rejects.toThrow(/no manifest.+Name/s);
});
