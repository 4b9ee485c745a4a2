/** What each page of the sample weighs before anyone touches it. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { expect, inject, it } from 'vitest';
import { listFiles } from '../../data-build/write/checksum.ts';

const site = inject('site');
const MOST = { elements: 4_000, bytes: 400_000, brotli: 60_000 };
type Weight = keyof typeof MOST;

interface Page {
  readonly file: string;
  readonly html: Buffer;
}

const pages = (await listFiles(site.dist))
  .filter((file) => file.endsWith('index.html') && !/^(?:embed|gallery)\//.test(file))
  .map((file): Page => ({ file, html: readFileSync(path.join(site.dist, file)) }));

/** Pages that weigh more than they may, the heaviest first. */
function listOver(weight: Weight, weigh: (page: Page) => number): readonly string[] {
  return pages
    .map((page) => ({ ...page, weight: weigh(page) }))
    .filter(({ weight: own }) => own > MOST[weight])
    .toSorted((a, b) => b.weight - a.weight)
    .map(({ file, weight: own }) => `${own} ${file}`);
}

it('has few elements', () => {
  expect(pages.length).toBeGreaterThan(100);
  expect(
    listOver('elements', ({ html }) => html.toString().match(/<[a-z]/gi)?.length ?? 0),
  ).toEqual([]);
});

it('has few bytes', () => {
  expect(listOver('bytes', ({ html }) => html.length)).toEqual([]);
});

it('comes in few bytes of brotli', () => {
  // Pages come to less than half of their bytes. Compressing all would take minutes; the heaviest will do.
  const heavy = pages
    .filter((page) => page.html.length > 2 * MOST.brotli)
    .toSorted((a, b) => b.html.length - a.html.length)
    .slice(0, 6);
  const weigh = (page: Page): number =>
    heavy.includes(page) ? brotliCompressSync(page.html).length : 0;
  expect(heavy.length).toBeGreaterThan(0);
  expect(listOver('brotli', weigh)).toEqual([]);
});
