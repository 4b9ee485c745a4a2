/**
 * Payloads planted in every text of every source, through data and pages into Chromium: nothing runs, nothing breaks the
 * policy of the pages or that of Trusted Types, and nothing moves the page. Every file of the site is read, every page opened.
 */
import { appendFileSync, cpSync, rmSync } from 'node:fs';
import path from 'node:path';
import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { writeSample } from '../../data-build/sample/sample.ts';
import { CONTENT_SECURITY_POLICY } from '../../site/serve/headers.ts';
import { findLayoutFaults } from './layout-faults.ts';
import { launchBrowser } from '../support/browser.ts';
import { htmlFiles } from '../support/crawl.ts';
import { findTextFaults } from '../support/hostile-site.ts';
import { plantInSample } from '../support/hostile-text.ts';
import { recordEffects } from '../support/quiet-effects.ts';
import { scratchFolder } from '../support/scratch.ts';
import { runScript } from '../support/site-build.ts';
import { serveStatic, type StaticServer } from '../support/static-server.ts';

const root = scratchFolder('text-safety');
const dist = path.join(root, 'dist');
let browser: Browser;
let server: StaticServer;
let payloads = 0;

beforeAll(async () => {
  const whole = path.join(root, 'sample');
  const dumps = path.join(root, 'dumps');
  await writeSample({ size: 'small', out: whole, seed: 1, effects: recordEffects() });
  cpSync(whole, dumps, {
    recursive: true,
    filter: (file) => !/[/\\](?:bare|aggregation|raw[/\\]\d+[/\\]\d+[/\\](?!UY|NZ)\w+)$/.test(file),
  });
  rmSync(whole, { recursive: true });
  payloads = plantInSample(dumps, 700).payloads;
  const data = path.join(root, 'data');
  await runScript(console.log, 'data', ['--dumps', dumps, '--out', data], {});
  await runScript(console.log, 'build', ['--outDir', dist], {
    DATA_DIR: data,
    PICTURES: 'off',
    SITE_URL: 'https://atlas.example',
  });
  appendFileSync(
    path.join(dist, '_headers'),
    `\n/*\n  Content-Security-Policy: ${CONTENT_SECURITY_POLICY}; require-trusted-types-for 'script'\n`,
  );
  server = await serveStatic(dist);
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser.close();
  await server.close();
});

it('leaves every file what it is', () => {
  const { faults, read } = findTextFaults(dist);
  console.log(`${payloads} payloads planted; files read: ${JSON.stringify(read)}`);
  expect(faults.slice(0, 40)).toEqual([]);
  for (const kind of ['html', 'svg', 'xml', 'json', 'ics', 'csv', 'jsonld'])
    expect(read[kind] ?? 0, kind).toBeGreaterThan(0);
});

/** What went wrong on a page, written down by the page and by the browser. */
function watch(page: Page): string[] {
  const faults: string[] = [];
  page.on('dialog', (dialog) => {
    faults.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('pageerror', (error) => faults.push(`script error: ${error.message}`));
  page.on('console', (message) => {
    // Browsers ask for an icon of pages that name none.
    if (message.type() === 'error' && !message.location().url.endsWith('/favicon.ico'))
      faults.push(message.text());
  });
  page.on('request', (request) => {
    if (!/^(?:data:|blob:)/.test(request.url()) && !request.url().startsWith(server.origin))
      faults.push(`asked for ${request.url()}`);
  });
  return faults;
}

/** A page of the site in a context in which only scripts of the site may come from text. */
async function openPage(): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 360, height: 800 } });
  await context.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      console.error(`policy: ${event.violatedDirective} ${event.blockedURI} ${event.sample}`);
    });
    const types: unknown = Reflect.get(window, 'trustedTypes');
    if (typeof types !== 'object' || types === null) throw new Error('no Trusted Types');
    // The engine's worker is named by its address; text as markup or as a script is refused.
    const scripts = {
      createScriptURL: (url: string) =>
        new URL(url, location.href).origin === location.origin ? url : null,
    };
    const create: unknown = Reflect.get(types, 'createPolicy');
    if (typeof create === 'function') Reflect.apply(create, types, ['default', scripts]);
  });
  return context.newPage();
}

it('runs nothing and moves nothing on any page', { timeout: 1_800_000 }, async () => {
  const page = await openPage();
  const heard = watch(page);
  const faults: string[] = [];
  const pages = htmlFiles(dist).map((file) => path.relative(dist, file));
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
