import { brotliCompressSync } from 'node:zlib';
import { expect, inject, it } from 'vitest';
import { heaviestCountry } from '../support/country-pages.ts';
import { useBrowser } from './visit.ts';

const visit = useBrowser();
const site = inject('site');

/** Bytes. Product promise for a country page before anyone touches it; fonts are counted apart. */
const PAGE_BUDGET = 100_000;
const FONT_BUDGET = 60_000;
/** What a page asks for before anyone touches it. */
const MOST_REQUESTS = { '': 9, 'explore/': 12, [`country/${heaviestCountry(site.dist)}/`]: 8 };

it.each(Object.entries(MOST_REQUESTS))(
  '%s comes in at most 100 kB of brotli and 60 kB of fonts',
  async (where, most) => {
    const { requests, close } = await visit(where);
    const weighed = await Promise.all(
      [...new Set(requests)]
        .filter((url) => url.startsWith('http'))
        .map(async (url) => {
          const body = Buffer.from(await (await fetch(url)).arrayBuffer());
          const font = /\.woff2?$/.test(url);
          return { url, font, bytes: font ? body.length : brotliCompressSync(body).length };
        }),
    );
    const sum = (font: boolean) =>
      weighed.filter((item) => item.font === font).reduce((total, { bytes }) => total + bytes, 0);
    const list = weighed.map(({ url, bytes }) => `${String(bytes)} ${url}`).join('\n');
    expect(sum(false), list).toBeLessThanOrEqual(PAGE_BUDGET);
    expect(sum(true), list).toBeLessThanOrEqual(FONT_BUDGET);
    expect(requests.length, list).toBeLessThanOrEqual(most);
    await close();
  },
);
