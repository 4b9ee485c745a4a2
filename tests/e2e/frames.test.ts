/** Every frame is as high as its code says or lower, on a phone, in a column and over a page, in words of any length. */
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { FRAME_HEIGHT } from '../../site/charts/size.ts';
import { heaviestCountry } from '../support/country-pages.ts';
import { buildLanguagesSite } from '../support/site-build.ts';
import { serveStatic, type StaticServer } from '../support/static-server.ts';
import { useBrowser } from './visit.ts';

const site = inject('site');
const languages = await buildLanguagesSite(console.log);
const visit = useBrowser();
let server: StaticServer | null = null;
beforeAll(async () => {
  server = await serveStatic(languages.dist);
});
afterAll(() => server?.close());

const WIDTHS = [
  [360, FRAME_HEIGHT.narrow],
  [720, FRAME_HEIGHT.wide],
  [1280, FRAME_HEIGHT.wide],
] as const;

/** Frames, live and fixed, of one page of each kind. */
function framesOf(dist: string, wanted: RegExp): readonly string[] {
  const seen = new Map<string, string>();
  return readdirSync(path.join(dist, 'embed'), { recursive: true, encoding: 'utf8' })
    .map((name) => `embed/${name.replaceAll('\\', '/')}`)
    .filter((name) => name.endsWith('/index.html') && wanted.test(name))
    .sort()
    .flatMap((name) => {
      const [, place = '', kind = '', page = ''] =
        /^embed\/(at\/[^/]+\/)?(?:[a-z-]+\/)??(country|network|domain|test|theme|event|world)(?:\/([^/]+))?\//.exec(
          name,
        ) ?? [];
      const first = seen.get(`${place}${kind}`) ?? page;
      seen.set(`${place}${kind}`, first);
      return page === first || kind === 'country' ? [name.replace(/index\.html$/, '')] : [];
    });
}

async function heightsOf(address: string): Promise<readonly string[]> {
  const { page, close } = await visit(address, { viewport: { width: 360, height: 200 } });
  const high: string[] = [];
  for (const [width, most] of WIDTHS) {
    await page.setViewportSize({ width, height: most });
    const { height, scrolls } = await page.evaluate(() => ({
      height: Math.ceil(document.body.getBoundingClientRect().height),
      scrolls: document.documentElement.scrollWidth > document.documentElement.clientWidth,
    }));
    if (height > most || scrolls) high.push(`${width}: ${height} of ${most}`);
  }
  await close();
  return high;
}

const code = heaviestCountry(site.dist);

describe('a frame', () => {
  it.each(framesOf(site.dist, new RegExp(`/(?:country/${code}|test|theme|event|world)/`)))(
    '%s',
    async (frame) => {
      expect(await heightsOf(`${site.url}${frame}`)).toEqual([]);
    },
  );
});

describe('a frame in longer words, from the right', () => {
  it.each(framesOf(languages.dist, /\/qps-rtl\/(?:country\/UY|world)\//))('%s', async (frame) => {
    expect(await heightsOf(`${server?.origin ?? ''}/${frame}`)).toEqual([]);
  });
});
