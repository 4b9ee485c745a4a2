/** `/search.json`: what the search box knows at the first key. */
import type { APIRoute } from 'astro';
import { loadSearchIndex } from '../build/search.ts';

export const GET: APIRoute = async () => {
  const { first } = await loadSearchIndex();
  return new Response(JSON.stringify(first), { headers: { 'content-type': 'application/json' } });
};
