/** A blank page in real Chromium that can import the site's modules, under the site's own security policy. */
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import path from 'node:path';
import sirv from 'sirv';
import { createViteServer } from 'vitest/node';
import type { Browser, Page } from 'playwright';
import { contentSecurityPolicy } from '../../site/serve/headers.ts';
import { launchBrowser } from './browser.ts';
import { ROOT } from './site-build.ts';

export interface ModulePage {
  readonly page: Page;
  readonly browser: Browser;
  readonly origin: string;
  /** Every address asked for since the page was opened. */
  readonly requests: readonly string[];
  close(): Promise<void>;
}

/** Packages bundled before the first page is opened. Others come file by file, as `noDiscovery` says below. */
const BUNDLED = [
  '@duckdb/duckdb-wasm',
  '@formatjs/icu-messageformat-parser',
  '@tanstack/table-core',
  '@tanstack/table-core/store-reactivity-bindings',
  '@tanstack/virtual-core',
  'd3',
  'intl-messageformat',
  'punycode/punycode.es6.js',
  'valibot',
];

/**
 * Serves the repository's modules from memory. Inside the page import them as `/site/…ts`. `folder` is served
 * below `/data/`.
 */
export async function openModulePage(folder: string): Promise<ModulePage> {
  await mkdir(path.join(ROOT, '.cache'), { recursive: true });
  // Of its own: two servers that bundle into one folder at once take it away from each other.
  const cacheDir = await mkdtemp(path.join(ROOT, '.cache/modules-'));
  const files = sirv(folder, { dev: true, etag: true });
  const server = await createViteServer({
    configFile: false,
    root: ROOT,
    logLevel: 'error',
    appType: 'custom',
    cacheDir,
    // A package met late would be bundled anew, and a page that is loading its modules would lose them.
    optimizeDeps: { include: BUNDLED, entries: [], noDiscovery: true },
    server: { host: '127.0.0.1', port: 0, hmr: false, ws: false, watch: null },
    plugins: [
      {
        name: 'blank-page',
        configureServer(vite) {
          vite.middlewares.use((request, response, next) => {
            response.setHeader('Content-Security-Policy', contentSecurityPolicy());
            if (request.url === '/blank') {
              response.setHeader('Content-Type', 'text/html');
              response.end(
                '<!doctype html><html lang="en"><title>blank</title><body></body></html>',
              );
              return;
            }
            next();
          });
          vite.middlewares.use('/data', files);
        },
      },
    ],
  });
  await server.listen();
  const address = server.httpServer?.address();
  if (typeof address !== 'object' || address === null) {
    throw new Error('The module server has no port. Close other servers and run the tests again.');
  }
  const origin = `http://127.0.0.1:${String(address.port)}`;
  const browser = await launchBrowser();
  const page = await browser.newPage();
  const requests: string[] = [];
  page.on('request', (request) => {
    requests.push(request.url());
  });
  await page.goto(`${origin}/blank`);
  return {
    page,
    browser,
    origin,
    requests,
    async close() {
      await browser.close();
      await server.close();
      await rm(cacheDir, { recursive: true, force: true });
    },
  };
}
