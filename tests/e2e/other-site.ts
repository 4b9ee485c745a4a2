/** A site of someone else, and pages of it and of ours opened by a browser that writes down what they asked for. */
import { createServer, type Server } from 'node:http';
import type { Browser, BrowserContext, Frame, Page } from 'playwright';
import { afterAll, beforeAll, expect, inject } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { watchWork } from './quiet.ts';
import { PATIENCE } from './turn.ts';

export interface Watched {
  readonly page: Page;
  readonly context: BrowserContext;
  readonly complaints: string[];
  readonly requests: string[];
}

export interface OpenOptions {
  readonly javaScriptEnabled?: boolean;
  readonly width?: number;
  readonly offline?: boolean;
}

export interface OtherSite {
  /** Its pages, put in by path. */
  readonly pages: Map<string, string>;
  readonly origin: () => string;
  readonly open: (address: string, options?: OpenOptions) => Promise<Watched>;
  readonly expectNoThirdParty: (watched: Watched) => void;
}

/** Call once at the top of a test file. */
export function useOtherSite(): OtherSite {
  const pages = new Map<string, string>();
  const { origin: own } = new URL(inject('site').url);
  let other: Server;
  let otherOrigin = '';
  let browser: Browser;

  beforeAll(async () => {
    other = createServer((request, response) => {
      const text = pages.get(request.url ?? '');
      // A browser asks every site for its icon; this one has none, and says so in peace.
      response.writeHead(text === undefined ? 204 : 200, {
        'Content-Type': 'text/html;charset=utf-8',
      });
      response.end(text ?? '');
    });
    await new Promise<void>((resolve) => {
      other.listen(0, '127.0.0.1', resolve);
    });
    const address = other.address();
    if (address === null || typeof address === 'string')
      throw new Error('The other site has no port.');
    otherOrigin = `http://127.0.0.1:${String(address.port)}`;
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser.close();
    other.close();
  });

  return {
    pages,
    origin: () => otherOrigin,
    async open(address, options = {}) {
      const context = await browser.newContext({
        javaScriptEnabled: options.javaScriptEnabled ?? true,
        viewport: { width: options.width ?? 900, height: 900 },
        acceptDownloads: true,
      });
      if (options.offline === true) await context.setOffline(true);
      context.setDefaultTimeout(PATIENCE.timeout);
      const page = await context.newPage();
      const complaints: string[] = [];
      const requests: string[] = [];
      const quiet = watchWork(page, options.javaScriptEnabled !== false);
      page.on('request', (request) => requests.push(request.url()));
      page.on('pageerror', (error) => complaints.push(`thrown: ${error.message}`));
      page.on('console', (message) => {
        if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
      });
      await page.goto(address);
      await quiet();
      return { page, context, complaints, requests };
    },
    expectNoThirdParty({ requests }) {
      const allowed = [own, otherOrigin, `blob:${own}`, 'data:'];
      expect(requests.filter((url) => !allowed.some((start) => url.startsWith(start)))).toEqual([]);
    },
  };
}

/** The embed that a page frames. */
export async function innerFrame(page: Page): Promise<Frame> {
  const find = () => page.frames().find((one) => one.url().includes('/embed/'));
  await expect.poll(find).toBeDefined();
  const frame = find();
  if (frame === undefined) throw new Error('The page frames no embed.');
  // Its stylesheet comes after its text: before, drawings for another width are seen, too.
  await frame.waitForLoadState('load');
  await frame.waitForSelector('figure[data-chart]');
  return frame;
}

/** Exactly one of the two drawings is seen, and it is drawn with the stylesheet. */
export async function expectChart(frame: Frame | Page): Promise<void> {
  const seen = await frame
    .locator('figure[data-chart] svg')
    .evaluateAll(
      (svgs) =>
        svgs
          .map((svg) => svg.getBoundingClientRect())
          .filter(({ width, height }) => width > 200 && height > 100).length,
    );
  expect(seen).toBe(1);
  expect(await frame.locator('figcaption').innerText()).toContain('CC BY-NC-SA 4.0');
}

/** A page that frames an address, in a sandbox or none. */
export const frameOf = (sandbox: string | null, src: string): string =>
  `<!doctype html><title>An article</title><iframe src="${src}" title="chart" width="600" height="300"${sandbox === null ? '' : ` sandbox="${sandbox}"`}></iframe>`;
