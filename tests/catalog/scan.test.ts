import { describe, expect, it } from 'vitest';
import { toDay, toSha256 } from '../../data-build/contract/brands.ts';
import type { FileHint } from '../../data-build/contract/hints.ts';
import type { ManifestFile } from '../../data-build/contract/manifest.ts';
import { tableColumns } from '../../data-build/contract/tables.ts';
import { parseHints } from '../../site/catalog/hints.ts';
import { narrowFiles, planScan, scanBytes } from '../../site/catalog/scan.ts';

const NAMES = tableColumns('measurements').map(({ name }) => name);

function toFile(month: string, probeCc: string, bytes: number): ManifestFile {
  const sha256 = toSha256('a'.repeat(64));
  if (sha256 === null) throw new Error('not a hash');
  return {
    path: `measurements/month=${month}/probe_cc=${probeCc}/measurements-${month}-${probeCc}-aaaaaaaa.parquet`,
    table: 'measurements',
    partition: { month, probe_cc: probeCc },
    rows: 10,
    bytes,
    sha256,
    since: toDay(`${month}-03`),
    until: toDay(`${month}-21`),
    licence: 'cc-by-nc-sa',
  };
}

/** Two row groups, each column 100,000 bytes long. */
function toHint({ path }: ManifestFile): FileHint {
  const columns = NAMES.map(() => 100_000);
  return {
    path,
    footer: 4 + 2 * NAMES.length * 100_000,
    row_groups: [
      {
        rows: 5,
        offset: 4,
        columns,
        range: { day: ['2024-11-03', '2024-11-10'], probe_asn: ['9', '36924'] },
      },
      {
        rows: 5,
        offset: 4 + NAMES.length * 100_000,
        columns,
        range: { day: ['2024-11-10', '2024-11-20'], probe_asn: ['40000', '50000'] },
      },
    ],
  };
}

const KE = toFile('2024-11', 'KE', 5_010_000);
const UG = toFile('2024-11', 'UG', 90_000);
const OLD = toFile('2024-10', 'KE', 90_000);
const FILES = [OLD, KE, UG];
const HINTS = parseHints({ data_version: 'v', files: [toHint(KE)] }, 'v');

describe('files that can hold rows of the answer', () => {
  it.each([
    [[{ kind: 'values', column: 'probe_cc', values: ['UG'] }], [UG]],
    [[{ kind: 'values', column: 'day', values: ['2024-11-21', '2024-10-20'] }], [OLD]],
    [[{ kind: 'from', column: 'day', value: '2024-10-21', open: false }], [KE, UG]],
    [[{ kind: 'to', column: 'day', value: '2024-11-03', open: true }], [OLD]],
    [[{ kind: 'to', column: 'day', value: '2024-11-03', open: false }], FILES],
    [[{ kind: 'from', column: 'month', value: '2024-10', open: true }], [KE, UG]],
    [[{ kind: 'values', column: 'outcome', values: ['ok'] }], FILES],
  ] as const)('%j', (narrowings, expected) => {
    expect(narrowFiles(FILES, narrowings)).toEqual(expected);
  });
});

describe('pieces', () => {
  it('are the columns by name in row groups that can match, and the footer, in whole pages', () => {
    const [, ke, ug] = planScan(
      FILES,
      HINTS,
      [{ kind: 'values', column: 'day', values: ['2024-11-12'] }],
      new Set(['day', 'outcome']),
    );
    expect(ug).toEqual({ file: UG, ranges: null, groups: null });
    expect(ke?.groups).toEqual({ read: 1, all: 2 });
    const group = 4 + NAMES.length * 100_000;
    const covers = (from: number, until: number): boolean =>
      (ke?.ranges ?? []).some((range) => range[0] <= from && until <= range[1]);
    for (const name of ['day', 'outcome'] as const) {
      const at = group + NAMES.indexOf(name) * 100_000;
      expect(covers(at, at + 100_000)).toBe(true);
    }
    expect(covers(4 + 2 * NAMES.length * 100_000, KE.bytes)).toBe(true);
    for (const [from, until] of ke?.ranges ?? []) {
      expect(from % 16_384).toBe(0);
      expect(until === KE.bytes || until % 16_384 === 0).toBe(true);
    }
    expect(ke?.ranges).toHaveLength(3);
    expect(scanBytes(ke === undefined ? [] : [ke])).toBeLessThan(300_000);
  });

  it('compare networks as numbers', () => {
    const narrowing = { kind: 'values', column: 'probe_asn', values: ['100'] } as const;
    const [ke] = planScan([KE], HINTS, [narrowing], new Set(['day']));
    expect(ke?.groups).toEqual({ read: 1, all: 2 });
  });

  it('give way to the whole file where most of it is wanted', () => {
    expect(planScan([KE], HINTS, [], null)[0]?.ranges).toBeNull();
  });
});

it('uses no hints of another release or shape', () => {
  expect(parseHints({ data_version: 'w', files: [toHint(KE)] }, 'v').size).toBe(0);
  const broken = { ...toHint(KE), footer: -1 };
  expect(parseHints({ data_version: 'v', files: [broken, null, 7] }, 'v').size).toBe(0);
  expect(parseHints(null, 'v').size).toBe(0);
});
