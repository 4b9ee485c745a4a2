import { releaseFolder } from '../../data-build/contract/releases.ts';
import type { DataPlace } from '../engine/wasm/data-place.ts';
import { fileAddress } from './address.ts';

/** Where the data lie of this release, or of one that is kept beside it. */
export function dataPlace(release: string | null = null): DataPlace {
  const folder = release === null ? '' : releaseFolder(release);
  const home = fileAddress('data/');
  const { large = home } = document.documentElement.dataset;
  return { home: new URL(folder, home).href, large: new URL(folder, large).href };
}
