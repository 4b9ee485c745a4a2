/**
 * `keep.json` beside each page of a place: the files that a reader who keeps it on a device needs, for the page with its
 * charts and for filters that need no query engine.
 */
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { isLarge } from '../catalog/large-tables.ts';
import type { Manifest } from '../../data-build/contract/manifest.ts';
import { readManifest } from '../catalog/manifest.ts';
import { dataAddress } from './base.ts';
import { baseOf, followedAddresses, readPage } from './site-pages.ts';

const LIST_FILE = 'keep.json';
const ICON = 'favicon.svg';

/** Writes the lists of the places below `folder` of each language (`country/`, `fa/country/`). Returns how many. */
export function writeKeepLists(dist: string, languages: readonly string[]): number {
  const readList = (file: string): Manifest =>
    readManifest(readFileSync(path.join(dist, file), 'utf8'), file);
  const { data_version: release } = readList('data/manifest.json');
  const base = baseOf(dist);
  const assets = readAssets(path.join(dist, '_astro'));
  let lists = 0;
  for (const language of languages)
    for (const code of placesIn(path.join(dist, language, 'country'))) {
      const page = `${language}country/${code}/`;
      const html = readPage(dist, `${page}index.html`);
      const linked = followedAddresses(html)
        .filter(({ tag }) => ['link', 'script', 'html'].includes(tag))
        .map(({ value }) => value.slice(base.length));
      // A place that nobody tested has no filters, and so no list of its files.
      const [, listed] = /data-manifest="([^"]+)"/.exec(html) ?? [];
      const own = listed === undefined ? [] : [listed.slice(base.length)];
      const forever = new Set([
        ...reachable(linked, assets),
        ...linked.filter((one) => one.endsWith('.figures.json')),
        ...own,
        // A worker answers for its own origin alone.
        ...own
          .flatMap((file) => readList(file).files)
          .filter((file) => dataAddress() === null || !isLarge(file.path))
          .map((file) => `data/${file.path}`),
      ]);
      // What changes with each release comes last, so that it never asks for what is not there yet.
      const icon = existsSync(path.join(dist, ICON)) ? [ICON] : [];
      const files = [...forever].sort().concat(icon, page);
      const sizes = files.map(
        (file) => statSync(path.join(dist, file.replace(/\/$/, '/index.html'))).size,
      );
      const bytes = sizes.reduce((sum, size) => sum + size, 0);
      const list = { release, bytes, files };
      writeFileSync(path.join(dist, page, LIST_FILE), JSON.stringify(list));
      lists += 1;
    }
  return lists;
}

function placesIn(folder: string): readonly string[] {
  return existsSync(folder) ? readdirSync(folder).filter((name) => /^[A-Z]{2}$/.test(name)) : [];
}

/** Names of styles, scripts and fonts, each with those that it names. */
type Assets = ReadonlyMap<string, readonly string[]>;

/** Without what starts the query engine, which would be kept in vain. */
function readAssets(folder: string): Assets {
  const assets = new Map<string, readonly string[]>();
  for (const name of readdirSync(folder)) {
    const isRead = /\.(?:js|css)$/.test(name);
    const text = isRead ? readFileSync(path.join(folder, name), 'utf8') : '';
    if (!/\.wasm$|duckdb-[\w.-]+\.wasm/.test(name + text))
      assets.set(name, text.match(/[\w.@~-]+\.(?:js|css|woff2)\b/g) ?? []);
  }
  return assets;
}

/** Assets that these paths lead to, directly or by others. */
function reachable(paths: readonly string[], assets: Assets): readonly string[] {
  const found = new Set<string>();
  const open = paths.filter((one) => one.startsWith('_astro/')).map((one) => path.basename(one));
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    const named = assets.get(name);
    if (found.has(name) || named === undefined) continue;
    found.add(name);
    open.push(...named);
  }
  return [...found].map((name) => `_astro/${name}`);
}
