/** Other addresses of the site, for programs that look for one that answers. */
import type { APIRoute } from 'astro';
import { basePath, mirrorAddresses, siteUrl } from '../serve/base.ts';

export const GET: APIRoute = () => {
  const site = siteUrl();
  const own = site === null ? null : `${site}${basePath()}`;
  return new Response(`${JSON.stringify({ site: own, mirrors: mirrorAddresses() }, null, 1)}\n`);
};
