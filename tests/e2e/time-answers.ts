/**
 * How long a reader waits on a country page for the first filtered answer, with nothing in the cache, and for the next, over
 * each line, beside a page that reads the same file and sums it in plain JavaScript.
 */
import type { Page } from 'playwright';
import type { BenchRow } from '../bench/report.ts';
import { launchBrowser } from '../support/browser.ts';
import { NETWORKS, openBehind, type Network } from './networks.ts';

/** Longest wait for one answer. */
const LONGEST = 180_000;
/** Times each is measured; the middle one counts. */
const RUNS = 3;
/** From opening the filter bar to the first click in it, in milliseconds: a reader looks what there is. */
const LOOKING = 1_500;
/** Filters changed one after another. */
const CHANGES = 12;

interface Measured {
  readonly first: number;
  readonly next: readonly number[];
  readonly longestTask: number;
  readonly bytes: number;
}

/** Ticks or unticks a test or a network; milliseconds until what is then drawn has been painted. */
async function change(page: Page, index: number): Promise<number> {
  return page.evaluate(
    ({ at, longest }) =>
      new Promise<number>((resolve, reject) => {
        const boxes = document.querySelectorAll<HTMLInputElement>(
          '#explore input[name="test_name"], #explore input[name="probe_asn"]',
        );
        const place = document.querySelector<HTMLElement>('#explore');
        const box = boxes[at % boxes.length];
        if (place === null || box === undefined) {
          reject(new Error('The page has no filter bar.'));
          return;
        }
        const before = Number(place.dataset['answered'] ?? 0);
        const began = performance.now();
        const late = setTimeout(
          () => reject(new Error(`There is no answer after ${longest} ms.`)),
          longest,
        );
        const watch = new MutationObserver(() => {
          const { asked, answered } = place.dataset;
          if (asked !== answered || Number(answered) <= before) return;
          watch.disconnect();
          clearTimeout(late);
          // After the next frame has been painted.
          requestAnimationFrame(() => {
            setTimeout(() => resolve(performance.now() - began));
          });
        });
        watch.observe(place, { attributeFilter: ['data-answered'] });
        box.click();
      }),
    { at: index, longest: LONGEST },
  );
}

async function measure(
  url: string,
  network: Network,
  { changes, looks }: { readonly changes: number; readonly looks: boolean },
): Promise<Measured> {
  const browser = await launchBrowser();
  try {
    const { page, session } = await openBehind(await browser.newContext(), network);
    let bytes = 0;
    session.on('Network.loadingFinished', ({ encodedDataLength }) => (bytes += encodedDataLength));
    await page.goto(url, { waitUntil: 'networkidle' });
    await page.evaluate(() => {
      new PerformanceObserver((list) => {
        const { dataset } = document.documentElement;
        for (const { duration } of list.getEntries())
          dataset['longest'] = String(Math.max(duration, Number(dataset['longest'] ?? 0)));
      }).observe({ entryTypes: ['longtask'] });
    });
    bytes = 0;
    if (looks) {
      await page.locator('#explore > details > summary').click();
      await page.waitForTimeout(LOOKING);
    }
    const first = await change(page, 0);
    const firstBytes = bytes;
    const answered = () =>
      page.waitForFunction(
        () => {
          const { asked, answered: done } =
            document.querySelector<HTMLElement>('#explore')?.dataset ?? {};
          return asked === done;
        },
        null,
        { timeout: LONGEST },
      );
    await answered();
    await page.evaluate(() => {
      document.documentElement.dataset['longest'] = '0';
    });
    const next: number[] = [];
    for (let at = 1; at <= changes; at += 1) {
      next.push(await change(page, at));
      await answered();
    }
    const longestTask = Number(
      await page.evaluate(() => document.documentElement.dataset['longest'] ?? '0'),
    );
    return { first, next, longestTask, bytes: firstBytes };
  } finally {
    await browser.close();
  }
}

const NOTHING: Measured = { first: 0, next: [], longestTask: 0, bytes: 0 };

const sorted = (values: readonly number[]): readonly number[] => values.toSorted((a, b) => a - b);
const quantile = (values: readonly number[], part: number): number =>
  sorted(values)[Math.min(values.length - 1, Math.floor(values.length * part))] ?? 0;

/** By network, as {@link NETWORKS}. */
const GOALS = ['400 ms', '800 ms', '2,000 ms'];

/** `place` says which page of the site it is. `reference` is a page of {@link makeReferenceSite}. */
export async function timeAnswers(
  place: string,
  url: string,
  reference: string,
): Promise<readonly BenchRow[]> {
  const rows: BenchRow[] = [];
  for (const [at, network] of NETWORKS.entries()) {
    const least: Measured[] = [];
    const runs: Measured[] = [];
    const looked: Measured[] = [];
    for (let run = 0; run < RUNS; run += 1) {
      const changes = run === 0 ? CHANGES : 0;
      least.push(await measure(reference, network, { changes, looks: false }));
      runs.push(await measure(url, network, { changes, looks: false }));
      looked.push(await measure(url, network, { changes: 0, looks: true }));
    }
    const middle = (all: readonly Measured[]): number =>
      quantile(
        all.map(({ first }) => first),
        0.5,
      );
    const [{ next, longestTask, bytes } = NOTHING] = runs;
    const [{ next: leastNext } = NOTHING] = least;
    const row = (bench: string, value: number, base: number, note: string, goal: string) =>
      rows.push({
        bench: `${bench}, ${place}, ${network.name}`,
        value,
        unit: 'ms',
        ratio: value / base,
        note: `reference: hyparquet and plain JavaScript, ${base.toFixed(0)} ms; ${note}`,
        goal,
      });
    const goal = GOALS[at] ?? '';
    const kept = `${Math.round(bytes / 1000)} kB`;
    row('first filtered answer, cold', middle(runs), middle(least), kept, goal);
    row('the same, filter bar open for 1.5 s', middle(looked), middle(least), kept, goal);
    const p95 = `p95 ${quantile(next, 0.95).toFixed(0)} ms, longest task ${longestTask.toFixed(0)} ms`;
    row(
      'next filter, input to paint',
      quantile(next, 0.5),
      quantile(leastNext, 0.5),
      p95,
      'p95 60 to 100 ms',
    );
  }
  return rows;
}
