/** SHA-256 of files, and the `SHA256SUMS` that lists them. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, writeFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { toSha256, type Sha256 } from '../contract/brands.ts';
import { CHECKSUM_FILE, EMBEDS_FOLDER, RELEASES_FOLDER } from '../contract/releases.ts';

/** SHA-256 of a file, read as a stream. */
export async function hashFile(path: string): Promise<Sha256> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) {
    if (chunk instanceof Uint8Array) hash.update(chunk);
  }
  const digest = toSha256(hash.digest('hex'));
  if (digest === null) throw new Error('SHA-256 did not give 64 hexadecimal digits.');
  return digest;
}

/** SHA-256 of a text in UTF-8. */
export function hashText(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

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
  const others = [`${RELEASES_FOLDER}/`, `${EMBEDS_FOLDER}/`];
  return (await listFiles(folder)).filter((path) => !others.some((one) => path.startsWith(one)));
}

/** Writes `SHA256SUMS` over every other file of the release, in the layout of `sha256sum`. */
export async function writeChecksums(
  folder: string,
  known: ReadonlyMap<string, Sha256>,
): Promise<void> {
  const lines: string[] = [];
  for (const path of await listOwnFiles(folder)) {
    if (path === CHECKSUM_FILE) continue;
    lines.push(`${known.get(path) ?? (await hashFile(join(folder, path)))}  ${path}\n`);
  }
  await writeFile(join(folder, CHECKSUM_FILE), lines.join(''));
}
