/** Replaces a data folder in one step. The old one stays until the new one is complete. */
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmdirSync,
  rmSync,
  unlinkSync,
} from 'node:fs';
import { mkdir, readdir, rename } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { adoptReleases } from './releases.ts';

export interface NextFolder {
  /** Where the new content is written: beside the place it will take. */
  readonly path: string;
  readonly folders: Folders;
  /** Puts the new content in place of the old. */
  swapIn(): Promise<void>;
  /** Removes the unfinished content and leaves the old. */
  discard(): void;
}

function siblingOf(out: string, state: 'next' | 'previous'): string {
  return join(dirname(out), `.${basename(out)}.${state}`);
}

/** What stands in a folder that is empty otherwise. */
const PLACEHOLDERS: readonly string[] = ['.gitkeep', '.gitignore', '.DS_Store'];
/** Every data folder has both; websites have the first, too. */
const OWN_FILES = ['manifest.json', 'rejects.json'];

/** Whether the folder may be replaced: it is absent, empty, or was made by this build. */
export async function isReplaceable(target: string): Promise<boolean> {
  const out = resolve(target);
  if (!existsSync(out)) return true;
  const names = await readdir(out);
  return (
    OWN_FILES.every((name) => names.includes(name)) ||
    names.every((name) => PLACEHOLDERS.includes(name))
  );
}

/** Makes folders of files, unless they are there. */
export interface Folders {
  makeFor(file: string): void;
  /** Removes those that were there before and stayed empty. */
  clear(): void;
}

/**
 * A release has ten thousands of files and folders: waiting for each of them, or asking again for one that was made, costs more
 * than making it. For the same reason folders are removed at once. `there`: those that are there, each before what lies in it.
 */
export function openFolders(there: readonly string[] = []): Folders {
  const [unused, made] = [new Set(there), new Set<string>()];
  return {
    makeFor: (file) => {
      const folder = dirname(file);
      if (made.has(folder)) return;
      made.add(folder);
      if (!unused.has(folder)) mkdirSync(folder, { recursive: true });
      for (let each = folder; unused.delete(each); each = dirname(each)) made.add(each);
    },
    clear: () => {
      for (const folder of [...unused].toReversed())
        if (readdirSync(folder).length === 0) rmdirSync(folder);
      unused.clear();
    },
  };
}

/** Removes all that is no folder, and gives the folders, each before what lies in it. */
function emptyFolder(folder: string): readonly string[] {
  const folders: string[] = [];
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) folders.push(path, ...emptyFolder(path));
    else unlinkSync(path);
  }
  return folders;
}

/** Keeps the empty folders of a release that goes for the next one, which has nearly the same; in its place nothing stays. */
function keepFolders(former: string, spare: string): void {
  try {
    emptyFolder(former);
    mkdirSync(dirname(spare), { recursive: true });
    renameSync(former, spare);
  } catch {
    // Without them the next build makes its own.
    remove(former);
  }
}

/** Takes what was kept as the folder of the next release; whatever somebody put there since is removed. Gives the folders in it. */
function takeFolders(spare: string, next: string): readonly string[] {
  try {
    if (!lstatSync(spare).isDirectory()) return [];
    renameSync(spare, next);
    return emptyFolder(next);
  } catch {
    remove(next);
    return [];
  }
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
 * swap that was cut between its two renames is undone first, and one that was cut after them is gone on with. `spare`: where
 * the folders of a release that went are kept; absent: nowhere.
 */
export async function openNextFolder(target: string, spare?: string): Promise<NextFolder> {
  const out = resolve(target);
  const next = siblingOf(out, 'next');
  const previous = siblingOf(out, 'previous');
  if (existsSync(previous)) {
    if (!existsSync(out)) await rename(previous, out);
    else await adoptReleases(previous, out);
  }
  remove(previous);
  remove(next);
  const there = spare === undefined ? [] : takeFolders(spare, next);
  await mkdir(next, { recursive: true });
  const drop = (folder: string): void => {
    if (spare === undefined || existsSync(spare)) remove(folder);
    else keepFolders(folder, spare);
  };
  return {
    path: next,
    folders: openFolders(there),
    swapIn: async () => {
      if (existsSync(out)) await rename(out, previous);
      await rename(next, out);
      await adoptReleases(previous, out, drop);
      if (existsSync(previous)) drop(previous);
    },
    discard: () => {
      remove(next);
    },
  };
}
