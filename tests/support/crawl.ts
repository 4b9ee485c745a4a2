/** Every link, picture, script and style inside a built site, and whether it leads anywhere. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';

/** A fragment that holds a value by its name. */
const STATE = /^#[a-z_]+=/;

/** Files under `folder` whose names end in `.html`, absolute, sorted. */
export function htmlFiles(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.html'))
    .map((name) => path.join(folder, name))
    .sort();
}

/** `page → address` for each address inside the site that no file of `dist` answers. `base` as built. */
export function deadLinks(dist: string, base: string): readonly string[] {
  const anchors = new Map<string, ReadonlySet<string>>();
  const idsOf = (file: string): ReadonlySet<string> => {
    const known = anchors.get(file);
    if (known !== undefined) return known;
    const found = readFileSync(file, 'utf8').matchAll(/\sid="([^"]+)"/g);
    const ids = new Set([...found].map((match) => match[1] ?? ''));
    anchors.set(file, ids);
    return ids;
  };
  const dead = new Set<string>();
  for (const page of htmlFiles(dist)) {
    const html = readFileSync(page, 'utf8').replaceAll(/<!--.*?-->/gs, '');
    const here = new URL(`${base}${path.relative(dist, page)}`, 'http://site.invalid');
    const found = html.matchAll(/\s(?:href|src|data-href)="([^"]*)"/g);
    for (const raw of new Set([...found].map((match) => match[1] ?? ''))) {
      const address = raw.replaceAll('&amp;', '&');
      if (/^(?:https?:|mailto:|data:|blob:)/.test(address)) continue;
      const target = new URL(
        address,
        here.pathname.endsWith('index.html') ? new URL('.', here) : here,
      );
      const complaint = `${path.relative(dist, page)} → ${address}`;
      // Shown where there is no page, it leads up from there.
      if (complaint === '404.html → ../') continue;
      if (!target.pathname.startsWith(base)) {
        dead.add(complaint);
        continue;
      }
      const inside = decodeURIComponent(target.pathname.slice(base.length));
      const file = fileFor(path.join(dist, inside), inside);
      if (file === null) dead.add(complaint);
      // `#sql=…` is what the page is to do, not a place in it.
      else if (target.hash.length > 1 && !STATE.test(target.hash) && file.endsWith('.html')) {
        if (!idsOf(file).has(decodeURIComponent(target.hash.slice(1)))) dead.add(complaint);
      }
    }
  }
  return [...dead].sort();
}

function fileFor(place: string, inside: string): string | null {
  if (inside === '' || inside.endsWith('/')) {
    const index = path.join(place, 'index.html');
    return existsSync(index) ? index : null;
  }
  return existsSync(place) && statSync(place).isFile() ? place : null;
}
