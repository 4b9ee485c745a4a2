/** Reads the `manifest.json` and the `slices.json` of a data folder. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { MANIFEST, type Manifest } from '../contract/manifest.ts';
import { list, readShape, record } from '../contract/shape.ts';
import { SLICE_FILE, SLICES_FILE, type SliceFile } from '../contract/slices.ts';
import { UsageError } from '../outcome.ts';

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
  const read = readShape(MANIFEST, value, 'manifest');
  if (!read.ok)
    throw new UsageError(
      `${path} is not a manifest of the Atlas: ${read.fault}\nBuild the folder again with \`npm run data\`.`,
    );
  return read.value;
}

/** The slices in the folder's list. Throws when the list is missing or has another shape. */
export async function readSlices(folder: string): Promise<readonly SliceFile[]> {
  const value: unknown = JSON.parse(await readFile(join(folder, SLICES_FILE), 'utf8'));
  const read = readShape(record({ files: list(SLICE_FILE) }), value, 'slices');
  if (!read.ok)
    throw new Error(`${SLICES_FILE} does not have the shape of the contract: ${read.fault}`);
  return read.value.files;
}
