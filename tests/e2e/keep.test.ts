/** A place that a reader keeps on the device: nothing before, the page without a connection, a new release, nothing after. */
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright';
import { afterEach, beforeAll, beforeEach, expect, inject, it } from 'vitest';
import { heaviestCountry } from '../support/country-pages.ts';
import { scratchFolder } from '../support/scratch.ts';
import { SUB_PATH } from '../support/site-build.ts';
import { serveStatic, type StaticServer } from '../support/static-server.ts';
import { bar, choose, expectDrawn } from './filtering.ts';
import { answered, ask } from './turn.ts';
import { useBrowser } from './visit.ts';

const visit = useBrowser();
const { dist } = inject('site');
const code = heaviestCountry(dist);
const PLACE = `country/${code}/`;
/** A copy of what a place needs, so that a release can follow it. */
const copy = path.join(scratchFolder('keep'), 'dist');
beforeAll(() => {
  mkdirSync(copy, { recursive: true });
  for (const name of [
    '_astro',
    '_headers',
    'data',
    'favicon.svg',
    'index.html',
    'keep.js',
    'country',
  ])
    cpSync(path.join(dist, name), path.join(copy, name), { recursive: true });
});

/** A server of its own for each test: when it is closed, the line is cut for pages and workers alike. */
let server: StaticServer;
beforeEach(async () => {
  server = await serveStatic(copy, SUB_PATH);
});
afterEach(() => server.close());
const at = (place: string): string => `${server.origin}${SUB_PATH}${place}`;

const box = (page: Page) => page.locator('#keep');
const button = (page: Page) => box(page).getByRole('button');
/** Also while the box is folded. */
const said = async (page: Page) => (await box(page).locator('[role="status"]').textContent()) ?? '';

/** What a browser has stored for the site: workers and names of caches. */
const stored = (page: Page) =>
  page.evaluate(async () => [
    ...(await navigator.serviceWorker.getRegistrations()).map(({ scope }) => scope),
    ...(await caches.keys()),
    ...Object.keys(localStorage),
    ...Object.keys(sessionStorage),
    ...(await indexedDB.databases()).map(({ name }) => name ?? ''),
  ]);

async function openBox(page: Page): Promise<void> {
  await ask(box(page), () => box(page).locator('summary').click());
}

async function keep(page: Page): Promise<void> {
  await openBox(page);
  await ask(box(page), () => button(page).click());
  expect(await said(page)).toMatch(/^Kept on this device: data release \S+, [\d.]+ [kM]B/);
}

it('stores nothing by itself, keeps the place when told to, and leaves nothing when it is removed', async () => {
  const { page, complaints, requests, close } = await visit(at(PLACE));
  expect(await stored(page)).toEqual([]);
  await openBox(page);
  expect(await said(page)).toMatch(/^\d+ files, [\d.]+ MB\./);
  expect(await stored(page)).toEqual([]);
  await ask(box(page), () => button(page).click());
  expect(await stored(page)).toEqual([at(PLACE), `kept ${SUB_PATH}${PLACE}`]);
  const shown = await page.locator('h1').innerText();
  expect(complaints).toEqual([]);

  await server.close();
  await page.goto(at(`${PLACE}?test_name=telegram`));
  expect(await page.locator('h1').innerText()).toBe(shown);
  await ask(bar(page), () => choose(page, 'test_name', 'whatsapp'));
  await expectDrawn(page, 'WhatsApp');
  expect(await page.evaluate(() => document.fonts.check('16px Inter'))).toBe(true);
  expect(await page.locator('figure[data-chart] svg').count()).toBeGreaterThan(3);
  // Another page is not kept, and the browser says so.
  const other = await page.context().newPage();
  await expect(other.goto(at(''))).rejects.toThrow(/ERR_CONNECTION_REFUSED/);

  await answered(box(page));
  expect(await said(page)).toMatch(/^Kept on this device/);
  await box(page).locator('summary').click();
  await ask(box(page), () => button(page).click());
  expect(await said(page)).toMatch(/^Removed/);
  expect(await stored(page)).toEqual([]);
  expect(requests.filter((url) => !url.startsWith(server.origin))).toEqual([]);
  await close();
});

it('follows a new release when it is opened with a connection', async () => {
  const { page, close } = await visit(at(PLACE));
  await keep(page);
  const folder = path.join(copy, PLACE);
  const list = readFileSync(path.join(folder, 'keep.json'), 'utf8');
  const html = readFileSync(path.join(folder, 'index.html'), 'utf8');
  const { release }: { release: string } = JSON.parse(list);
  writeFileSync(path.join(folder, 'keep.json'), list.replace(release, 'next-release'));
  writeFileSync(path.join(folder, 'index.html'), html.replace('</h1>', ' again</h1>'));
  await page.reload();
  await answered(box(page));
  expect(await said(page)).toContain('next-release');
  await server.close();
  await page.reload();
  expect(await page.locator('h1').innerText()).toMatch(/ again$/);
  await close();
  writeFileSync(path.join(folder, 'keep.json'), list);
  writeFileSync(path.join(folder, 'index.html'), html);
});

it('keeps nothing of a place that could not be fetched whole', async () => {
  const { page, close } = await visit(at(PLACE));
  await openBox(page);
  await page.route('**/*.files.json', (route) => route.abort());
  await ask(box(page), () => button(page).click());
  expect(await said(page)).toMatch(/could not be kept, and nothing was stored\. .*try again/);
  expect(await stored(page)).toEqual([]);
  await page.unroute('**/*.files.json');
  await ask(box(page), () => button(page).click());
  expect(await said(page)).toMatch(/^Kept/);
  await close();
});
