/** `/world/interference.json` and the like: every period of one layer of one licence, for the map on the front page. */
import type { APIRoute, GetStaticPaths } from 'astro';
import { writePageFigures } from '../../build/sidecar.ts';
import { loadWorld } from '../../build/world.ts';
import { buildData } from '../../engine/build-data.ts';
import { world } from '../../figures/world/figure.ts';

export const getStaticPaths: GetStaticPaths = async () => {
  const layers = await loadWorld();
  return layers.map(({ layer }) => ({ params: { layer: layer.name } }));
};

export const GET: APIRoute = async ({ params }) => {
  const found = (await loadWorld()).find(({ layer }) => layer.name === params['layer']);
  if (found === undefined) return new Response('{}', { status: 404 });
  const { request, answer, view } = found.made;
  const { manifest } = await buildData();
  const figure = { request, answer, sources: world.sources(view), links: {} };
  const text = writePageFigures('', new Map([[world.name, figure]]), manifest.sources);
  return new Response(text, { headers: { 'content-type': 'application/json' } });
};
