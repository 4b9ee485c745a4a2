/** The SQL console in a real browser, on the sample site. */
import type { Page } from 'playwright';
import { describe, expect, inject, it } from 'vitest';
import { formatQueryLink } from '../../site/state/query-link.ts';
import { answered, ask } from './turn.ts';
import { heaviestCountry } from '../support/country-pages.ts';
import { useBrowser, type Visit } from './visit.ts';

const visit = useBrowser();
const site = inject('site');

const THREE_TABLES = `SELECT d.domain, d.category_code, n.name, sum(w.measurement_count) AS measurement_count
FROM interference_network_domain_weekly AS w
JOIN domains AS d ON w.domain = d.domain
JOIN networks AS n ON w.probe_asn = n.probe_asn
GROUP BY ALL ORDER BY measurement_count DESC, d.domain, n.name LIMIT 400`;

async function openQuery(sql: string, floors = true): Promise<Visit> {
  const visited = await visit(`query/${formatQueryLink({ sql, floors })}`);
  await answered(consoleOf(visited.page));
  return visited;
}

const consoleOf = (page: Page) => page.locator('#console');

async function open(page: Page, sql: string): Promise<void> {
  await page.evaluate(
    (hash) => {
      location.hash = hash;
    },
    formatQueryLink({ sql, floors: true }),
  );
}

async function run(page: Page, sql: string): Promise<void> {
  await ask(consoleOf(page), () => open(page, sql));
}

const failure = (page: Page) => page.locator('[data-status="failure"]').innerText();
const rowTexts = (page: Page) => page.locator('.result tbody tr').allInnerTexts();

describe('the console', () => {
  it('joins three tables from a link, names sizes, source and the stricter licence, and keeps the policy', async () => {
    const { page, complaints, requests, close } = await openQuery(THREE_TABLES);
    expect(await page.locator('[data-part="answer"]').getAttribute('data-rows')).toBe('400');
    expect(await page.locator('[data-part="plan"]').innerText()).toMatch(/files, .*B/);
    expect(await page.locator('[data-status="line"]').innerText()).toMatch(
      /^400 rows in .* B|kB|MB/,
    );
    const source = await page.locator('p.source').innerText();
    expect(source).toContain('CC BY-NC-SA 4.0');
    expect(source).toContain('Synthetic sample');
    // Of 400 rows only those in view are in the page.
    expect(await page.locator('.result tbody tr').count()).toBeLessThan(100);
    const first = await rowTexts(page);
    await page.locator('.result').evaluate((box) => {
      box.scrollTop = box.scrollHeight;
    });
    await expect.poll(() => page.locator('tr[aria-rowindex="401"]').count()).toBe(1);
    const again = await openQuery(THREE_TABLES);
    expect((await rowTexts(again.page))[0]).toBe(first[0]);
    await again.close();
    expect(complaints).toEqual([]);
    expect(requests.filter((url) => !url.startsWith(new URL(page.url()).origin))).toEqual([]);
    await close();
  });

  it('runs every example', async () => {
    const { page, complaints, close } = await visit('query/');
    const links = page.locator('[data-example]');
    const count = await links.count();
    expect(count).toBeGreaterThanOrEqual(8);
    for (let index = 0; index < count; index += 1) {
      const link = links.nth(index);
      const sql = new URL((await link.getAttribute('href')) ?? '', page.url()).hash;
      await ask(consoleOf(page), () => link.click());
      expect(new URL(page.url()).hash).toBe(sql);
      expect(await failure(page), sql).toBe('');
      const rows = await page.locator('[data-part="answer"]').getAttribute('data-rows');
      expect(Number(rows), sql).toBeGreaterThan(0);
    }
    expect(complaints).toEqual([]);
    await close();
  });

  it('reads only the files that can match, whole or in pieces, and says the same each time', async () => {
    const code = heaviestCountry(site.dist);
    const count = 'SELECT count(*) AS n, min(day) AS first, max(month) AS last FROM measurements';
    const plan = (of: Page): Promise<string> => of.locator('[data-part="plan"]').innerText();
    const { page, close } = await openQuery(`${count} WHERE probe_cc = '${code}'`);
    expect(await plan(page)).toMatch(/^measurements: \d of \d+ files, .*B of /);
    const narrowed = await rowTexts(page);
    // The table stands in it twice, so which files matter is left to the engine.
    const twice = `${count} WHERE probe_cc = (SELECT max(probe_cc) FROM measurements WHERE probe_cc = '${code}')`;
    await run(page, twice);
    expect(await plan(page)).toContain('as the engine asks');
    expect(await page.locator('[data-status="line"]').innerText()).toMatch(
      /[\d.]+ [kM]?B in pieces by \d+ requests/,
    );
    expect(await rowTexts(page)).toEqual(narrowed);
    await run(page, `${count} WHERE probe_cc LIKE '${code}'`);
    expect(await plan(page)).toMatch(/^measurements: \d+ files, [^o]*$/);
    expect(await rowTexts(page)).toEqual(narrowed);
    expect(narrowed.join('')).toMatch(/^[1-9]/);
    await close();
  });

  it('is where the SQL behind a built chart opens', async () => {
    const code = heaviestCountry(site.dist);
    const { page, close } = await visit(`explore/?probe_cc=${code}&measure=tests`);
    const link = page.locator('[data-part="sql"] [data-action="console"]');
    await answered(page.locator('#builder'));
    await page.goto(new URL((await link.getAttribute('href')) ?? '', page.url()).href);
    await answered(consoleOf(page));
    expect(await failure(page)).toBe('');
    expect((await rowTexts(page)).length).toBeGreaterThan(0);
    await close();
  });

  it('cancels a query that would run for minutes, and answers the next', async () => {
    const { page, close } = await visit('query/');
    await run(page, 'SELECT 1 AS warm');
    await open(
      page,
      'SELECT sum(a.range * b.range) AS x FROM range(300000) AS a, range(300000) AS b',
    );
    // The engine is there, so what it says now is of this query.
    await page.locator('html[data-engine="loading"]').waitFor({ state: 'attached' });
    await page.locator('[data-action="cancel"]').click();
    await answered(consoleOf(page));
    expect(await page.locator('[data-status="line"]').innerText()).toMatch(/^Cancelled/);
    await run(page, 'SELECT 41 + 1 AS answer');
    expect((await rowTexts(page)).join('')).toBe('42');
    await close();
  });

  it('says when memory does not suffice, and goes on working', async () => {
    const { page, close } = await openQuery(
      "SELECT count(*) AS n FROM (SELECT range::VARCHAR || repeat('x', 60) AS s FROM range(60000000) ORDER BY s DESC)",
    );
    expect(await failure(page)).toMatch(/more memory than the 1000 MB.*LIMIT/s);
    await run(page, 'SELECT 41 + 1 AS answer');
    expect(await failure(page)).toBe('');
    expect((await rowTexts(page)).join('')).toBe('42');
    await close();
  });

  it('holds back shares on too few tests until the reader opts out, also in the download', async () => {
    const sql =
      "SELECT 'A' AS place, 7 AS tests, 0.5 AS rate UNION ALL SELECT 'B', 700, 0.25 ORDER BY place";
    const { page, close } = await openQuery(sql);
    expect(await rowTexts(page)).toEqual(['A\t7\ttoo few tests (n = 7)', 'B\t700\t0.25']);
    expect(await page.locator('[data-part="guard"]').innerText()).toContain(
      'In 1 row a share is held back',
    );
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.locator('[data-action="csv"]').click(),
    ]);
    const text = await streamText(await download.createReadStream());
    expect(text).toContain('A,7,,too few tests (n = 7)');
    expect(text).toContain('# SELECT');
    await page.locator('input[name="floors"]').uncheck();
    await expect.poll(() => rowTexts(page)).toEqual(['A\t7\t0.5', 'B\t700\t0.25']);
    expect(page.url()).toContain('floors=off');
    await close();
  });

  it('refuses to write, to read files, and two statements, and says where', async () => {
    const { page, close } = await openQuery("SELECT *\nFROM 'https://example.org/a.parquet'");
    expect(await failure(page)).toMatch(/no files or addresses.*Line 2, column 6/s);
    await run(page, 'DROP VIEW events');
    expect(await failure(page)).toMatch(/DROP is not a query/);
    await run(page, 'SELECT 1; SELECT 2');
    expect(await failure(page)).toMatch(/more than one statement/);
    await run(page, 'SELECT nope FROM events');
    expect(await failure(page)).toMatch(/nope.*not found/s);
    await close();
  });

  it('can be left by keyboard, completes names, and inserts what is chosen', async () => {
    const { page, close } = await visit('query/');
    const content = page.locator('.cm-content');
    await content.click();
    await page.keyboard.press('Control+A');
    await page.keyboard.type('SELECT blocking_met');
    await page
      .locator('.cm-tooltip-autocomplete li:first-child')
      .filter({ hasText: 'blocking_method' })
      .waitFor();
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Tab');
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.getAttribute('name')))
      .toBe('floors');
    await page.locator('[data-table="events"] summary').click();
    await page.locator('[data-insert="first_sign"]').first().click();
    await expect.poll(() => content.innerText()).toContain('first_sign');
    await close();
  });

  it('explains itself without scripts', async () => {
    const { page, close } = await visit('query/', { javaScriptEnabled: false });
    const text = await page.locator('main').innerText();
    expect(text).toContain('needs scripts');
    expect(text).toContain('interference_country_daily');
    expect(await page.locator('form:visible').count()).toBe(1);
    await close();
  });
});

async function streamText(stream: NodeJS.ReadableStream): Promise<string> {
  let text = '';
  for await (const chunk of stream) text += String(chunk);
  return text;
}
