/** A deposit of a release: one licence in each, whole, described, and the same each time. */
import { readFileSync } from 'node:fs';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import { beforeAll, describe, expect, it } from 'vitest';
import { archiveRelease } from '../../data-build/commands/archive-release.ts';
import type { Manifest } from '../../data-build/contract/manifest.ts';
import { hashOf } from '../../data-build/hash.ts';
import { UsageError } from '../../data-build/outcome.ts';
import { compareSums } from '../../data-build/write/checksum.ts';
import { day } from '../support/days.ts';
import { recordEffects } from '../support/quiet-effects.ts';
import { scratchFolder } from '../support/scratch.ts';

const folder = scratchFolder('archive');
const data = join(folder, 'data');
const VERSION = '2024-11-29-1a2b3c4d';

const fileOf = (
  table: Manifest['files'][number]['table'],
  path: string,
  licence: 'cc0' | 'cc-by-nc-sa',
) => ({
  path,
  table,
  partition: {},
  rows: 1,
  bytes: 4,
  sha256: hashOf(path),
  since: day('2024-11-01'),
  until: day('2024-11-30'),
  licence,
});
const sourceOf = (id: 'ooni' | 'tor-metrics', licence: string) => ({
  id,
  name: id,
  licence,
  licence_url: 'https://example.org/licence',
  attribution: `Data of ${id}`,
  citation: `Citation of ${id}`,
  url: `https://${id}.example/`,
  dumps: [],
  since: day('2024-11-01'),
  until: day('2024-11-30'),
  rows_in: 1,
  rows_out: 1,
  rejects: [],
});
const MANIFEST: Manifest = {
  contract_version: '1.0.0',
  data_version: VERSION,
  synthetic: false,
  edition: 'all',
  rules_version: '2-abcdefgh',
  since: day('2024-11-01'),
  until: day('2024-11-30'),
  sources: [sourceOf('ooni', 'CC-BY-NC-SA-4.0'), sourceOf('tor-metrics', 'CC0-1.0')],
  cells: { measurements: 0, aggregation: 0, reconciled: 0, superseded: 0 },
  files: [
    fileOf('measurements', 'measurements/month=2024-11/probe_cc=KE/a.parquet', 'cc-by-nc-sa'),
    fileOf('events', 'events/licence=cc-by-nc-sa/b.parquet', 'cc-by-nc-sa'),
    fileOf('events', 'events/licence=cc0/c.parquet', 'cc0'),
  ],
};

const archive = async (name: string): Promise<string> => {
  await archiveRelease(data, join(folder, name), '9.9.9', recordEffects());
  return join(folder, name);
};
const deposit = (out: string, licence: string) =>
  join(out, `interference-atlas-${VERSION}-${licence}`);

beforeAll(async () => {
  for (const { path } of MANIFEST.files) {
    await mkdir(dirname(join(data, path)), { recursive: true });
    await writeFile(join(data, path), path.slice(-9, -8));
  }
  await writeFile(join(data, 'manifest.json'), JSON.stringify(MANIFEST));
});

describe('a deposit', () => {
  it('holds rows of one licence, with sums that hold', async () => {
    const out = await archive('one');
    const packed = (licence: string, table: string): readonly string[] =>
      Object.keys(unzipSync(readFileSync(join(deposit(out, licence), `${table}.zip`))));
    expect(packed('cc0', 'events')).toEqual(['events/licence=cc0/c.parquet']);
    expect(packed('cc-by-nc-sa', 'events')).toEqual(['events/licence=cc-by-nc-sa/b.parquet']);
    expect(await readdir(deposit(out, 'cc0'))).not.toContain('measurements.zip');
    for (const licence of ['cc0', 'cc-by-nc-sa'])
      expect(await compareSums(deposit(out, licence))).toEqual([]);
  });

  it('is described as a repository takes it', async () => {
    const out = await archive('two');
    const read = (licence: string): unknown =>
      JSON.parse(readFileSync(join(deposit(out, licence), 'metadata.json'), 'utf8'));
    expect(read('cc0')).toMatchObject({
      metadata: {
        upload_type: 'dataset',
        version: VERSION,
        publication_date: '2024-11-29',
        access_right: 'open',
        license: 'cc-zero',
        references: ['Citation of tor-metrics'],
        dates: [{ type: 'Collected', start: '2024-11-01', end: '2024-11-29' }],
      },
    });
    expect(read('cc-by-nc-sa')).toMatchObject({ metadata: { license: 'cc-by-nc-sa-4.0' } });
    expect(JSON.stringify(read('cc0'))).toContain('9.9.9');
    expect(JSON.stringify(read('cc0'))).not.toContain('Data of ooni');
  });

  it('has the same bytes each time', async () => {
    const [a, b] = [await archive('three'), await archive('four')];
    const sums = (out: string) =>
      readFileSync(join(deposit(out, 'cc-by-nc-sa'), 'SHA256SUMS'), 'utf8');
    expect(sums(a)).toBe(sums(b));
    const [content] = Object.values(
      unzipSync(readFileSync(join(deposit(a, 'cc-by-nc-sa'), 'measurements.zip'))),
    );
    expect(strFromU8(content ?? new Uint8Array())).toBe('a');
  });

  it('is taken away again when it cannot be finished', async () => {
    const [first] = MANIFEST.files;
    const broken = join(folder, 'broken');
    await mkdir(broken, { recursive: true });
    await writeFile(join(broken, 'manifest.json'), JSON.stringify(MANIFEST));
    const out = join(folder, 'six');
    await expect(archiveRelease(broken, out, '9.9.9', recordEffects())).rejects.toThrow(
      String(first?.path.split('/').at(-1)),
    );
    expect(await readdir(out)).toEqual([]);
  });

  it('is not laid over other files', async () => {
    const out = await archive('five');
    await expect(archiveRelease(data, out, '9.9.9', recordEffects())).rejects.toThrow(UsageError);
  });
});
