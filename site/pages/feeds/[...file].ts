/** Feeds in a further language: `/fa/feeds/country/KE/atom.xml`. */
import type { APIRoute, GetStaticPaths } from 'astro';
import { FEED_FILES } from '../../../data-build/contract/feed-paths.ts';
import { loadFeeds, makeFeeds } from '../../build/feeds.ts';
import { languageOfPath } from '../../serve/languages.ts';

export const getStaticPaths: GetStaticPaths = async ({ routePattern }) => {
  const feeds = await makeFeeds(languageOfPath(routePattern.slice(1)));
  return feeds.map(({ path }) => ({ params: { file: path.replace(/^feeds\//, '') } }));
};

export const GET: APIRoute = async ({ params }) => {
  const file = `feeds/${params['file'] ?? ''}`;
  const feed = (await loadFeeds()).get(file);
  if (feed === undefined) return new Response(null, { status: 404 });
  const form = Object.values(FEED_FILES).find(({ name }) => file.endsWith(name));
  return new Response(feed.format(), { headers: { 'content-type': form?.type ?? 'text/plain' } });
};
