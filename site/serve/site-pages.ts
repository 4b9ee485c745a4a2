/** The pages of a built site as they lie in its folder, and the addresses in them. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';

/** A tag, with attributes as our templates write them. */
const TAG = /<([a-z][a-z0-9-]*)((?:\s+[^\s"'>=]+(?:="[^"]*")?)*)\s*\/?>/g;
/** Attributes that lead somewhere. */
const LEADING = /\s(?:href|src|action|formaction|data-href|data-figures|poster)="([^"]*)"/g;
/** What only names the site, for search engines and for pages that show a link to it. */
const NAMING = /\srel="(?:canonical|alternate|license|author)"/;

export interface Address {
  readonly tag: string;
  readonly value: string;
}

/** Paths below `dist`, sorted. */
export function listPages(dist: string): readonly string[] {
  return readdirSync(dist, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.html'))
    .map((name) => name.replaceAll(path.sep, '/'))
    .sort();
}

export function readPage(dist: string, page: string): string {
  return readFileSync(path.join(dist, page), 'utf8');
}

/** What a browser would fetch or lead a reader to, each once; not what it is only told of. */
export function followedAddresses(html: string): readonly Address[] {
  const found = new Map<string, Address>();
  for (const [, tag = '', attributes = ''] of html.matchAll(TAG)) {
    if (tag === 'link' && NAMING.test(attributes)) continue;
    for (const [, raw = ''] of attributes.matchAll(LEADING)) {
      const value = raw.replaceAll('&amp;', '&').replaceAll('&#38;', '&');
      found.set(`${tag} ${value}`, { tag, value });
    }
  }
  return [...found.values()];
}

/** The path below which the site was built, with a slash at both ends. */
export function baseOf(dist: string): string {
  if (!existsSync(path.join(dist, 'index.html')))
    throw new Error(`${dist} holds no index.html.\nName the folder of a built site.`);
  return /<html[^>]*\sdata-base="([^"]*)"/.exec(readPage(dist, 'index.html'))?.[1] ?? '/';
}

/** The address by which the site knows itself; null when it was built without one. */
export function ownAddress(dist: string): string | null {
  return /<link rel="canonical" href="([^"]*)"/.exec(readPage(dist, 'index.html'))?.[1] ?? null;
}

/** Whether a path of the site stands for a file. */
export function leadsToFile(dist: string, inside: string): boolean {
  const named = inside === '' || inside.endsWith('/') ? `${inside}index.html` : inside;
  const file = path.join(dist, named);
  return existsSync(file) && statSync(file).isFile();
}
