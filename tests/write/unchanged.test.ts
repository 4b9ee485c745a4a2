import {
  appendFile,
  cp,
  mkdir,
  mkdtemp,
  readFile,
  rename,
  rm,
  stat,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { BuildOptions, MadeParts } from '../../data-build/build.ts';
import { toDay, toSha256 } from '../../data-build/contract/brands.ts';
import { hashOf } from '../../data-build/hash.ts';
import { openKnownSums } from '../../data-build/known-sums.ts';
import { hashBuilder, isUnchanged, notesOf } from '../../data-build/unchanged.ts';
import { openDatabase } from '../../data-build/rollup/database.ts';
import { listFiles, listOwnFiles } from '../../data-build/write/checksum.ts';
import { buildHand, madeOf } from '../support/hand-build.ts';
import { MEASUREMENT, writeHandPart } from '../support/hand-parts.ts';

let folder: string;
let made: MadeParts;
let out: string;

/** Folders that a build changes: each test begins with them as the first build left them. */
const CHANGED = ['data', 'cache/built'];

beforeEach(async () => {
  for (const name of CHANGED) {
    await rm(join(folder, name), { recursive: true, force: true });
    await cp(join(folder, 'as-built', name), join(folder, name), { recursive: true });
  }
});
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'unchanged-'));
  out = join(folder, 'data');
  const db = await openDatabase({ spillDir: join(folder, 'spill'), threads: 1 });
  const rows = ['10', '11'].map((day) => ({
    ...MEASUREMENT,
    report_id: `r${day}`,
    measurement_start_time: `2024-11-${day} 00:00:00`,
  }));
  made = {
    ...madeOf([await writeHandPart(db, folder, 'measurements', 'a.jsonl', rows)]),
    lists: [{ path: 'global.csv', sha256: hashOf('list'), rows: 1 }],
  };
  await db.close();
  expect(await runWrites(made)).toBe(true);
  for (const name of CHANGED)
    await cp(join(folder, name), join(folder, 'as-built', name), { recursive: true });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Whether a run wrote the folder: it logs the stages that it went through. */
async function runWrites(from: MadeParts, more: Partial<BuildOptions> = {}): Promise<boolean> {
  const { lines } = await buildHand(from, {
    out,
    cacheDir: join(folder, 'cache'),
    keep: { newest: 2, months: 0 },
    unlessUnchanged: true,
    ...more,
  });
  const log = lines.join('\n');
  expect(log.includes('nothing new since data release')).toBe(!log.includes('Tables:'));
  return log.includes('Tables:');
}

describe('a second run of the same build', () => {
  it('writes nothing, wherever the cache of parts lies', async () => {
    const moved = made.parts.map((part) => ({ ...part, folder: join('elsewhere', part.folder) }));
    expect(await runWrites(made)).toBe(false);
    expect(await runWrites({ ...made, parts: moved })).toBe(false);
  });

  it('builds when it is told to, and then again has nothing to do', async () => {
    expect(await runWrites(made, { unlessUnchanged: false })).toBe(true);
    expect(await runWrites(made)).toBe(false);
  });

  it.each<[string, Partial<MadeParts>]>([
    ['a test list', { lists: [{ path: 'global.csv', sha256: hashOf('other'), rows: 1 }] }],
    ['a fingerprint list', { references: [hashOf('fingerprints')] }],
    [
      'a category',
      {
        categories: [
          { list: 'global', url: 'https://a.org/', category_code: 'NEWS', domain: 'a.org' },
        ],
      },
    ],
    [
      'a reject',
      { rejects: [{ reason: 'unrecognised_file', source: null, count: 1, samples: [] }] },
    ],
  ])('builds when %s changed', async (_what, change) => {
    expect(await runWrites({ ...made, ...change })).toBe(true);
  });

  it('builds when a part came of another dump or of other code', async () => {
    const renamed = made.parts.map((part) => ({ ...part, dump: 'b.jsonl' }));
    expect(await runWrites({ ...made, parts: renamed })).toBe(true);
    const dump = made.parts.map((part) => ({ ...part, dump_sha256: hashOf('dump') }));
    expect(await runWrites({ ...made, parts: dump })).toBe(true);
  });

  it.each<[string, Partial<BuildOptions>]>([
    ['--since', { since: toDay('2024-11-11') }],
    ['--until', { until: toDay('2024-11-11') }],
    ['--strict', { strict: true }],
    ['--keep', { keep: { newest: 1, months: 0 } }],
    ['--keep-monthly', { keep: { newest: 2, months: 12 } }],
    [
      '--exclude',
      { exclude: { exclusions: [{ by: 'domain', value: 'a.org' }], sha256: hashOf('a.org') } },
    ],
    ['SITE_URL', { site: 'https://atlas.example/' }],
  ])('builds when %s changed', async (_what, change) => {
    expect(await runWrites(made, change)).toBe(true);
    expect(await runWrites(made, change)).toBe(false);
  });

  it('builds into another folder', async () => {
    expect(await runWrites(made, { out: join(folder, 'second') })).toBe(true);
  });
});

describe('a data folder that somebody touched', () => {
  /** The first file below a folder of the release. */
  async function fileBelow(start: string): Promise<string> {
    const found = (await listFiles(out)).find((path) => path.startsWith(start));
    if (found === undefined) throw new Error(`There is no file below ${start}.`);
    return join(out, found);
  }

  /** Whether a build of the same inputs would leave the folder alone. */
  async function isLeftAlone(): Promise<boolean> {
    const cacheDir = join(folder, 'cache');
    const mark = await readFile(notesOf(out, cacheDir, 'txt'), 'utf8');
    const inputs = toSha256(mark.split(' ')[0] ?? '');
    if (inputs === null) throw new Error('The notes of the last build name no inputs.');
    const sums = await openKnownSums(notesOf(out, cacheDir, 'sums'));
    return isUnchanged(out, cacheDir, inputs, sums);
  }

  it.each(['SHA256SUMS', 'latest.json', 'measurements/', 'releases/index.json'])(
    'is not left alone when %s changed, nor when it is gone',
    async (start) => {
      const file = await fileBelow(start);
      const before = await readFile(file);
      await appendFile(file, ' ');
      expect(await isLeftAlone()).toBe(false);
      await writeFile(file, before);
      expect(await isLeftAlone()).toBe(true);
      await rm(file);
      expect(await isLeftAlone()).toBe(false);
    },
  );

  it('is built again when a file changed, and when it is gone', async () => {
    await appendFile(await fileBelow('country/'), ' ');
    expect(await runWrites(made)).toBe(true);
    await rm(await fileBelow('country/'));
    expect(await runWrites(made)).toBe(true);
    expect(await runWrites(made)).toBe(false);
  });

  it('is built again when a file was added, also among the kept releases', async () => {
    await runWrites(made, { since: toDay('2024-11-11') });
    await writeFile(join(out, 'notes.txt'), 'mine');
    expect(await runWrites(made)).toBe(true);
    await writeFile(await fileBelow('releases/2'), 'changed');
    expect(await runWrites(made)).toBe(true);
    await mkdir(join(out, 'releases/2020-01-01-01234567'));
    expect(await runWrites(made)).toBe(true);
  });

  it.each(['country/', 'measurements/', 'feeds/', 'manifest.json'])(
    'is built again when %s has as many other bytes, and the time of its last write was set back',
    async (start) => {
      await runWrites(made, { unlessUnchanged: false });
      const file = await fileBelow(start);
      const { atime, mtime } = await stat(file);
      const bytes = await readFile(file);
      bytes[bytes.length - 2] = (bytes.at(-2) ?? 0) ^ 1;
      await writeFile(file, bytes);
      await utimes(file, atime, mtime);
      expect(await runWrites(made)).toBe(true);
      expect(await runWrites(made)).toBe(false);
    },
  );

  it('is built again when two files have changed places', async () => {
    await runWrites(made, { unlessUnchanged: false });
    const [one = '', other = ''] = (await listOwnFiles(out))
      .filter((path) => path.endsWith('.csv'))
      .map((path) => join(out, path));
    await rename(one, `${one}.held`);
    await rename(other, one);
    await rename(`${one}.held`, other);
    expect(await runWrites(made)).toBe(true);
  });

  it('is mostly not read again where nobody touched it', async () => {
    const since = { since: toDay('2024-11-11') };
    await runWrites(made, { unlessUnchanged: false });
    // Its release is kept below the next one.
    await runWrites(made, since);
    const files = (await listFiles(out)).filter((path) => /^(?:releases\/2|[a-z]+\/)/.test(path));
    expect(files.some((path) => path.startsWith('releases/'))).toBe(true);
    const sums = await openKnownSums(notesOf(out, join(folder, 'cache'), 'sums'));
    const read = files.filter((path) => sums.look(join(out, path)).sum === null);
    expect(read.length).toBeLessThan(files.length / 4);
  });

  it('is left alone when only times of files differ', async () => {
    await utimes(join(out, 'manifest.json'), 0, 0);
    expect(await runWrites(made)).toBe(false);
  });
});

describe('the hash of what decides a build', () => {
  it('changes with any file of the code, its words among them, and with nothing else', async () => {
    const code = join(folder, 'code');
    await mkdir(join(code, 'words/en'), { recursive: true });
    await writeFile(join(code, 'words/en/events.json'), '{}');
    const before = await hashBuilder(code);
    expect(await hashBuilder(code)).toBe(before);
    await appendFile(join(code, 'words/en/events.json'), '\n');
    expect(await hashBuilder(code)).not.toBe(before);
  });
});
