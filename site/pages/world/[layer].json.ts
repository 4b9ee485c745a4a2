/** `/world/interference.json` and the like: every period of one layer, for the map on the front page. */
import type { APIRoute, GetStaticPaths } from 'astro';
import { loadWorld, toWorldFile } from '../../build/world.ts';

export const getStaticPaths: GetStaticPaths = async () => {
  const { shown } = await loadWorld();
  return shown.map(({ layer }) => ({ params: { layer } }));
};

export const GET: APIRoute = async ({ params }) => {
  const { shown } = await loadWorld();
  const found = shown.find(({ layer }) => layer === params['layer']);
  if (found === undefined) return new Response('{}', { status: 404 });
  return new Response(JSON.stringify(await toWorldFile(found)), {
    headers: { 'content-type': 'application/json' },
  });
};
