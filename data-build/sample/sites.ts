/** Made-up websites on names reserved for examples (RFC 2606, RFC 6761), each with a test-list category. */
import type { CategoryCode } from '../contract/vocabulary.ts';

export interface SampleSite {
  readonly domain: string;
  readonly input: string;
  readonly category_code: CategoryCode;
}

const site = (input: string, category_code: CategoryCode): SampleSite => ({
  domain: input.replace(/^https?:\/\//, '').replace(/\/.*$/, ''),
  input,
  category_code,
});

export const SITES: readonly SampleSite[] = [
  site('https://news.example/', 'NEWS'),
  site('https://daily-herald.example/', 'NEWS'),
  site('https://radio-one.test/', 'NEWS'),
  site('https://social.example/', 'GRP'),
  site('https://microblog.test/', 'GRP'),
  site('https://video.example/', 'MMED'),
  site('https://photos.test/', 'MMED'),
  site('https://chat.example/', 'COMT'),
  site('https://mail.example/', 'COMT'),
  site('https://vpn.example/', 'ANON'),
  site('https://proxy-list.test/', 'ANON'),
  site('http://forum.example/', 'HOST'),
  site('https://blog.example/', 'HOST'),
  site('https://rights-watch.example/', 'HUMR'),
  site('https://opposition.example/', 'POLR'),
  site('https://petition.test/', 'POLR'),
  site('https://pride.example/', 'LGBT'),
  site('https://health.example/', 'PUBH'),
  site('https://encyclopedia.example/', 'CULTR'),
  site('https://search.example/', 'SRCH'),
  site('http://lottery.example/', 'GMB'),
  site('http://files.test/', 'FILE'),
  site('https://faith.example/', 'REL'),
  site('https://example.org/', 'CTRL'),
  site('http://example.com/', 'CTRL'),
];

/** On the list of one place, and never tested. */
export const UNTESTED_SITES: readonly SampleSite[] = [
  site('https://city-paper.example/', 'NEWS'),
  site('https://union.example/', 'HUMR'),
  site('https://harbour-news.test/', 'NEWS'),
  site('https://archive.test/', 'HOST'),
];

/** How many websites the large sizes test. */
const LONG_LIST = 2500;

/** The websites above and made-up ones below them, as many as a large size tests; the often tested ones first. */
export function longSiteList(): readonly SampleSite[] {
  const codes = [...new Set(SITES.map(({ category_code }) => category_code))];
  const more = Array.from({ length: LONG_LIST - SITES.length }, (_, index) =>
    site(`https://site-${index + 1}.example/`, codes[index % codes.length] ?? 'CTRL'),
  );
  return [...SITES, ...more];
}
