/**
 * `node tests/e2e/time-answers.ts DIST`: how long a reader waits on a country page of a built site, for the first filtered
 * answer with nothing in the cache, and for the next.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { CDPSession, Page } from 'playwright';
import { serveSite } from '../../site/serve/server.ts';
import { formatTable, type BenchRow } from '../bench/report.ts';
import { launchBrowser } from '../support/browser.ts';
import { countryCodes } from '../support/country-pages.ts';

/** Bytes a second, and milliseconds until the first comes. */
const NETWORKS = [
  { name: 'unthrottled', rate: -1, latency: 0 },
  { name: '9 Mbit/s + 85 ms', rate: 9_000_000 / 8, latency: 85 },
  { name: '1.6 Mbit/s + 150 ms', rate: 1_600_000 / 8, latency: 150 },
] as const;
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

async function slowDown(session: CDPSession, rate: number, latency: number): Promise<void> {
  await session.send('Network.enable');
  await session.send('Network.emulateNetworkConditions', {
    offline: false,
    latency,
    downloadThroughput: rate,
    uploadThroughput: rate,
  });
}

/** Ticks or unticks a test or a network; milliseconds until what is then drawn has been painted. */
async function change(page: Page, index: number): Promise<number> {
  return page.evaluate(
    ({ at, longest }) =>
      new Promise<number>((resolve, reject) => {
        const boxes = document.querySelectorAll<HTMLInputElement>(
          '#explore input[name="test_name"], #explore input[name="probe_asn"]',
        );
        const line = document.querySelector('#explore [data-status="line"]');
        const box = boxes[at % boxes.length];
        if (line === null || box === undefined) {
          reject(new Error('The page has no filter bar.'));
          return;
        }
        const before = line.textContent;
        const began = performance.now();
        const late = setTimeout(
          () => reject(new Error(`There is no answer after ${longest} ms.`)),
          longest,
        );
        const watch = new MutationObserver(() => {
          if (line.textContent === before || !line.textContent.startsWith('Drawn')) return;
          watch.disconnect();
          clearTimeout(late);
          // After the next frame has been painted.
          requestAnimationFrame(() => {
            setTimeout(() => resolve(performance.now() - began));
          });
        });
        watch.observe(line, { childList: true, characterData: true, subtree: true });
        box.click();
      }),
    { at: index, longest: LONGEST },
  );
}

async function measure(
  url: string,
  network: (typeof NETWORKS)[number],
  { changes, looks }: { readonly changes: number; readonly looks: boolean },
): Promise<Measured> {
  const browser = await launchBrowser();
  try {
    const page = await (await browser.newContext()).newPage();
    const session = await page.context().newCDPSession(page);
    await slowDown(session, network.rate, network.latency);
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

const sorted = (values: readonly number[]): readonly number[] => values.toSorted((a, b) => a - b);
const quantile = (values: readonly number[], part: number): number =>
  sorted(values)[Math.min(values.length - 1, Math.floor(values.length * part))] ?? 0;

/** On the place with the middle and with the heaviest page of a built site. */
async function timeAnswers(dist: string): Promise<readonly BenchRow[]> {
  const codes = countryCodes(dist).filter((code) =>
    readFileSync(path.join(dist, 'country', code, 'index.html'), 'utf8').includes('id="explore"'),
  );
  const { server, url } = await serveSite(dist, '/', 0);
  const rows: BenchRow[] = [];
  try {
    const places = [
      ['heaviest', codes[0] ?? ''],
      ['middle', codes[Math.floor(codes.length / 2)] ?? ''],
    ] as const;
    for (const [which, code] of places) {
      for (const network of NETWORKS) {
        const runs: Measured[] = [];
        const looked: Measured[] = [];
        for (let run = 0; run < RUNS; run += 1) {
          const changes = run === 0 ? CHANGES : 0;
          const address = `${url}country/${code}/`;
          runs.push(await measure(address, network, { changes, looks: false }));
          looked.push(await measure(address, network, { changes: 0, looks: true }));
        }
        const about = `${which} place (${code}), ${network.name}`;
        const [{ next, longestTask, bytes } = { next: [], longestTask: 0, bytes: 0 }] = runs;
        rows.push(
          {
            bench: 'first filtered answer, cold',
            value: quantile(
              runs.map(({ first }) => first),
              0.5,
            ),
            unit: 'ms',
            ratio: null,
            note: `${about}; ${Math.round(bytes / 1000)} kB`,
          },
          {
            bench: 'first filtered answer, bar open for 1.5 s',
            value: quantile(
              looked.map(({ first }) => first),
              0.5,
            ),
            unit: 'ms',
            ratio: null,
            note: about,
          },
          {
            bench: 'next filter, input to paint',
            value: quantile(next, 0.5),
            unit: 'ms',
            ratio: null,
            note: `${about}; p95 ${quantile(next, 0.95).toFixed(0)} ms, longest task ${longestTask.toFixed(0)} ms`,
          },
        );
      }
    }
  } finally {
    server.close();
  }
  return rows;
}

const [dist] = process.argv.slice(2);
if (dist === undefined)
  throw new Error('No site was given.\nName a folder that `npm run build` wrote.');
const rows = await timeAnswers(path.resolve(dist));
console.log(formatTable(rows));
mkdirSync('bench', { recursive: true });
writeFileSync('bench/answers.json', `${JSON.stringify(rows, null, 2)}\n`);
