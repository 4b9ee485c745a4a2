/** A folder for one test file, removed when its tests are done. */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { ROOT } from './site-build.ts';

/** Call at the top of a test file. */
export function scratchFolder(name: string): string {
  return makeScratch(tmpdir(), name);
}

/**
 * The same below the checkout: sites that are built there may be built at the same time. Of sites elsewhere the bundler keeps
 * what it makes in between in one folder.
 */
export function scratchInTree(name: string): string {
  const home = join(ROOT, '.cache/scratch');
  mkdirSync(home, { recursive: true });
  return makeScratch(home, name);
}

function makeScratch(home: string, name: string): string {
  const folder = mkdtempSync(join(home, `atlas-${name}-`));
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  return folder;
}
