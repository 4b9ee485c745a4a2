import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import en from '../../site/i18n/en.json' with { type: 'json' };
import { deadLinks, htmlFiles } from '../support/crawl.ts';
import { describeWithSharedData } from '../support/shared-data.ts';
import { buildDumpSite, type BuiltSite } from '../support/site-build.ts';
import { serveStatic, type StaticServer } from '../support/static-server.ts';
import { flipDataFiles, runVerify } from './verify.ts';
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
      return html.includes(en['site.synthetic']);
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

  it('verifies the printed numbers of Kenya, and notices one turned bit', async () => {
    const { page, complaints, close } = await visit(`${server.origin}/country/KE/`);
    for (const where of ['main >', '#outcomes', '#rate', '#networks', '#methods', '#tests']) {
      const { verdict, text } = await runVerify(page, where);
      expect(verdict, `${where} ${text}`).toBe('match');
    }
    expect(complaints).toEqual([]);
    await close();
    const other = await visit(`${server.origin}/country/KE/`);
    await flipDataFiles(other.page);
    expect((await runVerify(other.page, '#outcomes')).verdict).toBe('changed');
    await other.close();
  });
});
