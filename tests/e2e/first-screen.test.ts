/** What a reader meets first, and how far a page goes: measured on a phone and on a desk. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'node-html-parser';
import { expect, inject, it } from 'vitest';
import { heaviestCountry } from '../support/country-pages.ts';
import { useBrowser } from './visit.ts';

const visit = useBrowser();
const site = inject('site');
const country = `country/${heaviestCountry(site.dist)}/`;
const PHONE = { viewport: { width: 360, height: 740 } };
const DESK = { viewport: { width: 1280, height: 900 } };
/** Pixels. */
const LATEST_CHART = 430;
const MOST_ON_A_PHONE = 6_000;
const MOST_ON_A_DESK = 5_000;

it('a country page begins with its name, its finding and the chart of it', async () => {
  const { page, close } = await visit(country, PHONE);
  const top = async (selector: string) =>
    (await page.locator(selector).first().boundingBox())?.y ?? NaN;
  const bar = await page.locator('.masthead').boundingBox();
  expect(bar?.height).toBeLessThanOrEqual(58);
  // Pages of the sample have a banner above their bar.
  const banner = bar?.y ?? NaN;
  expect((await top('h1')) - banner).toBeLessThan(80);
  expect((await top('.lede')) - banner).toBeLessThan(150);
  expect((await top('#witnesses .drawing')) - banner).toBeLessThan(LATEST_CHART);
  const order = ['h1', '.lede', '.lead-actions', '#witnesses .drawing', '#explore', '#safe'];
  const tops = await Promise.all(order.map(top));
  expect(tops).toEqual([...tops].sort((a, b) => a - b));
  await close();
});

it('a country page is read in the order of what a reader asks', async () => {
  const { page, close } = await visit(country, { javaScriptEnabled: false });
  const ids = await page
    .locator('.column > section')
    .evaluateAll((sections) => sections.map(({ id }) => id));
  const asked = ['safe', 'affected', 'by-network', 'events', 'how', 'blind-spots', 'downloads'];
  expect(ids.filter((id) => asked.includes(id))).toEqual(asked);
  await close();
});

/** The heaviest pages of each kind, and those of which there is one; not those that lead elsewhere. */
function highPages(): readonly string[] {
  const files = readdirSync(site.dist, { recursive: true, encoding: 'utf8' }).filter(
    (file) => file.endsWith('index.html') && !/^(?:embed|gallery)\//.test(file),
  );
  const sized = files
    .map((file) => ({ file, html: readFileSync(path.join(site.dist, file), 'utf8') }))
    .filter(({ html }) => !html.includes('http-equiv="refresh"'))
    .map(({ file, html }) => ({ file, bytes: html.length }))
    .toSorted((a, b) => b.bytes - a.bytes);
  const kindOf = ({ file }: (typeof sized)[number]): string =>
    file.split('/').length < 3 ? '' : path.dirname(path.dirname(file));
  return [...new Set(sized.map(kindOf))].flatMap((kind) =>
    sized
      .filter((page) => kindOf(page) === kind)
      .slice(0, kind === '' ? sized.length : 4)
      .map(({ file }) => file.replace('index.html', '')),
  );
}

it('pages of all kinds end within a few screens', async () => {
  const addresses = highPages();
  expect(addresses.length).toBeGreaterThan(30);
  const over: string[] = [];
  const { page, close } = await visit('', PHONE);
  for (const address of addresses) {
    await page.goto(new URL(address, site.url).href);
    for (const [{ viewport }, most] of [
      [PHONE, MOST_ON_A_PHONE],
      [DESK, MOST_ON_A_DESK],
    ] as const) {
      await page.setViewportSize(viewport);
      const height = await page.evaluate(async () => {
        await document.fonts.ready;
        return document.documentElement.scrollHeight;
      });
      if (height > most) over.push(`${address} ${viewport.width}: ${height}`);
    }
  }
  await close();
  expect(over).toEqual([]);
});

it('the chart builder begins with a chart in which something is drawn', () => {
  const text = readFileSync(path.join(site.dist, 'explore/index.html'), 'utf8');
  const start = parse(text).querySelector('#start svg.wide');
  const points = start?.querySelectorAll('.rate-point').length ?? 0;
  const withoutRate = start?.querySelectorAll('.marks > .too-few > *').length ?? 0;
  expect(points).toBeGreaterThan(withoutRate);
});

it('a printed country page has no buttons and links that do something', async () => {
  const { page, close } = await visit(country, DESK);
  await page.emulateMedia({ media: 'print' });
  for (const doing of ['.lead-actions', '.figure-actions', '.safe .actions', '.rail'])
    expect(await page.locator(doing).first().isVisible(), doing).toBe(false);
  await close();
});

it('the menu opens without scripts', async () => {
  const { page, close } = await visit('', { ...PHONE, javaScriptEnabled: false });
  const link = page.locator('#menu a').first();
  expect(await link.isVisible()).toBe(false);
  await page.locator('button.menu').click();
  expect(await link.isVisible()).toBe(true);
  await close();
});

it('a page has one whole notice for each publisher, and a short credit under each chart', async () => {
  const { page, close } = await visit(country, { javaScriptEnabled: false });
  const text = (await page.locator('body').textContent()) ?? '';
  expect(text.match(/Contains data from OONI/g)).toHaveLength(1);
  for (const credit of await page.locator('figure[data-chart] figcaption').allTextContents())
    expect(credit).toMatch(/\S · .*\S · .*\d{4}/);
  await close();
});

it('the methods fold by kind of test, and a link to a rule opens its fold', async () => {
  const { page, close } = await visit('methods/', PHONE);
  const rule = page.locator('#rules dt').last();
  expect(await rule.isVisible()).toBe(false);
  await page.goto(`${page.url()}#${(await rule.getAttribute('id')) ?? ''}`);
  await rule.waitFor({ state: 'visible' });
  await close();
});
