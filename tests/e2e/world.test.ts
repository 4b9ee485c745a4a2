import type { Page } from 'playwright';
import { expect, inject, it, describe } from 'vitest';
import { ask } from './turn.ts';
import { runVerify } from './verify.ts';
import { useBrowser } from './visit.ts';

const visit = useBrowser();
const site = inject('site');
const WORLD = 'figure[data-chart="world"]';

describe('the world map without JavaScript', () => {
  it('has one drawing with words, a legend with counts, a table and a source', async () => {
    const { page, close } = await visit('', { javaScriptEnabled: false });
    const figure = page.locator(WORLD);
    const drawing = figure.locator('svg[role="img"]');
    expect(await drawing.count()).toBe(1);
    expect((await drawing.locator('> title').textContent())?.trim()).toBeTruthy();
    expect(await drawing.locator('> desc').textContent()).toMatch(/not tested/);
    expect(Number(await figure.getAttribute('data-rows'))).toBeGreaterThan(0);
    expect(await figure.locator('[data-legend="interference"] li').count()).toBe(10);
    const table = figure.locator('table[data-cut]');
    expect(Number(await table.getAttribute('data-count'))).toBeGreaterThanOrEqual(40);
    expect(await table.locator('tbody tr').count()).toBeGreaterThan(0);
    expect(await figure.locator('[data-part="rest"] a').getAttribute('href')).toMatch(/\.csv$/);
    expect(await figure.locator('figcaption').innerText()).toMatch(/OONI/);
    expect(await figure.locator('.controls').isVisible()).toBe(false);
    await close();
  });

  it('leads from every place on the map to its page', async () => {
    const { page, close } = await visit('', { javaScriptEnabled: false });
    const links = page.locator(`${WORLD} .sheet.map .links a`);
    const found = await links.evaluateAll((all) =>
      all.map((link) => ({
        href: link.getAttribute('href'),
        shown: document.querySelector(link.firstElementChild?.getAttribute('href') ?? '') !== null,
        name: link.getAttribute('aria-label'),
      })),
    );
    expect(found.length).toBeGreaterThanOrEqual(40);
    expect(found.filter(({ shown, name }) => !shown || name === null)).toEqual([]);
    expect(found.every(({ href }) => /\/country\/[A-Z]{2}\/$/.test(href ?? ''))).toBe(true);
    await close();
  });

  it('shows shapes when there is room and tiles on a phone, and the other on demand', async () => {
    for (const [width, first] of [
      [1200, '.map'],
      [360, '.tiles.narrow'],
    ] as const) {
      const { page, close } = await visit('', {
        javaScriptEnabled: false,
        viewport: { width, height: 800 },
      });
      const links = page.locator(`${WORLD} .sheet .links:visible`);
      expect(await links.count()).toBe(1);
      expect(await page.locator(`${WORLD} .sheet${first} .links`).isVisible()).toBe(true);
      await page.locator('#world-swap').check();
      expect(await links.count()).toBe(1);
      expect(await page.locator(`${WORLD} .sheet${first} .links`).isVisible()).toBe(false);
      await close();
    }
  });
});

/** Follows a live address to its frame, and waits until that is drawn. */
async function openFrame(page: Page, live: string): Promise<void> {
  await page.goto(new URL(live, site.url).href);
  await page.waitForURL(/\/[0-9a-f]{10}\/$/);
  await page.locator('figure svg[role="img"]').first().waitFor();
}

describe('the world map with JavaScript', () => {
  it('shows another period without an engine, in drawing, words, legend and table alike', async () => {
    const { page, requests, complaints, close } = await visit('');
    const figure = page.locator(WORLD);
    const before = await figure.locator('[data-part="title"]').innerText();
    expect(requests.filter((url) => url.includes('/world/'))).toEqual([]);
    await ask(figure, () => figure.locator('[data-step="-1"]').click());
    expect(await figure.locator('[data-part="title"]').innerText()).not.toBe(before);
    const items = await figure.locator('[data-legend="interference"] li').evaluateAll((all) =>
      all.map((item) => ({
        label: item.getAttribute('title') ?? '',
        count: Number(item.querySelector('span:last-child')?.textContent),
        shown: item.checkVisibility(),
      })),
    );
    const inTable = await figure
      .locator('tbody td[data-column="level"]')
      .evaluateAll((all) => all.map((cell) => cell.textContent.trim()));
    for (const { label, count, shown } of items) {
      expect(shown, label).toBe(count > 0);
      const rows = inTable.filter((text) => text === label).length;
      // Places that nobody tested anywhere are on the map and in the legend, not in the table.
      if (label === 'not tested') expect(rows, label).toBeLessThanOrEqual(count);
      else expect(rows, label).toBe(count);
    }
    expect(await figure.locator('svg[role="img"] > desc').textContent()).toMatch(/synthetic/i);
    expect(requests.filter((url) => !url.startsWith(site.url))).toEqual([]);
    expect(requests.filter((url) => url.endsWith('.wasm'))).toEqual([]);
    expect(complaints).toEqual([]);
    await close();
  });

  it('matches what it was made from, and hands out what is shown, of any layer', async () => {
    const { page, complaints, close } = await visit('');
    const figure = page.locator(WORLD);
    expect(await runVerify(page, WORLD)).toMatchObject({ verdict: 'match' });
    const sources = await figure.locator('figcaption').innerText();
    await ask(figure, () => figure.locator('input[value="tools"]').check());
    expect(await figure.locator('[data-part="title"]').innerText()).toMatch(/^Estimated use/);
    expect(await figure.locator('figcaption').innerText()).not.toBe(sources);
    expect(await figure.locator('thead th').allTextContents()).toContain('estimated clients');
    expect((await runVerify(page, WORLD)).text).toContain('shows something else now');
    await figure.locator('[data-take="download"] > summary').click();
    await figure.locator('[data-form="csv"]').waitFor();
    expect(await figure.locator('[data-part="displayed"]').innerText()).toContain('CC0 1.0');
    await ask(figure, () => figure.locator('input[value="interference"]').check());
    expect(await runVerify(page, WORLD)).toMatchObject({ verdict: 'match' });
    expect(complaints).toEqual([]);
    await close();
  });

  it('shows one theme, then everything again, and is framed by address', async () => {
    const { page, complaints, close } = await visit('');
    const figure = page.locator(WORLD);
    const title = figure.locator('[data-part="title"]');
    const before = await title.innerText();
    const select = figure.locator('select[name="theme"]');
    await ask(figure, () => figure.locator('input[value="tools"]').check());
    await ask(figure, () => select.selectOption('news-websites'));
    expect(await title.innerText()).toContain('ests of websites listed as “News media”');
    expect(await figure.locator('input[value="interference"]').isChecked()).toBe(true);
    expect(await figure.locator('[data-legend="interference"]').isVisible()).toBe(true);
    await ask(figure, () => figure.locator('input[value="tools"]').check());
    expect(await select.inputValue()).toBe('');
    await ask(figure, () => figure.locator('input[value="interference"]').check());
    expect(await title.innerText()).toBe(before);
    expect(complaints).toEqual([]);
    // Frames have no icon, for which a browser asks when one is opened by itself.
    await openFrame(page, 'embed/world/');
    expect(await page.locator('body').innerText()).toContain(before);
    await openFrame(page, 'embed/theme/news/websites-map/');
    expect(await page.locator('body').innerText()).toContain('“News media”');
    await close();
  });

  it('shows slow networks where there are speed tests, and gives the frame of the layer that is shown', async () => {
    const { page, complaints, close } = await visit('');
    const figure = page.locator(WORLD);
    await ask(figure, () => figure.locator('input[value="throughput"]').check());
    const title = await figure.locator('[data-part="title"]').innerText();
    const legend = figure.locator('[data-legend="throughput"]');
    expect(await legend.isVisible()).toBe(true);
    expect(await legend.locator('[data-level="slowdown"]').innerText()).toBe('1');
    expect(await figure.locator('#world-map-place-UY').getAttribute('fill')).toContain('slowdown');
    await figure.locator('[data-action="embed"]').click();
    const code = page.locator('dialog.share textarea');
    await page.locator('dialog.share select[name="theme"]').selectOption('dark');
    expect(await code.inputValue()).toMatch(
      /\/embed\/world-throughput\/[0-9a-f]{10}\/\?theme=dark&amp;controls=off"/,
    );
    expect(await code.inputValue()).toContain(title);
    await page.keyboard.press('Escape');
    await ask(figure, () => figure.locator('select[name="theme"]').selectOption('news-websites'));
    await figure.locator('[data-action="embed"]').click();
    expect(await code.inputValue()).toMatch(
      /\/embed\/theme\/news\/websites-map\/[0-9a-f]{10}\/\?controls=off"/,
    );
    expect(complaints).toEqual([]);
    await openFrame(page, 'embed/world-throughput/');
    expect(await page.locator('body').innerText()).toContain(title);
    await close();
  });

  it('has an address for the layer and the period that it shows, and goes back to the one before', async () => {
    const { page, complaints, close } = await visit('');
    const figure = page.locator(WORLD);
    const title = figure.locator('[data-part="title"]');
    const first = await title.innerText();
    await ask(figure, () => figure.locator('input[value="tools"]').check());
    expect(new URL(page.url()).search).toBe('?layer=tools');
    const tools = await title.innerText();
    await ask(figure, () => figure.locator('[data-step="-1"]').click());
    const { search } = new URL(page.url());
    expect(search).toMatch(/^\?layer=tools&since=\d{4}-\d{2}-\d{2}$/);
    const shown = await title.innerText();
    expect(shown).not.toBe(tools);

    await figure.locator('[data-take="cite"] > summary').click();
    const permalink = await figure.locator('[data-citation="permalink"]').innerText();
    expect(permalink).toContain(`/${search}&release=`);
    await figure.locator('[data-action="embed"]').click();
    await page.locator('dialog.share').waitFor();
    await page.keyboard.press('Escape');

    await ask(figure, () => page.goBack());
    expect(await title.innerText()).toBe(first);
    expect(await figure.locator('input[value="interference"]').isChecked()).toBe(true);
    await ask(figure, () => page.goForward());
    expect(await title.innerText()).toBe(shown);
    expect(await figure.locator('input[value="tools"]').isChecked()).toBe(true);
    expect(complaints).toEqual([]);
    await close();

    const { search: cited, hash } = new URL(permalink);
    const again = await visit(`${cited}${hash}`);
    const there = again.page.locator(WORLD);
    await there.and(again.page.locator('[data-answered="1"]')).waitFor();
    expect(await there.locator('[data-part="title"]').innerText()).toBe(shown);
    expect(await there.locator('[data-part="left-aside"]').count()).toBe(0);
    expect(again.complaints).toEqual([]);
    await again.close();
  });

  it('says what of its address it cannot show', async () => {
    const { page, complaints, close } = await visit(
      '?layer=nothing&since=1999-01-01&until=2000-01-01',
    );
    const figure = page.locator(WORLD);
    await figure.and(page.locator('[data-answered="1"]')).waitFor();
    const said = await figure.locator('[data-part="left-aside"]').innerText();
    expect(said).toContain('Layer of the map: “nothing”');
    expect(said).toContain('The map has nothing for 1999-01-01');
    expect(said).toContain('“Before” is not a filter of this page');
    await ask(figure, () => figure.locator('input[value="tools"]').check());
    expect(await figure.locator('[data-part="left-aside"]').count()).toBe(0);
    expect(complaints).toEqual([]);
    await close();
  });

  it('is one stop for the tab key; arrows step by name, the line reads out, Enter opens', async () => {
    const { page, close } = await visit('', { viewport: { width: 1200, height: 800 } });
    const links = page.locator(`${WORLD} .sheet.map .links a`);
    const open = await links.evaluateAll(
      (all) => all.filter((link) => link.getAttribute('tabindex') !== '-1').length,
    );
    expect(open).toBe(1);
    await links.first().focus();
    await page.keyboard.press('ArrowRight');
    const name = await page.evaluate(() => document.activeElement?.getAttribute('aria-label'));
    expect(name).toBe(await links.nth(1).getAttribute('aria-label'));
    const place = (name ?? '').split(':')[0] ?? '';
    expect(await page.locator('.world-readout').innerText()).toContain(place);
    await page.keyboard.press('End');
    await page.keyboard.press('Home');
    const href = await links.first().getAttribute('href');
    await page.keyboard.press('Enter');
    await page.waitForURL(`**${href ?? ''}`);
    await close();
  });

  it('reads out numbers of every place, also of those whose rows the page does not hold', async () => {
    const { page, complaints, close } = await visit('', { viewport: { width: 1200, height: 800 } });
    const figure = page.locator(WORLD);
    expect(await figure.locator('table[data-cut]').count()).toBe(1);
    const links = figure.locator('.sheet.map .links a');
    const readout = figure.locator('.world-readout');
    await links.last().hover();
    const label = (await links.last().getAttribute('aria-label')) ?? '?';
    await expect.poll(() => readout.innerText()).toMatch(/\d/);
    expect(await readout.innerText()).toContain(label.split(':')[0]);
    for (const link of await links.all()) {
      const named = (await link.getAttribute('aria-label')) ?? '?';
      await link.focus();
      expect(await readout.innerText()).toContain(named.split(':')[0]);
      expect(await readout.innerText(), named).toMatch(/ 2026\.$/);
    }
    expect(complaints).toEqual([]);
    await close();
  });

  it('says what is under a finger first, and opens it at the second tap or by its link', async () => {
    const { page, complaints, close } = await visit('', {
      viewport: { width: 360, height: 740 },
      hasTouch: true,
      isMobile: true,
    });
    const home = page.url();
    const links = page.locator(`${WORLD} .sheet.tiles.narrow .links a`);
    const readout = page.locator('.world-readout');
    await links.nth(3).tap();
    await readout.locator('a').waitFor();
    expect(page.url()).toBe(home);
    const name = (await links.nth(3).getAttribute('aria-label'))?.split(':')[0] ?? '?';
    expect(await readout.locator('a').innerText()).toBe(`Open ${name}`);
    expect(await readout.locator('a').getAttribute('href')).toBe(
      await links.nth(3).getAttribute('href'),
    );
    await links.nth(8).tap();
    await readout.filter({ hasNotText: name }).locator('a').waitFor();
    expect(page.url()).toBe(home);
    const href = (await links.nth(8).getAttribute('href')) ?? '';
    await links.nth(8).tap();
    await page.waitForURL(`**${href}`);
    expect(complaints).toEqual([]);
    await close();
  });
});
