// @ts-check
import { cp, readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'astro/config';
import sirv from 'sirv';
import { basePath, dataAddress, siteUrl } from './site/serve/base.ts';
import { embeds } from './site/serve/embed-integration.ts';
import { formatHeaders, headerRules } from './site/serve/headers.ts';
import { writeKeepLists } from './site/serve/keep-lists.ts';
import { leaveLargeTables } from './site/serve/large-tables.ts';
import { languageRoutes } from './site/serve/language-routes.ts';
import { describeFit, weighSite } from './site/serve/hosts.ts';
import { builtLanguages, languageFolder } from './site/serve/languages.ts';
import { builtHanLetters } from './site/serve/page-letters.ts';
import { pageScripts } from './site/serve/page-scripts.ts';
import { preloadScripts } from './site/serve/preload-scripts.ts';
import { shippedPackages } from './site/serve/shipped-packages.ts';
import { sitemaps } from './site/serve/sitemap.ts';
import { spokenScripts } from './site/serve/spoken-scripts.ts';
import { makeStatus, STATUS_FILE } from './site/serve/status.ts';
import { makeTwins, wantsTwins } from './site/serve/twins.ts';
import { words } from './site/serve/words-plugin.ts';
import { writeFonts } from './site/styles/fonts.ts';

const base = basePath();
const site = siteUrl();
const dataDir = process.env['DATA_DIR'];

/** Data that lie elsewhere than in `public/data` take its place, in development and in the built site. */
const dataFolder = {
  name: 'data-folder',
  hooks: {
    'astro:server:setup': ({ server }) => {
      if (dataDir)
        server.middlewares.use(`${base}data`, sirv(path.resolve(dataDir), { dev: true }));
    },
    'astro:build:done': async ({ dir, logger }) => {
      const target = fileURLToPath(new URL('data/', dir));
      if (dataDir) {
        // The page about the data lies in the same folder as the data.
        for (const name of await readdir(target).catch(() => [])) {
          if (name !== 'index.html') await rm(path.join(target, name), { recursive: true });
        }
        await cp(path.resolve(dataDir), target, { recursive: true });
      }
      const elsewhere = dataAddress();
      if (elsewhere === null) return;
      const folders = await leaveLargeTables(fileURLToPath(dir), base, elsewhere);
      logger.info(`put these folders of the data below ${elsewhere}: ${folders.join(', ')}`);
    },
  },
};

const fonts = {
  name: 'fonts',
  hooks: {
    'astro:config:setup': async ({ config }) => {
      await writeFonts(fileURLToPath(new URL('.cache/fonts/', config.root)), builtHanLetters());
    },
  },
};

const headers = {
  name: 'headers',
  hooks: {
    'astro:build:done': async ({ dir }) => {
      const languages = builtLanguages().map(({ tag }) => languageFolder(tag));
      const others = ['_astro', 'data', 'oembed', ...languages.map((name) => name.slice(0, -1))];
      const folders = [];
      for (const language of languages)
        for (const entry of await readdir(new URL(language, dir), { withFileTypes: true }))
          if (entry.isDirectory() && !others.includes(entry.name))
            folders.push(`${language}${entry.name}`);
      await writeFile(new URL('_headers', dir), formatHeaders(headerRules(folders, languages)));
    },
  },
};

const keepLists = {
  name: 'keep-lists',
  hooks: {
    'astro:build:done': ({ dir, logger }) => {
      const languages = builtLanguages().map(({ tag }) => languageFolder(tag));
      const lists = writeKeepLists(fileURLToPath(dir), languages);
      logger.info(`${lists} places can be kept on a device`);
    },
  },
};

/** Last, when everything is there: what an operator watches, and whether the host takes it. */
const status = {
  name: 'status',
  hooks: {
    'astro:build:done': async ({ dir, logger }) => {
      const dist = fileURLToPath(dir);
      if (wantsTwins(process.env)) {
        const began = performance.now();
        const { files, bytes } = await makeTwins(dist);
        const seconds = ((performance.now() - began) / 1000).toFixed(1);
        logger.info(`${files} compressed copies, ${(bytes / 1e6).toFixed(1)} MB, in ${seconds} s`);
      }
      const size = await weighSite(dist);
      const made = await makeStatus(path.resolve(dataDir ?? 'public/data'), size, dataAddress());
      await writeFile(new URL(STATUS_FILE, dir), `${JSON.stringify(made, null, 1)}\n`);
      logger.info(describeFit(size, process.env['HOST']));
    },
  },
};

/** The workbook writer packs large files in a worker made from a blob, which our policy forbids: see the module. */
const zipWithoutWorkers = {
  name: 'zip-without-workers',
  /** @type {'pre'} */
  enforce: 'pre',
  resolveId: (/** @type {string} */ id, /** @type {string | undefined} */ importer) =>
    id === 'fflate' && importer?.includes('write-excel-file') === true
      ? fileURLToPath(new URL('./site/islands/xlsx-zip.ts', import.meta.url))
      : null,
};

export default defineConfig({
  srcDir: './site',
  publicDir: './public',
  cacheDir: './.cache/astro',
  output: 'static',
  base,
  ...(site === null ? {} : { site }),
  trailingSlash: 'always',
  build: { format: 'directory', inlineStylesheets: 'never', assets: '_astro', concurrency: 4 },
  devToolbar: { enabled: false },
  integrations: [
    fonts,
    languageRoutes(),
    dataFolder,
    embeds(base),
    spokenScripts(),
    preloadScripts(),
    headers,
    keepLists,
    ...sitemaps(site, base),
    status,
  ],
  vite: {
    plugins: [words(), pageScripts(), zipWithoutWorkers, shippedPackages()],
    build: { assetsInlineLimit: 0, cssCodeSplit: true },
    ssr: { external: ['@duckdb/node-api', '@duckdb/node-bindings'] },
  },
});
