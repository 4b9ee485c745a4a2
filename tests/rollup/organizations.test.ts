/** Lists of networks: which rows are kept, and when they name a network. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openDatabase, type Database } from '../../data-build/rollup/database.ts';
import { rollUp } from '../../data-build/rollup/rollup.ts';
import { MEASUREMENT, writeHandPart } from '../support/hand-parts.ts';

let folder: string;
let db: Database;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'organizations-'));
  db = await openDatabase({ spillDir: join(folder, 'spill'), threads: 1 });
});
afterEach(async () => {
  await db.close();
  await rm(folder, { recursive: true, force: true });
});

const ASN = 64500;
const LISTED = {
  probe_asn: ASN,
  name: 'ONE-AS',
  organization: 'Example Telecom',
  organization_id: 'ORG-A',
  name_day: '2024-10-01',
  source: 'caida',
  licence: 'caida-aua',
};

async function roll(lists: readonly object[], edition: 'all' | 'cc0', name: string | null) {
  const named = Array.from({ length: 10 }, (_, index) => ({
    ...MEASUREMENT,
    probe_asn: ASN,
    probe_network_name: name,
    report_id: `${MEASUREMENT.report_id}${index}`,
    line_hash: String(index),
  }));
  const parts = [
    await writeHandPart(db, folder, 'measurements', 'a.jsonl', named),
    await writeHandPart(db, folder, 'organizations', 'lists', lists),
  ];
  await rollUp(db, { parts, categories: [], edition, since: null, until: null });
}
const organizations = () =>
  db.all(
    "SELECT probe_asn, organization, organization_id, strftime(name_day, '%Y-%m-%d') AS name_day, source, licence FROM network_organizations",
  );
const names = () => db.all('SELECT probe_asn, name, source, licence FROM networks ORDER BY source');

it('of each source the newest list counts, for measured networks alone, without secrets', async () => {
  const holder = 'arin e5e3b9c13678dfc483fb1f819d70883c';
  await roll(
    [
      LISTED,
      { ...LISTED, name_day: '2023-10-01', organization: 'Before' },
      { ...LISTED, probe_asn: 64999 },
      {
        ...LISTED,
        source: 'registries',
        licence: 'cc0',
        organization: null,
        organization_id: holder,
      },
    ],
    'all',
    null,
  );
  const rows = await organizations();
  expect(rows).toEqual([
    expect.objectContaining({ organization: 'Example Telecom', organization_id: 'ORG-A' }),
    expect.objectContaining({ source: 'registries', organization: null }),
  ]);
  expect(rows[1]?.['organization_id']).toMatch(/^[0-9a-f]{12}$/);
});

it('a list names a network that nobody else named, under its own source and licence', async () => {
  await roll([LISTED], 'all', null);
  expect(await names()).toEqual([
    { probe_asn: ASN, name: 'Example Telecom', source: 'caida', licence: 'caida-aua' },
    expect.objectContaining({ probe_asn: ASN, name: null, source: 'ooni' }),
  ]);
});

it('a list adds no name where probes gave one', async () => {
  await roll([LISTED], 'all', 'One Mobile');
  expect(await names()).toEqual([expect.objectContaining({ name: 'One Mobile', source: 'ooni' })]);
  expect(await organizations()).toHaveLength(1);
});

it('a CC0 edition has the lists under CC0 alone', async () => {
  await roll([LISTED, { ...LISTED, source: 'registries', licence: 'cc0' }], 'cc0', null);
  expect(await organizations()).toEqual([expect.objectContaining({ source: 'registries' })]);
});
