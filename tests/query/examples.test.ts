/** Every example of the console runs in both engines, on empty tables and on a few rows, and says the same. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TABLES, type TableName } from '../../data-build/contract/tables.ts';
import { listExamples, READERS } from '../../site/query/examples.ts';
import { isMessageKey } from '../../site/words/words.ts';
import { openBothEngines, type BothEngines } from '../support/both-engines.ts';

const isTable = (name: string): name is TableName => Object.hasOwn(TABLES, name);
const FILL = [
  `INSERT INTO interference_country_daily BY NAME SELECT * FROM (VALUES
    (DATE '2024-11-06', 'KE', 'telegram', 40, 30, 8, 0, 2), (DATE '2024-11-07', 'KE', 'telegram', 3, 3, 0, 0, 0)
  ) AS t(day, probe_cc, test_name, measurement_count, ok_count, anomaly_count, confirmed_count, failure_count)`,
  `INSERT INTO interference_network_daily BY NAME SELECT * FROM (VALUES
    (DATE '2024-11-06', 'KE', 33771, 'telegram', 30, 22, 8, 0, 0), (DATE '2024-11-06', 'KE', 36926, 'telegram', 10, 8, 0, 0, 2)
  ) AS t(day, probe_cc, probe_asn, test_name, measurement_count, ok_count, anomaly_count, confirmed_count, failure_count)`,
  `INSERT INTO throughput_monthly BY NAME SELECT '2024-11' AS month, 'KE' AS probe_cc, NULL::UINTEGER AS probe_asn,
    120 AS download_sample_count, 9.5 AS download_mbps_p50`,
  `INSERT INTO circumvention_daily BY NAME SELECT DATE '2024-11-06' AS day, 'KE' AS probe_cc, 'tor-relay' AS tool,
    'users' AS metric, 400 AS value`,
  `INSERT INTO networks BY NAME SELECT 33771 AS probe_asn, 'Examplecom' AS name`,
];

let both: BothEngines;
beforeAll(async () => {
  both = await openBothEngines(Object.keys(TABLES).filter(isTable), FILL);
});
afterAll(() => both.close());

describe.each(listExamples('KE'))('$id', ({ id, sql, reader, tables }) => {
  it('gives as many rows in both', async () => {
    const native = await both.native(sql, []);
    expect(both.browser(sql, [])).toHaveLength(native.length);
    if (tables.every((table) => FILL.some((text) => text.includes(` ${table} `))))
      expect(native.length).toBeGreaterThan(0);
  });
  it('has a title and a reader', () => {
    expect(isMessageKey(`console.example.${id}`)).toBe(true);
    expect(READERS).toContain(reader);
  });
});

it('joins three tables with the numbers of each', async () => {
  const { sql } = listExamples('KE').find(({ id }) => id === 'witnesses') ?? { sql: '' };
  const [row] = await both.native(sql, []);
  expect(row).toMatchObject({ probe_cc: 'KE', month: '2024-11', tor_clients: 400 });
  expect(both.browser(sql, [])[0]).toMatchObject({
    download_mbps_p50: 9.5,
    tor_clients: 400,
    rate: 8 / 41,
  });
});
