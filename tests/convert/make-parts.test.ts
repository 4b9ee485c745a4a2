import {
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { connectDuckDb } from '../support/duckdb.ts';
import { describe, expect, it } from 'vitest';
import { makeParts, type Parts } from '../../data-build/convert/make-parts.ts';
import { openKnownSums } from '../../data-build/known-sums.ts';
import type { PlacedPart } from '../../data-build/parts.ts';
import { numberedLine, telegramLine } from '../support/measurements.ts';
import { scratchFolder } from '../support/scratch.ts';
import { describeWithSharedData } from '../support/shared-data.ts';
import { makeTar } from '../support/tar.ts';

const root = scratchFolder('parts');
let folders = 0;

function dumps(files: Readonly<Record<string, string | Buffer>>): string {
  folders += 1;
  const folder = join(root, `dumps-${folders}`);
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  return folder;
}

/** A worker takes longer to start than a small dump to read. */
function parts(
  folder: string,
  cacheDir = join(folder, '../cache'),
  shard = 0,
  jobs = 1,
): Promise<Parts> {
  return makeParts({
    dumps: [folder],
    cacheDir,
    jobs,
    shard: shard === 0 ? null : { index: shard, of: 2 },
    effects: { log: () => undefined, progress: () => undefined, now: () => 0 },
  });
}

function rejectsOf(part: PlacedPart | undefined): Readonly<Record<string, number>> {
  return Object.fromEntries(part?.rejects.map(({ reason, count }) => [reason, count]) ?? []);
}

async function rowsOf(
  part: PlacedPart | undefined,
): Promise<readonly Readonly<Record<string, unknown>>[]> {
  if (part === undefined) throw new Error('no part');
  const connection = await connectDuckDb();
  const reader = await connection.runAndReadAll(
    `SELECT * FROM read_parquet('${join(part.folder, part.parquet)}')`,
  );
  connection.closeSync();
  return reader.getRowObjectsJson();
}

const HOUR = 'raw/20240105/10/IT/telegram/2024010510_IT_telegram.n1.0';
const lines = (count: number): string[] =>
  Array.from({ length: count }, (_, at) => numberedLine(at));

describe('dumps with faults', () => {
  it('lose only the lines that are broken, each counted with its reason and place', async () => {
    const huge = telegramLine({
      test_keys: { telegram_tcp_blocking: false, x: 'y'.repeat(20_000_000) },
    });
    const bytes = Buffer.concat(
      [
        Buffer.from(numberedLine(1)),
        Buffer.from('{"test_name": "telegram", "probe'),
        Buffer.from(numberedLine(2).replace('linux', '\u00ff\u00fe'), 'latin1'),
        Buffer.from(huge),
        Buffer.from('{}'),
        Buffer.from(numberedLine(3, { measurement_start_time: '2037-01-01 00:00:00' })),
        Buffer.from(
          numberedLine(4, {
            test_keys: null,
            test_name: 'web_connectivity',
            input: 'https://www.example.org/',
          }),
        ),
        Buffer.from('[1, 2]'),
        Buffer.from(numberedLine(5, { probe_cc: 'ZZ' })),
        Buffer.from(numberedLine(6, { probe_asn: 'AS0' })),
        Buffer.from(numberedLine(7, { report_id: null })),
        Buffer.from(numberedLine(8)),
      ].flatMap((line) => [line, Buffer.from('\n')]),
    );
    const { parts: made, rejects } = await parts(
      dumps({
        [`${HOUR}.jsonl.gz`]: gzipSync(bytes),
        'holiday.jpg': Buffer.from([255, 216, 255, 0]),
      }),
    );
    expect(rejectsOf(made[0])).toEqual({
      invalid_json: 1,
      invalid_utf8: 1,
      empty_line: 1,
      untrusted_time: 1,
      not_an_object: 1,
      unknown_country: 1,
      unknown_network: 1,
      missing_report: 1,
    });
    expect(made[0]).toMatchObject({ rows_in: 12, rows_out: 4 });
    const at = (reason: string): unknown =>
      made[0]?.rejects.find((reject) => reject.reason === reason)?.samples[0]?.line;
    expect([at('invalid_json'), at('invalid_utf8'), at('untrusted_time')]).toEqual([2, 3, 6]);
    expect(rejects).toMatchObject([
      { reason: 'unrecognised_file', count: 1, samples: [{ file: 'holiday.jpg', line: null }] },
    ]);
    const rows = await rowsOf(made[0]);
    expect(rows.map((row) => row['test_name'])).toEqual([
      'telegram',
      'telegram',
      'web_connectivity',
      'telegram',
    ]);
    expect(rows[2]).toMatchObject({ outcome: 'failure', domain: 'example.org' });
  });

  it('that were cut keep their whole lines', async () => {
    const text = Buffer.from(`${lines(60).join('\n')}\n`);
    const bytes = gzipSync(text, { level: 1 });
    const folder = dumps({ [`${HOUR}.jsonl.gz`]: bytes.subarray(0, bytes.length - 40) });
    const [part] = (await parts(folder)).parts;
    expect(rejectsOf(part)).toEqual({ truncated_file: 1 });
    expect(part?.rows_out).toBeGreaterThan(20);
    expect(part?.rows_out).toBeLessThanOrEqual(60);
  });

  it('with nothing usable are parts without rows, and are not read again', async () => {
    const folder = dumps({ 'x.jsonl': '{"not closed\n{}\n' });
    expect((await parts(folder)).parts[0]).toMatchObject({ rows_in: 2, rows_out: 0 });
    expect((await parts(folder)).reused).toBe(1);
  });
});

describe('parts', () => {
  it('are the same for the same lines in any form', async () => {
    const text = `${lines(5).join('\n')}\n`;
    const folder = dumps({
      'a.jsonl': text,
      'b.jsonl.gz': gzipSync(text),
      'c.jsonl.zst': zstdCompressSync(text),
      'no-name': text,
      [`${HOUR}.jsonl.gz`]: gzipSync(text, { level: 1 }),
    });
    const { parts: made } = await parts(folder, join(root, 'forms'), 0, 2);
    const rows = await Promise.all(made.map(rowsOf));
    expect(made).toHaveLength(5);
    for (const other of rows) expect(other).toEqual(rows[0]);
  });

  it('give the same bytes again, and are used again', async () => {
    const folder = dumps({ [`${HOUR}.jsonl.gz`]: gzipSync(lines(30).join('\n')) });
    const [one] = (await parts(folder, join(root, 'one'))).parts;
    const [two] = (await parts(folder, join(root, 'two'))).parts;
    if (one === undefined || two === undefined) throw new Error('no parts');
    const bytes = (part: PlacedPart): Buffer => readFileSync(join(part.folder, part.parquet));
    expect(bytes(one).equals(bytes(two))).toBe(true);
    expect((await parts(folder, join(root, 'one'))).reused).toBe(1);
    expect(readdirSync(join(root, 'one/parts'))).toHaveLength(1);
  });

  it('are made again when a finished one is damaged', async () => {
    const folder = dumps({ 'x.jsonl': numberedLine(1) });
    const cache = join(root, 'damaged');
    const [part] = (await parts(folder, cache)).parts;
    rmSync(join(part?.folder ?? '', 'rows.parquet'));
    const again = await parts(folder, cache);
    expect(again.reused).toBe(0);
    expect(await rowsOf(again.parts[0])).toHaveLength(1);
  });

  it('are made again when the fingerprints change', async () => {
    const folder = dumps({ 'x.jsonl': numberedLine(1) });
    const cache = join(root, 'lists');
    await parts(folder, cache);
    writeFileSync(
      join(folder, 'fingerprints_dns.csv'),
      'name,scope,other_names,location_found,pattern_type,pattern,confidence_no_fp,expected_countries,source,exp_url,notes\n',
    );
    expect((await parts(folder, cache)).reused).toBe(0);
  });

  it('can be made in shards that together are the whole', async () => {
    const folder = dumps({ 'a.jsonl': numberedLine(1), 'b.jsonl': numberedLine(2), 'c.jsonl': '' });
    const cache = join(root, 'shards');
    const one = await parts(folder, cache, 1);
    const two = await parts(folder, cache, 2);
    expect([...one.parts, ...two.parts].map((part) => part.dump).toSorted()).toEqual([
      'a.jsonl',
      'b.jsonl',
      'c.jsonl',
    ]);
    expect((await parts(folder, cache)).reused).toBe(3);
  });

  it('know synthetic dumps by the marker above them and by their own mark', async () => {
    const folder = dumps({
      'made/SYNTHETIC.json': '{"synthetic": true, "generator": "atlas"}',
      'made/x.jsonl': numberedLine(1),
      'real/y.jsonl': numberedLine(2),
      'marked/z.jsonl': numberedLine(3, { software_name: 'atlas-sample' }),
    });
    const { parts: made } = await parts(folder);
    expect(made.map((part) => [part.dump, part.synthetic])).toEqual([
      ['made/x.jsonl', true],
      ['marked/z.jsonl', true],
      ['real/y.jsonl', false],
    ]);
  });

  it('keep measurements of different hidden inputs apart without showing them', async () => {
    const inputs = ['203.0.113.1:443', '203.0.113.2:443'];
    const text = inputs
      .map((input) => telegramLine({ test_name: 'tcp_connect', input }))
      .join('\n');
    const rows = await rowsOf((await parts(dumps({ 'x.jsonl': text }))).parts[0]);
    const shown = rows.map((row) => String(row['input']));
    expect(new Set(shown).size).toBe(2);
    expect(shown.join(' ')).not.toContain('203.0.113');
    expect(rows[0]?.['domain']).toBeNull();
  });
});

describe('a postcan', () => {
  const uid = (at: number): string =>
    `2024010510${String(at).padStart(4, '0')}.000001_IT_telegram_0123456789abcde${at}`;
  const member = (at: number, content = numberedLine(at)): { name: string; content: string } => ({
    name: `2024010510_IT_telegram.n1.0/${uid(at)}.post`,
    content: `{"format": "json", "content": ${content}}`,
  });

  it.each([
    ['gzipped', gzipSync],
    ['not gzipped, despite its name', (bytes: Buffer) => bytes],
  ])('%s gives the rows of its JSONL twin, with their uids', async (_form, pack) => {
    const tar = makeTar([1, 2, 3].map((at) => member(at)));
    const folder = dumps({
      [`${HOUR}.jsonl.gz`]: gzipSync([1, 2, 3].map((at) => numberedLine(at)).join('\n')),
      [`${HOUR}.tar.gz`]: pack(tar),
    });
    const { parts: made } = await parts(folder);
    const [jsonl, postcan] = await Promise.all(made.map(rowsOf));
    expect(jsonl?.map((row) => row['measurement_uid'])).toEqual([1, 2, 3].map(uid));
    expect(postcan?.map((row) => ({ ...row, form: 1 }))).toEqual(jsonl);
  });

  it('is not paired with a line of another test', async () => {
    const folder = dumps({
      [`${HOUR}.jsonl.gz`]: gzipSync(telegramLine({ test_name: 'signal' })),
      [`${HOUR}.tar.gz`]: makeTar([member(1)]),
    });
    const [jsonl] = (await parts(folder)).parts;
    expect((await rowsOf(jsonl))[0]?.['measurement_uid']).toBeNull();
  });

  it('skips submissions in YAML, and says when it is cut', async () => {
    const yaml = { name: `d/${uid(9)}.post`, content: '{"format": "yaml", "content": "a"}' };
    const tar = makeTar([member(1), yaml, member(2)]);
    const folder = dumps({ 'x.tar.gz': tar.subarray(0, tar.length - 1024 - 600) });
    const [part] = (await parts(folder)).parts;
    expect(rejectsOf(part)).toEqual({ invalid_json: 1, truncated_file: 1 });
    expect(part?.rows_out).toBe(1);
  });
});

describeWithSharedData('the real OONI dumps', 'ooni', (folder) => {
  it('become parts with known figures', async () => {
    const { parts: made, lists } = await parts(folder, join(root, 'real-cache'), 0, 2);
    const rows = (dump: RegExp): number =>
      made.filter((part) => dump.test(part.dump)).reduce((sum, part) => sum + part.rows_out, 0);
    // One of 1,000 claims to be four years younger than its receipt.
    expect(rows(/^clickhouse_export/)).toBe(999);
    expect(rows(/^kenya/)).toBe(5196);
    expect(rows(/^bucket/)).toBe(102);
    expect(rows(/20210317/)).toBe(2378);
    expect(lists.fingerprintsHttp).toBeNull();
    const world = made.find((part) => part.dump.includes('world_day'));
    expect(rejectsOf(world)).toEqual({ no_scope: 1 });
  });
});

describe('kept parts that are no longer what was written', () => {
  it.each([
    ['cut', 'rows.parquet', (bytes: Buffer) => bytes.subarray(0, -10)],
    ['altered', 'rows.parquet', (bytes: Buffer) => bytes.with(50, (bytes[50] ?? 0) ^ 1)],
    ['told otherwise', 'part.json', (bytes: Buffer) => bytes.toString().replace('60', '61')],
  ] as const)('are made again, with the same bytes: %s', async (_, name, change) => {
    const folder = dumps({
      [`${HOUR}.jsonl.gz`]: gzipSync(lines(60).join('\n')),
      'raw/20240105/11/IT/telegram/2024010511_IT_telegram.n1.0.jsonl.gz': gzipSync(numberedLine(1)),
    });
    const cache = join(folder, '../kept');
    rmSync(cache, { recursive: true, force: true });
    const [made] = (await parts(folder, cache)).parts;
    if (made === undefined) throw new Error('no part');
    const before = readFileSync(join(made.folder, 'rows.parquet'));
    const file = join(made.folder, name);
    const changed = change(readFileSync(file));
    expect(Buffer.from(changed).equals(readFileSync(file))).toBe(false);
    writeFileSync(file, changed);
    const again = await parts(folder, cache);
    expect(again.reused).toBe(1);
    expect(again.parts[0]?.rows_in).toBe(60);
    expect(readFileSync(join(made.folder, 'rows.parquet')).equals(before)).toBe(true);
  });
});

describe('a dump of which it is known that nobody wrote to it', () => {
  const cacheDir = join(root, 'known');
  async function run(folder: string): Promise<PlacedPart> {
    const sums = await openKnownSums(join(cacheDir, 'sums.json'), {
      now: () => Date.now() + 10_000,
    });
    const made = await makeParts({
      dumps: [folder],
      cacheDir,
      jobs: 1,
      shard: null,
      effects: { log: () => undefined, progress: () => undefined, now: () => 0 },
      sums,
    });
    await sums.settle(root, root, []);
    await sums.save();
    const [part] = made.parts;
    if (part === undefined) throw new Error('no part');
    return part;
  }
  function forge(file: string, change: (bytes: Buffer) => void): void {
    const { atime, mtime } = statSync(file);
    const bytes = readFileSync(file);
    change(bytes);
    writeFileSync(file, bytes);
    utimesSync(file, atime, mtime);
  }

  it('gives the same part, and another once as many other bytes stand in it or in the part', async () => {
    const folder = dumps({ [`${HOUR}.jsonl`]: lines(3).join('\n') });
    const first = await run(folder);
    for (let again = 0; again < 3; again += 1) expect(await run(folder)).toEqual(first);
    const rows = await rowsOf(first);
    forge(join(first.folder, first.parquet), (bytes) => bytes.fill(0, bytes.length / 2));
    expect(await rowsOf(await run(folder))).toEqual(rows);
    forge(join(folder, `${HOUR}.jsonl`), (bytes) => {
      bytes.write('X', bytes.indexOf('IT'));
    });
    expect((await run(folder)).dump_sha256).not.toBe(first.dump_sha256);
  });
});
