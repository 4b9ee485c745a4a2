/** Finished parts on disk, found again by what went into them. */
import { isFields } from '../contract/fields.ts';
import { createHash } from 'node:crypto';
import { closeSync, existsSync, openSync, readFileSync, readSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { toSha256, type Sha256 } from '../contract/brands.ts';
import { REASONS } from '../contract/problem.ts';
import { isPartKind, type Part, type PartReject } from '../parts.ts';

const READ_SIZE = 1024 * 1024;

/** Content hash of a file, read piece by piece. Throws what the file system throws. */
export function hashFile(path: string): Sha256 {
  const hash = createHash('sha256');
  const buffer = Buffer.alloc(READ_SIZE);
  const fd = openSync(path, 'r');
  try {
    for (let got = readSync(fd, buffer); got > 0; got = readSync(fd, buffer)) {
      hash.update(buffer.subarray(0, got));
    }
  } finally {
    closeSync(fd);
  }
  const hex = toSha256(hash.digest('hex'));
  if (hex === null) throw new Error('SHA-256 did not give 64 hexadecimal digits.');
  return hex;
}

/** Name of a part’s folder: the dump’s hash and a short hash of everything else that decides its content. */
export function partFolder(cacheDir: string, dump: Sha256, ingredients: readonly string[]): string {
  const key = createHash('sha256').update(JSON.stringify(ingredients)).digest('hex').slice(0, 12);
  return join(cacheDir, 'parts', `${dump}-${key}`);
}

/** The finished part in a folder, or null when there is none or it is damaged. */
export function loadPart(folder: string): Part | null {
  try {
    const value: unknown = JSON.parse(readFileSync(join(folder, 'part.json'), 'utf8'));
    return isPart(value) && existsSync(join(folder, value.parquet)) ? value : null;
  } catch {
    return null;
  }
}

/** Makes a part in a folder of its own, then moves it to its place: an interrupted build leaves none by halves. */
export async function savePart(
  folder: string,
  scratch: string,
  make: (folder: string) => Promise<Part>,
): Promise<Part> {
  await rm(scratch, { recursive: true, force: true });
  await mkdir(scratch, { recursive: true });
  const part = await make(scratch);
  await writeFile(join(scratch, 'part.json'), `${JSON.stringify(part, null, 1)}\n`);
  await rm(folder, { recursive: true, force: true });
  await rename(scratch, folder);
  return part;
}

function isPartReject(value: unknown): value is PartReject {
  return (
    isFields(value) &&
    typeof value['reason'] === 'string' &&
    value['reason'] in REASONS &&
    typeof value['count'] === 'number' &&
    Array.isArray(value['samples'])
  );
}

function isPart(value: unknown): value is Part {
  return (
    isFields(value) &&
    typeof value['kind'] === 'string' &&
    isPartKind(value['kind']) &&
    typeof value['source'] === 'string' &&
    typeof value['dump_sha256'] === 'string' &&
    typeof value['rows_in'] === 'number' &&
    typeof value['rows_out'] === 'number' &&
    typeof value['synthetic'] === 'boolean' &&
    typeof value['parquet'] === 'string' &&
    Array.isArray(value['rejects']) &&
    value['rejects'].every(isPartReject)
  );
}
