/** Finished parts on disk, under a hash of all that decides them. */
import { isFields } from '../contract/fields.ts';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Sha256 } from '../contract/brands.ts';
import { REASONS } from '../contract/problem.ts';
import { hashOf } from '../hash.ts';
import { isPartKind, type Part, type PartReject } from '../parts.ts';

/** Name of a part’s folder: the dump’s hash and a short hash of everything else that decides its content. */
export function partFolder(cacheDir: string, dump: Sha256, ingredients: readonly string[]): string {
  const key = hashOf(JSON.stringify(ingredients)).slice(0, 12);
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

/** Makes a part in a temporary folder, then moves it, so that an interrupted build leaves no unfinished part. */
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
