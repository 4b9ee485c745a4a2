/** “Verify” under the figures of the sample site; the real numbers of Kenya are in real-data.test.ts. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, inject, it } from 'vitest';
import { flipDataFiles, runVerify } from './verify.ts';
import { heaviestCountry, useBrowser } from './visit.ts';

const visit = useBrowser();
const site = inject('site');
const country = `/country/${heaviestCountry(site.dist)}/`;

/** The first page of this folder that offers a check: some subjects rest on too many files for a quick one. */
function firstChecked(folder: string): string {
  const found = readdirSync(path.join(site.dist, folder))
    .sort()
    .find((name) => {
      const file = path.join(site.dist, folder, name, 'index.html');
      return existsSync(file) && readFileSync(file, 'utf8').includes('data-verify');
    });
  if (found === undefined) throw new Error(`No page below /${folder}/ offers a check.`);
  return `/${folder}/${found}/`;
}

it('finds every figure of a country page as it is printed, and the sentence at its top', async () => {
  const { page, complaints, requests, close } = await visit(country);
  const figures = await page
    .locator('figure:has(details[data-verify])')
    .evaluateAll((found) => found.map((figure) => figure.id));
  expect(figures).toEqual(
    expect.arrayContaining(['outcomes', 'rate', 'tests', 'networks', 'methods']),
  );
  expect(await page.locator('html').getAttribute('data-engine')).toBe('idle');
  expect(requests.filter((url) => /\.(?:wasm|parquet)/.test(url))).toEqual([]);
  for (const id of figures) {
    const { verdict, text } = await runVerify(page, `#${id}`);
    expect(verdict, `${id}: ${text}`).toBe('match');
    expect(text).toMatch(/SHA-256 [0-9a-f]{64}, as the page names it/);
  }
  const sentence = await runVerify(page, 'main >');
  expect(sentence.verdict, sentence.text).toBe('match');
  expect(complaints).toEqual([]);
  await close();
});

it.each(['network', 'domain', 'test'])('checks figures on a page of a %s', async (folder) => {
  const { page, close } = await visit(firstChecked(folder));
  const figures = await page
    .locator('figure:has(details[data-verify])')
    .evaluateAll((found) => found.map((figure) => figure.id));
  expect(figures.length).toBeGreaterThan(0);
  for (const id of figures) {
    const { verdict, text } = await runVerify(page, `#${id}`);
    expect(verdict, `${folder} ${id}: ${text}`).toBe('match');
  }
  await close();
});

it('names both numbers where the page prints another', async () => {
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
  const { verdict, text } = await runVerify(page, '#outcomes');
  expect(verdict).toBe('mismatch');
  expect(text).toContain('987,654');
  expect(text).toMatch(/Mismatch\. 1 of \d+/);
  await close();
});

it('computes nothing from a file with one bit turned, and says which', async () => {
  const { page, close } = await visit(country);
  await flipDataFiles(page);
  const { verdict, text } = await runVerify(page, '#outcomes');
  expect(verdict).toBe('changed');
  expect(text).toMatch(/not the one this page was made of.*\.parquet/s);
  expect(new Set(text.match(/[0-9a-f]{64}/g))).toHaveProperty('size', 2);
  await close();
});

it('is a recipe without scripts: files, sums and SQL', async () => {
  const { page, close } = await visit(country, { javaScriptEnabled: false });
  const text = await page.locator('#outcomes details[data-verify]').innerHTML();
  expect(text).toMatch(/[0-9a-f]{64}/);
  expect(text).toContain('FROM interference_country_daily');
  await close();
});
