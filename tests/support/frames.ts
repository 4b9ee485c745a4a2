/** Frames of a built site. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { frameOf } from '../../site/export/embed-page.ts';
import { fixedPath } from '../../site/export/embed-links.ts';

/** `embed/country/KE/outcomes/0123456789/`: where the live address of a chart leads. */
export function newestFrame(dist: string, page: string, chart: string): string {
  const live = readFileSync(path.join(dist, 'embed', page, chart, 'index.html'), 'utf8');
  const frame = frameOf(live);
  if (frame === null) throw new Error(`The live address of ${page}${chart} leads nowhere.`);
  return fixedPath({ page, chart, frame });
}
