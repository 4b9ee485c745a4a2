/** One browser for a test file, and pages in it that write down what they asked for and what was refused. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright';
import { afterAll, beforeAll, inject } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { watchWork } from './quiet.ts';
import { PATIENCE } from './turn.ts';
import type {} from '../support/sample-site.ts';

export interface Visit {
  readonly page: Page;
  /** Every address the page asked for, in order. */
  readonly requests: readonly string[];
  /** Policy violations, script errors and console errors, as text. */
  readonly complaints: readonly string[];
  /** HTTP status of the page itself. */
  readonly status: number | null;
  /** Goes on to another page of the sample site in the same window, which takes half as long as a visit of its own. */
  readonly goOn: (where: string) => Promise<void>;
  readonly close: () => Promise<void>;
}

/** Call once at the top of a test file; `visit('path/')` then opens a page of the sample site. */
export function useBrowser(): (
  where: string,
  options?: BrowserContextOptions,
  /** What is done to the page before it is opened. */
  prepare?: (page: Page) => Promise<unknown>,
) => Promise<Visit> {
  let browser: Browser | null = null;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser?.close();
  });
  return async (where, options = {}, prepare) => {
    if (browser === null)
      throw new Error('visit() was called outside a test. Call it inside it().');
    const context = await browser.newContext(options);
    context.setDefaultTimeout(PATIENCE.timeout);
    const page = await context.newPage();
    const requests: string[] = [];
    const complaints: string[] = [];
    const quiet = watchWork(page, options.javaScriptEnabled !== false);
    page.on('request', (request) => requests.push(request.url()));
    page.on('pageerror', (error) => complaints.push(`script error: ${error.message}`));
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    await page.addInitScript(() => {
      document.addEventListener('securitypolicyviolation', (event) => {
        console.error(`policy violation: ${event.violatedDirective} ${event.blockedURI}`);
      });
    });
    await prepare?.(page);
    const open = async (address: string) => {
      const response = await page.goto(new URL(address, inject('site').url).href);
      await quiet();
      return response;
    };
    const response = await open(where);
    return {
      page,
      requests,
      complaints,
      status: response?.status() ?? null,
      goOn: async (address) => {
        await open(address);
      },
      close: () => closeQuietly(context),
    };
  };
}

/**
 * Closes pages whose answers a test changes: a request that is still being answered then is nobody's fault, such as
 * files that a check has named as changed before all of them had come.
 */
async function closeQuietly(context: BrowserContext): Promise<void> {
  await context.unrouteAll({ behavior: 'ignoreErrors' });
  for (const page of context.pages()) await page.unrouteAll({ behavior: 'ignoreErrors' });
  await context.close();
}

/** The release that a data folder names as its newest. */
export function readRelease(data: string): string {
  const latest: unknown = JSON.parse(readFileSync(path.join(data, 'latest.json'), 'utf8'));
  const version: unknown =
    typeof latest === 'object' && latest !== null ? Reflect.get(latest, 'data_version') : null;
  if (typeof version !== 'string') throw new Error('latest.json names no data_version.');
  return version;
}
