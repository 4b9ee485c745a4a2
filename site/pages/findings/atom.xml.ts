/** `/findings/atom.xml`: what people wrote, newest first. */
import type { APIRoute } from 'astro';
import { addDays } from '../../../data-build/contract/brands.ts';
import { findingHref, href, wholeHref } from '../../build/address.ts';
import { loadFindings } from '../../build/findings.ts';
import { buildData } from '../../engine/build-data.ts';
import { writeFindingsFeed } from '../../export/findings-feed.ts';

export const GET: APIRoute = async () => {
  const data = await buildData();
  const { until, synthetic } = data.manifest;
  const { findings, former } = await loadFindings(data);
  const text = writeFindingsFeed({
    ...{ findings, former, synthetic },
    lastDay: until === null ? null : addDays(until, -1),
    self: wholeHref(href('findings/atom.xml')),
    toUrl: (slug) => wholeHref(findingHref(slug)),
  });
  return new Response(text, { headers: { 'content-type': 'application/atom+xml' } });
};
