/** What pages weigh before anyone touches them, and what a site weighs. Nothing here depends on the clock. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';
import type { Browser } from 'playwright';
import { listSite, weighSite } from '../../site/serve/hosts.ts';
import type { BenchRow } from '../bench/report.ts';

/** Requests of each page that has a name here, and the heaviest of all pages. */
export async function weighPages(
  browser: Browser,
  dist: string,
  pages: readonly (readonly [name: string, url: string, goal: string])[],
): Promise<readonly BenchRow[]> {
  const rows: BenchRow[] = [];
  for (const [name, url, goal] of pages) {
    const page = await browser.newPage();
    let requests = 0;
    page.on('request', (request) => {
      if (request.url().startsWith('http')) requests += 1;
    });
    await page.goto(url, { waitUntil: 'networkidle' });
    await page.close();
    rows.push(row(`requests of ${name}`, requests, '', '', goal));
  }
  return [...rows, ...heaviest(dist, await listSite(dist)), ...(await weights(dist))];
}

const row = (
  bench: string,
  value: number,
  unit: BenchRow['unit'],
  note: string,
  goal: string,
): BenchRow => ({ bench, value, unit, ratio: null, note, goal });

function heaviest(dist: string, files: readonly string[]): readonly BenchRow[] {
  const pages = files
    .filter((file) => file.endsWith('index.html') && !file.startsWith('embed/'))
    .map((file) => {
      const html = readFileSync(path.join(dist, file), 'utf8');
      return { file, html, elements: html.match(/<[a-z]/gi)?.length ?? 0 };
    });
  const most = (weight: (page: (typeof pages)[number]) => number) =>
    pages.reduce<{ file: string; value: number }>(
      (best, page) => {
        const value = weight(page);
        return value > best.value ? { file: page.file, value } : best;
      },
      { file: '', value: 0 },
    );
  const elements = most((page) => page.elements);
  const bytes = most(({ html }) => Buffer.byteLength(html));
  // Compressing every page takes minutes; one with a third of the bytes is not the heaviest.
  const brotli = most(({ html }) =>
    Buffer.byteLength(html) * 3 < bytes.value
      ? 0
      : brotliCompressSync(html, { params: { [constants.BROTLI_PARAM_QUALITY]: 6 } }).length,
  );
  return [
    row('elements of the heaviest page', elements.value, '', elements.file, '4,000'),
    row('bytes of the heaviest page', bytes.value / 1000, 'kB', bytes.file, '400 kB'),
    row('the same with brotli', brotli.value / 1000, 'kB', brotli.file, '60 kB'),
  ];
}

async function weights(dist: string): Promise<readonly BenchRow[]> {
  const { files, bytes } = await weighSite(dist);
  return [
    row('files of the site', files, '', '', '20,000'),
    row('bytes of the site', bytes / 1_000_000, 'MB', '', '1,000 MB'),
  ];
}
