/** A folder of many files that becomes a part of another, without reading them. */
import { existsSync } from 'node:fs';
import { cp, readdir, rename } from 'node:fs/promises';
import path from 'node:path';

/** Moves all that is in `from` into `to`, where folders may be there already; on another disk, copies it. */
export async function moveTree(from: string, to: string): Promise<void> {
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const [source, target] = [path.join(from, entry.name), path.join(to, entry.name)];
    if (entry.isDirectory() && existsSync(target)) await moveTree(source, target);
    else
      await rename(source, target).catch(async (error: unknown) => {
        if (!isOtherDisk(error)) throw error;
        await cp(source, target, { recursive: true });
      });
  }
}

function isOtherDisk(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EXDEV';
}
