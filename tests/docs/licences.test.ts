import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { describeWithSharedData } from '../support/shared-data.ts';
import { trackedFiles } from '../support/tracked-files.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
const hashOf = (file: string): string =>
  createHash('sha256').update(readFileSync(file)).digest('hex');

/** Files this short (an empty file, `{}`) are equal by accident. */
const SHORTEST = 64;

describeWithSharedData('real dumps', '', (folder) => {
  it('are not copied into the project', () => {
    const sizes = new Map<number, string[]>();
    for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
      const file = path.join(folder, name);
      const stat = statSync(file);
      if (!stat.isFile() || stat.size < SHORTEST) continue;
      sizes.set(stat.size, [...(sizes.get(stat.size) ?? []), file]);
    }
    expect(sizes.size).toBeGreaterThan(0);
    const copied = trackedFiles().filter((name) => {
      const file = path.join(ROOT, name);
      const twins = sizes.get(statSync(file).size) ?? [];
      return twins.length > 0 && twins.map(hashOf).includes(hashOf(file));
    });
    expect(copied).toEqual([]);
  });
});
