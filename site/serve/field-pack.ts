/**
 * One place as a folder that needs no server and no network: its page, its charts, its tables, licences and sums. For
 * where the site is blocked: it opens from a disk or a stick, runs no script and asks for nothing.
 */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { zipSync, type Zippable } from 'fflate';
import { HTMLElement, parse, TextNode } from 'node-html-parser';
import { escapeXml } from '../../data-build/contract/xml.ts';
import { translate } from '../i18n/translate.ts';
import { frameOf } from '../export/embed-page.ts';
import { baseOf, ownAddress, readPage } from './site-pages.ts';

/** As much as a slow line or an e-mail carries. */
export const MOST_PACK_BYTES = 5_000_000;

/** The same bytes whenever it is made: ZIP files hold a date for each file, and this is their first. */
const NO_TIME = new Date(1980, 0, 1);
const POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; base-uri 'none'; form-action 'none'";

/** What does nothing without scripts, or leads to what is not in the pack. */
const LEFT_OUT =
  'script, link, search, nav, button, form, #keep, [data-verify], [data-action], .figure-actions, .lead-actions, template';

export function makeFieldPack(dist: string, place: string): Uint8Array {
  const page = `country/${place}/index.html`;
  if (!/^[A-Z]{2}$/.test(place) || !existsSync(path.join(dist, page)))
    throw new Error(
      `${dist} has no page of ${place}.\nName a folder of a built site and the code of a place that it has, as KE.`,
    );
  const folder = `interference-atlas-${place}`;
  const files = new Map<string, string | Buffer>();
  const data = path.join(dist, 'data/country', place);
  for (const name of listFiles(data, /\.(?:csv|csv\.gz|txt)$/))
    files.set(`data/${name}`, readFileSync(path.join(data, name)));
  for (const [chart, svg] of listCharts(dist, place)) files.set(`charts/${chart}.svg`, svg);
  files.set('index.html', writePage(dist, page, files));
  files.set('README.txt', readMe(dist, place));
  const names = [...files.keys()].sort();
  const sums = names.map((name) => `${sumOf(files.get(name) ?? '')}  ${name}\n`).join('');
  const members: Zippable = {};
  for (const name of names) members[`${folder}/${name}`] = Buffer.from(files.get(name) ?? '');
  members[`${folder}/SHA256SUMS`] = Buffer.from(sums);
  const zip = zipSync(members, { level: 9, mtime: NO_TIME });
  if (zip.byteLength > MOST_PACK_BYTES)
    throw new Error(
      `The pack of ${place} has ${String(zip.byteLength)} bytes, and may have ${String(MOST_PACK_BYTES)}.\n` +
        'Build the site from fewer days (--since), and make the pack from that.',
    );
  return zip;
}

const sumOf = (content: string | Buffer): string =>
  createHash('sha256').update(content).digest('hex');

function listFiles(folder: string, kind: RegExp): readonly string[] {
  return existsSync(folder)
    ? readdirSync(folder)
        .filter((name) => kind.test(name))
        .sort()
    : [];
}

/** The newest picture of each chart of the place, as its live address leads to it. */
function listCharts(dist: string, place: string): readonly (readonly [string, Buffer])[] {
  const home = path.join(dist, 'embed/country', place);
  if (!existsSync(home)) return [];
  return readdirSync(home)
    .sort()
    .flatMap((chart) => {
      const live = path.join(home, chart, 'index.html');
      if (!existsSync(live)) return [];
      const to = frameOf(readFileSync(live, 'utf8'));
      const svg = path.join(home, chart, `${String(to)}.svg`);
      return to !== null && existsSync(svg) ? [[chart, readFileSync(svg)] as const] : [];
    });
}

/** The page as it is without scripts, with its styles inside; what it leads to is in the pack, at the site, or words alone. */
function writePage(dist: string, page: string, files: ReadonlyMap<string, unknown>): string {
  const root = parse(readPage(dist, page));
  const base = baseOf(dist);
  const styles = root
    .querySelectorAll('link[rel="stylesheet"]')
    .map((link) => readStyle(dist, (link.getAttribute('href') ?? '').slice(base.length)));
  root.querySelector('meta[http-equiv="Content-Security-Policy"]')?.setAttribute('content', POLICY);
  for (const element of root.querySelectorAll(LEFT_OUT)) element.remove();
  for (const fold of root.querySelectorAll('details:not(.choices)')) fold.setAttribute('open', '');
  const head = root.querySelector('head');
  head?.appendChild(makeElement('style', styles.join('\n')));
  const own = ownAddress(dist);
  for (const link of root.querySelectorAll('a[href]')) {
    const value = link.getAttribute('href') ?? '';
    if (/^(?:#|https?:|mailto:)/.test(value)) continue;
    const { pathname, hash } = new URL(value, `http://site.invalid${base}${page}`);
    const inside = pathname.slice(base.length);
    const packed = `data/${path.basename(inside)}`;
    if (inside.startsWith('data/country/') && files.has(packed)) link.setAttribute('href', packed);
    else if (own !== null) link.setAttribute('href', new URL(`${inside}${hash}`, own).href);
    else link.removeAttribute('href');
  }
  const main = root.querySelector('main');
  main?.childNodes.unshift(
    makeElement('p', escapeXml(`${translate('pack.note')} ${translate('pack.find')}`)),
  );
  return root.toString();
}

/** With its fonts inside, since labels were laid out for them. */
function readStyle(dist: string, file: string): string {
  return readFileSync(path.join(dist, file), 'utf8').replaceAll(
    /url\(["']?([^"')]+\.woff2)["']?\)/g,
    (_, font: string) => {
      const bytes = readFileSync(path.join(dist, '_astro', path.basename(font)));
      return `url(data:font/woff2;base64,${bytes.toString('base64')})`;
    },
  );
}

/** `content` is CSS, or text that has no markup left in it. */
function makeElement(tag: 'style' | 'p', content: string): HTMLElement {
  const element = new HTMLElement(tag, {}, '', null, [0, 0]);
  element.appendChild(new TextNode(content, element));
  return element;
}

function readMe(dist: string, place: string): string {
  const own = ownAddress(dist);
  return [
    translate('pack.title', { place }),
    '',
    translate('pack.open'),
    translate('pack.data'),
    translate('pack.sums'),
    ...(own === null ? [] : [translate('pack.site', { url: own })]),
    '',
  ].join('\n');
}
