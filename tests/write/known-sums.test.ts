/** A file is read again whenever somebody may have written to it, and now and then all the same. */
import {
  appendFileSync,
  linkSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { hashFile, hashOf } from '../../data-build/hash.ts';
import { openKnownSums, ROUNDS } from '../../data-build/known-sums.ts';
import { scratchFolder } from '../support/scratch.ts';

const folder = scratchFolder('known-sums');
const notes = join(folder, 'notes.json');
const NAMES = Array.from({ length: 40 }, (_, at) => join(folder, 'files', `${at}.txt`));
const [first = '', second = ''] = NAMES;

beforeEach(() => {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(join(folder, 'files'), { recursive: true });
  for (const name of NAMES) writeFileSync(name, `rows of ${name}`);
});

/** A run some seconds after the files were written. */
function openLater(read = hashFile, more: { readonly isTrusted?: boolean } = {}) {
  return openKnownSums(notes, { read, now: () => Date.now() + 10_000, ...more });
}

/** The files that a run reads. */
async function runReads(names = NAMES, more: { readonly isTrusted?: boolean } = {}) {
  const read: string[] = [];
  const sums = await openLater((path) => {
    read.push(path);
    return hashFile(path);
  }, more);
  for (const name of names) expect(await sums.sumOf(name)).toBe(hashOf(readFileSync(name)));
  await sums.save();
  return read;
}

/** Changes a byte and sets the time of the last write back. */
function forge(name: string): void {
  const { atime, mtime } = statSync(name);
  writeFileSync(name, readFileSync(name, 'utf8').replace('rows', 'Rows'));
  utimesSync(name, atime, mtime);
}

describe('a file that is known', () => {
  it('is read in its turn alone, and each has one', async () => {
    expect(await runReads()).toEqual(NAMES);
    const turns: string[] = [];
    for (let run = 0; run < ROUNDS; run += 1) {
      const read = await runReads();
      expect(read.length).toBeLessThan(NAMES.length / 2);
      turns.push(...read);
    }
    expect(turns.toSorted()).toEqual(NAMES.toSorted());
  });

  it('is found to be another within these turns when no time tells it', async () => {
    await runReads();
    let found = 0;
    for (let run = 0; run < ROUNDS; run += 1) {
      const sums = await openLater(() => Promise.resolve(hashOf('what the disk gives now')));
      if ((await sums.sumOf(first)) === hashOf('what the disk gives now')) found += 1;
      await sums.save();
    }
    expect(found).toBeGreaterThan(0);
  });

  it('is known below another folder, and under the name that it changed with another', async () => {
    await runReads();
    const moved = NAMES.map((name) => name.replace('/files/', '/others/'));
    renameSync(join(folder, 'files'), join(folder, 'others'));
    expect((await runReads(moved)).length).toBeLessThan(NAMES.length / 2);
    renameSync(moved[0] ?? '', join(folder, 'held'));
    renameSync(moved[1] ?? '', moved[0] ?? '');
    renameSync(join(folder, 'held'), moved[1] ?? '');
    expect(await runReads(moved)).toEqual(expect.arrayContaining(moved.slice(0, 2)));
  });

  it.each<[string, (name: string) => void]>([
    ['a byte of it is another, though no time of a write says so', forge],
    ['it is longer', (name) => appendFileSync(name, 'x')],
    ['it is empty', (name) => writeFileSync(name, '')],
    [
      'another file has its name',
      (name) => {
        writeFileSync(`${name}.next`, readFileSync(name, 'utf8').replace('rows', 'Rows'));
        renameSync(`${name}.next`, name);
      },
    ],
  ])('is read again when %s', async (_what, change) => {
    await runReads();
    change(first);
    expect(await runReads()).toContain(first);
  });

  it('is read again when the notes are cut or say something else, and when nothing is to be trusted', async () => {
    await runReads();
    for (const change of [
      (text: string) => text.slice(0, 300),
      (text: string) => text.replace(hashOf(readFileSync(first)), hashOf('other')),
      () => '',
    ]) {
      writeFileSync(notes, change(readFileSync(notes, 'utf8')));
      expect(await runReads()).toEqual(NAMES);
    }
    expect(await runReads(NAMES, { isTrusted: false })).toEqual(NAMES);
  });
});

describe('a file that is not noted', () => {
  it('is one that was changed so shortly before that it may change again unseen', async () => {
    for (let run = 0; run < 2; run += 1) {
      const sums = await openKnownSums(notes);
      expect(sums.look(first).sum).toBeNull();
      await sums.sumOf(first);
      await sums.save();
    }
  });

  it('is one to which somebody wrote while it was read', async () => {
    const sums = await openLater(async (path) => {
      const sum = await hashFile(path);
      if (path === first) forge(path);
      return sum;
    });
    for (const name of NAMES) await sums.sumOf(name);
    await sums.save();
    expect(await runReads()).toContain(first);
  });

  it('is one that is gone', async () => {
    const sums = await openLater();
    await expect(sums.sumOf(join(folder, 'nothing'))).rejects.toThrow('ENOENT');
  });
});

describe('files that were written', () => {
  /** Writes all into a folder, lets something happen, and gives the folder its name. */
  async function write(meanwhile: () => void): Promise<readonly string[]> {
    const read: string[] = [];
    const sums = await openLater((path) => {
      read.push(path);
      return hashFile(path);
    });
    for (const name of NAMES) sums.wrote(name, hashOf(readFileSync(name)));
    meanwhile();
    const moved = join(folder, 'data');
    renameSync(join(folder, 'files'), moved);
    await sums.settle(join(folder, 'files'), moved, []);
    await sums.save();
    return read;
  }
  const moved = NAMES.map((name) => name.replace('/files/', '/data/'));

  it('are known without being read', async () => {
    expect(await write(() => undefined)).toEqual([]);
    expect((await runReads(moved)).length).toBeLessThan(NAMES.length / 2);
  });

  it('are read once when they were linked since', async () => {
    expect(await write(() => linkSync(first, `${first}.too`))).toEqual([moved[0]]);
    expect((await runReads(moved)).length).toBeLessThan(NAMES.length / 2);
  });

  it('are not known when somebody wrote to them since, or took them away', async () => {
    expect(
      await write(() => {
        forge(first);
        rmSync(second);
      }),
    ).toEqual([moved[0]]);
    expect(await runReads(moved.filter((_, at) => at !== 1))).toContain(moved[0]);
  });

  it('stay known below another folder while the next ones are written', async () => {
    await write(() => undefined);
    const sums = await openLater();
    await sums.settle(folder, folder, moved);
    await sums.save();
    expect((await runReads(moved)).length).toBeLessThan(NAMES.length / 2);
  });
});
