/** Every frame is as high as its code says or lower, on a phone, in a column and over a page, and its words are whole. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { FRAME_HEIGHT } from '../../site/charts/size.ts';
import { isFixed } from '../../site/export/embed-links.ts';
import { heaviestCountry } from '../support/country-pages.ts';
import { buildLanguagesSite } from '../support/site-build.ts';
import { serveStatic, type StaticServer } from '../support/static-server.ts';
import { useBrowser, type Visit } from './visit.ts';

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

/** Frames of one page of each kind. */
function framesOf(dist: string, wanted: RegExp): readonly string[] {
  const seen = new Map<string, string>();
  return readdirSync(path.join(dist, 'embed'), { recursive: true, encoding: 'utf8' })
    .map((name) => `embed/${name.replaceAll('\\', '/')}`)
    .filter((name) => name.endsWith('/index.html') && isFixed(name) && wanted.test(name))
    .sort()
    .flatMap((name) => {
      const [, kind = '', page = ''] =
        /^embed\/(?:[a-z-]+\/)??(country|network|domain|test|theme|event|world)(?:\/([^/]+))?\//.exec(
          name,
        ) ?? [];
      const first = seen.get(kind) ?? page;
      seen.set(kind, first);
      return page === first || kind === 'country' ? [name.replace(/index\.html$/, '')] : [];
    });
}

/** Frames have letters of the device. Machines that test have wider ones than phones, so the letters of pages stand in. */
const LETTERS = [
  ['inter', 'U+0-FF, U+2000-22FF'],
  ['inter-latin-ext', 'U+100-24F, U+1E00-1EFF'],
  ['inter-greek', 'U+370-3FF'],
] as const;
const scripts = path.join(languages.dist, '_astro');
const letters = LETTERS.map(([name, range]) => {
  const file = readdirSync(scripts).find((each) =>
    new RegExp(`^${name}\\.[^.]+\\.woff2$`).test(each),
  );
  if (file === undefined) throw new Error(`The site has no letters named ${name}.`);
  const data = readFileSync(path.join(scripts, file)).toString('base64');
  return `@font-face { font-family: Device; font-weight: 100 900; unicode-range: ${range};
    src: url(data:font/woff2;base64,${data}); }`;
});
const DEVICE = `${letters.join('')} body { font-family: Device, sans-serif !important; }`;

/** What is higher than its code says, scrolls, or cuts its words; all frames one after another in one page, as nothing of them stays. */
async function findHigh(page: Page, address: string, more: number): Promise<readonly string[]> {
  await page.goto(address);
  await page.addStyleTag({ content: DEVICE });
  await page.evaluate(() => document.fonts.ready);
  const high: string[] = [];
  for (const [width, most] of WIDTHS) {
    await page.setViewportSize({ width, height: most });
    const { height, scrolls, cut } = await page.evaluate(() => ({
      height: Math.ceil(document.body.getBoundingClientRect().height),
      scrolls: document.documentElement.scrollWidth > document.documentElement.clientWidth,
      cut: [...document.querySelectorAll('h1, .measure, .credit')].flatMap((part) =>
        part.scrollHeight > part.clientHeight + 1 ? [part.textContent] : [],
      ),
    }));
    if (height > most * more || scrolls) high.push(`${width}: ${height} of ${most}`);
    high.push(...cut.map((text) => `${width}: cut: ${text}`));
  }
  return high;
}

/** `more`: by how much words that are longer than those of any language may make it higher, since none is cut. */
function holdToHeights(origin: () => string, frames: readonly string[], more = 1): void {
  let opened: Visit | null = null;
  beforeAll(async () => {
    // The policy of a frame allows no font.
    opened = await visit(origin(), { bypassCSP: true });
  });
  afterAll(() => opened?.close());
  it.each(frames)('%s', async (frame) => {
    if (opened === null) throw new Error('No page was opened.');
    expect(await findHigh(opened.page, `${origin()}${frame}`, more)).toEqual([]);
  });
}

const code = heaviestCountry(site.dist);

describe('a frame', () => {
  const frames = framesOf(site.dist, new RegExp(`/(?:country/${code}|test|theme|event|world)/`));
  holdToHeights(() => site.url, frames);
});

describe('a frame in longer words, from the right', () => {
  const frames = framesOf(languages.dist, /\/qps-rtl\/(?:country\/UY|world)\//);
  holdToHeights(() => `${server?.origin ?? ''}/`, frames, 1.25);
});
