/** M-Lab's list of the SHA-256 of every file of the IQB cache. */
import { readFileSync } from 'node:fs';
import { type Sha256, toSha256 } from '../../contract/brands.ts';
import { isJsonObject, objectAt, stringAt } from '../../parse/json.ts';
import { parseJson } from '../../parse/measurement-line.ts';

/** Keys are `cache/v1/…/data.parquet`, the end of a file's path. A list that cannot be read gives no checksums. */
export function readIqbSums(list: string): (file: string) => Sha256 | null {
  const value = parseJson(readFileSync(list, 'utf8'));
  const files = isJsonObject(value) ? objectAt(value, 'files') : {};
  return (file) => {
    const key = /cache\/v1\/.+$/.exec(file.replaceAll('\\', '/'))?.[0];
    const entry = key === undefined ? undefined : files[key];
    return isJsonObject(entry) ? toSha256(stringAt(entry, 'sha256') ?? '') : null;
  };
}
