/** What a frame is called: after all that it was made from, so that a chart that did not change keeps its address. */
import type { Manifest } from '../../data-build/contract/manifest.ts';
import { hashOf } from '../../data-build/hash.ts';
import type { PublishedFigure } from '../figures/page-figures.ts';

/**
 * Ten hexadecimal digits, the same in all languages. `SITE_CODE` is the hash of code and words, which decide what it says. The name of the release is left out: the frame of an earlier release
 * stands for a later one that has the same to show.
 */
export function frameId(
  page: string,
  chart: string,
  { request, answer, sources }: Pick<PublishedFigure, 'request' | 'answer' | 'sources'>,
  publishers: Manifest['sources'],
): string {
  const own = publishers
    .filter(({ id }) => sources.some(({ source }) => source === id))
    .map(({ id, name, licence }) => [id, name, licence]);
  const release = { ...request.release, version: '' };
  const made = [page, chart, { ...request, release }, answer, sources, own];
  return hashOf(JSON.stringify([process.env['SITE_CODE'] ?? '', made])).slice(0, 10);
}
