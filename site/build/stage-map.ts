/** The frame of a layer of the world map that its page does not draw: the shapes of the world weigh more than a page. */
import { embedPath } from '../export/embed-links.ts';
import { toSourceLines } from '../export/source-lines.ts';
import { world } from '../figures/world/figure.ts';
import { frameOfLayer } from '../figures/world/layers.ts';
import type { BuildData } from '../engine/build-data.ts';
import { embedHref, framedPath, hashNumbers, stageFigure } from './staged-embeds.ts';
import type { MadeLayer } from './world.ts';

/** Its address. */
export function stageMap(
  { layer, made: { view } }: MadeLayer,
  { manifest }: Pick<BuildData, 'manifest'>,
  site: URL | undefined,
): string {
  const { page, chart } = frameOfLayer(layer);
  const sources = world.sources(view);
  stageFigure({
    ...{ view, chart, page, manifest, site },
    sources: toSourceLines(sources, manifest),
    publishers: sources.map(({ source }) => source),
    sha256: hashNumbers(view.table),
  });
  const place = { page: framedPath(page), chart, release: manifest.data_version };
  return embedHref(embedPath(place, 'live'), undefined);
}
