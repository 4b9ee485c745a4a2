import { AxeBuilder } from '@axe-core/playwright';
import { describe, expect, inject, it } from 'vitest';
import { heaviestCountry, useBrowser } from './visit.ts';

const visit = useBrowser();
const site = inject('site');
const country = `/country/${heaviestCountry(site.dist)}/`;
const PAGES = ['/', '/countries/', country, '/methods/', '/data/', '/about/', '/privacy/'];

describe('without JavaScript', () => {
  it.each(PAGES)('%s is a whole page with one first heading', async (where) => {
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

  it('the list of countries leads to every country page', async () => {
    const { page, close } = await visit('/countries/', { javaScriptEnabled: false });
    const links = page.locator('main a[href*="/country/"]');
    expect(await links.count()).toBeGreaterThanOrEqual(40);
    await close();
  });
});

describe('what a page asks for', () => {
  it.each(PAGES)('%s stays on its own origin and keeps its policy', async (where) => {
    const { page, requests, complaints, close } = await visit(where);
    const strangers = requests.filter(
      (url) => !url.startsWith(`${site.origin}/`) && !/^(?:data|blob):/.test(url),
    );
    expect(strangers).toEqual([]);
    expect(complaints).toEqual([]);
    expect(requests.filter((url) => url.endsWith('.wasm'))).toEqual([]);
    expect(await page.locator('html').getAttribute('data-engine')).toBe('idle');
    await close();
  });

  it('the policy allows no inline script and no other origin', async () => {
    const answer = await fetch(`${site.origin}/`);
    const html = await answer.text();
    const meta = /http-equiv="Content-Security-Policy" content="([^"]*)"/i.exec(html)?.[1];
    const policy = answer.headers.get('content-security-policy') ?? meta ?? '';
    expect(policy).toMatch(/default-src 'self'/);
    expect(policy).toMatch(/script-src 'self' 'wasm-unsafe-eval'(?:;|$)/);
    expect(policy).not.toMatch(/'unsafe-inline'|'unsafe-eval'|https?:/);
  });
});

describe('reading by everyone', () => {
  it.each(PAGES.flatMap((where) => [[where, 'light'] as const, [where, 'dark'] as const]))(
    '%s in %s has no serious accessibility violation',
    async (where, colorScheme) => {
      const { page, close } = await visit(where, { colorScheme });
      const { violations } = await new AxeBuilder({ page }).analyze();
      const serious = violations
        .filter(({ impact }) => impact === 'serious' || impact === 'critical')
        .map(
          ({ id, nodes }) =>
            `${id}: ${nodes
              .map(({ html }) => html.slice(0, 160))
              .slice(0, 3)
              .join(' | ')}`,
        );
      expect(serious).toEqual([]);
      await close();
    },
  );

  it.each(PAGES.flatMap((where) => [[where, 320] as const, [where, 360] as const]))(
    '%s at %d px does not scroll sideways',
    async (where, width) => {
      const { page, close } = await visit(where, { viewport: { width, height: 720 } });
      const wide = await page.evaluate(() => {
        const limit = document.documentElement.clientWidth;
        if (document.documentElement.scrollWidth <= limit) return [];
        return [...document.querySelectorAll('body *')]
          .filter((element) => element.getBoundingClientRect().right > limit + 0.5)
          .slice(0, 5)
          .map((element) => `${element.tagName} ${element.getAttribute('class') ?? ''}`);
      });
      expect(wide).toEqual([]);
      await close();
    },
  );
});
