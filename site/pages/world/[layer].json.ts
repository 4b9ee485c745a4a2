/** `/world/interference.json` and the like: every period of one layer of one licence, for the map on the front page. */
import type { APIRoute, GetStaticPaths } from 'astro';
import { loadFrameStay } from '../../build/frame-stay.ts';
import { writePageFigures } from '../../build/sidecar.ts';
import { loadWorld } from '../../build/world.ts';
import { buildData } from '../../engine/build-data.ts';
import { frameId } from '../../build/frame-id.ts';
import { frameOfLayer } from '../../figures/world/layers.ts';
import { world } from '../../figures/world/figure.ts';

export const getStaticPaths: GetStaticPaths = async () => {
  const layers = await loadWorld();
  return layers.map(({ layer }) => ({ params: { layer: layer.name } }));
};

export const GET: APIRoute = async ({ params }) => {
  const found = (await loadWorld()).find(({ layer }) => layer.name === params['layer']);
  if (found === undefined) return new Response('{}', { status: 404 });
  const { request, answer, view } = found.made;
  const data = await buildData();
  const { manifest } = data;
  const sources = world.sources(view);
  const { page, chart } = frameOfLayer(found.layer);
  const frame = frameId(page, chart, { request, answer, sources }, manifest.sources);
  const figure = { request, answer, sources, links: {}, frame };
  const figures = new Map([[world.name, figure]]);
  const text = writePageFigures('', figures, manifest.sources, await loadFrameStay(data));
  return new Response(text, { headers: { 'content-type': 'application/json' } });
};
