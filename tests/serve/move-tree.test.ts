import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { listFiles } from '../../data-build/write/checksum.ts';
import { moveTree } from '../../site/serve/move-tree.ts';
import { scratchFolder } from '../support/scratch.ts';

const folder = scratchFolder('move-tree');
/** Linux keeps a disk of its own in memory. */
const disk = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();
const otherDisk = mkdtempSync(path.join(disk, 'move-tree-'));
afterAll(() => {
  rmSync(otherDisk, { recursive: true });
});

it.each([
  ['the same disk', path.join(folder, 'to')],
  ['another disk', path.join(otherDisk, 'to')],
])('puts files beside those that are there, on %s', async (_where, to) => {
  const from = path.join(folder, 'from');
  rmSync(from, { recursive: true, force: true });
  const put = (root: string, name: string) => {
    mkdirSync(path.dirname(path.join(root, name)), { recursive: true });
    writeFileSync(path.join(root, name), root);
  };
  for (const name of ['embed.js', 'embed/country/KE/x.html', 'country/KE/index.md'])
    put(from, name);
  put(to, 'country/KE/index.html');
  put(to, 'embed.js');
  await moveTree(from, to);
  expect(await listFiles(to)).toEqual([
    'country/KE/index.html',
    'country/KE/index.md',
    'embed.js',
    'embed/country/KE/x.html',
  ]);
  expect(readFileSync(path.join(to, 'embed.js'), 'utf8')).toBe(from);
});
