/** Files that were made to harm a build, beside good ones: the build ends, says what it did not use, and loses nothing else. */
import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { zipSync } from 'fflate';
import { beforeAll, describe, expect, it } from 'vitest';
import { startBuild, writeDumps, type Ended } from '../support/build-under-fault.ts';
import { isLong } from '../support/long.ts';
import { telegramLine, type Line } from '../support/measurements.ts';
import { scratchFolder } from '../support/scratch.ts';
import { makeTar } from '../support/tar.ts';

const root = scratchFolder('hostile-files');
const dumps = path.join(root, 'dumps');
const outside = path.join(root, 'outside');
const TINY = isLong ? 100_000 : 1_000;
/** Lines that count, all of this day. */
const DAY = '2024-01-05';
let counted = 0;

const line = (changes: Line = {}): string => {
  counted += 1;
  const time = `${DAY} 10:${String(counted % 60).padStart(2, '0')}:${String(Math.trunc(counted / 60)).padStart(2, '0')}`;
  return `${telegramLine({ measurement_start_time: time, ...changes })}\n`;
};

function put(name: string | Buffer, content: string | Uint8Array): void {
  if (typeof name === 'string') {
    const file = path.join(dumps, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, content);
  } else writeFileSync(Buffer.concat([Buffer.from(`${dumps}/`), name]), content);
}

/** A line that counts, then nothing but zeros, over 300 times as long as the file. */
function bombs(): void {
  const zeros = Buffer.alloc(150 * 1024 * 1024);
  const frame = zstdCompressSync(zeros);
  put('bomb.jsonl.zst', Buffer.concat([zstdCompressSync(Buffer.from(line())), frame, frame]));
  put('bomb.jsonl.gz', Buffer.concat([gzipSync(line()), gzipSync(zeros)]));
  put(
    'bomb.tar.gz',
    gzipSync(Buffer.concat([makeTar([{ name: 'x.post', content: '{}' }]), zeros])),
  );
  put('bomb.zip', zipSync({ 'x.jsonl': zeros }, { level: 9 }));
  put('twice.jsonl.gz', gzipSync(gzipSync(line().repeat(2))));
  counted -= 1;
}

function paths(): void {
  put(
    'raw/20240105/10/IT/telegram/2024010510_IT_telegram.n1.0.tar.gz',
    gzipSync(
      makeTar(
        ['../../../../escaped.post', '/tmp/atlas-escaped.post', `${'a/../'.repeat(40)}x.post`].map(
          (name) => ({ name, content: '{}', longName: 'pax' }),
        ),
      ),
    ),
  );
  writeDumps(outside, 1);
  symlinkSync(outside, path.join(dumps, 'link-to-folder'));
  symlinkSync('/etc/passwd', path.join(dumps, 'link-to-file.csv'));
  symlinkSync('..', path.join(dumps, 'link-up'));
  symlinkSync('loop-b', path.join(dumps, 'loop-a'));
  symlinkSync('loop-a', path.join(dumps, 'loop-b'));
  symlinkSync('.', path.join(dumps, 'link-to-itself'));
  execFileSync('mkfifo', [path.join(dumps, 'pipe.jsonl')]);
}

function names(): void {
  put('says-parquet.parquet', line());
  put('says-zstd.jsonl.zst', line());
  put('says-json.json', Buffer.from('\u0089PNG\r\n\u001a\n\0', 'latin1'));
  put('turned\u202Elnosj.exe', line());
  put('two\nlines.jsonl', line());
  put(`${'n'.repeat(240)}.jsonl`, line());
  put(Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('.jsonl')]), line());
  counted -= 1; // By such a name nothing can be opened.
  mkdirSync(path.join(dumps, 'tiny'));
  for (let at = 0; at < TINY; at += 1) put(`tiny/${String(at)}.txt`, '');
}

function lines(): void {
  const head = line().trimEnd().slice(0, -1);
  const long = 'x'.repeat(10_000);
  put(
    'lines.jsonl',
    [
      `${'['.repeat(1_000_000)}\n`,
      `${'{"a":'.repeat(200_000)}1${'}'.repeat(200_000)}\n`,
      `${head},"deep":${'['.repeat(4_000)}${']'.repeat(4_000)}}\n`,
      line().replace('"probe_cc":"IT"', '"probe_cc":"IR","probe_cc":"IT"'),
      line().replace('{', '{"__proto__":{"probe_cc":"IR"},"constructor":1,'),
      line({ input: `https://${long}.example/`, probe_network_name: long }),
      line({ probe_network_name: 'a\u0000b' }),
      line().replace('"input":null', String.raw`"input":"https://\ud83d.example/\udc00"`),
      line({ input: 'https://a\u202Eb\u200B.example/\u2066' }),
      '\u0000'.repeat(5_000) + '\n',
    ].join(''),
  );
}

interface Reject {
  readonly reason: string;
  readonly source: string | null;
  readonly count: number;
}
const settled = (folder: string): string =>
  readFileSync(path.join(folder, 'country/IT/interference_country_daily.csv'), 'utf8');
const rows = (csv: string, day: RegExp): readonly string[] =>
  csv.split('\n').filter((row) => day.test(row));

describe('a build of good and hostile files', () => {
  let ended: Ended;
  let clean: Ended;
  beforeAll(async () => {
    writeDumps(dumps, 2);
    clean = await startBuild(root, ['--dumps', dumps, '--out', path.join(root, 'clean')]).ended;
    bombs();
    paths();
    names();
    lines();
    ended = await startBuild(root, ['--dumps', dumps, '--out', path.join(root, 'out')]).ended;
  }, 600_000);

  it('ends, without a word of a fault', () => {
    expect([clean.status, clean.stderr]).toEqual([0, '']);
    expect([ended.status, ended.stderr]).toEqual([0, '']);
    expect(readdirSync(root).toSorted()).toEqual(['.cache', 'clean', 'dumps', 'out', 'outside']);
    expect(existsSync('/tmp/atlas-escaped.post')).toBe(false);
  });

  it('counts every good line, in good files and bad ones', () => {
    const before = rows(settled(path.join(root, 'clean')), /^2024-01-0[12]/);
    expect(before.length).toBeGreaterThan(0);
    const csv = settled(path.join(root, 'out'));
    expect(rows(csv, /^2024-01-0[12]/)).toEqual(before);
    const column =
      rows(csv, /measurement_count/)[0]
        ?.split(',')
        .indexOf('measurement_count') ?? -1;
    expect(rows(csv, new RegExp(`^${DAY}`)).map((row) => Number(row.split(',')[column]))).toEqual([
      counted,
    ]);
    expect(existsSync(path.join(root, 'out/country/IR'))).toBe(false);
  });

  it('lists what it did not use, with the reason', () => {
    const rejects: unknown = JSON.parse(readFileSync(path.join(root, 'out/rejects.json'), 'utf8'));
    if (!Array.isArray(rejects)) throw new Error('rejects.json is no list.');
    const counts = Object.fromEntries(
      rejects.map((reject: Reject) => [`${reject.reason} ${reject.source ?? ''}`, reject.count]),
    );
    expect(counts).toEqual({
      // The ZIP, the pipe, two that are not what they are called, and the tiny ones.
      'unrecognised_file ': 4 + TINY,
      'link_outside ': 3,
      // Two links that lead to each other, and the name that is no text.
      'unreadable_file ': 3,
      'unpacks_too_far ooni': 3,
      'invalid_json ooni': 2,
      'missing_test_name ooni': 1,
      // Members of archives, whatever they are called.
      'empty_line ooni': 4,
    });
  });
});
