/** What each page of the sample weighs before anyone touches it. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';
import { expect, inject, it } from 'vitest';
import { listFiles } from '../../data-build/write/checksum.ts';

const site = inject('site');
/** Of each page; those of places of the sample, which have all kinds of charts over 90 days, weigh more. */
const MOST = { elements: 4_000, bytes: 400_000, brotli: 60_000 };
const PLACE: typeof MOST = { elements: 6_500, bytes: 700_000, brotli: 70_000 };
type Weight = keyof typeof MOST;

interface Page {
  readonly file: string;
  readonly html: Buffer;
  readonly most: typeof MOST;
}

const pages = (await listFiles(site.dist))
  .filter((file) => file.endsWith('index.html') && !/^(?:embed|gallery)\//.test(file))
  .map((file): Page => ({
    file,
    html: readFileSync(path.join(site.dist, file)),
    most: file.startsWith('country/') ? PLACE : MOST,
  }));

/** Pages that weigh more than they may, the heaviest first. */
function listOver(weight: Weight, weigh: (page: Page) => number): readonly string[] {
  return pages
    .map((page) => ({ ...page, weight: weigh(page) }))
    .filter(({ weight: own, most }) => own > most[weight])
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
  // Pages come to less than half of their bytes, and compressing all would take minutes.
  const weigh = ({ html, most }: Page): number =>
    html.length < 2 * most.brotli
      ? 0
      : brotliCompressSync(html, { params: { [constants.BROTLI_PARAM_QUALITY]: 6 } }).length;
  expect(listOver('brotli', weigh)).toEqual([]);
});
