/** `npm run audit -- DIST`: reads a built site as a reader would and lists what contradicts itself. Exit 1: something does. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { SITE_RULES } from './across-pages.ts';
import { RULES } from './contradictions.ts';
import { readFeed } from './read-feed.ts';
import { readPage } from './read-page.ts';

const SHOWN = 3;
const LONGEST = 400;

const dist = process.argv[2] ?? 'dist';
if (!existsSync(path.join(dist, 'index.html'))) {
  console.error(
    `${dist} holds no built site. Run \`npm run build\`, or name the folder it was built into.`,
  );
  process.exitCode = 2;
} else {
  const pages = readdirSync(dist, { recursive: true, encoding: 'utf8' })
    .map((name) => name.replaceAll('\\', '/'))
    .filter((name) => name.endsWith('index.html') && !/^(?:embed|explore\/frame)\//.test(name))
    .sort();
  const found = new Map<string, string[]>();
  const read = pages.map((name) =>
    readPage(name.replace(/index\.html$/, ''), readFileSync(path.join(dist, name), 'utf8')),
  );
  const feeds = path.join(dist, 'data/feeds');
  const items = (existsSync(feeds) ? readdirSync(feeds, { recursive: true, encoding: 'utf8' }) : [])
    .filter((name) => path.basename(name) === 'feed.json')
    .sort()
    .flatMap((name) => readFeed(name, readFileSync(path.join(feeds, name), 'utf8')));
  for (const rule of SITE_RULES) found.set(rule.id, [...rule.find({ pages: read, items })]);
  for (const page of read) {
    for (const rule of RULES)
      for (const text of new Set(rule.find(page)))
        found.set(rule.id, [
          ...(found.get(rule.id) ?? []),
          `/${page.path}: ${text.slice(0, LONGEST)}`,
        ]);
  }
  for (const { id, about } of [...RULES, ...SITE_RULES]) {
    const list = found.get(id) ?? [];
    console.log(`${String(list.length).padStart(5)}  ${id}: ${about}`);
    for (const line of list.slice(0, SHOWN)) console.log(`         ${line}`);
  }
  const count = [...found.values()].reduce((sum, list) => sum + list.length, 0);
  console.log(
    `${count} contradictions on ${pages.length} pages and in ${items.length} items of feeds.`,
  );
  if (count > 0) process.exitCode = 1;
}
