/**
 * What readers come for, in browsers that are not Chromium: Firefox over WebDriver BiDi, WebKit over WebDriver. The sample
 * site, by mouse and keyboard. A browser that is not on this machine is skipped, and says so.
 */
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { formatQueryLink } from '../../site/state/query-link.ts';
import { heaviestCountry } from '../support/country-pages.ts';
import { firstPage } from '../support/entity-pages.ts';
import { KEYS, PATIENCE, type DrivenBrowser } from './driven-browser.ts';
import { findFirefox, launchFirefox } from './firefox.ts';
import { scratchFolder } from '../support/scratch.ts';
import { buildSampleSite, SUB_PATH } from '../support/site-build.ts';
import { serveStatic, type StaticServer } from '../support/static-server.ts';
import { findWebKit, launchWebKit } from './webkit.ts';

const root = scratchFolder('other-browsers');
let dist: string;
let server: StaticServer;
beforeAll(async () => {
  ({ dist } = await buildSampleSite(console.log));
  server = await serveStatic(dist, SUB_PATH);
});
afterAll(() => server.close());

const BROWSERS = [
  { name: 'Firefox', found: findFirefox(), launch: launchFirefox, tells: true },
  { name: 'WebKit', found: findWebKit(), launch: launchWebKit, tells: false },
] as const;

/** A website with tests in three places or more. */
function comparable(): string {
  const isCompared = (domain: string): boolean =>
    /\?probe_cc=[A-Z]{2},[A-Z]{2},[A-Z]{2}&/.test(
      readFileSync(path.join(dist, 'domain', domain, 'index.html'), 'utf8'),
    );
  return readdirSync(path.join(dist, 'domain')).toSorted().find(isCompared) ?? '';
}

describe.each(BROWSERS)('$name', ({ name, found, launch, tells }) => {
  const titled = (text: string): string =>
    found === null ? `${text} [skipped: ${name} is not on this machine]` : text;
  const folder = path.join(root, name);
  let browser: DrivenBrowser;
  let country: string;
  const at = (place: string): string => `${server.origin}${SUB_PATH}${place}`;
  const downloads = (ending: string): readonly string[] =>
    readdirSync(folder).filter((file) => file.endsWith(ending));
  const expectQuiet = (): void => {
    expect(browser.complaints).toEqual([]);
    expect(browser.requests.filter((url) => !/^(?:blob|data):/.test(url))).toEqual(
      browser.requests.filter((url) => url.startsWith(server.origin)),
    );
    if (tells) expect(browser.requests.length).toBeGreaterThan(0);
  };

  beforeAll(async () => {
    if (found === null) return;
    mkdirSync(folder);
    browser = await launch(found, folder);
    console.log(await browser.ask(() => navigator.userAgent));
    country = `country/${heaviestCountry(dist)}/`;
  });
  afterAll(async () => {
    if (found !== null) await browser.close();
  });
  const test = (text: string, run: () => Promise<void>): void => {
    it.skipIf(found === null)(titled(text), run);
  };

  test('opens a page of each kind and finds nothing wrong', async () => {
    const first = (kind: string) => firstPage(dist, kind);
    const kinds = ['countries', 'networks', 'domains', 'tests', 'events', 'search', 'explore'];
    const pages = [
      ...['', country, ...['network', 'domain', 'test', 'event'].map(first)],
      ...[...kinds, 'query', 'methods', 'data', 'about', 'privacy', 'changed'].map(
        (one) => `${one}/`,
      ),
    ];
    for (const page of pages) {
      await browser.open(at(page));
      expect(await browser.text('h1'), page).not.toBe('');
      const wide = await browser.ask(() => {
        const { scrollWidth, clientWidth } = document.documentElement;
        return String(scrollWidth - clientWidth);
      });
      expect(wide, page).toBe('0');
      expectQuiet();
    }
  });

  test('a journalist goes from the map to a place and copies a sentence', async () => {
    await browser.open(at(''));
    await browser.untilText('.world-readout', /\S/);
    await browser.click(`.sheet.map a[href$="/${country}"]`);
    await browser.untilAt(new RegExp(country));
    await browser.unfold('#safe [data-copy]');
    await browser.click('#safe li .actions button');
    await browser.untilText('#safe li .actions [role="status"]', /Copied/);
    if (name !== 'Firefox') return;
    const copied = await browser.ask(() => navigator.clipboard.readText());
    expect(copied).toContain('Interference Atlas, release');
    expectQuiet();
  });

  test('a researcher builds the share by network and reads the SQL', async () => {
    const code = heaviestCountry(dist);
    await browser.open(at('explore/'));
    await browser.click('#builder details.choices summary');
    await browser.click('[data-find-choice]');
    await browser.press(...code);
    await browser.click(`#builder input[name="probe_cc"][value="${code}"]`);
    await browser.press(KEYS.Escape);
    // The open list of a select is drawn by the system, out of reach of the page.
    await browser.ask(() => {
      const axis = document.querySelector<HTMLSelectElement>('select[name="axis_x"]');
      if (axis === null) throw new Error('no axis');
      axis.value = 'probe_asn';
      axis.dispatchEvent(new Event('input', { bubbles: true }));
      return '';
    });
    await browser.turn('#builder', () => browser.click('form .actions button[type="submit"]'));
    await browser.untilText('[data-status="line"]', /^Drawn/);
    expect(await browser.ask(() => location.search)).toBe(`?probe_cc=${code}&axis_x=probe_asn`);
    await browser.click('[data-part="sql"] summary');
    expect(await browser.text('[data-part="sql"] pre')).toMatch(/SELECT[^]*probe_asn[^]*GROUP BY/);
    expectQuiet();
  });

  test('an advocate finds a website and compares three places', async () => {
    const domain = comparable();
    await browser.open(at(''));
    await browser.click('.search-box input');
    await browser.turn('.search-box', async () => {
      await browser.press(...domain);
      // WebKit answers before the keys have arrived.
      await browser.until(
        new RegExp(`^${domain}$`),
        () => document.querySelector<HTMLInputElement>('.search-box input')?.value ?? '',
      );
    });
    await browser.press(KEYS.ArrowDown, KEYS.Enter);
    await browser.untilAt(new RegExp(`/domain/${domain}/$`));
    await browser.click('#compare a');
    await browser.untilAt(/compare=countries/);
    await browser.untilAnswered('#builder');
    await browser.untilText('#builder figure table', /95% from/);
    expectQuiet();
  });

  test('filters a place, and goes back', async () => {
    await browser.open(at(country));
    const before = await browser.text('#outcomes [data-part="title"]');
    await browser.unfold('form.filters [name="test_name"]');
    await browser.turn('#explore', () =>
      browser.click('input[name="test_name"][value="telegram"]'),
    );
    expect(await browser.text('[data-status="line"]')).toMatch(/^Drawn.*Telegram/);
    expect(await browser.text('#outcomes [data-part="title"]')).toContain('Telegram');
    await browser.turn('#explore', async () => {
      await browser.ask(() => {
        history.back();
        return '';
      });
    });
    expect(await browser.text('#outcomes [data-part="title"]')).toBe(before);
    expectQuiet();
  });

  test('answers in the console, and says what is wrong', async () => {
    const sql =
      'SELECT probe_cc, sum(measurement_count) AS n FROM interference_country_daily GROUP BY ALL';
    await browser.open(at(`query/${formatQueryLink({ sql, floors: true })}`));
    await browser.untilAnswered('#console');
    expect(await browser.text('[data-status="failure"]')).toBe('');
    expect(await browser.text('.result tbody')).toContain(heaviestCountry(dist));
    await browser.turn('#console', async () => {
      const wrong = formatQueryLink({ sql: 'SELECT nonsense FROM nowhere', floors: true });
      await browser.ask((hash) => (location.hash = hash), wrong);
    });
    expect(await browser.text('[data-status="failure"]')).not.toBe('');
  });

  test('verifies every figure of a place', async () => {
    await browser.open(at(country));
    await browser.unfold('[data-action="verify-all"]');
    await browser.turn('#verify', () => browser.click('[data-action="verify-all"]'));
    const verdicts = await browser.ask(() =>
      [...document.querySelectorAll<HTMLElement>('[data-verdict]')]
        .map(({ dataset }) => dataset['verdict'] ?? '')
        .join(' '),
    );
    expect(verdicts.split(' ').length).toBeGreaterThan(5);
    expect(new Set(verdicts.split(' '))).toEqual(new Set(['match']));
    expectQuiet();
  });

  test('gives the code of an embed with its preview, a picture and a workbook', async () => {
    await browser.open(at(country));
    await browser.unfold('#outcomes [data-action="embed"]');
    await browser.click('#outcomes [data-action="embed"]');
    await browser.untilText('dialog.share', /\S/);
    await browser.until(
      /<iframe [^]*outcomes/,
      () => document.querySelector('textarea')?.value ?? '',
    );
    // The embed inside has said how tall it is.
    await browser.until(
      /^\d+px$/,
      () => document.querySelector<HTMLIFrameElement>('dialog.share iframe')?.style.height ?? '',
    );
    await browser.click('dialog.share input[value="picture"]');
    await browser.click('dialog.share [data-action="png"]');
    if (tells) await expect.poll(() => downloads('.png').length, PATIENCE).toBe(1);
    await browser.press(KEYS.Escape);
    await browser.until(/^0$/, () => String(document.querySelectorAll('dialog.share').length));
    await browser.click('#outcomes [data-take="download"] > summary');
    await browser.until(/\.xlsx/, () =>
      [...document.querySelectorAll('#outcomes [data-part="displayed"] a')]
        .map((link) => link.getAttribute('download') ?? '')
        .join(' '),
    );
    await browser.click('#outcomes [data-part="displayed"] a[download$=".xlsx"]');
    if (tells) {
      await expect.poll(() => downloads('.xlsx').length, PATIENCE).toBe(1);
      expectQuiet();
    }
  });

  test('keeps a place on the device, opens it when the site is gone, and removes it', async () => {
    const own = await serveStatic(dist, SUB_PATH);
    const place = `${own.origin}${SUB_PATH}${country}`;
    await browser.open(place);
    await browser.turn('#keep', () => browser.click('#keep > summary'));
    await browser.turn('#keep', () => browser.click('#keep button'));
    expect(await browser.text('#keep [role="status"]')).toMatch(/^Kept on this device/);
    const shown = await browser.text('h1');
    await own.close();

    await browser.open(place);
    expect(await browser.text('h1')).toBe(shown);
    await browser.unfold('form.filters [name="test_name"]');
    await browser.turn('#explore', () =>
      browser.click('input[name="test_name"][value="telegram"]'),
    );
    expect(await browser.text('[data-status="line"]')).toMatch(/^Drawn.*Telegram/);
    await browser.untilText('#keep [role="status"]', /^Kept on this device/);
    await browser.click('#keep > summary');
    await browser.turn('#keep', () => browser.click('#keep button'));
    expect(await browser.text('#keep [role="status"]')).toMatch(/^Removed/);
    const left = await browser.ask(async () => {
      const workers = await navigator.serviceWorker.getRegistrations();
      return [...(await caches.keys()), ...workers.map(({ scope }) => scope)].join(' ');
    });
    expect(left).toBe('');
  });
});
