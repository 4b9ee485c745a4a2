/** The frame of a layer of the world map that its page does not draw: the shapes of the world weigh more than a page. */
import { livePath } from '../export/embed-links.ts';
import { toSourceLines } from '../export/source-lines.ts';
import { world } from '../figures/world/figure.ts';
import { frameOfLayer } from '../figures/world/layers.ts';
import type { BuildData } from '../engine/build-data.ts';
import { frameId } from './frame-id.ts';
import { framedPath } from './framed-pages.ts';
import { hashNumbers, stageFigure } from './staged-embeds.ts';
import { embedHref } from './staging.ts';
import type { MadeLayer } from './world.ts';

/** Its address. */
export function stageMap(
  { layer, made }: MadeLayer,
  { manifest }: Pick<BuildData, 'manifest'>,
  site: URL | undefined,
): string {
  const { page, chart } = frameOfLayer(layer);
  const { view } = made;
  const sources = world.sources(view);
  stageFigure({
    ...{ view, chart, page, manifest, site },
    frame: frameId(page, chart, { ...made, sources }, manifest.sources),
    sources: toSourceLines(sources, manifest),
    publishers: sources.map(({ source }) => source),
    sha256: hashNumbers(view.table),
    displayed: true,
  });
  return embedHref(livePath({ page: framedPath(page), chart }), undefined);
}
