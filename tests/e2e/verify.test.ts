/** “Verify” under the figures of the sample site; the real numbers of Kenya are in real-data.test.ts. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Locator, Page } from 'playwright';
import { expect, inject, it } from 'vitest';
import { flipDataFiles, runAllChecks, runVerify } from './verify.ts';
import { heaviestCountry } from '../support/country-pages.ts';
import { useBrowser } from './visit.ts';

const visit = useBrowser();
const site = inject('site');
const country = `country/${heaviestCountry(site.dist)}/`;

/** The first page of this folder that offers a check: some subjects rest on too many files for a quick one. */
function firstChecked(folder: string): string {
  const found = readdirSync(path.join(site.dist, folder))
    .sort()
    .find((name) => {
      const file = path.join(site.dist, folder, name, 'index.html');
      return existsSync(file) && readFileSync(file, 'utf8').includes('data-verify');
    });
  if (found === undefined) throw new Error(`No page below /${folder}/ offers a check.`);
  return `${folder}/${found}/`;
}

/** What the check of a figure names by number. */
async function numbersOf(page: Page, of: string, kind: string): Promise<readonly number[]> {
  const text = await page
    .locator(`details[data-verify][data-of="${of}"] [data-part="rests-on"]`)
    .textContent();
  const [, numbers = ''] = new RegExp(`${kind} ([\\d, ]+)`).exec(text ?? '') ?? [];
  return (numbers.match(/\d+/g) ?? []).map(Number);
}

async function statementsOf(page: Page, of: string): Promise<readonly Locator[]> {
  const all = page.locator('#verify [data-statements] pre');
  return (await numbersOf(page, of, 'SQL')).map((number) => all.nth(number - 1));
}

it('finds all of a country page as it is printed', async () => {
  const { page, complaints, requests, close } = await visit(country);
  expect(await page.locator('html').getAttribute('data-engine')).toBe('idle');
  expect(requests.filter((url) => /\.(?:wasm|parquet)/.test(url))).toEqual([]);
  // Another browser’s names of places are no difference.
  await page.evaluate(() => {
    Intl.DisplayNames.prototype.of = () => 'Elsewhere';
  });
  const verdicts = await runAllChecks(page);
  expect(verdicts.map(({ chart }) => chart)).toEqual(
    expect.arrayContaining([
      ...['summary', 'witnesses', 'safe', 'outcomes', 'rate', 'tests', 'networks', 'methods'],
      ...['method-strip', 'categories', 'domains', 'apps', 'events', 'tool-use', 'calendar'],
      'blind-spots',
    ]),
  );
  for (const { chart, verdict, text } of verdicts) {
    expect(verdict, `${chart}: ${text}`).toBe('match');
    expect(text).toMatch(/SHA-256 [0-9a-f]{64}, as the page names it/);
  }
  expect(complaints).toEqual([]);
  await close();
});

it('offers each statement to the console', async () => {
  const { page, close } = await visit(country);
  await page.locator('#verify > summary').click();
  const list = page.locator('#verify [data-statements]');
  await list.locator('> summary').click();
  const statements = list.locator('pre');
  const sql = await statements.last().textContent();
  const links = list.locator('[data-action="console"]');
  await expect.poll(async () => links.count()).toBe(await statements.count());
  expect(await statements.count()).toBeGreaterThan(3);
  await links.last().click();
  await page.waitForURL(/\/query\//);
  await expect
    .poll(async () => page.locator('.cm-content').textContent())
    .toContain((sql ?? '').split('\n')[0]?.slice(0, 40));
  await close();
});

it.each(['network', 'domain', 'test', 'theme'])('checks all on a page of a %s', async (folder) => {
  const { page, close } = await visit(firstChecked(folder));
  const verdicts = await runAllChecks(page);
  expect(verdicts.length).toBeGreaterThan(0);
  for (const { chart, verdict, text } of verdicts)
    expect(verdict, `${folder} ${chart}: ${text}`).toBe('match');
  await close();
});

it('names both numbers where the page prints another, and takes no other SQL or file', async () => {
  const { page, close } = await visit(country);
  await page
    .locator('#outcomes [data-part="table"] tbody tr')
    .first()
    .evaluate((line) => {
      const cell = [...line.querySelectorAll('td')].find((one) =>
        /^[\d,]+$/.test(one.textContent.trim()),
      );
      if (cell !== undefined) cell.textContent = '987,654';
    });
  const number = await runVerify(page, '#outcomes');
  expect(number.verdict).toBe('mismatch');
  expect(number.text).toContain('987,654');
  expect(number.text).toMatch(/Mismatch\. 1 of \d+/);

  for (const statement of await statementsOf(page, 'rate'))
    await statement.evaluate((code) => {
      code.textContent = code.textContent.replace('sum(', 'max(');
    });
  const sql = await runVerify(page, '#rate');
  expect(sql.verdict).toBe('mismatch');
  expect(sql.text).toContain('The SQL in this page');

  await flipDataFiles(page);
  const file = await runVerify(page, '#tests');
  expect(file.verdict).toBe('changed');
  expect(file.text).toMatch(/not the one this page was made of.*\.parquet/s);
  expect(new Set(file.text.match(/[0-9a-f]{64}/g))).toHaveProperty('size', 2);
  await close();
});

it('calls nothing a mismatch where the browser cannot write the language of the page', async () => {
  const { page, close } = await visit(country);
  await page.evaluate(() => {
    Intl.NumberFormat.supportedLocalesOf = () => [];
  });
  const { verdict, text } = await runVerify(page, '#outcomes');
  expect(verdict).toBe('failed');
  expect(text).toContain('cannot write numbers and days in the language of this page');
  await close();
});

it('is a recipe without scripts: files, sums and SQL', async () => {
  const { page, close } = await visit(country, { javaScriptEnabled: false });
  const statements = await statementsOf(page, 'outcomes');
  expect(statements).not.toEqual([]);
  for (const statement of statements)
    expect(await statement.textContent()).toContain('FROM interference_country_daily');
  const named = await numbersOf(page, 'outcomes', 'Parquet');
  expect(named).not.toEqual([]);
  const files = await page.locator('#verify .pinned > li').allTextContents();
  for (const number of named) expect(files[number - 1]).toMatch(/\.parquet\s+[0-9a-f]{64}/);
  await close();
});
