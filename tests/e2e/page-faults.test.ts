/** What a page does when something that it needs later fails: what is printed stays, a message says what to do, and trying again works. */
import type { Page, Route } from 'playwright';
import { expect, inject, it } from 'vitest';
import { bar, choose, drawn, expectDrawn } from './filtering.ts';
import { formatQueryLink } from '../../site/state/query-link.ts';
import { answered, ask } from './turn.ts';
import { heaviestCountry } from '../support/country-pages.ts';
import { useBrowser } from './visit.ts';

const visit = useBrowser();
const code = heaviestCountry(inject('site').dist);
const country = `country/${code}/`;

const PARQUET = '**/data/**/*.parquet';
const ENGINE = '**/*.wasm';

interface Fault {
  readonly name: string;
  readonly files: string | RegExp;
  readonly answer: (route: Route) => Promise<void>;
  /** What is wrong, and what to do. */
  readonly says: RegExp;
}

const none = (route: Route): Promise<void> => route.fulfill({ status: 404, body: 'none' });

/** What a page learns the names of its data from: the files of its place, else of all. */
const LISTS = /\/(?:[0-9a-f]{8}\.files|data\/manifest)\.json$/;

/** In the order in which a page asks for these files: what has arrived is not asked for again. */
const FAULTS: readonly Fault[] = [
  { name: 'no manifest', files: LISTS, answer: none, says: /try again|reload/i },
  {
    name: 'a manifest that is cut',
    files: LISTS,
    answer: (route) => route.fulfill({ body: '{"contract_version": "' }),
    says: /try again|reload/i,
  },
  { name: 'no data file', files: PARQUET, answer: none, says: /not be fetched.*try again/is },
  {
    name: 'a data file that is cut',
    files: PARQUET,
    answer: async (route) => {
      const response = await route.fetch();
      const body = await response.body();
      await route.fulfill({ body: body.subarray(0, body.length / 2) });
    },
    says: /not the one this page was made for.*reload/is,
  },
  {
    name: 'a data file of the right length with other bytes',
    files: PARQUET,
    answer: async (route) => {
      const response = await route.fetch();
      const body = await response.body();
      const at = Math.floor(body.length / 2);
      body[at] = (body[at] ?? 0) ^ 1;
      await route.fulfill({ response, body });
    },
    says: /not the one this page was made for.*reload/is,
  },
  {
    name: 'no connection any more',
    files: PARQUET,
    answer: (route) => route.abort('internetdisconnected'),
    says: /not be fetched.*try again/is,
  },
];

/** What only the engine answers: websites know no daily counts of networks. */
const byWebsite = 'explore/?axis_x=domain';
const builder = (page: Page) => page.locator('#builder');
const ENGINE_FAULTS: readonly Fault[] = [
  { name: 'no engine', files: ENGINE, answer: none, says: /not be fetched.*try again/is },
  {
    name: 'an engine that is cut',
    files: ENGINE,
    answer: (route) =>
      route.fulfill({ contentType: 'application/wasm', body: Buffer.from('\0asm\x01\0\0\0') }),
    says: /not the one this page was made for.*reload/is,
  },
];

/** All that a reader can read of the figures as they were published. */
const printed = (page: Page): Promise<readonly string[]> =>
  page.locator('figure[data-chart]').allTextContents();

it('one fault after another, each said, each tried again, until it works', async () => {
  const { page, close } = await visit(country);
  const failure = page.locator('[data-status="failure"]');
  const before = await printed(page);
  let act = (): Promise<void> => choose(page, 'test_name', 'telegram');
  for (const { name, files, answer, says } of FAULTS) {
    await page.route(files, answer);
    await ask(bar(page), act);
    expect(await failure.innerText(), name).toMatch(says);
    expect(await printed(page), name).toEqual(before);
    await page.unrouteAll({ behavior: 'wait' });
    act = () => failure.locator('button').click();
  }
  await ask(bar(page), act);
  await expectDrawn(page, 'Telegram');
  expect(await failure.innerText()).toBe('');
  await close();
});

it('one fault of the engine after another, each said, each tried again, until it works', async () => {
  const { page, close } = await visit('explore/');
  const failure = builder(page).locator('[data-status="failure"]');
  for (const { name, files, answer, says } of ENGINE_FAULTS) {
    await page.route(files, answer);
    await page.goto(new URL(byWebsite, inject('site').url).href);
    await answered(builder(page));
    expect(await failure.innerText(), name).toMatch(says);
    await page.unrouteAll({ behavior: 'wait' });
  }
  await ask(builder(page), () => failure.locator('button').click());
  await expectDrawn(page);
  expect(await failure.innerText()).toBe('');
  await close();
});

it('a slow data file: says what is loaded, and the page can be used', async () => {
  const { page, close } = await visit(country);
  let release: () => void = () => undefined;
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route(PARQUET, async (route) => {
    await held;
    await route.continue();
  });
  const before = await printed(page);
  await ask(bar(page), async () => {
    const asked = page.waitForRequest((request) => request.url().endsWith('.parquet'));
    await choose(page, 'test_name', 'telegram');
    await asked;
    await expect.poll(() => page.locator('[data-status="line"]').textContent()).not.toBe('');
    expect(await printed(page)).toEqual(before);
    release();
  });
  await expectDrawn(page, 'Telegram');
  await close();
});

it('WebAssembly that a policy forbids', async () => {
  const { page, close } = await visit('explore/');
  await page.route('**/*', async (route) => {
    const response = await route.fetch();
    const headers = { ...response.headers(), 'content-security-policy': "script-src 'self'" };
    await route.fulfill({ response, headers });
  });
  await page.goto(new URL(byWebsite, inject('site').url).href);
  await answered(builder(page));
  const said = await page.locator('[data-status="failure"]').innerText();
  expect(said).toMatch(/cannot run the query engine.*stay as they are/is);
  // What is counted without the engine is drawn all the same.
  await page.goto(new URL(`${country}?test_name=telegram`, inject('site').url).href);
  await drawn(page, 'Telegram');
  await close();
});

it('a worker that is killed after it has answered', async () => {
  const { page, close } = await visit('explore/');
  await page.addInitScript(() => {
    const Own = window.Worker;
    const workers: Worker[] = [];
    Reflect.set(window, 'workers', workers);
    window.Worker = class extends Own {
      constructor(url: string | URL, options?: WorkerOptions) {
        super(url, options);
        workers.push(this);
      }
    };
  });
  await page.goto(new URL(byWebsite, inject('site').url).href);
  await answered(builder(page));
  await expectDrawn(page);
  await page.evaluate(() => {
    const workers: unknown = Reflect.get(window, 'workers');
    if (!Array.isArray(workers)) throw new Error('no workers');
    for (const worker of workers)
      if (worker instanceof Worker) {
        worker.terminate();
        worker.dispatchEvent(new ErrorEvent('error', { message: 'killed' }));
      }
  });
  const failure = page.locator('[data-status="failure"]');
  await ask(builder(page), () => builder(page).locator('button.primary').click());
  if ((await failure.innerText()) !== '') {
    expect(await failure.innerText()).toMatch(/stopped.*try again/is);
    await ask(builder(page), () => failure.locator('button').click());
  }
  await expectDrawn(page);
  await close();
});

/**
 * From now on workers of the engine run on a device that has no memory left once they are sent a message of this type.
 * What the engine may still take is taken first, in pieces down to a few bytes.
 */
async function starve(page: Page, type: string): Promise<void> {
  await page.unrouteAll({ behavior: 'wait' });
  await page.route('**/duckdb-browser-eh.worker.*', async (route) => {
    const response = await route.fetch();
    const script = await response.text();
    const allocate = /_malloc=\w+\.(\w+)\)/.exec(script)?.[1];
    if (allocate === undefined) throw new Error('The engine names no way to take memory.');
    const starving = `
      WebAssembly.Memory.prototype.grow = () => { throw new RangeError('no memory left'); };
      let engine;
      for (const name of ['instantiate', 'instantiateStreaming']) {
        const own = WebAssembly[name];
        WebAssembly[name] = async (...given) => {
          const made = await own.apply(WebAssembly, given);
          engine = (made.instance ?? made).exports;
          return made;
        };
      }
      addEventListener('message', ({ data }) => {
        if (data.type !== '${type}') return;
        for (let size = 2 ** 20; size > 4; size /= 2) while (engine.${allocate}(size) !== 0);
      });`;
    await route.fulfill({ response, body: `${starving}\n${script}` });
  });
}
const SHORT_OF_MEMORY = /lack of memory.*try again.*close other tabs/is;

it('memory exhausted while the engine starts, and while it answers', async () => {
  const { page, close } = await visit(`explore/?probe_cc=${code}`);
  const failure = builder(page).locator('[data-status="failure"]');
  await answered(builder(page));
  const before = await printed(page);
  expect(before.length).toBeGreaterThan(0);
  await starve(page, 'OPEN');
  await builder(page).locator('select[name="axis_x"]').selectOption('domain');
  await ask(builder(page), () => builder(page).locator('button.primary').click());
  expect(await failure.innerText()).toMatch(SHORT_OF_MEMORY);
  expect(await printed(page)).toEqual(before);
  await starve(page, 'RUN_PREPARED');
  await ask(builder(page), () => failure.locator('button').click());
  expect(await failure.innerText()).toMatch(SHORT_OF_MEMORY);
  expect(await printed(page)).toEqual(before);
  await page.unrouteAll({ behavior: 'wait' });
  await ask(builder(page), () => failure.locator('button').click());
  await expectDrawn(page);
  expect(await failure.innerText()).toBe('');
  expect(await printed(page)).not.toEqual(before);
  await close();
});

it('memory exhausted in the console', async () => {
  const { page, close } = await visit('query/');
  const place = page.locator('#console');
  const failure = place.locator('[data-status="failure"]');
  await starve(page, 'START_PENDING_QUERY');
  const sql = 'SELECT count(*) AS n FROM events';
  await ask(place, () =>
    page.evaluate((hash) => (location.hash = hash), formatQueryLink({ sql, floors: true })),
  );
  expect(await failure.innerText()).toMatch(SHORT_OF_MEMORY);
  await page.unrouteAll({ behavior: 'wait' });
  await ask(place, () => failure.locator('button').click());
  expect(await failure.innerText()).toBe('');
  expect(await place.locator('.result tbody tr').allInnerTexts()).toHaveLength(1);
  await close();
});

it('storage that is denied', async () => {
  const { page, complaints, close } = await visit(country);
  await page.addInitScript(() => {
    for (const name of ['localStorage', 'sessionStorage', 'indexedDB', 'caches'])
      Object.defineProperty(window, name, {
        get() {
          throw new DOMException('The operation is insecure.', 'SecurityError');
        },
      });
  });
  await page.reload();
  await ask(bar(page), () => choose(page, 'test_name', 'telegram'));
  await expectDrawn(page, 'Telegram');
  expect(complaints).toEqual([]);
  await close();
});

it.each([
  ['is cut', '{"figures": [{"'],
  ['is something else', '[]'],
])('a file of figures that %s', async (_what, body) => {
  const { page, close } = await visit(country);
  await page.route('**/*.figures.json', (route) => route.fulfill({ body }));
  const before = await printed(page);
  const cite = page.locator('#outcomes [data-take="cite"]');
  await page.locator('#outcomes').evaluate((figure) => {
    for (let at: Element | null = figure; at !== null; at = at.parentElement)
      if (at instanceof HTMLDetailsElement) at.open = true;
  });
  await cite.locator('> summary').click();
  await cite.getByText('could not be loaded').waitFor();
  expect(await page.locator('figure[data-chart] svg').count()).toBeGreaterThan(0);
  expect(before.length).toBeGreaterThan(0);
  await page.unroute('**/*.figures.json');
  await cite.locator('> summary').click();
  await cite.locator('> summary').click();
  await cite.locator('[data-citation="full"]').waitFor();
  await close();
});
