/** Reads the `manifest.json` and the `slices.json` of a data folder. */
import { isFields } from '../contract/fields.ts';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Manifest, ManifestFile } from '../contract/manifest.ts';
import { SLICES_FILE } from '../contract/slices.ts';
import { LICENCES } from '../contract/sources.ts';
import { TABLES } from '../contract/tables.ts';
import { UsageError } from '../outcome.ts';

function isFile(value: unknown): value is ManifestFile {
  return (
    isFields(value) &&
    typeof value['path'] === 'string' &&
    !value['path'].split('/').includes('..') &&
    typeof value['table'] === 'string' &&
    value['table'] in TABLES &&
    isFields(value['partition']) &&
    typeof value['rows'] === 'number' &&
    typeof value['bytes'] === 'number' &&
    typeof value['sha256'] === 'string' &&
    typeof value['licence'] === 'string' &&
    value['licence'] in LICENCES
  );
}

function isManifest(value: unknown): value is Manifest {
  return (
    isFields(value) &&
    typeof value['contract_version'] === 'string' &&
    typeof value['data_version'] === 'string' &&
    typeof value['synthetic'] === 'boolean' &&
    Array.isArray(value['files']) &&
    value['files'].every(isFile)
  );
}

/** The manifest; throws UsageError when there is none or it does not have the contract's shape. */
export async function readManifest(folder: string): Promise<Manifest> {
  const path = join(folder, 'manifest.json');
  if (!existsSync(path))
    throw new UsageError(
      `${folder} has no manifest.json.\nGive the folder that \`npm run data\` wrote, e.g. public/data.`,
    );
  let value: unknown;
  try {
    value = JSON.parse(await readFile(path, 'utf8'));
  } catch {
    value = null;
  }
  if (!isManifest(value))
    throw new UsageError(
      `${path} is not a manifest of the Atlas: a field is missing or of the wrong kind.\nBuild the folder again with \`npm run data\`.`,
    );
  return value;
}

interface ListedSlice {
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
}

function isListedSlice(value: unknown): value is ListedSlice {
  return (
    isFields(value) &&
    typeof value['path'] === 'string' &&
    !value['path'].split('/').includes('..') &&
    typeof value['bytes'] === 'number' &&
    typeof value['sha256'] === 'string'
  );
}

/** The slices in the folder's list. Throws when the list is missing or has another shape. */
export async function readSlices(folder: string): Promise<readonly ListedSlice[]> {
  const value: unknown = JSON.parse(await readFile(join(folder, SLICES_FILE), 'utf8'));
  const files = isFields(value) ? value['files'] : null;
  if (!Array.isArray(files) || !files.every(isListedSlice))
    throw new Error(`${SLICES_FILE} does not have the shape of the contract.`);
  return files;
}
