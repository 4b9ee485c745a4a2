import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { toDay } from '../../data-build/contract/brands.ts';
import { TABLES, type TableName } from '../../data-build/contract/tables.ts';
import type { PlacedPart } from '../../data-build/parts.ts';
import type { CategoryEntry } from '../../data-build/test-lists.ts';
import { openDatabase, type Database } from '../../data-build/rollup/database.ts';
import { rollUp, type RollupInput } from '../../data-build/rollup/rollup.ts';
import { checkPrivacy } from '../../data-build/write/write.ts';
import { COUNTS, MEASUREMENT, writeHandPart } from '../support/hand-parts.ts';

const UID = '20241107100001.123456_KE_telegram_0123456789abcdef';
const WEB = {
  ...MEASUREMENT,
  test_name: 'web_connectivity',
  input: 'https://example.org/a',
  domain: 'example.org',
  rule_id: 'web_connectivity.ok',
};

let folder: string;
let db: Database;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rollup-'));
  db = await openDatabase({ spillDir: join(folder, 'spill'), threads: 1 });
});
afterEach(async () => {
  await db.close();
  await rm(folder, { recursive: true, force: true });
});

function roll(parts: readonly PlacedPart[], more: Partial<RollupInput> = {}) {
  return rollUp(db, {
    parts,
    categories: [],
    edition: 'all',
    since: null,
    until: null,
    ...more,
  });
}
const countryRows = () =>
  db.all(
    'SELECT measurement_count, ok_count, anomaly_count, unscored_count, network_count, report_count, counts_from, reconciled FROM interference_country_daily',
  );

describe('de-duplication', () => {
  it('counts a measurement once when it comes as JSONL without uid and as fastpath row with one', async () => {
    const rich = { ...MEASUREMENT, outcome: 'anomaly', blocking_method: 'app_endpoints' };
    const parts = [
      await writeHandPart(db, folder, 'measurements', 'a.csv.zstd', [
        { ...MEASUREMENT, form: 3, measurement_uid: UID, outcome: 'ok' },
      ]),
      await writeHandPart(db, folder, 'measurements', 'b.jsonl', [rich]),
    ];
    const result = await roll(parts);
    expect(await db.all('SELECT measurement_uid, outcome FROM measurements')).toEqual([
      { measurement_uid: UID, outcome: 'anomaly' },
    ]);
    expect(result.rejects).toMatchObject([{ reason: 'duplicate', count: 1 }]);
    expect(result.rejects[0]?.samples).toEqual([
      { file: 'a.csv.zstd', line: null, detail: 'telegram of 2024-11-07' },
    ]);
  });

  it('tells two uids of one report apart', async () => {
    const part = await writeHandPart(db, folder, 'measurements', 'a.csv', [
      { ...MEASUREMENT, measurement_uid: UID },
      { ...MEASUREMENT, measurement_uid: UID.replace('cdef', 'cdee') },
    ]);
    await roll([part]);
    expect(await countryRows()).toMatchObject([{ measurement_count: 2, report_count: 1 }]);
  });

  it('uses the hash of the line when there is no report id, and input and time when there is', async () => {
    const lonely = { ...MEASUREMENT, report_id: '' };
    const part = await writeHandPart(db, folder, 'measurements', 'a.jsonl', [
      { ...lonely, line_hash: 'aa' },
      { ...lonely, line_hash: 'bb' },
      { ...lonely, line_hash: 'bb' },
      { ...WEB, line_hash: '1' },
      { ...WEB, line_hash: '2' },
      { ...WEB, line_hash: '3', input: 'https://example.org/b' },
      { ...WEB, line_hash: '4', measurement_start_time: '2024-11-07 10:00:01' },
    ]);
    const result = await roll([part]);
    expect(
      await db.all(
        'SELECT test_name, measurement_count FROM interference_country_daily ORDER BY 1',
      ),
    ).toEqual([
      { test_name: 'telegram', measurement_count: 2 },
      { test_name: 'web_connectivity', measurement_count: 3 },
    ]);
    expect(result.rejects).toMatchObject([{ reason: 'duplicate', count: 2 }]);
    expect(result.coverage.get('ooni')?.rows).toBe(5);
  });

  it('reads the same bytes under two names once', async () => {
    const part = await writeHandPart(db, folder, 'measurements', 'a.jsonl', [MEASUREMENT]);
    const result = await roll([{ ...part, dump: 'b.jsonl' }, part]);
    expect(await countryRows()).toMatchObject([{ measurement_count: 1 }]);
    expect(result.rejects).toMatchObject([
      { reason: 'duplicate', count: 1, samples: [{ file: 'b.jsonl' }] },
    ]);
  });
});

describe('ids', () => {
  it('are published where they name the test, and its name is published', async () => {
    const ids = (test: string, at: number) => ({
      measurement_uid: `20241107100001.12345${at}_KE_${test}_0123456789abcdef`,
      report_id: `20241107T100000Z_${test}_KE_33771_n1_handmade0000000${at}`,
    });
    const legacy = {
      measurement_uid: `0120191010${'0a'.repeat(15)}`,
      report_id: `20191010T235815Z_AS13285_${'aB3x5'.repeat(10)}`,
    };
    const rows = [
      { ...MEASUREMENT, ...ids('telegram', 1) },
      { ...MEASUREMENT, ...ids('call254712345678', 2) },
      { ...MEASUREMENT, ...legacy },
      { ...MEASUREMENT, ...ids('namedaftersomebody', 3), test_name: 'named_after_somebody' },
      { ...WEB, ...ids('webconnectivity', 4) },
    ];
    await roll([await writeHandPart(db, folder, 'measurements', 'a.jsonl', rows)]);
    const none = { measurement_uid: null, report_id: null };
    const published = await db.all(
      'SELECT test_name, measurement_uid, report_id FROM measurements ORDER BY ALL',
    );
    expect(published).toEqual([
      { test_name: 'telegram', ...legacy },
      { test_name: 'telegram', ...ids('telegram', 1) },
      { test_name: 'telegram', ...none },
      { test_name: 'unlisted_experiment', ...none },
      { test_name: 'web_connectivity', ...ids('webconnectivity', 4) },
    ]);
  });
});

describe('published counts', () => {
  it('sums networks of one file, never files, and prefers the larger', async () => {
    const parts = [
      await writeHandPart(db, folder, 'counts', 'asn.csv', [
        { ...COUNTS, probe_asn: 1 },
        {
          ...COUNTS,
          probe_asn: 2,
          measurement_count: 5,
          ok_count: 5,
          anomaly_count: 0,
          failure_count: 0,
        },
      ]),
      await writeHandPart(db, folder, 'counts', 'total.csv', [COUNTS]),
    ];
    const result = await roll(parts);
    expect(await countryRows()).toEqual([
      {
        measurement_count: 15,
        ok_count: 11,
        anomaly_count: 3,
        unscored_count: 0,
        network_count: 2,
        report_count: null,
        counts_from: 'aggregation',
        reconciled: false,
      },
    ]);
    expect(
      await db.all(
        'SELECT probe_asn, measurement_count, dns_count FROM interference_network_daily',
      ),
    ).toEqual([
      { probe_asn: 1, measurement_count: 10, dns_count: null },
      { probe_asn: 2, measurement_count: 5, dns_count: null },
    ]);
    expect(result.cells).toEqual({ measurements: 0, aggregation: 1, reconciled: 0, superseded: 1 });
    expect(result.rejects).toMatchObject([{ reason: 'superseded', count: 1 }]);
  });

  it('keeps measurements of networks where the larger counts know none', async () => {
    const parts = [
      await writeHandPart(db, folder, 'measurements', 'a.jsonl', [MEASUREMENT]),
      await writeHandPart(db, folder, 'counts', 'total.csv', [COUNTS]),
    ];
    await roll(parts);
    expect(await countryRows()).toMatchObject([
      { measurement_count: 10, network_count: null, counts_from: 'aggregation' },
    ]);
    expect(
      await db.all('SELECT probe_asn, measurement_count FROM interference_network_daily'),
    ).toEqual([{ probe_asn: 33771, measurement_count: 1 }]);
  });

  it('keeps smaller or equal counts out', async () => {
    const one = {
      ...COUNTS,
      measurement_count: 1,
      ok_count: 1,
      anomaly_count: 0,
      failure_count: 0,
    };
    const parts = [
      await writeHandPart(db, folder, 'measurements', 'a.jsonl', [MEASUREMENT]),
      await writeHandPart(db, folder, 'counts', 'total.csv', [{ ...one, reconciled: true }]),
    ];
    const result = await roll(parts);
    expect(await countryRows()).toMatchObject([{ counts_from: 'measurements', reconciled: false }]);
    expect(result.cells).toEqual({ measurements: 1, aggregation: 0, reconciled: 0, superseded: 1 });
  });

  it('puts counts of tests that no rule judges into unscored_count alone', async () => {
    const part = await writeHandPart(db, folder, 'counts', 'a.csv', [
      { ...COUNTS, test_name: 'dnscheck', failure_count: 10, ok_count: 0, anomaly_count: 0 },
    ]);
    await roll([part]);
    expect(
      await db.all(
        'SELECT measurement_count, failure_count, unscored_count FROM interference_country_daily',
      ),
    ).toEqual([{ measurement_count: 0, failure_count: 0, unscored_count: 10 }]);
  });
});

describe('dates', () => {
  it('uses since inclusive and until exclusive, and counts what is outside', async () => {
    const days = ['2024-11-05', '2024-11-06', '2024-11-07', '2024-11-08'];
    const part = await writeHandPart(
      db,
      folder,
      'measurements',
      'a.jsonl',
      days.map((day) => ({ ...MEASUREMENT, measurement_start_time: `${day} 23:59:59` })),
    );
    const result = await roll([part], { since: toDay('2024-11-06'), until: toDay('2024-11-08') });
    expect([result.since, result.last]).toEqual(['2024-11-06', '2024-11-07']);
    expect(result.rejects).toMatchObject([{ reason: 'outside_dates', count: 2 }]);
  });
});

describe('input and category', () => {
  const lists: readonly CategoryEntry[] = [
    { list: 'global', url: 'https://listed.org/', category_code: 'NEWS', domain: 'listed.org' },
    { list: 'KE', url: 'https://listed.org/', category_code: 'POLR', domain: 'listed.org' },
    { list: 'IR', url: 'https://other.org/', category_code: 'HUMR', domain: 'other.org' },
  ];
  const web = (input: string, domain: string, more = {}) => ({ ...WEB, input, domain, ...more });

  it('publishes an input on a list or in good company, else the domain alone', async () => {
    const company = [1, 2, 3, 4, 5].map((n) =>
      web('https://known.org/x', 'known.org', { report_id: `r${n}`, probe_asn: n < 5 ? 1 : 2 }),
    );
    const part = await writeHandPart(db, folder, 'measurements', 'a.jsonl', [
      web('https://listed.org/', 'listed.org'),
      web('https://secret.org/me', 'secret.org'),
      web('https://known.org/?email=a@b.org', 'known.org'),
      ...company,
    ]);
    await roll([part], { categories: lists });
    expect(
      await db.all('SELECT DISTINCT domain, input, category_code FROM measurements ORDER BY ALL'),
    ).toEqual([
      { domain: 'known.org', input: 'https://known.org/x', category_code: null },
      { domain: 'known.org', input: null, category_code: null },
      { domain: 'listed.org', input: 'https://listed.org/', category_code: 'POLR' },
      { domain: 'secret.org', input: null, category_code: null },
    ]);
  });

  it('gives a domain one category: of the global list, else of all lists', async () => {
    const part = await writeHandPart(db, folder, 'measurements', 'a.jsonl', [
      web('https://listed.org/', 'listed.org'),
      web('https://other.org/', 'other.org', { probe_cc: 'IQ' }),
    ]);
    await roll([part], { categories: lists });
    expect(await db.all('SELECT domain, category_code FROM domains')).toEqual([
      { domain: 'listed.org', category_code: 'NEWS' },
      { domain: 'other.org', category_code: 'HUMR' },
    ]);
  });

  it('blanks addresses and ill-shaped ids instead of publishing them', async () => {
    const part = await writeHandPart(db, folder, 'measurements', 'a.jsonl', [
      {
        ...MEASUREMENT,
        report_id: 'from 203.0.113.9',
        test_version: '203.0.113.9',
        domain: '203.0.113.9.example.org',
        blocking_detail: 'mail me@example.org',
        probe_network_name: 'home of me@example.org',
      },
    ]);
    await roll([part]);
    expect(
      await db.all('SELECT report_id, test_version, domain, blocking_detail FROM measurements'),
    ).toEqual([{ report_id: null, test_version: null, domain: null, blocking_detail: null }]);
    expect(await db.all('SELECT name FROM networks')).toEqual([{ name: null }]);
  });

  it('publishes no website and no network that is named after an address, and counts them', async () => {
    const rows = Array.from({ length: 5 }, (_, n) => ({
      ...WEB,
      report_id: `r${n}`,
      measurement_start_time: `2024-11-07 00:00:0${n}`,
      domain: n < 3 ? '203-0-113-7.dsl.example.net' : 'shop-24.example.net',
      probe_network_name: 'Ｌｉｎｅ ２０３．０．１１３．７',
    }));
    await roll([await writeHandPart(db, folder, 'measurements', 'a.jsonl', rows)]);
    expect(
      await db.all('SELECT domain, count(*) AS rows FROM measurements GROUP BY ALL ORDER BY ALL'),
    ).toEqual([
      { domain: 'shop-24.example.net', rows: 2 },
      { domain: null, rows: 3 },
    ]);
    expect(await db.all('SELECT domain FROM domains')).toEqual([{ domain: 'shop-24.example.net' }]);
    expect(await db.all('SELECT name, measurement_count FROM networks')).toEqual([
      { name: null, measurement_count: 5 },
    ]);
    await expect(
      checkPrivacy(db, ['measurements', 'networks', 'domains']),
    ).resolves.toBeUndefined();
  });
});

it('adds up in every table that counts', async () => {
  const outcomes = ['ok', 'anomaly', 'confirmed', 'failure', 'unscored'];
  const rows = Array.from({ length: 60 }, (_, n) => ({
    ...WEB,
    report_id: `r${n}`,
    probe_asn: (n % 4) + 1,
    domain: n % 3 === 0 ? null : `d${n % 5}.example.org`,
    outcome: outcomes[n % 5] ?? 'ok',
    blocking_method: n % 5 === 1 || n % 5 === 2 ? 'dns' : 'tls',
    measurement_start_time: `2024-11-${String((n % 20) + 1).padStart(2, '0')} 00:00:00`,
  }));
  await roll([await writeHandPart(db, folder, 'measurements', 'a.jsonl', rows)]);
  const tables: readonly TableName[] = [
    'interference_country_daily',
    'interference_network_daily',
    'interference_domain_daily',
    'interference_network_domain_weekly',
    'domain_country_weekly',
  ];
  for (const table of tables) {
    expect(TABLES[table].counts).toBe(true);
    const wrong = await db.all(
      `SELECT * FROM ${table} WHERE ok_count + anomaly_count + confirmed_count + failure_count <> measurement_count`,
    );
    expect(wrong, table).toEqual([]);
    const [grain] = await db.all(
      `SELECT count(*) AS rows, count(DISTINCT (${TABLES[table].grain.join(', ')})) AS cells FROM ${table}`,
    );
    expect(grain?.['rows'], table).toBe(grain?.['cells']);
  }
  expect(
    await db.all(
      'SELECT sum(measurement_count)::INT AS m, sum(unscored_count)::INT AS u, sum(dns_count)::INT AS dns, sum(tls_count)::INT AS tls FROM interference_country_daily',
    ),
  ).toEqual([{ m: 48, u: 12, dns: 24, tls: 0 }]);
});
