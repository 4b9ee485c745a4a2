/** The filter bar of a country page: what it draws, what the link says of it, and what it does when things fail. */
import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { describeWithSharedData } from '../support/shared-data.ts';
import { buildDumpSite } from '../support/site-build.ts';
import { serveStatic, type StaticServer } from '../support/static-server.ts';
import { findViolations } from './accessibility.ts';
import { bar, choose, drawn, engine, expectDrawn, unfoldBar, unfoldTable } from './filtering.ts';
import { ask } from './turn.ts';
import { heaviestCountry } from '../support/country-pages.ts';
import { useBrowser } from './visit.ts';

const visit = useBrowser();
const site = inject('site');
const country = `country/${heaviestCountry(site.dist)}/`;

/** Of any chart, folded or not. */
const title = async (page: Page, chart: string) =>
  (await page.locator(`figure[data-chart="${chart}"] [data-part="title"]`).textContent())?.trim();
const bodyText = async (page: Page, chart: string) =>
  (await page.locator(`figure[data-chart="${chart}"] tbody`).first().textContent())?.replace(
    /\s+/g,
    ' ',
  );

/** What the drawings of every figure say, also those for widths that are not shown. */
const drawings = async (page: Page) =>
  page.locator('figure[data-chart] .drawing > svg').evaluateAll((all) =>
    all.map((svg) => ({
      figure: svg.closest('figure')?.id,
      shape: svg.getAttribute('class'),
      room: svg.getAttribute('viewBox'),
      words: svg.textContent,
    })),
  );

const plain = (texts: readonly string[]) => texts.map((text) => text.trim());

describe('the filter bar', () => {
  it('changes chart, table and link, and back and forward undo and redo it', async () => {
    const { page, requests, complaints, close } = await visit(country);
    await unfoldTable(page, '#outcomes');
    const before = { title: await title(page, 'outcomes'), body: await bodyText(page, 'outcomes') };
    const dataBefore = await page
      .locator('figure[data-chart="outcomes"]')
      .getAttribute('data-rows');
    expect(await engine(page)).toBe('idle');

    await ask(bar(page), () => choose(page, 'test_name', 'telegram'));
    await expectDrawn(page, 'Telegram');
    expect(new URL(page.url()).search).toBe('?test_name=telegram');
    // All of that is counted without the engine.
    expect(await engine(page)).toBe('idle');
    const telegram = await title(page, 'outcomes');
    expect(telegram).toContain('Telegram');
    expect(await bodyText(page, 'outcomes')).not.toBe(before.body);
    const svg = page.locator('figure[data-chart="outcomes"] svg[role="img"]');
    expect(await svg.locator('> title').textContent()).toBe(telegram);
    expect(await page.locator('[data-part="summary"]').innerText()).toContain('Telegram');

    await ask(bar(page), () => page.goBack());
    expect(await title(page, 'outcomes')).toBe(before.title);
    expect(await bodyText(page, 'outcomes')).toBe(before.body);
    expect(await page.locator('figure[data-chart="outcomes"]').getAttribute('data-rows')).toBe(
      dataBefore,
    );
    expect(await page.locator('input[value="telegram"]').isChecked()).toBe(false);

    await ask(bar(page), () => page.goForward());
    await expectDrawn(page, 'Telegram');
    expect(await title(page, 'outcomes')).toBe(telegram);

    await ask(bar(page), () => page.locator('#explore button[type="reset"]').click());
    expect(await title(page, 'outcomes')).toBe(before.title);
    expect(new URL(page.url()).search).toBe('');
    expect(requests.filter((url) => url.endsWith('.wasm'))).toEqual([]);
    expect(requests.filter((url) => !url.startsWith(site.url))).toEqual([]);
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
    for (const id of ids) await unfoldTable(page, `#${id}`);
    const published = await read();
    await unfoldBar(page);
    await ask(bar(page), async () => {
      await page.locator('#explore input[name="since"]').fill(since);
      await page.locator('#explore input[name="until"]').fill(until);
    });
    await expectDrawn(page);
    const narrowed = await read();
    expect(narrowed.filter(({ desc }, n) => desc === published[n]?.desc)).toEqual([]);
    for (const [index, { title, keys }] of narrowed.entries()) {
      if (title?.startsWith('Nothing published') === true) continue;
      expect(keys.length, ids[index]).toBeGreaterThan(0);
      // A month or week may begin before the days that cut it.
      for (const key of keys) {
        const start = (key ?? '').slice(0, 10);
        expect(start >= day(45 + 31) && start < until, `${String(ids[index])} ${start}`).toBe(true);
      }
    }
    // Fewer days may be more periods, which are then shorter.
    expect(narrowed[0]?.keys).not.toEqual(published[0]?.keys);
    await ask(bar(page), () => page.locator('#explore button[type="reset"]').click());
    await expect.poll(read).toEqual(published);
    expect(complaints).toEqual([]);
    await close();
  });

  it('shows the last of several quick changes', async () => {
    const { page, close } = await visit(`${country}?time_grain=week`);
    await drawn(page);
    await ask(bar(page), async () => {
      await choose(page, 'test_name', 'telegram');
      await page.locator('details.choices summary').first().click();
      await page.locator('#explore input[value="telegram"]').uncheck();
      await choose(page, 'test_name', 'whatsapp');
    });
    await expectDrawn(page, 'WhatsApp');
    expect(await title(page, 'outcomes')).not.toContain('Telegram');
    // A phone draws another width first.
    const phone = await visit(`${country}${new URL(page.url()).search}`, {
      viewport: { width: 360, height: 740 },
    });
    await drawn(phone.page, 'WhatsApp');
    const expected = await drawings(phone.page);
    expect(new Set(expected.map(({ shape }) => shape))).toEqual(
      new Set(['chart wide', 'chart narrow', 'chart full']),
    );
    await expect.poll(() => drawings(page)).toEqual(expected);
    await phone.close();
    await close();
  });

  it('shows all days, and says so, when the dates hold no data', async () => {
    const { page, close } = await visit(`${country}?until=1990-01-01&time_grain=week`);
    await drawn(page);
    expect(await page.locator('[data-status="notices"]').innerText()).toContain('1990-01-01');
    await close();
  });

  it('keeps the page and says what to do when the data cannot be fetched', async () => {
    const { page, close } = await visit(country);
    await page.route('**/*.parquet', (route) => route.abort());
    const before = await title(page, 'outcomes');
    await ask(bar(page), async () => {
      await choose(page, 'test_name', 'telegram');
      // What is clicked elsewhere folds the list that lies over what is said.
      await page.locator('h1').click();
    });
    const failure = page.locator('[data-status="failure"]');
    expect(await failure.innerText()).toMatch(/fetched.*try again/is);
    expect(await title(page, 'outcomes')).toBe(before);
    await page.unroute('**/*.parquet');
    await ask(bar(page), () => failure.locator('button').click());
    await expectDrawn(page, 'Telegram');
    expect(await failure.innerText()).toBe('');
    await close();
  });

  it('works on a phone', async () => {
    const { page, complaints, close } = await visit(`${country}?test_name=telegram`, {
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
    const { page, close } = await visit(`${country}?test_name=telegram&foo=1`);
    await drawn(page, 'Telegram');
    await page.locator('details.choices summary').first().click();
    expect(await findViolations(page)).toEqual([]);
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
    await unfoldTable(page, '#networks');
    const count = await networks.count();
    const box = page.locator('figure[data-chart="networks"] input[data-select="33771"]');
    await ask(bar(page), () => box.check());
    await expectDrawn(page, 'AS33771');
    expect(new URL(page.url()).search).toBe('?probe_asn=33771');
    expect(plain(await cells())).toEqual(['46', '9', '37', '0', '0', '1']);
    expect(await page.locator('[data-part="summary"]').innerText()).toContain('873 of 2,051');
    expect(await networks.count()).toBe(count);
    expect(await box.isChecked()).toBe(true);
    expect(await box.evaluate((element) => element === document.activeElement)).toBe(true);

    await ask(bar(page), () => box.uncheck());
    expect(plain(await cells())[0]).toBe('142');
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

  it('says what was chosen, and what of a filtered page is as published, before it is copied', async () => {
    const { page, close } = await visit(`${server.origin}/country/KE/`);
    const said = page.locator('[data-as-published]').first();
    expect(await said.isVisible()).toBe(false);
    await page.goto(`${server.origin}/country/KE/?since=2024-11-06&until=2024-11-09`);
    await drawn(page);
    expect(await said.isVisible()).toBe(true);
    const saidIn = async (name: string): Promise<number> =>
      page.locator(`figure[data-chart="${name}"] [data-as-published]:visible`).count();
    expect([await saidIn('place-line'), await saidIn('method-strip')]).toEqual([1, 1]);
    expect([await saidIn('outcomes'), await saidIn('tests')]).toEqual([0, 0]);

    await page.goto(`${server.origin}/country/KE/?test_name=telegram&probe_asn=33771`);
    await drawn(page);
    const chosen = page.locator('#explore .chosen');
    expect((await chosen.allInnerTexts()).slice(0, 2)).toEqual(['Telegram', 'AS33771']);
    await page.goto(`${server.origin}/country/KE/?since=2024-11-06&until=2024-11-09`);
    await drawn(page);

    const chart = page.locator('figure[data-chart="outcomes"]');
    const title = (await chart.locator('[data-part="title"]').textContent())?.trim() ?? '';
    await chart.locator('a[data-action="embed"]').dispatchEvent('click');
    const dialog = page.locator('dialog.share');
    await dialog.waitFor();
    const finding = dialog.locator('.share-finding');
    expect(await finding.textContent()).toContain('1,591 of 5,194');
    expect(await dialog.innerText()).toContain('as published, without your filter');
    await dialog.locator('input[name="form"][value="picture"]').check();
    expect(await finding.textContent()).toBe(title);
    expect(await dialog.locator('img').getAttribute('alt')).toContain(title);
    await close();
  });
});
