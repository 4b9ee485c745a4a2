/** A part in the cache stays whole, whoever makes it again. */
import { existsSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { loadPart, savePart } from '../../data-build/convert/part-cache.ts';
import { hashOf } from '../../data-build/hash.ts';
import type { Part } from '../../data-build/parts.ts';
import { scratchFolder } from '../support/scratch.ts';

const root = scratchFolder('part-cache');
const PART: Part = {
  kind: 'measurements',
  source: 'ooni',
  dump_sha256: hashOf('a'),
  rows_in: 1,
  rows_out: 1,
  rejects: [],
  synthetic: false,
  parquet: 'rows.parquet',
};
/** As a build makes it that does not know that it is there. */
const make = (folder: string, maker: number) =>
  savePart(folder, join(root, `.making-${String(maker)}`), (into) => {
    writeFileSync(join(into, PART.parquet), 'rows');
    return Promise.resolve(PART);
  });

it('is the one that was there first, so that nobody who reads it loses it', async () => {
  const folder = join(root, 'twice');
  const rows = join(folder, PART.parquet);
  await make(folder, 0);
  const first = statSync(rows).ino;
  const watch: { isOver: boolean } = { isOver: false };
  const missed = (async () => {
    let times = 0;
    while (!watch.isOver) {
      if (!existsSync(rows)) times += 1;
      await new Promise(setImmediate);
    }
    return times;
  })();
  const made = await Promise.all(Array.from({ length: 20 }, (_, at) => make(folder, at + 1)));
  watch.isOver = true;
  expect(made.map(({ part }) => part)).toEqual(made.map(() => PART));
  expect(await missed).toBe(0);
  expect(statSync(rows).ino).toBe(first);
  expect(readdirSync(root)).toEqual(['twice']);
});

it('gives way when it is damaged', async () => {
  const folder = join(root, 'damaged');
  await make(folder, 0);
  writeFileSync(join(folder, PART.parquet), 'row');
  expect(await loadPart(folder)).toBeNull();
  await make(folder, 1);
  expect((await loadPart(folder))?.part).toEqual(PART);
  expect(readdirSync(root).filter((name) => name.startsWith('.'))).toEqual([]);
});
