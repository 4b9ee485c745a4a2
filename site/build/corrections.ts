/** The operator's log of corrections, as it lies in the data folder. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { CountryCode } from '../../data-build/contract/brands.ts';
import {
  CORRECTIONS,
  CORRECTIONS_FILE,
  type Correction,
} from '../../data-build/contract/corrections.ts';
import { readShape } from '../../data-build/contract/shape.ts';

/** Known problems of a source that name no place are those of every place. */
export function isOfPlace({ places, days }: Correction, probeCc: CountryCode): boolean {
  return places === undefined ? days !== undefined : places.includes(probeCc);
}

/** Newest first; none when there is no file. Throws a two-part error for a file of another shape. */
export async function loadCorrections(folder: string): Promise<readonly Correction[]> {
  const file = path.join(folder, CORRECTIONS_FILE);
  const text = await readFile(file, 'utf8').catch(() => '[]');
  const read = readShape(CORRECTIONS, JSON.parse(text), 'corrections');
  if (!read.ok)
    throw new Error(`${file}: ${read.fault}\nMake the data again with \`npm run data\`.`);
  return read.value;
}
