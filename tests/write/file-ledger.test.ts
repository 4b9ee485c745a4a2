/** A file of the release before grows while the rows that stay are the same and nobody touched it. */
import { appendFileSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { gunzipSync, gzipSync } from 'node:zlib';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { hashOf } from '../../data-build/hash.ts';
import { openLedger, type FileToMake } from '../../data-build/write/file-ledger.ts';
import { scratchFolder } from '../support/scratch.ts';

const folder = scratchFolder('file-ledger');
const [before, next] = [join(folder, 'before'), join(folder, 'next')];
const notes = join(folder, 'notes.json');

/** Builds a file of a name once; gives its text and whether it was written from nothing. */
async function build(name: string, file: Pick<FileToMake, 'print' | 'head' | 'growth'>) {
  await mkdir(next, { recursive: true });
  const ledger = await openLedger(before, notes, hashOf('code'));
  let isAnew = false;
  const made = await ledger.make(next, {
    ...file,
    name,
    pathOf: () => name,
    write: async (target) => {
      isAnew = true;
      await writeFile(target, `${file.head}1\n2\n3\n`);
    },
  });
  await ledger.save();
  await rm(before, { recursive: true, force: true });
  await rename(next, before);
  const bytes = await readFile(join(before, name));
  expect(made).toEqual({ path: name, sha256: hashOf(bytes), bytes: bytes.length });
  const text = (name.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString();
  return { text, isAnew };
}

const settled = { print: 'one and two', others: [2] };
const growth = {
  former: settled.print,
  settled,
  grow: (rows: Buffer, others: readonly number[]) =>
    Promise.resolve([rows.subarray(0, 4), Buffer.from(`${others.join()}\n`)]),
};

describe.each([
  ['a.csv', (text: string) => Buffer.from(text)],
  ['a.csv.gz', (text: string) => gzipSync(text)],
])('%s', (name, encode) => {
  beforeEach(() => rm(folder, { recursive: true, force: true }));

  it('keeps the rows that stay, below a new head', async () => {
    expect(
      await build(name, { print: 'a', head: '# 1\n', growth: { ...growth, former: null } }),
    ).toEqual({
      text: '# 1\n1\n2\n3\n',
      isAnew: true,
    });
    expect(await build(name, { print: 'b', head: '# next\n', growth })).toEqual({
      text: '# next\n1\n2\n2\n',
      isAnew: false,
    });
  });

  it('is written anew where the rows that stay are others, a byte was changed or added, or a note was', async () => {
    const other = { ...growth, former: 'one and three' };
    expect((await build(name, { print: 'c', head: '', growth: other })).isAnew).toBe(true);
    appendFileSync(join(before, name), 'x');
    expect((await build(name, { print: 'd', head: '', growth })).isAnew).toBe(true);
    await writeFile(join(before, name), encode('1\n7\n3\n'));
    expect((await build(name, { print: 'e', head: '', growth })).isAnew).toBe(true);
    const noted = await readFile(notes, 'utf8');
    await writeFile(notes, noted.replace('"others":[2]', '"others":[1]'));
    expect((await build(name, { print: 'f', head: '', growth })).isAnew).toBe(true);
    expect((await build(name, { print: 'g', head: '', growth })).isAnew).toBe(false);
  });

  it('takes its rows over below another head', async () => {
    await build(name, { print: 'a', head: '# 1\n' });
    expect(await build(name, { print: 'a', head: '# the next\n' })).toEqual({
      text: '# the next\n1\n2\n3\n',
      isAnew: false,
    });
  });
});
