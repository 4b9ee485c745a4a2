/** Whether a build would only make again what lies in its data folder. */
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Sha256 } from './contract/brands.ts';
import { CHECKSUM_FILE, RELEASES_FILE, RELEASES_FOLDER } from './contract/releases.ts';
import { hashFile, hashOf } from './hash.ts';
import type { KnownSums } from './known-sums.ts';
import { compareSums, listFiles } from './write/checksum.ts';
import { readReleaseIndex } from './write/releases.ts';

const CODE = import.meta.dirname;
const PACKAGES = join(CODE, '../package-lock.json');

/** Hash of every file of this half of the code, its packages, and Node. */
export async function hashBuilder(folder = CODE): Promise<Sha256> {
  const files = (await listFiles(folder)).map((path) => join(folder, path));
  const code = await Promise.all([...files, PACKAGES].map(hashFile));
  return hashOf(JSON.stringify([files.length, code, process.version]));
}

/** A short text that changes with any file of the folder or of a release kept in it. */
async function sealOf(out: string): Promise<Sha256> {
  const home = join(out, RELEASES_FOLDER);
  const kept = (await readdir(home, { withFileTypes: true })).filter((one) => one.isDirectory());
  const lists = [
    CHECKSUM_FILE,
    ...kept.map(({ name }) => join(RELEASES_FOLDER, name, CHECKSUM_FILE)),
  ];
  const files = [RELEASES_FILE, ...lists.toSorted()];
  return hashOf(JSON.stringify(await Promise.all(files.map((file) => hashFile(join(out, file))))));
}

/** Whether all files of a folder and of the releases kept in it are there and have their checksums. */
async function isWhole(out: string, sums: KnownSums): Promise<boolean> {
  const kept = (await readReleaseIndex(out)).map(({ data_version }) =>
    join(out, RELEASES_FOLDER, data_version),
  );
  for (const folder of [out, ...kept]) {
    if ((await compareSums(folder, sums.sumOf)).length > 0) return false;
  }
  return true;
}

/** Notes of a data folder lie in the cache, not in what is published, under the name of the data folder. */
export function notesOf(
  out: string,
  cacheDir: string,
  ending: 'txt' | 'json' | 'events' | 'counts' | 'sums' | 'clean' | 'folders',
): string {
  return join(cacheDir, 'built', `${hashOf(resolve(out)).slice(0, 16)}.${ending}`);
}

const toMark = async (inputs: Sha256, out: string) => `${inputs} ${await sealOf(out)}\n`;

/** Whether the last build into this folder was of the same inputs, and nobody touched its files since. */
export async function isUnchanged(
  out: string,
  cacheDir: string,
  inputs: Sha256,
  sums: KnownSums,
): Promise<boolean> {
  const mark = notesOf(out, cacheDir, 'txt');
  if (!existsSync(mark) || !existsSync(join(out, RELEASES_FILE))) return false;
  try {
    return (
      (await readFile(mark, 'utf8')) === (await toMark(inputs, out)) && (await isWhole(out, sums))
    );
  } catch {
    // A list of checksums is missing or cannot be read: then the folder is not as it was built.
    return false;
  }
}

/** Notes of what the data folder was built, for the next build. */
export async function markBuilt(out: string, cacheDir: string, inputs: Sha256): Promise<void> {
  const mark = notesOf(out, cacheDir, 'txt');
  await mkdir(join(cacheDir, 'built'), { recursive: true });
  await writeFile(mark, await toMark(inputs, out));
}
