/**
 * How long a reader waits on a country page for the first filtered answer, with nothing in the cache, and for the next, over
 * each line, beside a page that reads the same file and sums it in plain JavaScript. An answer is there when what is seen is
 * drawn and the line says so; the charts out of sight follow.
 */
import type { Page } from 'playwright';
import type { BenchRow } from '../bench/report.ts';
import { translate } from '../../site/i18n/translate.ts';
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

/** Milliseconds until what is seen is painted, and until every chart is. */
interface Waited {
  readonly seen: number;
  readonly whole: number;
}

interface Measured {
  readonly first: Waited;
  readonly next: readonly Waited[];
  readonly longestTask: number;
  readonly bytes: number;
}

/** With which the line under the filters begins when something is drawn. */
const [DRAWN = ''] = translate('filter.result', { title: '|' }).split('|');

/** Ticks or unticks a test or a network. */
async function change(page: Page, index: number): Promise<Waited> {
  return page.evaluate(
    ({ at, longest, words }) =>
      new Promise<Waited>((resolve, reject) => {
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
        // After the next frame has been painted.
        const painted = (tell: (waited: number) => void): void => {
          requestAnimationFrame(() => {
            setTimeout(() => tell(performance.now() - began));
          });
        };
        let seen: number | null = null;
        const line = document.querySelector('#explore [data-status="line"]');
        const look = new MutationObserver(() => {
          if (line?.textContent.startsWith(words) !== true) return;
          look.disconnect();
          painted((waited) => {
            seen ??= waited;
          });
        });
        if (line !== null) look.observe(line, { childList: true });
        const watch = new MutationObserver(() => {
          const { asked, answered } = place.dataset;
          if (asked !== answered || Number(answered) <= before) return;
          watch.disconnect();
          look.disconnect();
          clearTimeout(late);
          painted((whole) => resolve({ seen: seen ?? whole, whole }));
        });
        watch.observe(place, { attributeFilter: ['data-answered'] });
        box.click();
      }),
    { at: index, longest: LONGEST, words: DRAWN },
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
    const next: Waited[] = [];
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

const NOTHING: Measured = { first: { seen: 0, whole: 0 }, next: [], longestTask: 0, bytes: 0 };

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
    const middle = (all: readonly Measured[], part: keyof Waited): number =>
      quantile(
        all.map(({ first }) => first[part]),
        0.5,
      );
    const [{ next, longestTask, bytes } = NOTHING] = runs;
    const [{ next: leastNext } = NOTHING] = least;
    const partOf = (all: readonly Waited[], part: keyof Waited, quota: number): number =>
      quantile(
        all.map((waited) => waited[part]),
        quota,
      );
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
    const all = (some: readonly Measured[]): string =>
      `all charts ${middle(some, 'whole').toFixed(0)} ms, ${Math.round(bytes / 1000)} kB`;
    const base = middle(least, 'whole');
    row('first filtered answer, cold', middle(runs, 'seen'), base, all(runs), goal);
    row('the same, filter bar open for 1.5 s', middle(looked, 'seen'), base, all(looked), goal);
    const p95 = `p95 ${partOf(next, 'seen', 0.95).toFixed(0)} ms, all charts ${partOf(next, 'whole', 0.5).toFixed(0)} ms, longest task ${longestTask.toFixed(0)} ms`;
    row(
      'next filter, input to paint',
      partOf(next, 'seen', 0.5),
      partOf(leastNext, 'whole', 0.5),
      p95,
      'p95 60 to 100 ms',
    );
  }
  return rows;
}
