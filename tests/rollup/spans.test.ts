/** Rows that are read month by month or day by day give the tables that they give when they are read at once. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { hashOf } from '../../data-build/hash.ts';
import type { PlacedPart } from '../../data-build/parts.ts';
import { openDatabase } from '../../data-build/rollup/database.ts';
import { type KeptFiles, openKeptFiles } from '../../data-build/rollup/kept-files.ts';
import { rollUp } from '../../data-build/rollup/rollup.ts';
import type { SpanSizes } from '../../data-build/rollup/spans.ts';
import { writeParquet } from '../../data-build/write/parquet.ts';
import { createRng } from '../../data-build/sample/rng.ts';
import { MEASUREMENT, writeHandPart } from '../support/hand-parts.ts';
import { isLong } from '../support/long.ts';
import { scratchFolder } from '../support/scratch.ts';

const folder = scratchFolder('spans');
const WHOLE: SpanSizes = { year: Infinity, lastYear: Infinity, month: Infinity };
const MONTHS: SpanSizes = { year: 0, lastYear: 0, month: Infinity };
const DAYS: SpanSizes = { year: 0, lastYear: 0, month: 0 };
const ROUNDS = isLong ? 30 : 1;
const PARTS = 6;
const ROWS = 40;

let runs = 0;

/**
 * Dumps in which the same few ids, reports, times and inputs come again and again: in several forms, with and without an id, and
 * with times in other months than their ids say, as no honest dump has them.
 */
async function makeDumps(round: number): Promise<readonly PlacedPart[]> {
  const rng = createRng(1, 'spans', String(round));
  const one = <Value>(values: readonly Value[]): Value => {
    const value = values[Math.floor(rng.unit() * values.length)];
    if (value === undefined) throw new Error('There is nothing to choose from.');
    return value;
  };
  const days = ['2024-10-30', '2024-10-31', '2024-11-01', '2024-11-02', '2024-12-01'];
  const home = join(folder, String(round));
  mkdirSync(home);
  const db = await openDatabase({ spillDir: join(folder, `make-${round}`), threads: 1 });
  const parts: PlacedPart[] = [];
  for (let part = 0; part < PARTS; part += 1) {
    // Every other dump is of one month alone, so that others can be taken over when it comes.
    const own = part % 2 === 0 ? days : [one(days)];
    const rows = Array.from({ length: ROWS }, () => {
      const name = one(['a', 'b', 'c', 'd', 'e', 'f']);
      const time = `${one(own)} 00:00:0${one([1, 2])}`;
      const network = 1 + Math.floor(rng.unit() * 4);
      return {
        ...MEASUREMENT,
        form: one([1, 2, 3]),
        measurement_uid: one([
          null,
          '',
          'undated',
          `${one(days).replaceAll('-', '')}0000${one(['01', '02', '03'])}.000000_KE_webconnectivity_0123456789abcdef`,
        ]),
        report_id: one([
          '',
          ...[1, 2, 3, 4, 5, 6].map(
            (each) => `20241107T100000Z_webconnectivity_KE_64496_n1_handmade0000000${each}`,
          ),
        ]),
        // Lines with the same bytes have the same time.
        line_hash: hashOf(`${one([1, 2, 3])} ${time}`),
        measurement_start_time: time,
        probe_cc: one(['KE', 'UG']),
        probe_asn: network,
        probe_network_name: one([null, '', `Network ${network}`, `Other ${network}`]),
        test_name: one(['web_connectivity', 'web_connectivity', 'telegram', 'made_up']),
        input: one([null, '', `https://${name}.example/`]),
        domain: `${name}.example`,
        outcome: one(['ok', 'anomaly']),
      };
    });
    parts.push(await writeHandPart(db, home, 'measurements', `${part}.jsonl`, rows));
  }
  await db.close();
  return parts;
}

/** All that a build makes of measurements, as text, and how many of its tables were made anew. */
async function rollUpAll(
  parts: readonly PlacedPart[],
  spanSizes: SpanSizes,
  kept: KeptFiles | null = null,
): Promise<string> {
  runs += 1;
  const db = await openDatabase({ spillDir: join(folder, `spill-${runs}`), threads: 1 });
  const { rejects, tables, published } = await rollUp(db, {
    parts,
    categories: [
      { list: 'global', url: 'https://a.example/', category_code: 'NEWS', domain: 'a.example' },
      { list: 'KE', url: 'https://b.example/', category_code: 'LGBT', domain: 'b.example' },
    ],
    since: null,
    until: null,
    edition: 'all',
    ...(kept === null ? {} : { kept }),
    spanSizes,
  });
  const all: unknown[] = [rejects];
  // Names of files have their checksums.
  const out = join(folder, `out-${runs}`);
  const tag = { rulesVersion: 'r', synthetic: true };
  const files = await writeParquet(db, 'measurements', out, tag, undefined, published);
  all.push(files.map(({ path, rows, since, until }) => [path, rows, since, until]));
  for (const table of tables)
    if (table !== 'measurements')
      all.push([table, await db.all(`SELECT COLUMNS(*)::VARCHAR FROM "${table}"`)]);
  await db.close();
  await kept?.save();
  return JSON.stringify(all, null, 1);
}

describe('spans of days', () => {
  const rounds: (readonly PlacedPart[])[] = [];
  beforeAll(async () => {
    for (let round = 0; round < ROUNDS; round += 1) rounds.push(await makeDumps(round));
  });

  it('count each measurement once, wherever its rows lie', async () => {
    for (const parts of rounds) {
      const whole = await rollUpAll(parts, WHOLE);
      expect(whole).toContain('"duplicate"');
      for (const sizes of [MONTHS, DAYS]) expect(await rollUpAll(parts, sizes)).toBe(whole);
    }
  });

  it('are taken over from an earlier build where nothing about them is new', async () => {
    for (const [round, parts] of rounds.entries()) {
      const store = join(folder, `store-${round}`);
      const code = hashOf('code');
      // Dumps come, and one is taken back.
      for (const there of [parts.slice(0, 3), parts, parts.slice(1)]) {
        const kept = await openKeptFiles(store, code);
        expect(await rollUpAll(there, MONTHS, kept)).toBe(await rollUpAll(there, WHOLE));
      }
    }
  });
});
