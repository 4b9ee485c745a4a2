/** The files beside pages: what scripts make of them is what stands in the page, and nothing is fetched unasked. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { describe, expect, inject, it } from 'vitest';
import { escapeXml } from '../../data-build/contract/xml.ts';
import { listFiles } from '../../data-build/write/checksum.ts';
import { parsePageFigures } from '../../site/figures/page-figures.ts';
import { giveShapes, isWorldGeometry } from '../../site/charts/map/shapes.ts';
import { drawnFigure } from '../../site/figures/registry.ts';
import { writeFigureSvgs } from '../../site/render/figure.ts';
import { SUB_PATH } from '../support/site-build.ts';
import { unfold } from './filtering.ts';
import { heaviestCountry } from '../support/country-pages.ts';
import { useBrowser } from './visit.ts';

const visit = useBrowser();
const site = inject('site');
const country = `country/${heaviestCountry(site.dist)}/`;
const files = (await listFiles(site.dist)).filter((file) => file.endsWith('.figures.json'));
const read = (file: string): string => readFileSync(path.join(site.dist, file), 'utf8');
/** `.`: the front page. */
const kindOf = (file: string): string => path.dirname(file).split('/')[0] ?? '';
/** The largest of each kind of page: all of them would take minutes. */
const largest = [
  ...new Map(
    files
      .toSorted((one, other) => read(one).length - read(other).length)
      .map((file) => [kindOf(file), file]),
  ).values(),
];

function figuresOf(file: string) {
  const figures = parsePageFigures(JSON.parse(read(file)));
  if (figures === null) throw new Error(`${file} holds no figures.`);
  return figures;
}

it('each page with charts has one, named by what is in it', () => {
  const kinds = new Set(files.map(kindOf));
  expect([...kinds].sort()).toEqual([
    '.',
    'country',
    'domain',
    'event',
    'network',
    'test',
    'theme',
  ]);
  for (const file of files) {
    const name = path.basename(file);
    const hash = createHash('sha256').update(read(file)).digest('hex').slice(0, 8);
    expect(name, file).toBe(`${hash}.figures.json`);
    const page = read(path.join(path.dirname(file), 'index.html'));
    expect(page.includes(`data-figures="${SUB_PATH}${encodeURI(file)}"`), file).toBe(true);
    const ids = [...page.matchAll(/<figure data-chart="[^>]* id="([^"]+)"/g)].map(([, id]) => id);
    expect(Object.keys(figuresOf(file).figures).sort(), file).toEqual(ids.sort());
  }
});

it('names licence and attribution of each publisher whose numbers it holds, as layers of the map do', () => {
  const layers = readdirSync(path.join(site.dist, 'world')).filter(
    (name) => name.endsWith('.json') && name !== 'shapes.json',
  );
  for (const file of [...files, ...layers.map((name) => `world/${name}`)]) {
    const sources = Object.values(figuresOf(file).figures).flatMap((figure) => figure.sources);
    const credit = {
      licence: expect.stringMatching(/^(?:CC|LicenseRef-)/),
      attribution: expect.stringMatching(/\w/),
    };
    const publishers = [...new Set(sources.map(({ source }) => source))].map(() => credit);
    const made: unknown = JSON.parse(read(file));
    expect(made, file).toMatchObject({ publishers });
  }
});

it('what is made of it is drawn as in the page, byte for byte', () => {
  const shapes: unknown = JSON.parse(read('world/shapes.json'));
  if (!isWorldGeometry(shapes)) throw new Error('These are no shapes.');
  giveShapes(shapes);
  for (const file of largest) {
    const page = read(path.join(path.dirname(file), 'index.html'));
    for (const [id, { request, answer }] of Object.entries(figuresOf(file).figures)) {
      const view = drawnFigure(request).view(answer, request);
      if (view === null) throw new Error(`${file} has nothing to show for ${id}.`);
      const isSmall = page.includes(`data-drawn="narrow" id="${id}"`);
      const { html } = writeFigureSvgs(
        view,
        id,
        request.release.synthetic,
        isSmall ? 'small' : 'page',
      );
      // The map of the front page can be pointed at; what it says is the same.
      const printed = view.chart === 'world' ? escapeXml(view.desc) : html;
      expect(page.includes(printed), `${file} ${id}`).toBe(true);
    }
  }
});

describe('the file of a page', () => {
  it('is fetched when a reader first hides something, once, and may be kept for good', async () => {
    const { page, requests, complaints, close } = await visit(country);
    const asked = () => requests.filter((url) => url.endsWith('.figures.json'));
    expect(asked()).toEqual([]);
    const figure = page.locator('#outcomes');
    const bars = figure.locator('svg.wide .marks [data-series="ok"]');
    await unfold(page, '#outcomes');
    // What was folded is drawn anew for its room; before, its buttons are on the move.
    await bars.first().waitFor({ state: 'attached' });
    await figure.locator('[data-series-key="ok"]').click();
    await expect.poll(() => bars.count()).toBe(0);
    await figure.locator('[data-take="cite"] > summary').click();
    await figure.locator('[data-citation="full"]').waitFor();
    expect(asked()).toHaveLength(1);
    const reply = await fetch(asked()[0] ?? '');
    expect(reply.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(complaints).toEqual([]);
    await close();
  });

  it('names the measurements behind a folded chart before a reader opens them, also in a new tab', async () => {
    const { page, complaints, close } = await visit(country);
    const folded = page.locator('figure[data-drawn="narrow"]:has([data-action="measurements"])');
    const name = `#${(await folded.first().getAttribute('id')) ?? ''} [data-action="measurements"]`;
    await unfold(page, name);
    const link = page.locator(name);
    const address = () => link.evaluate((node: HTMLAnchorElement) => node.href);
    const before = await address();
    await link.hover();
    await expect.poll(address).not.toBe(before);
    const [opened] = await Promise.all([
      page.context().waitForEvent('page'),
      link.click({ modifiers: ['ControlOrMeta'] }),
    ]);
    await expect.poll(() => opened.url()).toBe(await address());
    expect(decodeURIComponent(await address())).toContain('FROM measurements');
    expect(complaints).toEqual([]);
    await close();
  });

  it('that does not arrive is said where it was wanted, and is asked for again', async () => {
    const { page, close } = await visit(country);
    await page.route('**/*.figures.json', (route) => route.abort());
    const cite = page.locator('#outcomes [data-take="cite"]');
    await unfold(page, '#outcomes');
    await cite.locator('> summary').click();
    await cite.getByText('could not be loaded').waitFor();
    await page.unroute('**/*.figures.json');
    await cite.locator('> summary').click();
    await cite.locator('> summary').click();
    await cite.locator('[data-citation="full"]').waitFor();
    await close();
  });

  it('is smaller than the page it lies beside', () => {
    for (const file of largest) {
      const weigh = (name: string) => brotliCompressSync(read(name)).length;
      expect(weigh(file), file).toBeLessThan(weigh(path.join(path.dirname(file), 'index.html')));
    }
  });
});
