/** Finished parts on disk, under a hash of all that decides them. */
import { isFields } from '../contract/fields.ts';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Sha256 } from '../contract/brands.ts';
import { REASONS } from '../contract/problem.ts';
import { hashFile, hashOf } from '../hash.ts';
import { isPartKind, type Part, type PartReject } from '../parts.ts';
import type { DumpFile } from '../read/dump-folder.ts';

/** What decides all parts besides their dumps. */
export interface PartsSetup {
  readonly cacheDir: string;
  /** Hash of the code that makes parts. */
  readonly code: string;
  /** Hash of the lists of fingerprints. */
  readonly lists: string;
}

/** Name of a part’s folder: the dump’s hash and a short hash of everything else that decides its content. */
export async function partFolder(
  { cacheDir, code, lists }: PartsSetup,
  { kind, path, sidecar, twin }: DumpFile,
  pathHint: (path: string) => string,
  dump: Sha256,
  sumOf: (path: string) => Promise<Sha256> = hashFile,
): Promise<string> {
  const beside = [sidecar, twin].filter((one) => one !== null);
  const ingredients = [code, lists, kind, pathHint(path)];
  const sums = await Promise.all(beside.map((one) => sumOf(one)));
  const key = hashOf(JSON.stringify([...ingredients, ...sums])).slice(0, 12);
  return join(cacheDir, 'parts', `${dump}-${key}`);
}

async function readPart(folder: string) {
  const saved: unknown = JSON.parse(await readFile(join(folder, 'part.json'), 'utf8'));
  if (!isFields(saved) || !isPart(saved['part'])) return null;
  const { part } = saved;
  if (hashOf(JSON.stringify(part)) !== saved['part_sha256']) return null;
  return { part, rowsSum: saved['parquet_sha256'] };
}

/** What was noted of a dump that is a part where it lies; null: nothing. */
export async function loadNote(folder: string): Promise<Part | null> {
  const noted = await readPart(folder).catch(() => null);
  return noted === null || noted.rowsSum !== noted.part.dump_sha256 ? null : noted.part;
}

/** Notes what a dump that is a part where it lies was found to be. */
export async function saveNote(folder: string, part: Part): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writePart(folder, part, part.dump_sha256);
}

async function writePart(folder: string, part: Part, rowsSum: Sha256): Promise<void> {
  const saved = { part, part_sha256: hashOf(JSON.stringify(part)), parquet_sha256: rowsSum };
  await writeFile(join(folder, 'part.json'), `${JSON.stringify(saved, null, 1)}\n`);
}

/** A part that is kept, and the checksum of its rows. */
export interface KeptPart {
  readonly part: Part;
  readonly rowsSum: Sha256;
}

/** The finished part in a folder, or null when there is none or a byte of it is another than was written. */
export async function loadPart(
  folder: string,
  sumOf: (path: string) => Promise<Sha256> = hashFile,
): Promise<KeptPart | null> {
  try {
    const saved = await readPart(folder);
    if (saved === null) return null;
    const rowsSum = await sumOf(join(folder, saved.part.parquet));
    return rowsSum === saved.rowsSum ? { part: saved.part, rowsSum } : null;
  } catch {
    return null;
  }
}

/** Makes a part in a temporary folder, then moves it, so that an interrupted build leaves no unfinished part. */
export async function savePart(
  folder: string,
  scratch: string,
  make: (folder: string) => Promise<Part>,
): Promise<KeptPart> {
  await rm(scratch, { recursive: true, force: true });
  await mkdir(scratch, { recursive: true });
  const part = await make(scratch);
  const rowsSum = await hashFile(join(scratch, part.parquet));
  await writePart(scratch, part, rowsSum);
  await moveIn(scratch, folder);
  return { part, rowsSum };
}

/**
 * Two builds may make the same part at the same time. The first that is done stays, since somebody may read it already; a
 * damaged one gives way.
 */
async function moveIn(scratch: string, folder: string): Promise<void> {
  const aside = `${scratch}-aside`;
  for (const isLast of [false, true]) {
    try {
      await rename(scratch, folder);
      break;
    } catch (error) {
      if ((await loadPart(folder)) !== null) {
        await rm(scratch, { recursive: true, force: true });
        break;
      }
      if (isLast) throw error;
      await rename(folder, aside).catch(() => undefined);
    }
  }
  await rm(aside, { recursive: true, force: true });
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
