/**
 * How long the heaviest country page of the sample takes to its first chart in a browser, beside its reference: a page
 * that holds nothing but that drawing and the same styles.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Browser } from 'playwright';
import { launchBrowser } from '../support/browser.ts';
import { heaviestCountry } from '../support/country-pages.ts';
import { runScript } from '../support/site-build.ts';
import { serveStatic } from '../support/static-server.ts';
import type { BenchRow } from './report.ts';

const RUNS = 10;
/** In the page: looks in every frame, and tells the time after the one that painted the chart. */
const PAINTED = `new Promise((resolve) => {
  const look = () =>
    document.querySelector('figure[data-chart] svg[role="img"]') === null
      ? requestAnimationFrame(look)
      : setTimeout(() => resolve(performance.now()));
  requestAnimationFrame(look);
})`;
const REFERENCE = 'bench-first-chart/';

export async function benchFirstChart(data: string, scratch: string): Promise<readonly BenchRow[]> {
  const dist = path.join(scratch, 'dist');
  const quiet = () => undefined;
  await runScript(quiet, 'build', ['--outDir', dist], { DATA_DIR: data, PICTURES: 'off' });
  const country = `country/${heaviestCountry(dist)}/`;
  const html = readFileSync(path.join(dist, country, 'index.html'), 'utf8');
  mkdirSync(path.join(dist, REFERENCE), { recursive: true });
  writeFileSync(path.join(dist, REFERENCE, 'index.html'), toReference(html));
  const { origin, close } = await serveStatic(dist);
  const browser = await launchBrowser();
  try {
    const reference = await timeChart(browser, `${origin}/${REFERENCE}`);
    const page = await timeChart(browser, `${origin}/${country}`);
    const row = (bench: string, value: number, note: string): BenchRow => ({
      bench,
      value,
      unit: 'ms',
      ratio: value === reference ? null : value / reference,
      note,
    });
    return [
      row('first chart: the drawing alone', reference, 'baseline'),
      row(`first chart: ${country}`, page, `${(html.length / 1000).toFixed(0)} kB of HTML`),
    ];
  } finally {
    await browser.close();
    await close();
  }
}

/** The styles of a page and its first chart. */
function toReference(html: string): string {
  const styles = html.match(/<link rel="stylesheet"[^>]*>/g) ?? [];
  const [chart] = /<figure data-chart[^]*?<\/figure>/.exec(html) ?? [];
  if (chart === undefined)
    throw new Error('The page has no chart. See that `npm run build` made it.');
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Reference</title>${styles.join('')}</head><body><main>${chart}</main></body></html>`;
}

/** Milliseconds from the start of the navigation to the frame in which the chart is painted: the best of several. */
async function timeChart(browser: Browser, url: string): Promise<number> {
  let best = Infinity;
  for (let run = 0; run < RUNS; run += 1) {
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.goto(url, { waitUntil: 'commit' });
    best = Math.min(best, await page.evaluate<number>(PAINTED));
    await context.close();
  }
  return best;
}
