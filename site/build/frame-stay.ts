/** How long the fixed frames of the release that is built stay at their addresses, by what its data folder says of kept releases. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import {
  isFirstOfMonth,
  KEEP_NONE,
  parseKeepRule,
  parseReleaseIndex,
  RELEASES_FILE,
} from '../../data-build/contract/releases.ts';
import type { BuildData } from '../engine/build-data.ts';
import type { FrameStay } from '../figures/page-figures.ts';
import { hasPictures } from './framed-pages.ts';

export async function loadFrameStay({
  folder,
  manifest,
}: Pick<BuildData, 'folder' | 'manifest'>): Promise<FrameStay> {
  const text = await readFile(path.join(folder, RELEASES_FILE), 'utf8').catch(() => '{}');
  const list: unknown = JSON.parse(text);
  // A build without pictures saves none of its frames for later ones.
  const { newest, months } = (hasPictures() ? parseKeepRule(list) : null) ?? KEEP_NONE;
  const earlier = parseReleaseIndex(list).map(({ data_version }) => data_version);
  return {
    releases: newest + 1,
    months: isFirstOfMonth(manifest.data_version, earlier) ? months : 0,
  };
}
