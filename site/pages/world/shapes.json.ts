/** `/world/shapes.json`: the shapes of the world map, for maps that a reader builds. */
import type { APIRoute } from 'astro';
import { loadWorld } from '../../build/world.ts';

export const GET: APIRoute = async () => {
  const { geometry } = await loadWorld();
  return new Response(JSON.stringify(geometry), {
    headers: { 'content-type': 'application/json' },
  });
};
