/** Whether `hints.json` says of each large file what its own footer says. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isFields } from '../contract/fields.ts';
import { HINTS_FILE, type FileHint } from '../contract/hints.ts';
import type { Manifest } from '../contract/manifest.ts';
import type { Database } from '../rollup/database.ts';
import { readHints } from '../write/hints.ts';

/** Differences, by file. */
export async function checkHints(
  db: Database,
  folder: string,
  manifest: Manifest,
): Promise<readonly string[]> {
  const value: unknown = JSON.parse(await readFile(join(folder, HINTS_FILE), 'utf8'));
  const files = isFields(value) ? value['files'] : null;
  if (!isFields(value) || !Array.isArray(files)) return [`${HINTS_FILE} has another shape`];
  const wrong: string[] = [];
  if (value['data_version'] !== manifest.data_version)
    wrong.push(`${HINTS_FILE} is of release ${String(value['data_version'])}`);
  const told = new Map(files.map((file: unknown) => [pathOf(file), file]));
  const read = new Map(
    (await readHints(db, folder, manifest.files)).map((hint) => [hint.path, hint]),
  );
  for (const path of told.keys())
    if (!read.has(path)) wrong.push(`${path} needs no hint, or is not there`);
  for (const [path, hint] of read) wrong.push(...compareHint(told.get(path), hint));
  return wrong;
}

function pathOf(file: unknown): string {
  return isFields(file) ? String(file['path']) : '';
}

function compareHint(told: unknown, read: FileHint): readonly string[] {
  if (told === undefined) return [`${read.path} has no hint`];
  return JSON.stringify(told) === JSON.stringify(read)
    ? []
    : [`${read.path} is laid out in another way than its hint says`];
}
