/**
 * One build at a time into a data folder. The lock is a file that the operating system locks (DuckDB does it for a
 * database that it opens), so it ends with the process that holds it, however that ends.
 */
import { DuckDBInstance } from '@duckdb/node-api';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { isFields } from '../contract/fields.ts';
import { makeFolder } from '../make-folder.ts';

/** Another build holds the lock. */
export class FolderInUse extends Error {}

export interface Lock {
  /** Gives the lock back; works in a process that is being stopped. */
  release(): void;
}

function lockOf(out: string): string {
  const full = resolve(out);
  return join(dirname(full), `.${basename(full)}.lock`);
}

/** Who holds a lock, as they wrote it down themselves. */
function holderOf(folder: string): string {
  try {
    const holder: unknown = JSON.parse(readFileSync(join(folder, 'holder.json'), 'utf8'));
    if (isFields(holder)) return `process ${String(holder['pid'])} on ${String(holder['host'])}`;
  } catch {
    // They have not come to it yet, or are just leaving.
  }
  return 'another process';
}

/**
 * Takes the lock of a data folder. Throws FolderInUse when a running process holds it. What a process left that was
 * killed is taken over.
 */
export async function lockFolder(out: string): Promise<Lock> {
  const folder = lockOf(out);
  const file = join(folder, 'lock.duckdb');
  for (;;) {
    await makeFolder(folder);
    const instance = await openLocked(file, folder, out);
    // Between opening and locking, the holder before may have removed the file: then this locks nothing.
    if (instance !== null && existsSync(file)) {
      await writeFile(
        join(folder, 'holder.json'),
        `${JSON.stringify({ pid: process.pid, host: hostname() })}\n`,
      );
      return {
        release() {
          rmSync(folder, { recursive: true, force: true });
          instance.closeSync();
        },
      };
    }
    instance?.closeSync();
  }
}

/** Null where to look again: what lay there was no lock and is removed, or the holder before just took it away. */
async function openLocked(
  file: string,
  folder: string,
  out: string,
): Promise<DuckDBInstance | null> {
  try {
    return await DuckDBInstance.create(file, { threads: '1', memory_limit: '64MB' });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    if (message.includes('Could not set lock'))
      throw new FolderInUse(
        `${out} is being built by ${holderOf(folder)}.\nWait until that build ends, give --wait to have this one wait for it, or name another folder with --out.`,
      );
    if (message.includes('not a valid DuckDB database')) rmSync(file, { force: true });
    else if (!message.includes('No such file or directory')) throw error;
    return null;
  }
}

/** Takes the lock as soon as it is free; `sayWaiting` hears once why that takes time. */
export async function awaitLock(out: string, sayWaiting: (why: string) => void): Promise<Lock> {
  for (let said = false; ; said = true) {
    try {
      return await lockFolder(out);
    } catch (error) {
      if (!(error instanceof FolderInUse)) throw error;
      const [what] = error.message.split('\n');
      if (!said) sayWaiting(`${String(what)} Waiting for it to end.`);
    }
    await new Promise((tried) => setTimeout(tried, LOOK_AGAIN));
  }
}

/** Milliseconds between two looks at a lock that is held. */
const LOOK_AGAIN = 500;
