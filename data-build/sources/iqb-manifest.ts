/** M-Lab's list of the SHA-256 of every file of the IQB cache. */
import { readFileSync } from 'node:fs';
import { type Sha256, toSha256 } from '../contract/brands.ts';
import { isJsonObject, objectAt, stringAt } from '../parse/json.ts';
import { parseJson } from '../parse/measurement-line.ts';

/** By key (`cache/v1/…/data.parquet`); empty when the file cannot be read. */
export type IqbManifest = ReadonlyMap<string, Sha256>;

export function readIqbManifest(path: string): IqbManifest {
  const value = parseJson(readFileSync(path, 'utf8'));
  const files = isJsonObject(value) ? objectAt(value, 'files') : {};
  const sums = new Map<string, Sha256>();
  for (const [key, entry] of Object.entries(files)) {
    const sum = isJsonObject(entry) ? toSha256(stringAt(entry, 'sha256') ?? '') : null;
    if (sum !== null) sums.set(key, sum);
  }
  return sums;
}

/** What the manifest promises for a file, by the end of its path; null when it does not name it. */
export function promisedSum(manifest: IqbManifest, path: string): Sha256 | null {
  const key = /cache\/v1\/.+$/.exec(path.replaceAll('\\', '/'))?.[0];
  return key === undefined ? null : (manifest.get(key) ?? null);
}
