import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CONTRACT_VERSION } from '../../data-build/contract/manifest.ts';
import { findMissing, isManifestFault, parseManifest } from '../../site/catalog/manifest.ts';

const FILE = {
  path: 'interference_network_daily/probe_cc=KE/part-1a2b3c4d.parquet',
  table: 'interference_network_daily',
  partition: { probe_cc: 'KE' },
  rows: 12,
  bytes: 3456,
  sha256: 'ab'.repeat(32),
  since: '2024-10-15',
  until: '2024-11-30',
  licence: 'cc-by-nc-sa',
};
const MANIFEST = {
  contract_version: '1.0.0',
  data_version: '2024-11-29-1a2b3c4d',
  synthetic: false,
  edition: 'all',
  rules_version: 'r1',
  since: '2024-10-15',
  until: '2024-11-30',
  sources: [],
  cells: { measurements: 1, aggregation: 0, reconciled: 0, superseded: 0 },
  files: [FILE],
};

/** What the parser says is wrong, or null when it took the manifest. */
function faultOf(json: unknown): string | null {
  const parsed = parseManifest(json);
  return isManifestFault(parsed) ? parsed.what : null;
}

describe('parseManifest', () => {
  it('gives back what a build wrote', () => {
    expect(parseManifest(MANIFEST)).toEqual(MANIFEST);
  });

  it('passes over fields that a later build may add', () => {
    expect(faultOf({ ...MANIFEST, note: 'new' })).toBeNull();
  });

  it('names the place of what is wrong', () => {
    expect(faultOf({ ...MANIFEST, files: [{ ...FILE, rows: -1 }] })).toBe(
      'manifest.files[0].rows is not a count.',
    );
    expect(faultOf({ ...MANIFEST, since: '2024-02-30' })).toContain('manifest.since');
    expect(faultOf({ ...MANIFEST, files: [{ ...FILE, table: 'people' }] })).toContain('people');
  });

  it('refuses paths that lead out of the data folder', () => {
    for (const path of ['../secret.parquet', '/etc/passwd', 'https://example.org/x.parquet']) {
      expect(faultOf({ ...MANIFEST, files: [{ ...FILE, path }] })).toContain('inside');
    }
  });

  it('reads an earlier release, of which no pages are built: it lacks what was added since', () => {
    const read = (version: string) => parseManifest({ ...MANIFEST, contract_version: version });
    const [earlier, own] = [read('1.0.0'), read(CONTRACT_VERSION)];
    if (isManifestFault(earlier) || isManifestFault(own)) throw new Error('Both can be read.');
    expect(findMissing(own)).toBeNull();
    expect(findMissing(earlier)).toMatch(
      /^The data follow contract 1\.0\.0; .*\nMake the data again/,
    );
  });

  it('says so when data and pages follow different contracts', () => {
    expect(faultOf({ ...MANIFEST, contract_version: '2.0.0' })).toContain('contract 2.0.0');
  });

  it('never throws, whatever it is given', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (json) => {
        expect(faultOf(json)).not.toBeNull();
      }),
    );
  });
});
