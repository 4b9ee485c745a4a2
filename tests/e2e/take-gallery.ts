/**
 * `npm run gallery -- DIST INTO [PATH…]`: pictures of every kind of page of a built site at three widths, light and
 * dark, and the faults that a machine can see, for looking through.
 */
import { existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { launchBrowser } from '../support/browser.ts';
import { entityNames } from '../support/entity-pages.ts';
import { findLayoutFaults } from './layout-faults.ts';
import { serveStatic } from '../support/static-server.ts';

const WIDTHS = [360, 768, 1440];
/** Folders with one page per thing: the heaviest, one in the middle, and the lightest are taken. */
const KINDS = ['country', 'network', 'domain', 'test', 'event'];

const [dist, into, ...named] = process.argv.slice(2);
if (dist === undefined || into === undefined)
  throw new Error('Folders are missing. Give that of a built site and one for the pictures.');
mkdirSync(into, { recursive: true });

function pagesOf(folder: string): readonly string[] {
  const all = existsSync(path.join(folder, 'index.html')) ? ['/'] : [];
  const top = readdirSync(folder, { withFileTypes: true })
    .filter(
      (entry) => entry.isDirectory() && existsSync(path.join(folder, entry.name, 'index.html')),
    )
    .map((entry) => `/${entry.name}/`);
  const things = KINDS.flatMap((kind) => {
    const home = path.join(folder, kind);
    if (!existsSync(home)) return [];
    const weight = (name: string) => statSync(path.join(home, name, 'index.html')).size;
    const names = entityNames(folder, kind).toSorted((a, b) => weight(b) - weight(a));
    const picked = [names[0], names[Math.floor(names.length / 2)], names.at(-1)];
    return [...new Set(picked)].flatMap((name) =>
      name === undefined ? [] : [`/${kind}/${name}/`],
    );
  });
  return [...all, ...top, ...things];
}

const server = await serveStatic(dist);
const browser = await launchBrowser();
const lines: string[] = [];
for (const where of named.length > 0 ? named : pagesOf(dist)) {
  for (const width of WIDTHS) {
    for (const colorScheme of ['light', 'dark'] as const) {
      const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme });
      await page.goto(`${server.origin}${where}`);
      const name = `${where.replaceAll('/', '_').replace(/^_|_$/g, '') || 'home'}-${String(width)}-${colorScheme}.png`;
      await page.screenshot({ path: path.join(into, name), fullPage: true });
      if (colorScheme === 'light')
        for (const fault of await findLayoutFaults(page))
          lines.push(`${where} ${String(width)}: ${fault}`);
      await page.close();
    }
  }
}
await browser.close();
await server.close();
writeFileSync(path.join(into, 'faults.txt'), `${lines.join('\n')}\n`);
console.log(lines.join('\n'));
console.log(`${String(lines.length)} faults; pictures in ${into}`);
