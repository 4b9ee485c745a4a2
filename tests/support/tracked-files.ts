/** The files that make up the project, as git sees them. */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';

const ROOT = path.resolve(import.meta.dirname, '../..');

/** Paths relative to the root of the checkout, those still present on disk; new files count before they are added. */
export function trackedFiles(): readonly string[] {
  const listed = execFileSync(
    'git',
    ['ls-files', '--cached', '--others', '--exclude-standard', '-z'],
    {
      cwd: ROOT,
      encoding: 'utf8',
      maxBuffer: 1 << 26,
    },
  );
  return listed.split('\0').filter((name) => name !== '' && existsSync(path.join(ROOT, name)));
}
