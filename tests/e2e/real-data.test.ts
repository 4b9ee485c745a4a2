import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { translate } from '../../site/i18n/translate.ts';
import { deadLinks, htmlFiles } from '../support/crawl.ts';
import { firstPage } from '../support/entity-pages.ts';
import { describeWithSharedData } from '../support/shared-data.ts';
import { buildDumpSite, type BuiltSite } from '../support/site-build.ts';
import { serveStatic, type StaticServer } from '../support/static-server.ts';
import { alterDigit, flipDataFiles, runAllChecks, runVerify } from './verify.ts';
import { useBrowser } from './visit.ts';

describeWithSharedData('a site from real dumps', 'ooni/kenya-telegram-2024', (dumps) => {
  const visit = useBrowser();
  let site: BuiltSite;
  let server: StaticServer;

  beforeAll(async () => {
    site = await buildDumpSite('kenya', dumps, console.log);
    server = await serveStatic(site.dist);
  }, 300_000);
  afterAll(() => server.close());

  it('does not call itself synthetic anywhere', () => {
    const wrong = htmlFiles(site.dist).filter((file) => {
      const html = readFileSync(file, 'utf8');
      return html.includes(translate('site.synthetic'));
    });
    expect(wrong.map((file) => path.relative(site.dist, file))).toEqual([]);
  });

  it('has no dead link inside', () => {
    expect(deadLinks(site.dist, '/')).toEqual([]);
  });

  it('shows the leap of 7 November 2024 without JavaScript', async () => {
    const { page, close } = await visit(`${server.origin}/country/KE/`, {
      javaScriptEnabled: false,
    });
    const figure = page.locator('figure[data-chart="outcomes"]');
    const rows = await figure.locator('details table tbody tr').allTextContents();
    const dayRow = (day: RegExp) => rows.find((row) => day.test(row)) ?? '';
    expect(dayRow(/7 Nov(?:ember)? 2024|2024-11-07/)).toMatch(/142[^]*83|83[^]*142/);
    expect(dayRow(/6 Nov(?:ember)? 2024|2024-11-06/)).toMatch(/114[^]*2|2[^]*114/);
    await close();
  });

  it('has a page of Kenya of a few screens, with its first chart on the first', async () => {
    const { page, close } = await visit(`${server.origin}/country/KE/`, {
      viewport: { width: 360, height: 740 },
    });
    const height = async () => page.evaluate(() => document.documentElement.scrollHeight);
    expect(await height()).toBeLessThanOrEqual(6_000);
    const chart = await page.locator('#witnesses .drawing').boundingBox();
    expect(chart?.y).toBeLessThanOrEqual(430);
    await page.setViewportSize({ width: 1280, height: 900 });
    expect(await height()).toBeLessThanOrEqual(5_000);
    await close();
  });

  it.each(['methods/', 'data/', 'events/', 'test/telegram/', 'theme/messaging/'])(
    'has a page %s of a few screens',
    async (address) => {
      const { page, close } = await visit(`${server.origin}/${address}`, {
        viewport: { width: 360, height: 740 },
      });
      const height = async () => page.evaluate(() => document.documentElement.scrollHeight);
      expect(await height()).toBeLessThanOrEqual(6_000);
      await page.setViewportSize({ width: 1280, height: 900 });
      expect(await height()).toBeLessThanOrEqual(5_000);
      await close();
    },
  );

  it('is read aloud in the order of its landmarks and headings', async () => {
    const { page, close } = await visit(`${server.origin}/country/KE/`);
    const lines = (await page.locator('body').ariaSnapshot()).split('\n');
    const outline = lines.flatMap((line) => {
      const found =
        /^ *- '?((?:banner|search|navigation|main|region|complementary|contentinfo|heading)\b.*?)'?:?$/.exec(
          line,
        )?.[1];
      return found === undefined || found.endsWith('[level=3]') ? [] : [found];
    });
    expect(outline).toEqual([
      ...['banner', 'search', 'navigation "Main"', 'main', 'heading "Kenya" [level=1]'],
      expect.stringMatching(/^heading ".*Telegram.*" \[level=2\]$/),
      ...['region "Filter"', 'heading "Filter" [level=2]'],
      'heading "What you can safely say" [level=2]',
      ...['heading "What is affected" [level=2]', 'region "What is affected"'],
      ...['Networks', 'Events', 'How it showed', 'Over time', 'Blind spots'].map(
        (name) => `heading "${name}" [level=2]`,
      ),
      ...['Measurements to look at', 'Downloads'].map((name) => `heading "${name}" [level=2]`),
      ...['complementary "About this page"', 'navigation "On this page"', 'contentinfo'],
    ]);
    await close();
  });

  it('verifies every printed number of Kenya, and notices one digit or one bit that is another', async () => {
    const { page, complaints, close } = await visit(`${server.origin}/country/KE/`);
    const verdicts = await runAllChecks(page);
    expect(verdicts.map(({ chart }) => chart)).toEqual([
      ...['summary', 'witnesses', 'safe', 'affected', 'apps', 'place-line', 'tests'],
      ...['networks', 'events'],
      ...['method-strip', 'methods', 'outcomes', 'rate', 'calendar', 'blind-spots'],
    ]);
    for (const { chart, verdict, text } of verdicts) {
      expect(verdict, `${chart}: ${text}`).toBe('match');
      expect(text).toMatch(
        /^Match\. Your device got the same as printed here: \d+ texts? with numbers/,
      );
    }
    for (const [what, where] of [
      ['#safe li', '#safe .said'],
      ['#witnesses', '#witnesses tbody td.number'],
      ['#events', '#events h3 + p'],
      ['#blind-spots', '#blind-spots tbody td.number'],
      ['#affected-apps', '#affected-apps tbody td.number'],
      ['#method-strip', '#method-strip tbody td.number'],
    ] as const) {
      await alterDigit(page, where);
      const { verdict, text } = await runVerify(page, what);
      expect(verdict, `${what}: ${text}`).toBe('mismatch');
    }
    await flipDataFiles(page);
    for (const what of ['#safe li', '#outcomes', '#events'])
      expect((await runVerify(page, what)).verdict, what).toBe('changed');
    expect(complaints).toEqual([]);
    await close();
  });

  it('verifies an event on its own page: sentence, brackets, evidence and timeline', async () => {
    const { page, close } = await visit(`${server.origin}/${firstPage(site.dist, 'event')}`);
    const verdicts = await runAllChecks(page);
    expect(verdicts.map(({ chart }) => chart)).toEqual(['events', 'witnesses']);
    for (const { chart, verdict, text } of verdicts)
      expect(verdict, `${chart}: ${text}`).toBe('match');
    await alterDigit(page, '#evidence dd:nth-of-type(2)');
    expect((await runVerify(page, 'main')).verdict).toBe('mismatch');
    await close();
  });

  it.each(['countries', 'networks', 'tests'])('verifies the list at /%s/', async (list) => {
    const { page, close } = await visit(`${server.origin}/${list}/`);
    const { verdict, text } = await runVerify(page, 'main');
    expect(verdict, text).toBe('match');
    await close();
  });
});
