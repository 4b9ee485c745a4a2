/** Earlier releases that lie below the data folder, newest first. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import {
  RELEASES_FILE,
  parseReleaseIndex,
  releaseFolder,
  type KeptRelease,
} from '../../data-build/contract/releases.ts';

export interface ListedRelease extends KeptRelease {
  /** Below the data folder, with a slash at its end. */
  readonly folder: string;
}

/** A data folder without the list has none. */
export async function loadReleases(folder: string): Promise<readonly ListedRelease[]> {
  const text = await readFile(path.join(folder, RELEASES_FILE), 'utf8').catch(() => '{}');
  return parseReleaseIndex(JSON.parse(text)).map((release) => ({
    ...release,
    folder: releaseFolder(release.data_version),
  }));
}
