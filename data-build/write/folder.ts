/** Replaces a data folder in one step. The old one stays until the new one is complete. */
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { mkdir, readdir, rename } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { adoptReleases } from './releases.ts';

export interface NextFolder {
  /** Where the new content is written: beside the place it will take. */
  readonly path: string;
  /** Puts the new content in place of the old. */
  swapIn(): Promise<void>;
  /** Removes the unfinished content and leaves the old. */
  discard(): void;
}

function siblingOf(out: string, state: 'next' | 'previous'): string {
  return join(dirname(out), `.${basename(out)}.${state}`);
}

/** Whether the folder may be replaced: it is absent, empty, or was made by this build. */
export async function isReplaceable(out: string): Promise<boolean> {
  if (!existsSync(out)) return true;
  const names = await readdir(out);
  return names.includes('manifest.json') || names.every((name) => name.startsWith('.'));
}

/**
 * Gives what makes the folder of a file. A release has ten thousands of files and folders: waiting for each of them, or asking
 * again for one that was made, costs more than making it. For the same reason folders are removed at once.
 */
export function openFolders(): (file: string) => void {
  const made = new Set<string>();
  return (file) => {
    const folder = dirname(file);
    if (made.has(folder)) return;
    mkdirSync(folder, { recursive: true });
    made.add(folder);
  };
}

function remove(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
}

/** Removes an unfinished folder at once, for a process that is being stopped. */
export function discardNextFolder(out: string): void {
  remove(siblingOf(resolve(out), 'next'));
}

/**
 * Opens the folder in which the next content of `out` is built. Leftovers of an interrupted build are cleared; a
 * swap that was cut between its two renames is undone first, and one that was cut after them is gone on with.
 */
export async function openNextFolder(target: string): Promise<NextFolder> {
  const out = resolve(target);
  const next = siblingOf(out, 'next');
  const previous = siblingOf(out, 'previous');
  if (existsSync(previous)) {
    if (!existsSync(out)) await rename(previous, out);
    else await adoptReleases(previous, out);
  }
  remove(previous);
  remove(next);
  await mkdir(next, { recursive: true });
  return {
    path: next,
    swapIn: async () => {
      if (existsSync(out)) await rename(out, previous);
      await rename(next, out);
      await adoptReleases(previous, out);
      remove(previous);
    },
    discard: () => {
      remove(next);
    },
  };
}
