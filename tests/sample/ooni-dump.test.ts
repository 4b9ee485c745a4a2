import { constants, gunzipSync, zstdDecompressSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { addDays } from '../../data-build/contract/brands.ts';
import {
  arrayAt,
  isJsonObject,
  numberAt,
  objectAt,
  stringAt,
} from '../../data-build/parse/json.ts';
import { writeOoniDumps } from '../../data-build/sample/ooni-dump.ts';
import { createWorld } from '../../data-build/sample/world.ts';
import { memoryFolder, parseObject } from './support.ts';

const BUCKET = /^raw\/(\d{8})\/(\d{2})\/([A-Z]{2})\/([a-z]+)\/\1\2_\3_\4\.n1\.0\.jsonl\.gz$/;

/** The last five weeks of a few places: every form of file, in a moment. */
function fewPlaces() {
  const small = createWorld('small');
  const codes = ['AD', 'JP', 'NZ', 'PT', 'TV', 'UY'];
  return {
    ...small,
    firstDay: addDays(small.lastDay, -34),
    places: small.places.filter(({ cc }) => codes.includes(cc)),
  };
}

function unpack(path: string, bytes: Buffer): string[] {
  const text = path.endsWith('.zst')
    ? zstdDecompressSync(bytes)
    : gunzipSync(bytes, { finishFlush: constants.Z_SYNC_FLUSH });
  return text
    .toString('latin1')
    .split('\n')
    .filter((line) => line !== '');
}

describe('OONI dumps of the sample', () => {
  const world = fewPlaces();
  const folder = memoryFolder();
  let tally: Awaited<ReturnType<typeof writeOoniDumps>>;
  beforeAll(async () => {
    tally = await writeOoniDumps(folder, world, 1, () => undefined);
  });

  it('are the same bytes again for the same seed, others for another', async () => {
    const [again, other] = [memoryFolder(), memoryFolder()];
    await writeOoniDumps(again, world, 1, () => undefined);
    await writeOoniDumps(other, world, 2, () => undefined);
    expect([...again.content.keys()].sort()).toEqual([...folder.content.keys()].sort());
    for (const [path, bytes] of folder.content) {
      expect(again.content.get(path)?.equals(bytes), path).toBe(true);
    }
    expect(other.content.get('bare/2026-05-27.jsonl.zst')).not.toEqual(
      folder.content.get('bare/2026-05-27.jsonl.zst'),
    );
  });

  it('name no time and no operating system in gzip headers', () => {
    for (const [path, bytes] of folder.content) {
      if (!path.endsWith('.gz')) continue;
      expect([...bytes.subarray(4, 8), bytes[9]], path).toEqual([0, 0, 0, 0, 255]);
    }
  });

  it('hold valid lines whose country, test and day fit the path, but for the scripted faults', () => {
    const faults = new Map<string, number>();
    const fault = (kind: string) => faults.set(kind, (faults.get(kind) ?? 0) + 1);
    const seen = new Set<string>();
    let lines = 0;
    for (const [path, bytes] of folder.content) {
      const match = BUCKET.exec(path);
      if (match === null) continue;
      for (const text of unpack(path, bytes)) {
        lines += 1;
        if (text === '{}') {
          fault('empty');
          continue;
        }
        if (text.includes('\u00ff')) fault('bytes');
        let line;
        try {
          line = parseObject(text);
        } catch {
          fault('json');
          continue;
        }
        if (seen.has(text)) fault('duplicate');
        seen.add(text);
        if (line['test_keys'] === null) fault('null_test_keys');
        if (line['probe_cc'] !== match[3]) fault(stringAt(line, 'probe_cc') ?? 'no country');
        if (line['probe_asn'] === 'AS0') fault('AS0');
        expect(stringAt(line, 'test_name')?.replaceAll('_', '')).toBe(match[4]);
        const day = stringAt(line, 'measurement_start_time')?.slice(0, 10) ?? '';
        if (day.startsWith('2037')) fault('2037');
        else expect(day >= '2026-06-03' && day <= '2026-06-30').toBe(true);
        expect(objectAt(line, 'annotations')['origin']).toMatch(/^atlas-/);
        expect(stringAt(line, 'report_id')).toMatch(/^[a-zA-Z0-9_-]{40,100}$/);
      }
    }
    expect(Object.fromEntries(faults)).toEqual({
      empty: 3,
      bytes: 1,
      // One line is broken on purpose, one is where the cut file ends.
      json: 2,
      duplicate: 1,
      null_test_keys: 1,
      ZZ: 1,
      AS0: 1,
      '2037': 1,
    });
    expect(lines).toBeGreaterThan(10_000);
    expect(tally.breakages.get('cut_file')).toBe(1);
  });

  it('hold nothing but whole lines in the files that lie outside the bucket', () => {
    const bare = [...folder.content].filter(([path]) => path.startsWith('bare/'));
    expect(bare.length).toBeGreaterThan(0);
    for (const [path, bytes] of bare) for (const line of unpack(path, bytes)) parseObject(line);
  });

  it('give counts alone for places that nobody measured, with a sidecar that names the test', () => {
    const reply = parseObject(
      folder.content.get('aggregation/web_connectivity_day_cc.json')?.toString() ?? '',
    );
    const rows = arrayAt(reply, 'result').filter(isJsonObject);
    expect(rows.filter((row) => row['probe_cc'] === 'AD').length).toBeGreaterThan(30);
    for (const row of rows) {
      const outcomes = ['ok_count', 'anomaly_count', 'confirmed_count', 'failure_count'];
      const sum = outcomes.reduce((total, name) => total + (numberAt(row, name) ?? Number.NaN), 0);
      expect(sum).toBe(row['measurement_count']);
    }
    expect([...folder.content.keys()].some((path) => path.includes('/AD/'))).toBe(false);
    expect(
      folder.content.get('aggregation/web_connectivity_day_cc.json.meta.json')?.toString(),
    ).toContain('web_connectivity');
  });

  it('hold no address but documentation addresses and loopback', () => {
    for (const [path, bytes] of folder.content) {
      if (!/\.(gz|zst)$/.test(path)) continue;
      for (const line of unpack(path, bytes).slice(0, 40)) {
        for (const [address] of line.matchAll(/\b\d{1,3}(?:\.\d{1,3}){3}\b/g)) {
          expect(address).toMatch(/^(192\.0\.2|198\.51\.100|203\.0\.113|127\.0\.0)\./);
        }
      }
    }
  });
});
