/** Large tables and slices lie elsewhere when `DATA_URL` says so: they are taken out of a built site, and who asks for them there is led on. */
import { appendFile, readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { LARGE_FOLDERS } from '../catalog/large-tables.ts';

/** Large folders, of this release and of those kept beside it, as they lie below `data/`. */
async function listFolders(data: string): Promise<readonly string[]> {
  const kept = await readdir(path.join(data, 'releases')).catch(() => []);
  const homes = ['', ...kept.map((name) => `releases/${name}/`)];
  const there = await Promise.all(
    homes.map(async (home) =>
      (await readdir(path.join(data, home)).catch(() => []))
        .filter((name) => LARGE_FOLDERS.some((folder) => folder === name))
        .map((name) => `${home}${name}`),
    ),
  );
  return there.flat();
}

/** `base` is the path below which the site is served. Gives the folders that belong below `address`. */
export async function leaveLargeTables(
  dist: string,
  base: string,
  address: string,
): Promise<readonly string[]> {
  const folders = await listFolders(path.join(dist, 'data'));
  for (const folder of folders) await rm(path.join(dist, 'data', folder), { recursive: true });
  const lines = folders.map((folder) => `${base}data/${folder}/* ${address}${folder}/:splat 302\n`);
  await appendFile(path.join(dist, '_redirects'), lines.join(''));
  return folders;
}
