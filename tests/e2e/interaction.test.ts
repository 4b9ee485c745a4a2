import { brotliCompressSync } from 'node:zlib';
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { describeWithSharedData } from '../support/shared-data.ts';
import { buildDumpSite } from '../support/site-build.ts';
import { serveStatic, type StaticServer } from '../support/static-server.ts';
import { heaviestCountry, useBrowser } from './visit.ts';

const visit = useBrowser();
const site = inject('site');
const country = `/country/${heaviestCountry(site.dist)}/`;

/** Loading and drawing take as long as the machine needs. */
const PATIENCE = { timeout: 45_000 };

async function drawn(page: Page, holds = ''): Promise<void> {
  await page.waitForFunction(
    (text) => {
      const line = document.querySelector('[data-status="line"]')?.textContent ?? '';
      return line.startsWith('Drawn') && line.includes(text);
    },
    holds,
    PATIENCE,
  );
}

const title = (page: Page, chart: string) =>
  page.locator(`figure[data-chart="${chart}"] [data-part="title"]`).innerText();
const bodyText = async (page: Page, chart: string) =>
  (await page.locator(`figure[data-chart="${chart}"] tbody`).first().textContent())?.replace(
    /\s+/g,
    ' ',
  );
const engine = (page: Page) => page.locator('html').getAttribute('data-engine');

const plain = (texts: readonly string[]) => texts.map((text) => text.trim());

/** Ticks a choice of the filter bar by parameter and value. */
async function choose(page: Page, name: string, value: string): Promise<void> {
  const list = page.locator('details.choices').filter({ has: page.locator(`[name="${name}"]`) });
  if ((await list.getAttribute('open')) === null) await list.locator('summary').click();
  await list.locator(`input[value="${value}"]`).check();
  await page.keyboard.press('Escape');
}

describe('the filter bar', () => {
  it('changes chart, table and link, and back and forward undo and redo it', async () => {
    const { page, requests, complaints, close } = await visit(country);
    const before = { title: await title(page, 'outcomes'), body: await bodyText(page, 'outcomes') };
    const dataBefore = await page
      .locator('figure[data-chart="outcomes"]')
      .getAttribute('data-rows');
    expect(await engine(page)).toBe('idle');

    await choose(page, 'test_name', 'telegram');
    await drawn(page, 'Telegram');
    expect(new URL(page.url()).search).toBe('?test_name=telegram');
    expect(await engine(page)).toBe('ready');
    const telegram = await title(page, 'outcomes');
    expect(telegram).toContain('Telegram');
    expect(await bodyText(page, 'outcomes')).not.toBe(before.body);
    const svg = page.locator('figure[data-chart="outcomes"] svg[role="img"]');
    expect(await svg.locator('> title').textContent()).toBe(telegram);
    expect(await page.locator('[data-part="summary"]').innerText()).toContain('Telegram');

    await page.goBack();
    await expect.poll(() => title(page, 'outcomes')).toBe(before.title);
    expect(await bodyText(page, 'outcomes')).toBe(before.body);
    expect(await page.locator('figure[data-chart="outcomes"]').getAttribute('data-rows')).toBe(
      dataBefore,
    );
    expect(await page.locator('input[value="telegram"]').isChecked()).toBe(false);

    await page.goForward();
    await drawn(page, 'Telegram');
    expect(await title(page, 'outcomes')).toBe(telegram);

    await page.locator('#explore button[type="reset"]').click();
    await expect.poll(() => title(page, 'outcomes')).toBe(before.title);
    expect(new URL(page.url()).search).toBe('');
    expect(requests.filter((url) => !url.startsWith(site.origin))).toEqual([]);
    expect(complaints).toEqual([]);
    await close();
  });

  it('redraws a shared link, says what it could not use, and never runs it', async () => {
    const link = `${country}?test_name=telegram&probe_asn=AS0&time_grain=week&until=2999-01-01&domain=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E`;
    const { page, complaints, close } = await visit(link);
    await drawn(page, 'Telegram');
    const notices = await page.locator('[data-status="notices"]').innerText();
    expect(notices).toContain('AS0');
    expect(notices).toContain('<img src=x onerror=alert(1)>');
    expect(await page.locator('#explore select[name="time_grain"]').inputValue()).toBe('week');
    expect(await bodyText(page, 'outcomes')).toContain('week of');
    expect(complaints).toEqual([]);
    await close();
  });

  it('shows all witnesses in the chosen dates, and all dates again', async () => {
    const { page, complaints, close } = await visit(country);
    const scope = await page
      .locator('#explore')
      .evaluate((root: HTMLElement) => root.dataset['until'] ?? '');
    const day = (back: number) =>
      new Date(Date.parse(scope) - back * 86_400_000).toISOString().slice(0, 10);
    const [since, until] = [day(45), day(24)];
    const ids = await page
      .locator('#witnesses, #throughput, figure[data-chart="tool-use"]')
      .evaluateAll((figures) => figures.map(({ id }) => id));
    expect(ids).toContain('witnesses');
    expect(ids.length).toBeGreaterThan(1);
    const read = () =>
      page.evaluate(
        (all) =>
          all.map((id) => {
            const figure = document.querySelector(`#${id}`);
            return {
              title: figure?.querySelector('[data-part="title"]')?.textContent.trim(),
              keys: [...(figure?.querySelectorAll('tbody tr') ?? [])].map((row) =>
                row.getAttribute('data-key'),
              ),
              desc: figure?.querySelector('svg.wide > desc')?.textContent,
            };
          }),
        ids,
      );
    const published = await read();
    await page.locator('#explore input[name="since"]').fill(since);
    await page.locator('#explore input[name="until"]').fill(until);
    await drawn(page);
    await expect
      .poll(
        async () => (await read()).filter(({ title }, n) => title === published[n]?.title).length,
      )
      .toBe(0);
    const narrowed = await read();
    for (const [index, { title, keys }] of narrowed.entries()) {
      if (title?.startsWith('Nothing published') === true) continue;
      expect(keys.length, ids[index]).toBeGreaterThan(0);
      // A month or week may begin before the days that cut it.
      for (const key of keys) {
        const start = (key ?? '').slice(0, 10);
        expect(start >= day(45 + 31) && start < until, `${String(ids[index])} ${start}`).toBe(true);
      }
    }
    expect(narrowed[0]?.keys.length).toBeLessThan(published[0]?.keys.length ?? 0);
    await page.locator('#explore button[type="reset"]').click();
    await expect.poll(read).toEqual(published);
    expect(complaints).toEqual([]);
    await close();
  });

  it('zooms in on the days that are dragged over', async () => {
    const { page, close } = await visit(country);
    const slots = page.locator('#outcomes svg.wide .targets [data-period]');
    await slots.first().scrollIntoViewIfNeeded();
    const [a, b] = await Promise.all([slots.nth(2).boundingBox(), slots.nth(6).boundingBox()]);
    if (a === null || b === null) throw new Error('The chart has no periods to drag over.');
    await page.mouse.move(a.x + a.width / 2, a.y + 20);
    await page.mouse.down();
    await page.waitForTimeout(300);
    await page.mouse.move(b.x + b.width / 2, b.y + 20, { steps: 6 });
    await page.mouse.up();
    await drawn(page);
    const first = await slots.first().getAttribute('data-period');
    expect(new URL(page.url()).searchParams.get('since')).toBe(first);
    expect(await slots.count()).toBeLessThanOrEqual(31);
    await close();
  });

  it('zooms in by a finger that moves sideways, and scrolls by one that moves up', async () => {
    const { page, close } = await visit(country, {
      hasTouch: true,
      isMobile: true,
      viewport: { width: 360, height: 740 },
    });
    const fingers = await page.context().newCDPSession(page);
    const swipe = async (x: number, y: number, dx: number, dy: number) => {
      const at = (part: number) => [{ x: x + dx * part, y: y + dy * part }];
      await fingers.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: at(0) });
      for (const part of [0.1, 0.3, 0.6, 0.8, 1])
        await fingers.send('Input.dispatchTouchEvent', {
          type: 'touchMove',
          touchPoints: at(part),
        });
      await fingers.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
    };
    await page.locator('html[data-zoom="ready"]').waitFor({ state: 'attached' });
    const slots = page.locator('#outcomes svg.narrow .targets [data-period]');
    await slots.first().evaluate((slot) => {
      slot.scrollIntoView({ block: 'center' });
    });
    const [a, b] = await Promise.all([slots.nth(2).boundingBox(), slots.nth(9).boundingBox()]);
    if (a === null || b === null) throw new Error('The chart has no periods to drag over.');
    const middle = a.y + a.height / 2;
    const before = await page.evaluate(() => scrollY);
    const first = await slots.nth(2).getAttribute('data-period');
    await swipe(a.x + a.width / 2, middle, b.x - a.x, 14);
    expect(await page.evaluate(() => scrollY)).toBe(before);
    await drawn(page);
    expect(new URL(page.url()).searchParams.get('since')).toBe(first);

    const zoomed = page.url();
    // What is drawn anew above may still change its height, so the chart is what moves, not the page.
    const top = async (): Promise<number> => (await slots.first().boundingBox())?.y ?? NaN;
    let left = NaN;
    await expect
      .poll(async () => {
        const before = left;
        left = await top();
        return left === before;
      })
      .toBe(true);
    await swipe(a.x, left + 20, 4, -160);
    await expect.poll(top).toBeLessThan(left - 80);
    expect(page.url()).toBe(zoomed);
    expect(await page.locator('#outcomes .brush').isVisible()).toBe(false);
    await close();
  });

  it('leaves out what the reader took out of a chart, also when a filter draws it anew', async () => {
    const { page, complaints, close } = await visit(country);
    const figure = page.locator('#outcomes');
    const key = figure.locator('[data-series-key="ok"]');
    const bars = figure.locator('svg.wide .marks [data-series="ok"]');
    expect(await bars.count()).toBe(1);
    await key.focus();
    await page.keyboard.press('Enter');
    await expect.poll(() => bars.count()).toBe(0);
    expect(await key.getAttribute('aria-pressed')).toBe('false');
    const line = figure.locator('[data-part="some"]');
    expect(await line.innerText()).toContain('Hidden: no sign of interference.');
    expect(await figure.locator('svg[role="img"] > desc').count()).toBe(1);
    expect(await engine(page)).toBe('idle');
    // The legend itself takes clicks, too.
    const failures = figure.locator('svg.wide .marks [data-series="failure"]');
    const entry = figure.locator('svg.wide .legend [data-series="failure"] text').first();
    await entry.click();
    await expect.poll(() => failures.count()).toBe(0);
    await entry.click();
    await expect.poll(() => failures.count()).toBe(1);

    const tests = page.locator('#tests');
    const rows = tests.locator('svg.wide .marks > g');
    const all = await rows.count();
    await tests.locator('details[data-part="table"] > summary').click();
    await tests.locator('tbody input').first().focus();
    await page.keyboard.press('Space');
    await expect.poll(() => rows.count()).toBe(1);
    expect(await tests.locator('[data-part="some"]').innerText()).toMatch(/^1 of \d+ rows shown/);
    expect(await engine(page)).toBe('idle');

    await choose(page, 'test_name', 'telegram');
    await drawn(page, 'Telegram');
    expect(await bars.count()).toBe(0);
    expect(await line.innerText()).toContain('Hidden: no sign of interference.');
    await page.goBack();
    await expect.poll(() => title(page, 'outcomes')).not.toContain('Telegram');
    expect(await bars.count()).toBe(0);
    await tests.locator('[data-action="show-whole"]').click();
    await expect.poll(() => rows.count()).toBe(all);
    await figure.locator('[data-action="show-whole"]').click();
    await expect.poll(() => bars.count()).toBe(1);
    expect(await line.isVisible()).toBe(false);
    expect(complaints).toEqual([]);
    await close();
  });

  it('shows the last of several quick changes', async () => {
    const { page, close } = await visit(`${country}?time_grain=week`);
    await drawn(page);
    await choose(page, 'test_name', 'telegram');
    await page.locator('details.choices summary').first().click();
    await page.locator('#explore input[value="telegram"]').uncheck();
    await choose(page, 'test_name', 'whatsapp');
    await drawn(page, 'WhatsApp');
    expect(await title(page, 'outcomes')).not.toContain('Telegram');
    await close();
  });

  it('shows all days, and says so, when the dates hold no data', async () => {
    const { page, close } = await visit(`${country}?until=1990-01-01&time_grain=week`);
    await drawn(page);
    expect(await page.locator('[data-status="notices"]').innerText()).toContain('1990-01-01');
    await close();
  });

  it('keeps the page and says what to do when the engine cannot be fetched', async () => {
    const { page, close } = await visit(country);
    await page.route('**/*.wasm', (route) => route.abort());
    const before = await title(page, 'outcomes');
    await choose(page, 'test_name', 'telegram');
    await page.locator('details.choices summary').first().click();
    const failure = page.locator('[data-status="failure"]');
    await failure.locator('button').waitFor(PATIENCE);
    expect(await engine(page)).toBe('failed');
    expect(await failure.innerText()).toMatch(/fetched.*try again/is);
    expect(await title(page, 'outcomes')).toBe(before);
    await page.unroute('**/*.wasm');
    await failure.locator('button').click();
    await drawn(page, 'Telegram');
    expect(await failure.innerText()).toBe('');
    await close();
  });

  it('works below a path and on a phone', async () => {
    const address = `${site.subPathUrl}${country.slice(1)}?test_name=telegram`;
    const { page, complaints, close } = await visit(address, {
      viewport: { width: 360, height: 740 },
    });
    await drawn(page, 'Telegram');
    const shown = page.locator('figure[data-chart="outcomes"] svg.narrow');
    expect(await shown.isVisible()).toBe(true);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(wide).toBeLessThanOrEqual(360);
    expect(complaints).toEqual([]);
    await close();
  });

  it('has no serious accessibility violation while filtered, light or dark', async () => {
    for (const colorScheme of ['light', 'dark'] as const) {
      const { page, close } = await visit(`${country}?test_name=telegram&foo=1`, { colorScheme });
      await drawn(page, 'Telegram');
      await page.locator('details.choices summary').first().click();
      const { violations } = await new AxeBuilder({ page }).analyze();
      const serious = violations.filter(
        ({ impact }) => impact === 'serious' || impact === 'critical',
      );
      expect(serious.map(({ id, nodes }) => `${id} ${nodes[0]?.html ?? ''}`)).toEqual([]);
      await close();
    }
  }, 150_000);
});

describe('tables and charts', () => {
  it('sort and find on the spot, without the engine', async () => {
    const { page, requests, close } = await visit(country);
    const table = page.locator('figure[data-chart="networks"] table');
    const column = table.locator('thead th[data-column="tests"]');
    const numbers = async () => {
      const index = await column.evaluate((cell: HTMLTableCellElement) => cell.cellIndex);
      const texts = await table
        .locator(`tbody tr:visible > :nth-child(${String(index + 1)})`)
        .allInnerTexts();
      return texts.map((text) => Number(text.replaceAll(',', '')));
    };
    await column.locator('button').click();
    await expect.poll(() => column.getAttribute('aria-sort')).toBe('descending');
    const down = await numbers();
    expect(down).toEqual([...down].sort((a, b) => b - a));
    await column.locator('button').click();
    await expect.poll(() => column.getAttribute('aria-sort')).toBe('ascending');
    expect(await numbers()).toEqual(down.toReversed());

    const periods = page.locator('figure[data-chart="outcomes"] details[data-part="table"]');
    await periods.locator('> summary').click();
    const all = await periods.locator('tbody tr:visible').count();
    const last = await periods.locator('tbody tr th').last().innerText();
    await periods.locator('input[type="search"]').fill(last.slice(0, 10));
    await expect.poll(() => periods.locator('tbody tr:visible').count()).toBeLessThan(all);
    expect(requests.filter((url) => url.endsWith('.wasm'))).toEqual([]);
    expect(await engine(page)).toBe('idle');
    await close();
  });

  it('are read by arrow keys and under the pointer', async () => {
    const { page, complaints, close } = await visit(country);
    const drawing = page.locator('figure[data-chart="outcomes"] .drawing');
    await drawing.focus();
    const spoken = drawing.locator('[aria-live]');
    await page.keyboard.press('Home');
    await expect
      .poll(async () => (await spoken.count()) > 0 && (await spoken.innerText()))
      .toMatch(/tests/);
    const first = await spoken.innerText();
    await page.keyboard.press('ArrowRight');
    await expect.poll(() => spoken.innerText()).not.toBe(first);
    await drawing.locator('svg.wide .targets [data-period]').nth(3).hover();
    const box = drawing.locator('.readout');
    await box.waitFor();
    expect(await box.innerText()).toMatch(/\d+ tests/);
    await page.keyboard.press('Escape');
    await expect.poll(() => box.isVisible()).toBe(false);
    expect(complaints).toEqual([]);
    await close();
  });

  it('cost at most 10 kB of script before anyone touches them', async () => {
    const { requests, close } = await visit(country);
    const scripts = [...new Set(requests)].filter((url) => url.endsWith('.js'));
    const sizes = await Promise.all(
      scripts.map(async (url) =>
        brotliCompressSync(Buffer.from(await (await fetch(url)).arrayBuffer())),
      ),
    );
    expect(sizes.reduce((sum, { length }) => sum + length, 0)).toBeLessThanOrEqual(10_000);
    await close();
  });
});

describeWithSharedData('real measurements of Kenya', 'ooni/kenya-telegram-2024', (dumps) => {
  let server: StaticServer;
  beforeAll(async () => {
    server = await serveStatic((await buildDumpSite('kenya', dumps, console.log)).dist);
  }, 300_000);
  afterAll(() => server.close());

  it('choosing AS33771 in the networks table redraws with its numbers', async () => {
    const { page, requests, complaints, close } = await visit(`${server.origin}/country/KE/`);
    const row = page.locator('figure[data-chart="outcomes"] tbody tr[data-key="2024-11-07"]');
    const cells = () => row.locator('td').allTextContents();
    expect(plain(await cells())).toEqual(['142', '59', '83', '0', '0', '11']);
    const networks = page.locator('figure[data-chart="networks"] tbody tr');
    const count = await networks.count();

    const box = page.locator('figure[data-chart="networks"] input[data-select="33771"]');
    await box.check();
    await drawn(page, 'AS33771');
    expect(new URL(page.url()).search).toBe('?probe_asn=33771');
    expect(plain(await cells())).toEqual(['46', '9', '37', '0', '0', '1']);
    expect(await page.locator('[data-part="summary"]').innerText()).toContain('873 of 2,051');
    expect(await networks.count()).toBe(count);
    expect(await box.isChecked()).toBe(true);
    expect(await box.evaluate((element) => element === document.activeElement)).toBe(true);

    await box.uncheck();
    await expect.poll(async () => plain(await cells())[0]).toBe('142');
    expect(requests.filter((url) => !url.startsWith(server.origin))).toEqual([]);
    expect(complaints).toEqual([]);
    await close();
  });

  it('three days alone have their own numbers', async () => {
    const { page, close } = await visit(
      `${server.origin}/country/KE/?since=2024-11-06&until=2024-11-09`,
    );
    await drawn(page);
    const rows = page.locator('figure[data-chart="outcomes"] tbody tr');
    expect(plain(await rows.locator('td:nth-child(2)').allTextContents())).toEqual([
      '114',
      '142',
      '132',
    ]);
    expect(plain(await rows.locator('td:nth-child(4)').allTextContents())).toEqual([
      '2',
      '83',
      '98',
    ]);
    await close();
  });
});
