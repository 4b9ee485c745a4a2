/** `/world/interference.json` and the like: every period of one witness, for the map on the front page. */
import type { APIRoute, GetStaticPaths } from 'astro';
import { loadWorld, toWorldFile } from '../../build/world.ts';

export const getStaticPaths: GetStaticPaths = async () => {
  const { shown } = await loadWorld();
  return shown.map((each) => ({ params: { witness: each.record.witness } }));
};

export const GET: APIRoute = async ({ params }) => {
  const { shown } = await loadWorld();
  const found = shown.find(({ record }) => record.witness === params['witness']);
  if (found === undefined) return new Response('{}', { status: 404 });
  return new Response(JSON.stringify(await toWorldFile(found)), {
    headers: { 'content-type': 'application/json' },
  });
};
