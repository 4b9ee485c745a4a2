/** `/search/a.json` and the like: what the first file leaves out, by the letter that words begin with. */
import type { APIRoute, GetStaticPaths } from 'astro';
import { loadSearchIndex } from '../../build/search.ts';
import { inLanguageOf } from '../../serve/page-language.ts';

/** Words begin with other letters in each language. */
export const getStaticPaths: GetStaticPaths = async ({ routePattern }) => {
  const { shards } = await inLanguageOf(routePattern.slice(1), loadSearchIndex);
  return [...shards.keys()].map((shard) => ({ params: { shard } }));
};

export const GET: APIRoute = async ({ params }) => {
  const { shards } = await loadSearchIndex();
  const found = shards.get(params['shard'] ?? '');
  return new Response(JSON.stringify(found ?? {}), {
    status: found === undefined ? 404 : 200,
    headers: { 'content-type': 'application/json' },
  });
};
