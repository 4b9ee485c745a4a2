/** Whether a built site can be put under another name: nothing in it may lead back to its own address, or out of its folder. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import {
  baseOf,
  followedAddresses,
  leadsToFile,
  listPages,
  ownAddress,
  readPage,
  type Address,
} from './site-pages.ts';

export interface MirrorReport {
  readonly base: string;
  readonly pages: number;
  readonly addresses: number;
  /** Other addresses of the site, as its pages and `mirrors.json` name them. */
  readonly mirrors: readonly string[];
  /** `page: what is wrong`. */
  readonly faults: readonly string[];
}

const ELSEWHERE = /^(?:https?:)?\/\//;
const NO_PATH = /^(?:$|#|\?|data:|blob:|mailto:)/;

export function checkMirror(dist: string): MirrorReport {
  const base = baseOf(dist);
  const own = ownAddress(dist);
  const origin = own === null ? null : new URL(own).origin;
  const mirrors = readMirrors(dist);
  const faults = mirrors
    .filter((one) => !one.endsWith(base))
    .map((one) => `mirrors.json: ${one} does not end in ${base}, where the site works`);
  const known = new Map<string, boolean>();
  const isThere = (inside: string): boolean => {
    const there = known.get(inside) ?? leadsToFile(dist, inside);
    known.set(inside, there);
    return there;
  };
  const faultOf = ({ value, tag }: Address, here: URL): string | null => {
    if (NO_PATH.test(value)) return null;
    if (ELSEWHERE.test(value)) {
      // A mirror may lead to the others, and to where it came from.
      if (tag === 'a' && mirrors.includes(value)) return null;
      if (origin !== null && value.startsWith(origin))
        return `${value} leads to the site’s own name`;
      return tag === 'a' ? null : `<${tag}> asks another site: ${value}`;
    }
    const { pathname } = new URL(value, here);
    if (!pathname.startsWith(base)) return `${value} leads out of ${base}`;
    return isThere(decodeURIComponent(pathname.slice(base.length)))
      ? null
      : `${value} leads to no file`;
  };
  const pages = listPages(dist);
  let addresses = 0;
  for (const page of pages) {
    const here = new URL(`${base}${page.replace(/index\.html$/, '')}`, 'http://site.invalid');
    for (const address of followedAddresses(readPage(dist, page))) {
      // Embeds stand in pages of others, and cite the published address on purpose.
      if (page.startsWith('embed/') && address.tag === 'a') continue;
      // Shown where there is no page, it leads up from there.
      if (page === '404.html' && address.value === '../') continue;
      addresses += 1;
      const fault = faultOf(address, here);
      if (fault !== null) faults.push(`${page}: ${fault}`);
    }
  }
  // Scripts and styles that name the site would ask it, whatever serves them.
  const code = readdirSync(path.join(dist, '_astro')).filter((name) => /\.(?:js|css)$/.test(name));
  for (const name of origin === null ? [] : code)
    if (readFileSync(path.join(dist, '_astro', name), 'utf8').includes(origin ?? ''))
      faults.push(`_astro/${name}: names ${origin ?? ''}`);
  return { base, pages: pages.length, addresses, mirrors, faults };
}

function readMirrors(dist: string): readonly string[] {
  const file = path.join(dist, 'mirrors.json');
  if (!existsSync(file)) return [];
  const value: unknown = JSON.parse(readFileSync(file, 'utf8'));
  const mirrors: unknown =
    typeof value === 'object' && value !== null ? Reflect.get(value, 'mirrors') : null;
  return Array.isArray(mirrors) ? mirrors.filter((one: unknown) => typeof one === 'string') : [];
}
