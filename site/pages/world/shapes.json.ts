/** `/world/shapes.json`: the shapes of the world map, for maps that are drawn in the page. */
import type { APIRoute } from 'astro';
import { loadGeometry } from '../../build/world.ts';

export const GET: APIRoute = async () =>
  new Response(JSON.stringify(await loadGeometry()), {
    headers: { 'content-type': 'application/json' },
  });
