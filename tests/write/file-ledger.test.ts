/** A file of the release before grows while the rows that stay are the same and nobody touched it. */
import { appendFileSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { hashOf } from '../../data-build/hash.ts';
import { openLedger, type FileToMake } from '../../data-build/write/file-ledger.ts';
import { scratchFolder } from '../support/scratch.ts';

const folder = scratchFolder('file-ledger');
const [before, next] = [join(folder, 'before'), join(folder, 'next')];
const notes = join(folder, 'notes.json');

/** Builds one file once; gives its text and whether it was written from nothing. */
async function build(file: Pick<FileToMake, 'print' | 'head' | 'growth'>) {
  await mkdir(next, { recursive: true });
  const ledger = await openLedger(before, notes, hashOf('code'));
  let isAnew = false;
  const made = await ledger.make(next, {
    ...file,
    name: 'a.csv',
    pathOf: () => 'a.csv',
    write: async (target) => {
      isAnew = true;
      await writeFile(target, `${file.head}1\n2\n3\n`);
    },
  });
  await ledger.save();
  await rm(before, { recursive: true, force: true });
  await rename(next, before);
  const text = await readFile(join(before, 'a.csv'), 'utf8');
  expect(made).toEqual({ path: 'a.csv', sha256: hashOf(text), bytes: text.length });
  return { text, isAnew };
}

const settled = { print: 'one and two', others: [2] };
const growth = {
  former: settled.print,
  settled,
  grow: (rows: Buffer, others: readonly number[]) =>
    Promise.resolve([rows.subarray(0, 4), Buffer.from(`${others.join()}\n`)]),
};

it('keeps the rows that stay, below a new head', async () => {
  expect(await build({ print: 'a', head: '# 1\n', growth: { ...growth, former: null } })).toEqual({
    text: '# 1\n1\n2\n3\n',
    isAnew: true,
  });
  expect(await build({ print: 'b', head: '# next\n', growth })).toEqual({
    text: '# next\n1\n2\n2\n',
    isAnew: false,
  });
});

it('is written anew where the rows that stay are others, a byte was changed or added, or a note was', async () => {
  const other = { ...growth, former: 'one and three' };
  expect((await build({ print: 'c', head: '', growth: other })).isAnew).toBe(true);
  appendFileSync(join(before, 'a.csv'), 'x');
  expect((await build({ print: 'd', head: '', growth })).isAnew).toBe(true);
  await writeFile(join(before, 'a.csv'), '1\n7\n3\n');
  expect((await build({ print: 'e', head: '', growth })).isAnew).toBe(true);
  const noted = await readFile(notes, 'utf8');
  await writeFile(notes, noted.replace('"others":[2]', '"others":[1]'));
  expect((await build({ print: 'f', head: '', growth })).isAnew).toBe(true);
  expect((await build({ print: 'g', head: '', growth })).isAnew).toBe(false);
});
