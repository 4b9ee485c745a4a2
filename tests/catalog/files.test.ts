import { describe, expect, it } from 'vitest';
import { toDay, toSha256, type Day, type Sha256 } from '../../data-build/contract/brands.ts';
import type { ManifestFile } from '../../data-build/contract/manifest.ts';
import type { LicenceSlug } from '../../data-build/contract/publishers.ts';
import { catalogFiles, totalBytes } from '../../site/catalog/files.ts';

function day(text: string): Day {
  const found = toDay(text);
  if (found === null) throw new Error(`${text} is no day`);
  return found;
}
function checksum(text: string): Sha256 {
  const found = toSha256(text);
  if (found === null) throw new Error(`${text} is no checksum`);
  return found;
}
const sha256 = checksum('ab'.repeat(32));

function file(
  path: string,
  since: string,
  until: string,
  more: Partial<ManifestFile> = {},
): ManifestFile {
  return {
    path,
    table: 'interference_network_daily',
    partition: { probe_cc: 'KE' },
    rows: 10,
    bytes: 1000,
    sha256,
    since: day(since),
    until: day(until),
    licence: 'cc-by-nc-sa',
    ...more,
  };
}
const files: readonly ManifestFile[] = [
  file('ke-2023', '2023-01-01', '2024-01-01'),
  file('ke-2024', '2024-01-01', '2025-01-01'),
  file('tz', '2024-01-01', '2025-01-01', { partition: { probe_cc: 'TZ' } }),
  file('empty', '2024-01-01', '2025-01-01', { rows: 0 }),
  file('all', '2023-01-01', '2025-01-01', { table: 'interference_country_daily', partition: {} }),
];
const paths = (question: Omit<Parameters<typeof catalogFiles>[1], 'table'>) =>
  catalogFiles({ files }, { table: 'interference_network_daily', ...question }).map(
    ({ path }) => path,
  );

describe('catalogFiles', () => {
  it('takes the files of one country and leaves empty ones', () => {
    expect(paths({ probeCc: 'KE' })).toEqual(['ke-2023', 'ke-2024']);
    expect(paths({})).toEqual(['ke-2023', 'ke-2024', 'tz']);
  });

  it('reads since as inclusive and until as exclusive on both sides', () => {
    expect(paths({ probeCc: 'KE', since: day('2024-01-01') })).toEqual(['ke-2024']);
    expect(paths({ probeCc: 'KE', since: day('2023-12-31') })).toEqual(['ke-2023', 'ke-2024']);
    expect(paths({ probeCc: 'KE', until: day('2024-01-01') })).toEqual(['ke-2023']);
    expect(paths({ probeCc: 'KE', until: day('2024-01-02') })).toEqual(['ke-2023', 'ke-2024']);
  });

  it('takes the files of one licence where others are not asked for', () => {
    const table = 'events';
    const both = ['cc0', 'cc-by-nc-sa'].map((licence) =>
      file(licence, '2024-01-01', '2025-01-01', { table, partition: { licence } }),
    );
    const found = (licence?: LicenceSlug) =>
      catalogFiles({ files: both }, { table, ...(licence === undefined ? {} : { licence }) });
    expect(found('cc0').map(({ path }) => path)).toEqual(['cc0']);
    expect(found()).toHaveLength(2);
  });

  it('keeps files that hold all countries when one is asked for', () => {
    const found = catalogFiles({ files }, { table: 'interference_country_daily', probeCc: 'KE' });
    expect(found.map(({ path }) => path)).toEqual(['all']);
    expect(totalBytes(found)).toBe(1000);
  });
});
