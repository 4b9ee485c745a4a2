/** How long pages take to their first chart, over each line, beside a page that draws one from JSON. */
import type { Browser } from 'playwright';
import type { BenchRow } from '../bench/report.ts';
import { NETWORKS, openBehind, type Network } from './networks.ts';

const RUNS = 5;
const GOALS = ['250 ms', '400 ms', '750 ms'];

/** Milliseconds from the start of the navigation to the frame in which the first chart is painted: the best of several. */
async function timeChart(browser: Browser, url: string, network: Network): Promise<number> {
  let best = Infinity;
  for (let run = 0; run < RUNS; run += 1) {
    const context = await browser.newContext();
    const { page } = await openBehind(context, network);
    await page.goto(url, { waitUntil: 'commit' });
    const painted = await page.evaluate(
      () =>
        new Promise<number>((resolve) => {
          const look = (): void => {
            const isThere = document.querySelector('figure[data-chart] svg[role="img"]') !== null;
            if (isThere) setTimeout(() => resolve(performance.now()));
            else requestAnimationFrame(look);
          };
          requestAnimationFrame(look);
        }),
    );
    best = Math.min(best, painted);
    await context.close();
  }
  return best;
}

export async function timeCharts(
  browser: Browser,
  pages: readonly (readonly [name: string, url: string])[],
  reference: string,
): Promise<readonly BenchRow[]> {
  const rows: BenchRow[] = [];
  for (const [at, network] of NETWORKS.entries()) {
    const least = await timeChart(browser, reference, network);
    for (const [name, url] of pages) {
      const value = await timeChart(browser, url, network);
      rows.push({
        bench: `first chart of ${name}, ${network.name}`,
        value,
        unit: 'ms',
        ratio: value / least,
        note: `reference: JSON and D3, ${least.toFixed(0)} ms`,
        goal: GOALS[at] ?? '',
      });
    }
  }
  return rows;
}
