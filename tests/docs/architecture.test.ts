import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { BUILD_STAGES, drawPath, pureFolders, SITE_STAGES } from '../../eslint.zones.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const HALVES = [
  ['data-build', BUILD_STAGES],
  ['site', SITE_STAGES],
] as const;

describe('the rooms of the house', () => {
  it.each(HALVES)('of %s are its folders, each in one place', (half, stages) => {
    const folders = readdirSync(join(ROOT, half), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name);
    expect(
      stages
        .flat()
        .map(({ name }) => name)
        .toSorted(),
    ).toEqual(folders.toSorted());
  });

  it.each(HALVES)('of %s that are pure compile alone', (half, stages) => {
    const config = readFileSync(join(ROOT, 'tsconfig.pure.json'), 'utf8');
    for (const folder of pureFolders(half, stages)) expect(config).toContain(`"${folder}/**/*.ts"`);
  });

  it('are the diagram of the architecture', () => {
    const text = readFileSync(join(ROOT, 'docs/architecture.md'), 'utf8');
    expect(/```\n([^]*?)\n```/.exec(text)?.[1]).toBe(drawPath());
  });
});
