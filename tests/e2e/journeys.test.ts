/** What the three kinds of readers come for, from the front page to the thing itself; by mouse, and by keyboard alone. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import type { Locator, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { describeWithSharedData } from '../support/shared-data.ts';
import { buildDumpSite } from '../support/site-build.ts';
import { serveStatic, type StaticServer } from '../support/static-server.ts';
import { drawn as redrawn } from './filtering.ts';
import { answered, ask } from './turn.ts';
import { heaviestCountry } from '../support/country-pages.ts';
import { useBrowser } from './visit.ts';

const visit = useBrowser();
const site = inject('site');
const CLIPBOARD = { permissions: ['clipboard-read', 'clipboard-write'] };

/** Presses Tab until what `target` names has the focus; a reader would not press it more often. */
async function tabTo(page: Page, target: Locator, most = 150): Promise<void> {
  for (let presses = 0; presses < most; presses++) {
    await page.keyboard.press('Tab');
    if (await target.evaluate((element) => element === document.activeElement)) return;
  }
  throw new Error(`${String(most)} presses of Tab did not reach ${String(target)}.`);
}

/** Finds something by the search box and opens the first answer. */
async function searchByKeyboard(page: Page, text: string): Promise<void> {
  // On the front page the links of the menu come first.
  await tabTo(page, page.locator('.search-box input'), 16);
  await ask(page.locator('.search-box'), () => page.keyboard.type(text));
  await page.keyboard.press('ArrowDown');
  const before = page.url();
  await page.keyboard.press('Enter');
  await page.waitForURL((url) => url.href !== before);
}

/** Goes through a list with the arrow keys until it stands on `value`. */
async function pickByKeyboard(page: Page, select: Locator, value: string): Promise<void> {
  await tabTo(page, select);
  for (let presses = 0; presses < 40; presses++) {
    if ((await select.inputValue()) === value) return;
    await page.keyboard.press('ArrowDown');
  }
  throw new Error(`The list has no ${value}.`);
}

async function drawn(page: Page): Promise<Locator> {
  await answered(page.locator('#builder'));
  return page.locator('figure[data-chart="explore"]');
}

describeWithSharedData('on the dumps of Kenya', 'ooni/kenya-telegram-2024', (dumps) => {
  let server: StaticServer;
  let dist = '';
  beforeAll(async () => {
    dist = (await buildDumpSite('kenya', dumps, console.log)).dist;
    server = await serveStatic(dist);
  }, 300_000);
  afterAll(() => server.close());

  const telegram = (page: Page) => page.locator('#safe li').filter({ hasText: 'Telegram' }).first();
  const copyButton = (page: Page) => telegram(page).getByRole('button', { name: /Copy/ });

  async function expectCopy(page: Page): Promise<void> {
    await telegram(page).getByRole('status').filter({ hasText: 'Copied' }).waitFor();
    const text = await page.evaluate(() => navigator.clipboard.readText());
    expect(text).toMatch(
      /^Tests of Telegram in Kenya showed signs of interference: [\d,]+ of [\d,]+ tests on \d+ networks, 7\W+29 November 2024\./,
    );
    expect(text).toContain('In the last 3 days with tests the share fell to 28%');
    expect(text).toContain('can have other causes');
    expect(text).toMatch(/Source: .*OONI.*CC BY-NC-SA 4\.0; Interference Atlas, release \S+, http/);
    expect(text).not.toMatch(/\bblocked\b/i);
    const link = /http\S+$/.exec(text)?.[0] ?? '';
    expect(link).toContain('/country/KE/?test_name=telegram&since=2024-11-07&until=2024-11-30');
    // The site may know the address at which it will be published; here it is served from another.
    const { pathname, search } = new URL(link);
    await page.goto(`${server.origin}${pathname}${search}`);
    await redrawn(page);
    const summary = await page.locator('[data-part="summary"]').innerText();
    expect(summary).toContain('Telegram tests in Kenya');
    expect(summary).toMatch(/7\W+29 November 2024/);
  }

  const headline =
    /^Kenya: \d+% of tests of Telegram showed signs of interference from 7 November 2024 \([\d,]+ of [\d,]+ tests on 23 networks\)/;

  it('the headline of a page is copied with what it is told by', async () => {
    const { page, close } = await visit(`${server.origin}/country/KE/`, CLIPBOARD);
    await page.locator('[data-action="copy-sentence"]').click();
    await page.locator('.lead-answer').filter({ hasText: 'Copied' }).waitFor();
    const text = await page.evaluate(() => navigator.clipboard.readText());
    expect(text).toMatch(headline);
    expect(text).toContain('None confirmed; tests of apps cannot confirm.');
    expect(text).toMatch(/Source: OONI, .*, release (\S+), http\S+&release=\1$/);
    await close();
  });

  it('without scripts the link under the headline shows the text to copy', async () => {
    const { page, close } = await visit(`${server.origin}/country/KE/`, {
      javaScriptEnabled: false,
    });
    expect(await page.locator('#lead-text').isVisible()).toBe(false);
    await page.locator('[data-action="copy-sentence"]').click();
    expect(await page.locator('#lead-text').innerText()).toMatch(headline);
    await close();
  });

  describe('a journalist goes from the front page to Telegram in Kenya and copies a sentence', () => {
    it('by mouse', async () => {
      const { page, close } = await visit(`${server.origin}/`, {
        ...CLIPBOARD,
        viewport: { width: 1280, height: 900 },
      });
      await page.locator('.world-readout').waitFor();
      await page.locator('.sheet.map a[href$="/country/KE/"]').first().click();
      await page.waitForURL('**/country/KE/');
      expect(await page.locator('.lede').innerText()).toMatch(/tests.* on \d+ networks/);
      await copyButton(page).click();
      await expectCopy(page);
      await close();
    });

    it('by keyboard alone', async () => {
      const { page, close } = await visit(`${server.origin}/`, CLIPBOARD);
      await searchByKeyboard(page, 'kenia');
      expect(new URL(page.url()).pathname).toBe('/country/KE/');
      await tabTo(page, copyButton(page));
      await page.keyboard.press('Enter');
      await expectCopy(page);
      await close();
    });
  });

  describe('a journalist follows an old address of an event', () => {
    it('comes to it with what the link asks for, and takes a kit that holds all that may be said', async () => {
      const events = path.join(dist, 'event');
      const former = readdirSync(events).filter((name) => /^[0-9a-f]{12}$/.test(name));
      const whole = former.find((name) =>
        readFileSync(path.join(events, name, 'index.html'), 'utf8').includes(
          'event/ke-telegram-2024-11-07/"',
        ),
      );
      const { page, complaints, close } = await visit(
        `${server.origin}/event/${whole ?? ''}/?release=none`,
      );
      await page.waitForURL('**/event/ke-telegram-2024-11-07/?release=none');
      const waiting = page.waitForEvent('download');
      await page.locator('#kit button').click();
      const download = await waiting;
      expect(download.suggestedFilename()).toBe('ke-telegram-2024-11-07.zip');
      const files = unzipSync(readFileSync(await download.path()));
      const names = Object.keys(files).map((name) => name.split('/').at(-1) ?? '');
      const shapes = ['wide', 'square', 'story', 'print'];
      expect(names.toSorted()).toEqual(
        [
          ...shapes.flatMap((shape) => [`chart-${shape}.svg`, `chart-${shape}.png`]),
          ...['map.svg', 'map.png', 'table-cc-by-nc-sa.csv', 'README.txt'],
          ...['citation.bib', 'citation.ris', 'citation.csl.json'],
        ].toSorted(),
      );
      const read = (name: string): string =>
        strFromU8(files[`ke-telegram-2024-11-07/${name}`] ?? new Uint8Array());
      const text = read('README.txt');
      expect(text).toContain(await page.locator('[data-part="sentence"]').innerText());
      expect(text).toMatch(/CC BY-NC-SA 4\.0, https:/);
      expect(text).toMatch(/chart-story \(1080 × 1920\): /);
      expect(text).toMatch(/release 2024-11-29-[0-9a-f]{8}/);
      // Whole, whatever the site knows of its own name.
      expect(text).toMatch(/Page\nhttps?:\/\/[^/\s]+\/event\/ke-telegram-2024-11-07\/\?release=/);
      expect(read('map.svg')).toContain('place-KE');
      expect(read('table-cc-by-nc-sa.csv')).toContain('OONI');
      expect(complaints).toEqual([]);
      await close();
    });

    it('finds it in the list by words, theme and order, and a link carries all three', async () => {
      const { page, close } = await visit(
        `${server.origin}/events/?category_code=COMT&text=zanzibar&sort=strongest`,
      );
      const shown = page.locator('[data-sorted] li.event.line:visible');
      expect(await shown.count()).toBe(0);
      await page.locator('.event-filter input').fill('kenya TELEGRAM');
      expect(await shown.first().innerText()).toContain('Telegram in Kenya');
      expect(new URL(page.url()).searchParams.get('text')).toBe('kenya TELEGRAM');
      await page.locator('.event-filter select[name="category_code"]').selectOption('');
      await page.locator('.event-filter select[name="sort"]').selectOption('');
      expect(new URL(page.url()).search).toBe('?text=kenya+TELEGRAM');
      expect(await page.locator('[data-month] li.event.line:visible').count()).toBeGreaterThan(0);
      await close();
    });

    it('goes from a chart to its measurements, and learns why one was called so', async () => {
      const { page, close } = await visit(`${server.origin}/country/KE/`);
      await page.locator('#measurements > details > summary').click();
      const why = page.locator('#measurements details.why').first();
      await why.locator('summary').click();
      expect(await why.innerText()).toMatch(/telegram\.\w+/);
      expect(await why.innerText()).toContain('It would have been ok like this');
      const figure = page.locator('figure[data-chart="networks"]');
      await figure.locator('[data-action="measurements"]').click();
      await page.waitForURL('**/query/#sql=*');
      expect(decodeURIComponent(new URL(page.url()).hash)).toMatch(
        /FROM measurements\nWHERE probe_cc IN \('KE'\)\n {2}AND day >= DATE '2024-/,
      );
      await close();
    });
  });

  describe('a researcher builds the rate by network for Kenya and reads the SQL', () => {
    async function expectAnswer(page: Page): Promise<void> {
      const figure = await drawn(page);
      const link = new URL(page.url()).searchParams;
      expect([link.get('probe_cc'), link.get('axis_x')]).toEqual(['KE', 'probe_asn']);
      const rows = await figure.locator('tbody tr').allTextContents();
      expect(rows.length).toBeGreaterThan(10);
      expect(rows.find((row) => row.includes('AS33771'))).toMatch(/\d+%.*of|\d+%/);
      expect(await figure.locator('[data-part="summary"]').innerText()).toMatch(/2024/);
    }
    const sqlOf = (page: Page) => page.locator('[data-part="sql"]');

    async function expectSql(page: Page): Promise<void> {
      const sql = await sqlOf(page).locator('pre').innerText();
      expect(sql).toMatch(/SELECT/);
      expect(sql).toMatch(/GROUP BY/);
      expect(sql).toContain("'KE'");
      expect(sql).toContain('probe_asn');
    }

    it('by mouse', async () => {
      const { page, close } = await visit(`${server.origin}/`);
      await page.getByRole('navigation').getByRole('link', { name: 'Build a chart' }).click();
      await page.waitForURL('**/explore/');
      const list = page
        .locator('details.choices')
        .filter({ has: page.locator('[name="probe_cc"]') });
      await list.locator('summary').click();
      await list.locator('input[value="KE"]').check();
      await page.keyboard.press('Escape');
      await page.locator('select[name="axis_x"]').selectOption('probe_asn');
      await page.locator('form .actions button[type="submit"]').click();
      await expectAnswer(page);
      await sqlOf(page).locator('summary').click();
      await expectSql(page);
      await close();
    });

    it('by keyboard alone', async () => {
      const { page, close } = await visit(`${server.origin}/`);
      await tabTo(page, page.getByRole('navigation').getByRole('link', { name: 'Build a chart' }));
      await page.keyboard.press('Enter');
      await page.waitForURL('**/explore/');
      await pickByKeyboard(page, page.locator('select[name="axis_x"]'), 'probe_asn');
      const list = page
        .locator('details.choices')
        .filter({ has: page.locator('[name="probe_cc"]') });
      await tabTo(page, list.locator('summary'));
      await page.keyboard.press('Enter');
      await tabTo(page, list.locator('input[value="KE"]'));
      await page.keyboard.press('Space');
      await page.keyboard.press('Escape');
      await tabTo(page, page.locator('form .actions button[type="submit"]'));
      await page.keyboard.press('Enter');
      await expectAnswer(page);
      await tabTo(page, sqlOf(page).locator('summary'), 400);
      await page.keyboard.press('Enter');
      await expectSql(page);
      await close();
    });
  });
});

describe('a country page by keyboard alone', () => {
  const country = `country/${heaviestCountry(site.dist)}/`;
  const action = (page: Page, name: string) =>
    page.locator(`#witnesses .figure-actions [data-action-item="${name}"]`);

  it('lets an advocate take the code of an embed, and leads back to where it was asked for', async () => {
    const { page, complaints, close } = await visit(country, CLIPBOARD);
    const link = page.locator('#witnesses [data-action="embed"]');
    await tabTo(page, link);
    await page.keyboard.press('Enter');
    const dialog = page.locator('dialog.share');
    await expect.poll(() => dialog.locator('input:focus').count()).toBe(1);
    await tabTo(page, dialog.locator('[data-action="copy"]'), 20);
    await page.keyboard.press('Enter');
    await expect
      .poll(() => page.evaluate(() => navigator.clipboard.readText()))
      .toMatch(/<iframe [^]*witnesses/);
    await page.keyboard.press('Escape');
    await expect.poll(() => dialog.count()).toBe(0);
    expect(await link.evaluate((element) => element === document.activeElement)).toBe(true);
    expect(complaints).toEqual([]);
    await close();
  });

  it('lets a researcher download what a chart displays, and verify it', async () => {
    const { page, complaints, close } = await visit(country);
    const summary = action(page, 'download').locator('summary');
    await tabTo(page, summary);
    await page.keyboard.press('Enter');
    const file = action(page, 'download').locator('[data-part="displayed"] a').first();
    await file.waitFor();
    await tabTo(page, file, 20);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.keyboard.press('Enter'),
    ]);
    expect(readFileSync(await download.path(), 'utf8').length).toBeGreaterThan(200);
    await tabTo(page, action(page, 'verify').locator('a'), 40);
    await page.keyboard.press('Enter');
    const check = page.locator('details[data-verify][data-of="witnesses"]');
    // The link leads into the check, and the browser opens it.
    await tabTo(page, check.locator('[data-action="verify"]'), 400);
    await ask(check, () => page.keyboard.press('Enter'));
    expect(await check.locator('[data-part="verdict"]').getAttribute('data-verdict')).toBe('match');
    expect(complaints).toEqual([]);
    await close();
  });
});

describe('an advocate compares three countries on one website', () => {
  /** A website of the sample with tests in three places or more, and the link of its page. */
  function comparable(): { readonly domain: string; readonly places: readonly string[] } {
    const folder = path.join(site.dist, 'domain');
    for (const domain of readdirSync(folder).toSorted()) {
      const html = readFileSync(path.join(folder, domain, 'index.html'), 'utf8');
      const codes = /\?probe_cc=([A-Z]{2},[A-Z]{2},[A-Z]{2})&(?:amp;)?domain=/.exec(html)?.[1];
      if (codes !== undefined) return { domain, places: codes.split(',') };
    }
    throw new Error('The sample tests no website in three places. See `npm run sample`.');
  }

  async function expectComparison(page: Page, places: readonly string[]): Promise<void> {
    const figure = await drawn(page);
    const link = new URL(page.url()).searchParams;
    expect(link.get('probe_cc')?.split(',')).toEqual(places);
    expect(link.get('compare')).toBe('countries');
    const table = (await figure.locator('table').textContent()) ?? '';
    expect(table).toMatch(/95% from/);
    const names = places.map(
      (code) => new Intl.DisplayNames('en', { type: 'region' }).of(code) ?? code,
    );
    for (const name of names) expect(table).toContain(name);
    expect(await figure.innerText()).toMatch(
      /no ranking|differs? from place to place|input lists/i,
    );
  }

  it('by mouse', async () => {
    const { domain, places } = comparable();
    const { page, close } = await visit('');
    await page.locator('.search-box input').click();
    await ask(page.locator('.search-box'), () => page.locator('.search-box input').fill(domain));
    await page.locator('[role="option"]').filter({ hasText: domain }).first().click();
    await page.waitForURL(`**/domain/${domain}/`);
    await page.locator('#compare a').click();
    await expectComparison(page, places);
    await close();
  });

  it('by keyboard alone', async () => {
    const { domain, places } = comparable();
    const { page, close } = await visit('');
    await searchByKeyboard(page, domain);
    expect(new URL(page.url()).pathname).toBe(new URL(`domain/${domain}/`, site.url).pathname);
    await tabTo(page, page.locator('#compare a'));
    await page.keyboard.press('Enter');
    await expectComparison(page, places);
    await close();
  });
});
