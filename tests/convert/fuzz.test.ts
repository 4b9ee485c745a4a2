/**
 * Mutated lines through the whole ingest, workers and files included, each beside a good neighbour: no worker dies,
 * none hangs, no neighbour is lost, and every mutated line is a row or a counted reject.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { makeParts } from '../../data-build/convert/make-parts.ts';
import { objectAt, type JsonObject } from '../../data-build/parse/json.ts';
import { parseJson } from '../../data-build/parse/measurement-line.ts';
import type { PlacedPart } from '../../data-build/parts.ts';
import { openDatabase, textIn, type Database } from '../../data-build/rollup/database.ts';
import { DNS_CSV, HTTP_CSV } from '../score/fingerprint-lists.ts';
import { isLong } from '../support/long.ts';
import { numberedLine } from '../support/measurements.ts';
import {
  CANARY,
  createRandom,
  MUTATION_SEED,
  mutateLine,
  readLinesToMutate,
  type Random,
} from '../support/mutation.ts';
import { recordEffects } from '../support/quiet-effects.ts';
import { scratchFolder } from '../support/scratch.ts';
import { makeTar } from '../support/tar.ts';

const FILES = 8;
const LINES_PER_FILE = isLong ? 25_000 : 500;
const POSTS = 1_000;
const EXPORT_ROWS = 1_000;
const LONGEST = 20_000;
const NEWLINE = Buffer.from('\n');

const root = scratchFolder('fuzz');
const lines = readLinesToMutate(LONGEST);

/** What hand-written lines lack to be rows. */
const ENVELOPE: JsonObject = {
  report_id: '20240105T101500Z_telegram_IT_137_n1_0123456789abcdef',
  probe_cc: 'IT',
  probe_asn: 'AS137',
  measurement_start_time: '2024-01-05 10:15:00',
};

/** Half of the changes are to the envelope, half to what was measured. */
function mutate(at: number, random: Random): JsonObject {
  const line: JsonObject = { ...ENVELOPE, ...lines[at % lines.length] };
  return random(2) === 0
    ? mutateLine(line, random)
    : { ...line, test_keys: mutateLine(objectAt(line, 'test_keys'), random) };
}

/** Report of the good neighbour number `at` of a file. */
function neighbourReport(file: string, at: number): string {
  return `20240105T101500Z_telegram_IT_137_n1_fuzz${file}x${String(at).padStart(10, '0')}`;
}

/** Damage below the level of JSON. Line ends stay out, so that lines keep their numbers. */
function damageBytes(bytes: Buffer, random: Random): Buffer {
  const at = random(bytes.length + 1);
  const [head, tail] = [bytes.subarray(0, at), bytes.subarray(at)];
  switch (random(7)) {
    case 0:
      return head;
    case 1:
      return tail;
    case 2:
      return Buffer.concat([head, Buffer.from([0xff, 0xc3, 0x28, 0xed, 0xa0, 0x80]), tail]);
    case 3:
      return Buffer.concat([head, Buffer.alloc(1 + random(40)), tail]);
    case 4:
      return Buffer.concat([head, Buffer.from('"}]\\u12'), tail]);
    case 5:
      return Buffer.concat([bytes, bytes]);
    default:
      return Buffer.concat([head, tail.subarray(1 + random(9))]);
  }
}

/** Three of four are still JSON. */
function mutatedLine(at: number, random: Random): Buffer {
  const bytes = Buffer.from(JSON.stringify(mutate(at, random)));
  return random(4) === 0
    ? Buffer.from(damageBytes(bytes, random).filter((byte) => byte !== 10))
    : bytes;
}

function put(name: string, content: Buffer | string): void {
  mkdirSync(dirname(join(root, 'dumps', name)), { recursive: true });
  writeFileSync(join(root, 'dumps', name), content);
}

function writeLines(file: number, random: Random): void {
  const all: Uint8Array[] = [];
  for (let at = 0; at < LINES_PER_FILE; at += 1) {
    const good = numberedLine(at, { report_id: neighbourReport(String(file), at) });
    all.push(mutatedLine(file * LINES_PER_FILE + at, random), NEWLINE, Buffer.from(good), NEWLINE);
  }
  const bytes = Buffer.concat(all);
  const name = `raw/20240105/10/IT/telegram/2024010510_IT_telegram.n1.${file}.jsonl`;
  if (file % 3 === 0) put(`${name}.gz`, gzipSync(bytes, { level: 1 }));
  else if (file % 3 === 1) put(`${name}.zst`, zstdCompressSync(bytes));
  else put(name, bytes);
}

function writePosts(random: Random): void {
  const members = Array.from({ length: POSTS }, (_, at) => {
    const uid = (kind: string) =>
      `20240105101500.${String(at).padStart(6, '0')}_IT_telegram_${kind}`;
    const good = numberedLine(at, { report_id: neighbourReport('p', at) });
    const post = { format: 'json', content: mutate(at, random) };
    return [
      {
        name: `x/${uid('0123456789abcdef')}.post`,
        content: JSON.stringify(random(3) === 0 ? mutateLine(post, random) : post),
      },
      {
        name: `x/${uid('fedcba9876543210')}.post`,
        content: `{"format":"json","content":${good}}`,
      },
    ];
  });
  put('2024010510_IT_telegram.n1.99.tar.gz', makeTar(members.flat()));
}

const EXPORT_COLUMNS = {
  measurement_uid: '',
  report_id: '',
  input: '',
  probe_cc: 'IT',
  probe_asn: '137',
  test_name: 'telegram',
  test_start_time: '2024-01-05 10:15:00',
  measurement_start_time: '2024-01-05 10:15:00',
  scores: '{"blocking_general": 0}',
  platform: 'android',
  anomaly: 'f',
  confirmed: 'f',
  msm_failure: 'f',
  blocking_type: '',
  software_name: 'ooniprobe-android',
  software_version: '3.8.0',
  test_version: '0.3.1',
} as const;
const HOSTILE_CELLS = ['', 't', CANARY, '"', '\\N', 'x'.repeat(5_000), '{"a":', '0', '\u202e', ','];

function writeExport(random: Random): void {
  const row = (cells: readonly string[]) =>
    cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',');
  const rows = [row(Object.keys(EXPORT_COLUMNS))];
  for (let at = 0; at < EXPORT_ROWS; at += 1) {
    const names = Object.keys(EXPORT_COLUMNS);
    const cells: string[] = Object.values(EXPORT_COLUMNS);
    for (let times = random(3); times >= 0; times -= 1)
      cells[random(names.length)] = HOSTILE_CELLS[random(HOSTILE_CELLS.length)] ?? '';
    if (random(20) === 0) cells.splice(random(cells.length), 1);
    rows.push(row(cells));
    rows.push(row(Object.values({ ...EXPORT_COLUMNS, report_id: neighbourReport('e', at) })));
  }
  put('fastpath_202401.csv', `${rows.join('\n')}\n`);
}

async function reportsOf(db: Database, part: PlacedPart): Promise<readonly string[]> {
  const rows = await db.all(
    `SELECT report_id FROM read_parquet('${join(part.folder, part.parquet)}', file_row_number = true)
    WHERE contains(report_id, '_n1_fuzz') ORDER BY file_row_number`,
  );
  return rows.map((row) => textIn(row, 'report_id'));
}

describe('the ingest', () => {
  it(`takes ${FILES * LINES_PER_FILE} mutated lines and loses no neighbour`, async () => {
    const random = createRandom(MUTATION_SEED);
    for (let file = 0; file < FILES; file += 1) writeLines(file, random);
    writePosts(random);
    writeExport(random);
    put('fingerprints_http.csv', HTTP_CSV);
    put('fingerprints_dns.csv', DNS_CSV);
    const { parts, rejects } = await makeParts({
      dumps: [join(root, 'dumps')],
      cacheDir: join(root, 'cache'),
      jobs: 2,
      shard: null,
      effects: recordEffects(),
    });
    expect(rejects).toEqual([]);
    expect(parts).toHaveLength(FILES + 2);
    const db = await openDatabase({ spillDir: join(root, 'spill'), threads: 1 });
    let mutatedRows = 0;
    for (const part of parts) {
      const [, number] = /\.n1\.(\d+)\./.exec(part.dump) ?? [];
      const [file, pairs] =
        number === undefined
          ? ['e', EXPORT_ROWS]
          : number === '99'
            ? ['p', POSTS]
            : [number, LINES_PER_FILE];
      const rejected = part.rejects.reduce((sum, { count }) => sum + count, 0);
      expect([part.dump, part.rows_in]).toEqual([part.dump, 2 * pairs]);
      expect([part.dump, part.rows_out + rejected]).toEqual([part.dump, part.rows_in]);
      // A scorer that throws costs its line only, but is a fault of ours.
      expect(part.rejects.filter(({ reason }) => reason === 'scorer_error')).toEqual([]);
      expect(parseJson(JSON.stringify(part.rejects))).toEqual(part.rejects);
      expect(JSON.stringify(part.rejects)).not.toMatch(/canary|198\.51/);
      const expected = Array.from({ length: pairs }, (_, at) => neighbourReport(file, at));
      expect(await reportsOf(db, part)).toEqual(expected);
      mutatedRows += part.rows_out - pairs;
    }
    // Mutations that only ever broke lines, or never did, would test little.
    const mutated = FILES * LINES_PER_FILE + POSTS + EXPORT_ROWS;
    expect(mutatedRows / mutated).toBeGreaterThan(0.3);
    expect(mutatedRows / mutated).toBeLessThan(0.9);
    await db.close();
  });
});
