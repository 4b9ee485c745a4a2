/** Figures as readers handle them: zoom by mouse and finger, series taken out, rows ticked, tables sorted and read. */
import { brotliCompressSync } from 'node:zlib';
import type { Page } from 'playwright';
import { describe, expect, inject, it } from 'vitest';
import {
  bar,
  choose,
  drawn,
  engine,
  expectDrawn,
  pointAt,
  unfold,
  unfoldAll,
  unfoldTable,
} from './filtering.ts';
import { ask } from './turn.ts';
import { heaviestCountry } from '../support/country-pages.ts';
import { useBrowser } from './visit.ts';

const visit = useBrowser();
const site = inject('site');
const country = `country/${heaviestCountry(site.dist)}/`;

const title = (page: Page, chart: string) =>
  page.locator(`figure[data-chart="${chart}"] [data-part="title"]`).textContent();

describe('charts', () => {
  it('can be heard, by those who ask for it', async () => {
    const { page, complaints, close } = await visit('', { javaScriptEnabled: true });
    await page.addInitScript(() => {
      const { AudioContext: Own } = window;
      window.AudioContext = class extends Own {
        constructor() {
          super();
          document.documentElement.dataset['audio'] = 'opened';
        }
      };
    });
    await page.goto(new URL(country, site.url).href);
    const lead = page.locator('figure[data-chart="witnesses"]');
    await lead.locator('.how-to-read > summary').click();
    const hear = lead.locator('[data-action="hear"]');
    await hear.waitFor();
    expect(await page.locator('html[data-audio]').count()).toBe(0);
    await hear.click();
    await page.locator('html[data-audio="opened"]').waitFor({ state: 'attached' });
    await lead.locator('.drawing [data-period].read').first().waitFor({ state: 'attached' });
    expect(await hear.textContent()).toBe('Stop');
    expect(await lead.locator('.how-to-read [role="status"]').textContent()).toMatch(
      /^share with signs: one tone a row, .* for [\d.]+%/,
    );
    await page.keyboard.press('Escape');
    await lead.locator('[data-action="hear"]:not([data-playing])').waitFor();
    expect(await lead.locator('.drawing [data-period].read').count()).toBe(0);
    expect(complaints).toEqual([]);
    await close();
  });

  it('zooms in on the days that are dragged over', async () => {
    const { page, close } = await visit(country);
    await unfold(page, '#outcomes');
    await pointAt(page.locator('#outcomes .drawing'));
    const slots = page.locator('#outcomes svg.wide .targets [data-period]');
    await slots.first().scrollIntoViewIfNeeded();
    const [a, b] = await Promise.all([slots.nth(2).boundingBox(), slots.nth(6).boundingBox()]);
    if (a === null || b === null) throw new Error('The chart has no periods to drag over.');
    await page.mouse.move(a.x + a.width / 2, a.y + 20);
    await page.mouse.down();
    await page.locator('html[data-zoom="ready"]').waitFor({ state: 'attached' });
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
    await unfold(page, '#outcomes');
    await pointAt(page.locator('#outcomes .drawing'));
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
    const top = async (): Promise<number> => (await slots.first().boundingBox())?.y ?? NaN;
    const left = await top();
    await swipe(a.x, left + 20, 4, -160);
    await expect.poll(top).toBeLessThan(left - 80);
    expect(page.url()).toBe(zoomed);
    expect(await page.locator('#outcomes .brush').isVisible()).toBe(false);
    await close();
  });

  it('leaves out what the reader took out of a chart, also when a filter draws it anew', async () => {
    const { page, complaints, close } = await visit(country);
    await unfold(page, '#outcomes');
    await unfold(page, '#tests');
    const figure = page.locator('#outcomes');
    const key = figure.locator('[data-series-key="ok"]');
    const bars = figure.locator('svg.wide .marks [data-series="ok"]');
    await bars.first().waitFor({ state: 'attached' });
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
    const rows = tests.locator('svg.wide .marks > g[data-key]');
    await tests.locator('.drawing').focus();
    await rows.first().waitFor({ state: 'attached' });
    const all = await rows.count();
    await tests.locator('details[data-part="table"] > summary').click();
    await tests.locator('tbody input').first().focus();
    await page.keyboard.press('Space');
    await expect.poll(() => rows.count()).toBe(1);
    expect(await tests.locator('[data-part="some"]').innerText()).toMatch(/^1 of \d+ rows shown/);
    expect(await engine(page)).toBe('idle');

    await ask(bar(page), () => choose(page, 'test_name', 'telegram'));
    await expectDrawn(page, 'Telegram');
    await expect.poll(() => bars.count()).toBe(0);
    expect(await line.innerText()).toContain('Hidden: no sign of interference.');
    await ask(bar(page), () => page.goBack());
    expect(await title(page, 'outcomes')).not.toContain('Telegram');
    await expect.poll(() => bars.count()).toBe(0);
    // What was ticked is drawn over what was put back; until then the button may be another in the midst of a click.
    await expect.poll(() => rows.count()).toBe(1);
    // By key: charts above may still be put back, and a pointer would miss what moves.
    await tests.locator('[data-action="show-whole"]').press('Enter');
    await expect.poll(() => rows.count()).toBe(all);
    await figure.locator('[data-action="show-whole"]').press('Enter');
    await expect.poll(() => bars.count()).toBe(1);
    expect(await line.isVisible()).toBe(false);
    expect(complaints).toEqual([]);
    await close();
  });
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
    await unfoldTable(page, '#networks');
    await column.locator('button').click();
    await expect.poll(() => column.getAttribute('aria-sort')).toBe('descending');
    const down = await numbers();
    expect(down).toEqual([...down].sort((a, b) => b - a));
    await column.locator('button').click();
    await expect.poll(() => column.getAttribute('aria-sort')).toBe('ascending');
    expect(await numbers()).toEqual(down.toReversed());

    const periods = page.locator('figure[data-chart="outcomes"] details[data-part="table"]');
    await unfoldTable(page, '#outcomes');
    const all = await periods.locator('tbody tr:visible').count();
    const last = await periods.locator('tbody tr th').last().innerText();
    await periods.locator('input[type="search"]').fill(last.slice(0, 10));
    await expect.poll(() => periods.locator('tbody tr:visible').count()).toBeLessThan(all);
    expect(requests.filter((url) => url.endsWith('.wasm'))).toEqual([]);
    expect(await engine(page)).toBe('idle');
    await close();
  });

  it('hold a part of a long table, and all of it once a reader opens it or points at its chart', async () => {
    const plain = await visit(country, { javaScriptEnabled: false });
    const cut = plain.page.locator('#outcomes table');
    const total = Number(await cut.getAttribute('data-count'));
    const inPage = await cut.locator('tbody tr').count();
    expect(inPage).toBeLessThan(total);
    const rest = plain.page.locator('#outcomes [data-part="rest"]');
    expect(await rest.textContent()).toContain(`${inPage} of ${total} rows`);
    expect(await rest.locator('a').getAttribute('href')).toMatch(/outcomes\.csv$/);
    await plain.close();

    const { page, complaints, close } = await visit(country);
    await unfoldTable(page, '#outcomes');
    expect(await page.locator('#outcomes tbody tr').count()).toBe(total);
    expect(await page.locator('#outcomes [data-part="rest"]').count()).toBe(0);
    // The first period is none of the newest.
    await unfold(page, '#rate');
    const chart = page.locator('#rate .drawing');
    await chart.scrollIntoViewIfNeeded();
    const { x = 0, y = 0, width = 0, height = 0 } = (await chart.boundingBox()) ?? {};
    await page.mouse.move(x + width * 0.1, y + height * 0.4);
    await expect
      .poll(() => chart.locator('.readout').innerText())
      .toMatch(/\d tests[^]*95% interval/);
    expect(complaints).toEqual([]);
    await close();
  });

  it('are read by arrow keys and under the pointer', async () => {
    const { page, complaints, close } = await visit(country);
    await unfold(page, '#outcomes');
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
    const box = drawing.locator('.readout');
    const byKeys = await box.innerText();
    await drawing.locator('svg.wide .targets [data-period]').nth(3).hover();
    await expect.poll(() => box.innerText()).not.toBe(byKeys);
    expect(await box.innerText()).toMatch(/\d+ tests/);
    await page.keyboard.press('Escape');
    await expect.poll(() => box.isVisible()).toBe(false);
    expect(complaints).toEqual([]);
    await close();
  });

  it('keep the place of the keys when a pointer comes and goes, and the page where it is', async () => {
    const { page, close } = await visit(country);
    await unfold(page, '#outcomes');
    const drawing = page.locator('figure[data-chart="outcomes"] .drawing');
    await drawing.focus();
    const top = await page.evaluate(() => window.scrollY);
    expect(top).toBeGreaterThan(0);
    const spoken = drawing.locator('[aria-live]');
    const said = async (): Promise<string> =>
      (await spoken.count()) > 0 ? await spoken.innerText() : '';
    await page.keyboard.press('Home');
    await expect.poll(said).toMatch(/tests/);
    const first = await said();
    await page.keyboard.press('ArrowRight');
    await expect.poll(said).not.toBe(first);
    const second = await said();
    await page.keyboard.press('Home');
    await expect.poll(said).toBe(first);
    const box = drawing.locator('.readout');
    await drawing.locator('svg.wide .targets [data-period]').nth(5).hover();
    await expect.poll(() => box.innerText()).not.toContain(first.slice(0, first.indexOf('.')));
    await page.mouse.move(0, 0);
    await expect.poll(() => box.isVisible()).toBe(false);
    await page.keyboard.press('ArrowRight');
    await expect.poll(said).toBe(second);
    expect(await page.evaluate(() => window.scrollY)).toBe(top);
    await close();
  });

  it('are read by arrow keys, every chart of a page, and are named by what they show', async () => {
    const { page, complaints, close } = await visit(country);
    await unfoldAll(page);
    const figures = page.locator('figure[data-chart]');
    for (let index = 0; index < (await figures.count()); index++) {
      const figure = figures.nth(index);
      const name = (await figure.locator('> [data-part="title"]').innerText()).trim();
      const drawing = page
        .getByRole('figure', { name, exact: true })
        .getByRole('application', { name });
      expect(await drawing.count(), name).toBe(1);
      await drawing.focus();
      // What many marks say is fetched with the focus.
      await drawing.locator('.targets [data-period], .marks [data-key]').first().waitFor({
        state: 'attached',
      });
      const spoken = drawing.locator('[aria-live]');
      await page.keyboard.press('Home');
      await expect.poll(() => spoken.textContent(), { message: name }).toMatch(/\S\. .*\d/);
      const first = await spoken.textContent();
      await page.keyboard.press('End');
      await page.keyboard.press('ArrowLeft');
      if ((await figure.getAttribute('data-rows')) !== '1')
        await expect.poll(() => spoken.textContent(), { message: name }).not.toBe(first);
    }
    expect(complaints).toEqual([]);
    await close();
  });

  it('lets Tab go from link to link in a table, and over it', async () => {
    // The list of the front page stands open; the table of its map is folded.
    const { page, close } = await visit('');
    const over = page.locator('a.over').last();
    const table = page.locator('a.over ~ .table').last().locator('table');
    await table.locator('tbody a').first().focus();
    await page.keyboard.press('ArrowDown');
    const focused = page.locator('tbody a:focus');
    await expect
      .poll(() => focused.getAttribute('href'))
      .toBe(await table.locator('tbody a').nth(1).getAttribute('href'));
    await page.keyboard.press('Tab');
    expect(await focused.getAttribute('href')).toBe(
      await table.locator('tbody a').nth(2).getAttribute('href'),
    );
    await over.focus();
    expect((await over.boundingBox())?.height).toBeGreaterThanOrEqual(24);
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    expect(await table.locator(':focus').count()).toBe(0);
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
