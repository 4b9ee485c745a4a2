/** The folders of a release that went serve the next one, and nothing that lies in them does. */
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { listFiles } from '../../data-build/write/checksum.ts';
import { openNextFolder } from '../../data-build/write/folder.ts';
import { scratchFolder } from '../support/scratch.ts';

const folder = scratchFolder('folder');
const [out, spare] = [join(folder, 'out'), join(folder, 'spare')];

async function release(text: string, paths: readonly string[]): Promise<void> {
  const next = await openNextFolder(out, spare);
  for (const path of paths) {
    next.folders.makeFor(join(next.path, path));
    writeFileSync(join(next.path, path), text, { flag: 'wx' });
  }
  next.folders.clear();
  await next.swapIn();
  expect(await listFiles(out)).toEqual([...paths].toSorted());
  for (const path of paths) expect(readFileSync(join(out, path), 'utf8')).toBe(text);
}

/** Every folder below, as paths. */
const foldersIn = (home: string): readonly string[] =>
  readdirSync(home, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name).slice(home.length + 1))
    .toSorted();

describe('folders of a release that went', () => {
  it('are kept without a file, and are those of the release after the next', async () => {
    await release('one', ['a/b/x', 'a/y', 'c/d/z', 'top']);
    expect(existsSync(spare)).toBe(false);
    await release('two', ['a/b/x', 'e/w']);
    expect(await listFiles(spare)).toEqual([]);
    expect(foldersIn(spare)).toEqual(['a', 'a/b', 'c', 'c/d']);
    await release('three', ['a/b/x', 'c/y', 'f/g']);
    expect(foldersIn(out)).toEqual(['a', 'a/b', 'c', 'f']);
    expect(foldersIn(spare)).toEqual(['a', 'a/b', 'e']);
  });

  it('are taken without what somebody put there', async () => {
    const elsewhere = join(folder, 'elsewhere');
    mkdirSync(elsewhere);
    writeFileSync(join(elsewhere, 'mine'), 'mine');
    await release('four', ['a/b/x']);
    for (const home of [spare, join(spare, 'a')]) writeFileSync(join(home, 'planted'), 'planted');
    symlinkSync(elsewhere, join(spare, 'linked'));
    await release('five', ['a/y', 'linked/mine']);
    expect(readFileSync(join(elsewhere, 'mine'), 'utf8')).toBe('mine');
    expect(foldersIn(out)).toEqual(['a', 'linked']);
  });

  it('are not taken where a link stands in their place', async () => {
    const elsewhere = join(folder, 'elsewhere');
    rmSync(spare, { recursive: true });
    symlinkSync(elsewhere, spare);
    await release('six', ['a/y']);
    expect(readFileSync(join(elsewhere, 'mine'), 'utf8')).toBe('mine');
  });
});
