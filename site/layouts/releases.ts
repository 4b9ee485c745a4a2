/** Earlier releases that lie below the data folder, newest first. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { toDay } from '../../data-build/contract/brands.ts';
import {
  RELEASES_FILE,
  releaseFolder,
  toDataVersion,
  type KeptRelease,
} from '../../data-build/contract/releases.ts';

export interface ListedRelease extends KeptRelease {
  /** Below the data folder, with a slash at its end. */
  readonly folder: string;
}

type Fields = Readonly<Record<string, unknown>>;

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function toListed({ data_version, rules_version, since, until }: Fields): readonly ListedRelease[] {
  const version = typeof data_version === 'string' ? toDataVersion(data_version) : null;
  if (version === null) return [];
  return [
    {
      data_version: version,
      rules_version: typeof rules_version === 'string' ? rules_version : '',
      since: typeof since === 'string' ? toDay(since) : null,
      until: typeof until === 'string' ? toDay(until) : null,
      folder: releaseFolder(version),
    },
  ];
}

/** A data folder without the list has none. */
export async function loadReleases(folder: string): Promise<readonly ListedRelease[]> {
  const text = await readFile(path.join(folder, RELEASES_FILE), 'utf8').catch(() => '{}');
  const index: unknown = JSON.parse(text);
  const releases = isFields(index) ? index['releases'] : null;
  return Array.isArray(releases) ? releases.filter(isFields).flatMap(toListed) : [];
}
