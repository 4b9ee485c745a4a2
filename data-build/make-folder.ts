/** Folders that a person names. */
import { existsSync } from 'node:fs';
import { mkdir, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';

/**
 * Makes the folder, with those above it. Throws a two-part error where that cannot be. Node's own way to make several at
 * once tries for ever where a file system takes no folders, as below /proc.
 */
export async function makeFolder(folder: string): Promise<void> {
  try {
    await makeOne(resolve(folder));
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    throw new Error(
      `${folder} cannot be made: ${said}.\nName a folder in a place where you may write.`,
      { cause: error },
    );
  }
}

async function makeOne(folder: string): Promise<void> {
  const above = dirname(folder);
  if (above !== folder && !existsSync(above)) await makeOne(above);
  try {
    await mkdir(folder);
  } catch (error) {
    // It was there, or somebody else made it.
    const isThere = await stat(folder).then(
      (found) => found.isDirectory(),
      () => false,
    );
    if (!isThere) throw error;
  }
}
