/** What each page of the sample weighs before anyone touches it. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';
import { expect, inject, it } from 'vitest';
import { listFiles } from '../../data-build/write/checksum.ts';

const site = inject('site');
const MOST = { elements: 4_000, bytes: 400_000, brotli: 60_000 };

const pages = (await listFiles(site.dist))
  .filter((file) => file.endsWith('index.html') && !/^(?:embed|gallery)\//.test(file))
  .map((file) => {
    const html = readFileSync(path.join(site.dist, file));
    const elements = html.toString().match(/<[a-z]/gi)?.length ?? 0;
    return { file, html, elements, bytes: html.length };
  });

/** The heaviest first, so that a failure names them. */
const over = (weight: (page: (typeof pages)[number]) => number, most: number) =>
  pages
    .map((page) => ({ file: page.file, weight: weight(page) }))
    .filter((page) => page.weight > most)
    .toSorted((a, b) => b.weight - a.weight);

it('at most 4,000 elements', () => {
  expect(pages.length).toBeGreaterThan(100);
  expect(over(({ elements }) => elements, MOST.elements)).toEqual([]);
});

it('at most 400 kB', () => {
  expect(over(({ bytes }) => bytes, MOST.bytes)).toEqual([]);
});

it('at most 60 kB of brotli', () => {
  // Pages come to less than half of their bytes, and compressing all would take minutes.
  const heavy = pages.filter(({ bytes }) => bytes > 2 * MOST.brotli);
  const brotli = ({ html }: (typeof pages)[number]): number =>
    brotliCompressSync(html, { params: { [constants.BROTLI_PARAM_QUALITY]: 6 } }).length;
  expect(
    heavy
      .map((page) => ({ file: page.file, weight: brotli(page) }))
      .filter(({ weight }) => weight > MOST.brotli),
  ).toEqual([]);
});
