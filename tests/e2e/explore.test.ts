/** The chart builder as its readers use it: a researcher, an advocate, a journalist; with pointer and by keyboard. */
import type { Page } from 'playwright';
import { describe, expect, inject, it } from 'vitest';
import { answered, ask } from './turn.ts';
import { countryCodes } from '../support/country-pages.ts';
import { useBrowser } from './visit.ts';

const visit = useBrowser();
const site = inject('site');
const codes = countryCodes(site.dist);
const [cc = ''] = codes;
const FIGURE = '#builder figure';

/** Waits until what the link asks for is drawn. */
async function drawn(page: Page): Promise<void> {
  await answered(page.locator('#builder'));
  expect(await page.locator('[data-status="line"]').textContent()).toMatch(/^Drawn/);
}

/** Draws again after `act`. */
async function redrawn(page: Page, act: () => Promise<unknown>): Promise<void> {
  await ask(page.locator('#builder'), act);
  await drawn(page);
}

const rowsShown = (page: Page) => page.locator(`${FIGURE} tbody tr:not(.spacer):visible`).count();
const search = (page: Page) => decodeURIComponent(new URL(page.url()).search);

describe('a researcher', () => {
  it('builds the rate by network of a country by keyboard, sorts it and reads the SQL', async () => {
    const { page, complaints, requests, close } = await visit('explore/');
    const field = (name: string) => page.locator(`#builder [name="${name}"]`);
    await page.locator('#builder details.choices summary').first().focus();
    await page.keyboard.press('Enter');
    await page.locator('#builder [data-find-choice]').first().focus();
    await page.keyboard.type(cc);
    await page.locator(`#builder input[name="probe_cc"][value="${cc}"]`).focus();
    await page.keyboard.press('Space');
    await page.keyboard.press('Escape');
    await field('axis_x').selectOption('probe_asn');
    expect(await page.locator('[data-part="asked"]').textContent()).toMatch(
      /^Share of tests with signs, by network, in \p{L}/u,
    );
    await field('axis_x').focus();
    await page.locator('#builder button[type="submit"]').focus();
    await page.keyboard.press('Enter');
    await drawn(page);
    expect(search(page)).toBe(`?probe_cc=${cc}&axis_x=probe_asn`);
    expect(await page.locator(`${FIGURE} svg.wide > title`).textContent()).toMatch(/\d+ of [\d,]+/);

    await page.locator(`${FIGURE} [data-view-choice="table"]`).focus();
    await redrawn(page, () => page.keyboard.press('Enter'));
    expect(search(page)).toContain('view=table');
    await page.locator(`${FIGURE} thead th button`).first().focus();
    await expect.poll(() => page.locator(`${FIGURE} table`).getAttribute('role')).toBe('grid');
    const column = page.locator(`${FIGURE} thead th[data-column="tests"]`);
    for (let step = 0; step < 12; step += 1) {
      if (await column.evaluate((cell) => cell.contains(document.activeElement))) break;
      await page.keyboard.press('ArrowRight');
    }
    await page.keyboard.press('Enter');
    await expect.poll(() => column.getAttribute('aria-sort')).toBe('descending');
    // One tab stop for the whole table.
    await expect.poll(() => page.locator(`${FIGURE} table [tabindex="0"]`).count()).toBe(1);

    await page.locator('[data-part="sql"] summary').focus();
    await page.keyboard.press('Enter');
    const sql = await page.locator('[data-part="sql"] code').innerText();
    expect(sql).toContain('FROM interference_network_daily');
    expect(sql).toContain(`'${cc}'`);
    expect(requests.filter((url) => !url.startsWith(site.url))).toEqual([]);
    expect(complaints).toEqual([]);
    await close();
  });

  it('takes rows along with their caveats, chooses columns, and draws the rows that are ticked', async () => {
    const { page, complaints, close } = await visit(
      `explore/?probe_cc=${cc}&axis_x=test_name&view=table`,
      { permissions: ['clipboard-read', 'clipboard-write'] },
    );
    await drawn(page);
    const labels = () => page.locator(`${FIGURE} thead th:visible`).allInnerTexts();
    const before = await labels();
    await page.locator('.column-choice summary').click();
    await page.locator('.column-choice label').nth(1).locator('input').uncheck();
    await page.keyboard.press('Escape');
    await expect.poll(async () => (await labels()).length).toBe(before.length - 1);
    const after = await labels();
    expect(after).toEqual(before.filter((label) => after.includes(label)));
    await expect
      .poll(() => page.locator(`${FIGURE} tbody tr:visible`).first().locator('td:visible').count())
      .toBe(after.length - 1);

    await page.locator('[data-copy-table]').click();
    await expect.poll(() => page.locator('[data-tools] [role="status"]').innerText()).not.toBe('');
    const lines = (await page.evaluate(async () => navigator.clipboard.readText())).split('\n');
    const end = lines.indexOf('');
    expect(lines[0]?.split('\t').map((text) => text.trim())).toEqual(
      after.map((label) => label.replace(/\s*[↕↑↓]$/, '')),
    );
    expect(end - 1).toBe(await rowsShown(page));
    const caveats = lines.slice(end).join(' ');
    expect(caveats).toContain('Wilson');
    expect(caveats).toContain('BY-NC-SA');
    expect(caveats).toContain(page.url());

    await redrawn(page, () => page.locator('[data-view-choice="chart"]').click());
    const bars = page.locator(`${FIGURE} svg.wide .marks [data-key]`);
    const all = await bars.count();
    expect(all).toBeGreaterThan(2);
    await page.locator(`${FIGURE} details[data-part="table"] > summary`).click();
    const box = page.locator(`${FIGURE} tbody input[data-select]`);
    await box.nth(0).check();
    await box.nth(1).check();
    await expect.poll(() => bars.count()).toBe(2);
    expect(await page.locator('[data-part="some"]').innerText()).toContain(`2 of ${String(all)}`);
    await page.locator('[data-part="some"] button').click();
    await expect.poll(() => bars.count()).toBe(all);
    expect(complaints).toEqual([]);
    await close();
  });

  it('scrolls a long table of which the page holds the rows in sight', async () => {
    const { page, complaints, close } = await visit(
      'explore/?measure=tests&axis_y=probe_cc&time_grain=day&view=table',
    );
    await drawn(page);
    const table = page.locator(`${FIGURE} table`);
    await expect.poll(() => rowsShown(page)).toBeGreaterThan(5);
    const rows = Number(await table.getAttribute('aria-rowcount')) - 1;
    expect(rows).toBeGreaterThan(300);
    expect(await rowsShown(page)).toBeLessThan(120);
    const first = table.locator('tbody tr:not(.spacer)').first();
    const last = table.locator('tbody tr:not(.spacer)').last();
    expect(await first.getAttribute('aria-rowindex')).toBe('2');
    await page.locator(`${FIGURE} thead th button`).first().focus();
    await expect.poll(() => table.getAttribute('role')).toBe('grid');
    await page.keyboard.press('Control+End');
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.closest('tr')?.ariaRowIndex))
      .toBe(String(rows + 1));
    expect(await last.getAttribute('aria-rowindex')).toBe(String(rows + 1));
    expect(await rowsShown(page)).toBeLessThan(120);
    // The header stays where it can be read.
    const [head, box] = await Promise.all([
      page.locator(`${FIGURE} thead th`).first().boundingBox(),
      page.locator(`${FIGURE} .table`).boundingBox(),
    ]);
    expect(Math.abs((head?.y ?? 0) - (box?.y ?? 9))).toBeLessThan(2);
    // What was found is what is left, and paper gets every row.
    const field = page.locator('[data-tools] input[type="search"]');
    await field.fill('no such row');
    await expect.poll(() => rowsShown(page)).toBe(0);
    await field.fill('');
    await expect.poll(() => rowsShown(page)).toBeGreaterThan(5);
    const printed = await page.evaluate(() => {
      dispatchEvent(new Event('beforeprint'));
      return document.querySelectorAll('#builder figure tbody tr:not(.spacer)').length;
    });
    expect(printed).toBe(rows);
    await page.evaluate(() => dispatchEvent(new Event('afterprint')));
    await expect.poll(() => rowsShown(page)).toBeLessThan(120);
    expect(complaints).toEqual([]);
    await close();
  });
});

describe('an advocate', () => {
  it('compares three countries, hides one, and shares the link', async () => {
    const three = codes.slice(0, 3);
    const { page, complaints, close } = await visit(
      `explore/?probe_cc=${three.join(',')}&test_name=web_connectivity&compare=countries&time_grain=week`,
    );
    await drawn(page);
    const lines = page.locator(`${FIGURE} svg.wide .series path.series-line`);
    expect(await lines.count()).toBe(3);
    const title = await page.locator(`${FIGURE} [data-part="title"]`).innerText();
    expect(title.match(/of [\d,]+|too few/g)).toHaveLength(3);
    expect(await page.locator(`${FIGURE} [data-part="notes"]`).innerText()).toContain('differs');
    const looks = () =>
      page
        .locator(`${FIGURE} svg.wide .series`)
        .evaluateAll((all) => all.map((line) => line.getAttribute('class')));
    const before = await looks();
    await page.locator('[data-part="series"] input').first().uncheck();
    await expect.poll(() => lines.count()).toBe(2);
    // Those that stay keep their colors.
    expect(await looks()).toEqual(before.slice(1));
    await page.locator('[data-part="series"] input').first().check();
    await expect.poll(() => lines.count()).toBe(3);
    const link = page.url();
    await page.goto('about:blank');
    await page.goto(link);
    await drawn(page);
    expect(await page.locator(`${FIGURE} [data-part="title"]`).innerText()).toBe(title);
    expect(complaints).toEqual([]);
    await close();
  });

  it('sees the world on a map, wide and on a phone, with its table and legend', async () => {
    const { page, complaints, close } = await visit('explore/?view=map');
    await drawn(page);
    const places = page.locator(`${FIGURE} svg.wide .place[data-key]`);
    expect(await places.count()).toBe(Number(await page.locator(FIGURE).getAttribute('data-rows')));
    expect(await places.count()).toBeGreaterThan(20);
    const legend = await page.locator(`${FIGURE} svg.wide .legend`).textContent();
    for (const words of ['confirmed', 'too few tests', 'not tested'])
      expect(legend).toContain(words);
    const [key, tests] = await places
      .first()
      .evaluate((place) => [place.getAttribute('data-key'), place.getAttribute('data-tests')]);
    const row = page.locator(`${FIGURE} tbody tr[data-key="${String(key)}"]`);
    expect((await row.textContent())?.replaceAll(',', '')).toContain(String(tests));
    await redrawn(page, () => page.locator('[data-view-choice="chart"]').click());
    expect(search(page)).toBe('');
    await redrawn(page, () => page.goBack());
    expect(await page.locator(FIGURE).getAttribute('data-view')).toBe('map');
    await page.setViewportSize({ width: 360, height: 740 });
    expect(await page.locator(`${FIGURE} svg.narrow .place .code`).first().isVisible()).toBe(true);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(
      360,
    );
    expect(complaints).toEqual([]);
    await close();
  });

  it('is told when the shapes cannot be fetched, and gets a chart', async () => {
    const { page, close } = await visit('explore/');
    await page.route('**/world/shapes.json', (route) => route.abort());
    await page.locator('#builder [name="view"]').selectOption('map');
    await page.locator('#builder button[type="submit"]').click();
    await drawn(page);
    expect(await page.locator('[data-status="notices"]').innerText()).toContain(
      'shapes of the map',
    );
    expect(await page.locator(`${FIGURE} svg.wide .marks [data-key]`).count()).toBeGreaterThan(0);
    await close();
  });
});

describe('a journalist', () => {
  it('zooms by dragging, by the form and by keyboard, and back', async () => {
    const { page, complaints, close } = await visit(`explore/?probe_cc=${cc}&time_grain=day`);
    await drawn(page);
    const slots = page.locator(`${FIGURE} svg.wide .targets [data-period]`);
    const periods = await slots.evaluateAll((all) =>
      all.map((one) => one.getAttribute('data-period') ?? ''),
    );
    const [from = '', to] = [periods[3], periods[8]];
    const dayAfter = (text: string | undefined) =>
      new Date(Date.parse(text ?? '') + 86_400_000).toISOString().slice(0, 10);
    const zoomed = `since=${from}&until=${dayAfter(to)}`;

    await slots.first().scrollIntoViewIfNeeded();
    const [a, b] = await Promise.all([slots.nth(3).boundingBox(), slots.nth(8).boundingBox()]);
    if (a === null || b === null) throw new Error('The chart has no periods to drag over.');
    await page.mouse.move(a.x + a.width / 2, a.y + 20);
    await page.mouse.down();
    await page.locator('html[data-zoom="ready"]').waitFor({ state: 'attached' });
    await page.mouse.move((a.x + b.x) / 2, a.y + 30, { steps: 4 });
    await page.mouse.move(b.x + b.width / 2, a.y + 30, { steps: 4 });
    await page.locator('.brush').waitFor();
    await redrawn(page, () => page.mouse.up());
    expect(search(page)).toContain(zoomed);
    expect(await slots.count()).toBeLessThanOrEqual(6);

    await redrawn(page, () => page.locator('[data-action="zoom-out"]').click());
    expect(search(page)).not.toContain('since');
    const selects = page.locator('[data-part="zoom"] select');
    expect(await selects.first().locator('option').count()).toBeGreaterThanOrEqual(periods.length);

    await page.locator(`${FIGURE} .drawing`).focus();
    await page.keyboard.press('Home');
    await expect.poll(() => page.locator('.readout').isVisible()).toBe(true);
    for (const key of ['ArrowRight', 'ArrowRight', 'ArrowRight']) await page.keyboard.press(key);
    for (let step = 0; step < 5; step += 1) await page.keyboard.press('Shift+ArrowRight');
    await redrawn(page, () => page.keyboard.press('Enter'));
    expect(search(page)).toContain(zoomed);

    await redrawn(page, async () => {
      await selects.nth(1).selectOption('1');
      await page.locator('[data-part="zoom"] button[type="submit"]').click();
    });
    expect(search(page)).toContain(`since=${from}&until=${dayAfter(periods[4])}`);
    expect(complaints).toEqual([]);
    await close();
  });

  it('reads n and interval off a mark', async () => {
    const { page, close } = await visit(`explore/?probe_cc=${cc}&axis_x=test_name`);
    await drawn(page);
    await page.locator(`${FIGURE} svg.wide .marks [data-floor="met"] rect`).first().hover();
    const box = page.locator('.readout');
    await box.waitFor();
    expect(await box.innerText()).toMatch(/95% interval: [<\d.]+%? to [>\d.]+%/);
    expect(await box.innerText()).toMatch(/tests with a verdict: \d/);
    await close();
  });
});

describe('what a reader turns to', () => {
  const asked = (requests: readonly string[], ending: string) =>
    requests.filter((url) => url.endsWith(ending)).length;

  it('brings the files of a light chart, and the engine for a chart that needs it', async () => {
    const { page, requests, close } = await visit('explore/');
    const submit = page.locator('#builder button.primary');
    await submit.hover();
    await expect.poll(() => asked(requests, '.parquet')).toBeGreaterThan(0);
    await redrawn(page, () => submit.click());
    expect(await page.locator('html').getAttribute('data-engine')).toBe('idle');
    expect(asked(requests, '.wasm')).toBe(0);

    await page.locator('#builder [name="measure"]').selectOption('throughput');
    await page.locator('#builder [name="measure"]').hover();
    await submit.hover();
    await expect.poll(() => asked(requests, '.wasm')).toBeGreaterThan(0);
    await close();
  });
});

describe('a large question', () => {
  it('is named with its size before it is run', async () => {
    const { page, close } = await visit('explore/');
    await page.route('**/data/manifest.json', async (route) => {
      const response = await route.fetch();
      const manifest: unknown = await response.json();
      await route.fulfill({
        json: JSON.parse(JSON.stringify(manifest).replace(/"rows":(\d+)/g, '"rows":$1000000')),
      });
    });
    await ask(page.locator('#builder'), () =>
      page.locator('#builder button[type="submit"]').click(),
    );
    const go = page.locator('[data-part="answer"] > button');
    expect(await page.locator('[data-status="line"]').innerText()).toMatch(
      /[\d,]+,000,000 rows, .*B/,
    );
    expect(await page.locator('html').getAttribute('data-engine')).toBe('idle');
    await redrawn(page, () => go.click());
    expect(await page.locator(FIGURE).count()).toBe(1);
    await close();
  });

  it('can be cancelled, and the page goes on', async () => {
    const { page, complaints, close } = await visit('explore/');
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    await page.route('**/*.parquet', async (route) => {
      await held;
      await route.continue();
    });
    const asked = page.waitForRequest('**/*.parquet');
    await page.locator('#builder button[type="submit"]').click();
    const cancel = page.locator('[data-action="cancel"]');
    await cancel.waitFor();
    await page.locator('#builder progress').waitFor();
    const request = await asked;
    await cancel.click();
    await answered(page.locator('#builder'));
    release();
    await (await request.response())?.finished();
    // What still arrives is kept, and nothing more is said of it.
    expect(await page.locator('[data-status="line"]').innerText()).toMatch(/^Cancelled/);
    expect(await page.locator('#builder progress').isVisible()).toBe(false);
    expect(await page.locator(FIGURE).count()).toBe(0);
    expect(await cancel.isVisible()).toBe(false);
    await redrawn(page, () => page.locator('#builder button[type="submit"]').click());
    expect(complaints).toEqual([]);
    await close();
  });
});
