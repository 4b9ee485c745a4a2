/**
 * Payloads planted in every text of every source, through data and pages into Chromium: nothing runs, nothing breaks the
 * policy of the pages or that of Trusted Types, and nothing moves the page. Every file of the site is read, every page opened;
 * and what a page makes of such texts itself: files, pictures, answers to SQL, finds, and words about addresses.
 */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { unzipSync } from 'fflate';
import type { Browser, Locator, Page } from 'playwright';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { formatQueryLink } from '../../site/state/query-link.ts';
import { unfold } from './filtering.ts';
import { buildHostileSite, openWatched } from './hostile-visit.ts';
import { findLayoutFaults } from './layout-faults.ts';
import { answered, ask } from './turn.ts';
import { launchBrowser } from '../support/browser.ts';
import { htmlFiles } from '../support/crawl.ts';
import { findTextFaults, pictureFaults, textFaults } from '../support/hostile-site.ts';
import { HOSTILE, TYPED_PAYLOADS } from '../support/hostile-text.ts';
import { scratchFolder } from '../support/scratch.ts';
import { serveStatic, type StaticServer } from '../support/static-server.ts';
import { workbookFaults } from '../support/workbook.ts';

const root = scratchFolder('text-safety');
const dist = path.join(root, 'dist');
let browser: Browser;
let server: StaticServer;
let payloads = 0;

beforeAll(async () => {
  payloads = await buildHostileSite(root, dist);
  server = await serveStatic(dist);
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser.close();
  await server.close();
});
const openPage = () => openWatched(browser, server.origin);

it('leaves every file what it is', () => {
  const { faults, read } = findTextFaults(dist);
  console.log(`${payloads} payloads planted; files read: ${JSON.stringify(read)}`);
  expect(faults.slice(0, 40)).toEqual([]);
  for (const kind of ['html', 'svg', 'xml', 'json', 'ics', 'csv', 'jsonld', 'png'])
    expect(read[kind] ?? 0, kind).toBeGreaterThan(0);
});

it('runs nothing and moves nothing on any page', { timeout: 1_800_000 }, async () => {
  const { page, heard } = await openPage();
  const faults: string[] = [];
  // Former addresses lead on to pages that are opened, too.
  const pages = htmlFiles(dist)
    .filter((file) => !readFileSync(file, 'utf8').includes('http-equiv="refresh"'))
    .map((file) => path.relative(dist, file));
  for (const file of pages) {
    await page.goto(`${server.origin}/${file.replace(/index\.html$/, '')}`);
    const ran = await page.evaluate(() => {
      for (const fold of document.querySelectorAll('details')) fold.open = true;
      for (const element of document.querySelectorAll('body *'))
        for (const kind of ['mouseover', 'focus', 'load']) element.dispatchEvent(new Event(kind));
      return Object.hasOwn(window, 'planted');
    });
    if (ran) faults.push(`${file}: a payload ran`);
    if (!file.startsWith('embed'))
      for (const fault of await findLayoutFaults(page))
        // Folds are opened all at once, which puts one-pixel legends into view.
        if (!fault.includes('visually-hidden')) faults.push(`${file}: ${fault}`);
    faults.push(...heard.splice(0).map((fault) => `${file}: ${fault}`));
    if (faults.length > 40) break;
  }
  console.log(`${String(pages.length)} pages opened`);
  expect(faults).toEqual([]);
  await page.context().close();
});

const ran = (page: Page) => page.evaluate(() => Object.hasOwn(window, 'planted'));

/** Fields, and rows of one height, hold more than they show. */
async function layoutFaults(page: Page): Promise<readonly string[]> {
  return (await findLayoutFaults(page)).filter((one) => !/^cut off: (?:input|td) /.test(one));
}

/** The file that a click gives: its faults, by what it is. */
async function faultsOfFile(page: Page, link: Locator): Promise<readonly string[]> {
  const offered = (await link.getAttribute('download')) ?? '';
  const [download] = await Promise.all([
    page.waitForEvent('download').catch(() => null),
    link.click(),
  ]);
  if (download === null) return [`${offered} is not given`];
  const name = download.suggestedFilename();
  const bytes = readFileSync(await download.path());
  const named = (faults: readonly string[]) => faults.map((fault) => `${name}: ${fault}`);
  if (!/^[\w.@-]+$/.test(name)) return [`the name ${name}`];
  if (name.endsWith('.xlsx')) return named(workbookFaults(bytes));
  if (name.endsWith('.png')) return named(pictureFaults(bytes));
  if (!name.endsWith('.zip')) return textFaults(name, bytes.toString('utf8'));
  return Object.entries(unzipSync(bytes)).flatMap(([inside, part]) =>
    named(textFaults(inside, Buffer.from(part).toString('utf8'))),
  );
}

it('gives files and pictures that are nothing else', { timeout: 1_800_000 }, async () => {
  const { page, heard } = await openPage();
  const faults: string[] = [];
  let files = 0;
  const some = (kind: string, most: number) =>
    readdirSync(path.join(dist, kind))
      .slice(0, most)
      .map((name) => `${kind}/${name}/`);
  const places = [...some('country', 3), ...some('network', 24), ...some('domain', 6)];
  for (const place of places) {
    await page.goto(`${server.origin}/${encodeURI(place)}`);
    const figures = page.locator('figure[data-chart][id]');
    for (const id of await figures.evaluateAll((found) => found.map((one) => one.id))) {
      const panel = page.locator(`#${id} [data-take="download"]`);
      if ((await panel.count()) === 0) continue;
      await unfold(page, `#${id} [data-take="download"]`);
      await panel.locator('> summary').click();
      await panel.locator('a[data-form="zip"]').first().waitFor();
      const parts = await panel.locator('a[data-form="csv"]').count();
      await expect.poll(() => panel.locator('a[data-form="xlsx"]').count()).toBe(parts);
      for (const link of await panel.locator('a[data-form]').all()) {
        faults.push(...(await faultsOfFile(page, link)).map((fault) => `${place}#${id}: ${fault}`));
        files += 1;
      }
    }
    const embed = page.locator('figure [data-action="embed"]').first();
    const id = await embed.evaluate((button) => button.closest('figure')?.id ?? '');
    await unfold(page, `#${id} [data-action="embed"]`);
    await embed.click();
    const dialog = page.locator('dialog.share');
    await dialog.waitFor();
    faults.push(...textFaults('code.html', await dialog.locator('textarea').inputValue()));
    await dialog.locator('input[value="picture"]').check();
    await dialog.locator('input[name="note"]').fill(HOSTILE.drawing);
    for (const form of ['png', 'svg']) {
      faults.push(...(await faultsOfFile(page, dialog.locator(`[data-action="${form}"]`))));
      files += 1;
    }
    await dialog.locator('input[value="file"]').check();
    faults.push(...(await faultsOfFile(page, dialog.locator('[data-action="file"]'))));
    files += 1;
    if (await ran(page)) faults.push(`${place}: a payload ran`);
    faults.push(...heard.splice(0).map((fault) => `${place}: ${fault}`));
  }
  console.log(`${String(files)} files made on ${String(places.length)} pages`);
  expect(faults).toEqual([]);
  expect(files).toBeGreaterThan(100);
  await page.context().close();
});

it('answers SQL with texts, and says what is wrong in texts', { timeout: 600_000 }, async () => {
  const { page, heard } = await openPage();
  const faults: string[] = [];
  const place = page.locator('#console');
  const quoted = TYPED_PAYLOADS.map((text) => `'${text.replaceAll("'", "''")}'`);
  const named = TYPED_PAYLOADS.map(
    (text, at) => `${String(at)} AS "${text.replaceAll('"', '""')}"`,
  );
  const answers = [
    'SELECT * FROM networks',
    'SELECT * FROM domains',
    'SELECT input, count(*) AS n FROM measurements GROUP BY ALL',
    `SELECT unnest([${quoted.join(', ')}]) AS text, 1 AS n`,
    `SELECT ${named.join(', ')}`,
    `SELECT 1 AS n --,${HOSTILE.formula}`,
    `SELECT list(name) AS names FROM networks`,
  ];
  const refused = TYPED_PAYLOADS.flatMap((text) => [
    text,
    `SELECT ${named[0] ?? ''}, "${text}" FROM events`,
  ]);
  await page.goto(`${server.origin}/query/`);
  for (const sql of [...answers, ...refused]) {
    const hash = formatQueryLink({ sql, floors: true });
    await ask(place, () => page.evaluate((link) => (location.hash = link), hash));
    const failure = await place.locator('[data-status="failure"]').innerText();
    if (answers.includes(sql)) {
      expect(failure, sql).toBe('');
      faults.push(...(await faultsOfFile(page, place.locator('[data-action="csv"]'))));
    }
    if (await ran(page)) faults.push(`${sql}: a payload ran`);
    faults.push(...(await layoutFaults(page)).map((fault) => `${sql}: ${fault}`));
    faults.push(...heard.splice(0).map((fault) => `${sql}: ${fault}`));
  }
  console.log(`${String(answers.length + refused.length)} statements asked`);
  expect(faults).toEqual([]);
  await page.context().close();
});

it('finds, and does not find, in texts', { timeout: 600_000 }, async () => {
  const { page, heard } = await openPage();
  const faults: string[] = [];
  const look = async (where: string) => {
    if (await ran(page)) faults.push(`${where}: a payload ran`);
    faults.push(...(await layoutFaults(page)).map((fault) => `${where}: ${fault}`));
    // Addresses that lead nowhere are answered with 404, which the browser reports.
    faults.push(
      ...heard
        .splice(0)
        .filter((one) => !one.includes('404'))
        .map((one) => `${where}: ${one}`),
    );
  };
  const box = page.locator('.search-box');
  await page.goto(`${server.origin}/about/`);
  let offered = 0;
  for (const text of ['planted', 'onerror', 'hyperlink', 'drop table', ...TYPED_PAYLOADS]) {
    await box.locator('input').fill('');
    await ask(box, () => box.locator('input').fill(text.replace(/[\r\n]+/g, ' ')));
    offered += await page.locator('[role="option"]').count();
    await look(`typed ${text}`);
  }
  expect(offered).toBeGreaterThan(TYPED_PAYLOADS.length);
  for (const text of ['planted', ...TYPED_PAYLOADS]) {
    const written = encodeURIComponent(text);
    await page.goto(`${server.origin}/search/?q=${written}`);
    await expect.poll(() => page.locator('[data-part="count"]').innerText()).toMatch(/\d|not/);
    await look(`searched ${text}`);
    for (const where of ['country/UY/', 'explore/'])
      for (const parameter of ['domain', 'probe_asn', 'test_name', 'since', 'probe_cc']) {
        await page.goto(`${server.origin}/${where}?${parameter}=${written}`);
        await answered(page.locator(where === 'explore/' ? '#builder' : '#explore'));
        await look(`${where}?${parameter}=${text}`);
      }
    for (const where of [`country/${written}/`, `network/${written}`, written]) {
      await page.goto(`${server.origin}/${where}`, { waitUntil: 'load' });
      await look(where);
    }
  }
  console.log(`${String(offered)} names offered`);
  expect(faults).toEqual([]);
  await page.context().close();
});
