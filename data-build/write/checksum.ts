/** The files of a folder, and the `SHA256SUMS` that lists them. */
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import type { Sha256 } from '../contract/brands.ts';
import { hashFile } from '../hash.ts';
import { type KnownSums, NO_SUMS } from '../known-sums.ts';
import { CHECKSUM_FILE, EMBEDS_FOLDER, RELEASES_FOLDER } from '../contract/releases.ts';

/** Every file below the folder, as paths relative to it with `/`, in byte order. */
export async function listFiles(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .toSorted((a, b) => (a < b ? -1 : 1));
}

/** The files of the release itself: its embeds, and earlier releases kept below it, have sums of their own. */
export async function listOwnFiles(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder, { withFileTypes: true });
  const own = await Promise.all(
    names.map(async (entry) => {
      if (!entry.isDirectory()) return [entry.name];
      if (entry.name === RELEASES_FOLDER || entry.name === EMBEDS_FOLDER) return [];
      return (await listFiles(join(folder, entry.name))).map((path) => `${entry.name}/${path}`);
    }),
  );
  return own.flat().toSorted((a, b) => (a < b ? -1 : 1));
}

/** Writes `SHA256SUMS` over every other file of the release, in the layout of `sha256sum`. */
export async function writeChecksums(
  folder: string,
  known: ReadonlyMap<string, Sha256>,
  sums: KnownSums = NO_SUMS,
): Promise<void> {
  const lines: string[] = [];
  for (const path of await listOwnFiles(folder)) {
    if (path === CHECKSUM_FILE) continue;
    const sum = known.get(path) ?? (await hashFile(join(folder, path)));
    if (!known.has(path)) sums.wrote(join(folder, path), sum);
    lines.push(`${sum}  ${path}\n`);
  }
  await writeFile(join(folder, CHECKSUM_FILE), lines.join(''));
}

/** How the files of a release differ from their `SHA256SUMS`; none: every checksum holds. Throws when there is no such list. */
export async function compareSums(
  folder: string,
  sumOf: KnownSums['sumOf'] = hashFile,
): Promise<readonly string[]> {
  const sums = new Map<string, string>();
  for (const line of (await readFile(join(folder, CHECKSUM_FILE), 'utf8')).split('\n')) {
    const [, sha256, path] = /^([0-9a-f]{64}) {2}(.+)$/.exec(line) ?? [];
    if (sha256 !== undefined && path !== undefined) sums.set(path, sha256);
  }
  const wrong: string[] = [];
  for (const path of await listOwnFiles(folder)) {
    if (path === CHECKSUM_FILE) continue;
    const expected = sums.get(path);
    sums.delete(path);
    if (expected === undefined) wrong.push(`${path} is not listed`);
    else if (expected !== (await sumOf(join(folder, path)))) wrong.push(`${path} has changed`);
  }
  return [...wrong, ...[...sums.keys()].map((path) => `${path} is missing`)];
}
