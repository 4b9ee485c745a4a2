/** Download, Cite, dataset metadata and `/changed/` as a reader meets them, in Chromium. */
import { readFileSync, statSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { connectDuckDb } from '../support/duckdb.ts';
import { strFromU8, unzipSync } from 'fflate';
import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { hashOf } from '../../data-build/hash.ts';
import type { Manifest } from '../../data-build/contract/manifest.ts';
import { drawn, unfold } from './filtering.ts';
import { heaviestCountry } from '../support/country-pages.ts';
import { readSheet } from '../support/workbook.ts';
import { parse } from 'node-html-parser';
import { readRelease, useBrowser } from './visit.ts';

const visit = useBrowser();
const { data, dist, url } = inject('site');
const country = heaviestCountry(dist);
const page = `country/${country}/`;

let db: DuckDBConnection;
let scratch: string;
beforeAll(async () => {
  db = await connectDuckDb();
  scratch = await mkdtemp(path.join(tmpdir(), 'downloads-'));
});
afterAll(async () => {
  db.closeSync();
  await rm(scratch, { recursive: true, force: true });
});

it('what a chart displays lies at an address that stays, with release and licence on top', () => {
  const lines = readFileSync(path.join(dist, 'embed', page, 'outcomes.csv'), 'utf8').split('\n');
  const release = readRelease(data);
  const head = lines.filter((line) => line.startsWith('# ')).join('\n');
  for (const said of [release, 'CC BY-NC-SA 4.0', 'Synthetic sample']) expect(head).toContain(said);
  const rows = lines.filter((line) => line !== '' && !line.startsWith('#')).length - 1;
  const html = readFileSync(path.join(dist, page, 'index.html'), 'utf8');
  const figure = parse(html).querySelector('#outcomes');
  const table = figure?.querySelector('[data-part="table"] table');
  const inPage = table?.querySelectorAll('tbody tr').length ?? 0;
  expect(rows).toBe(Number(table?.getAttribute('data-count') ?? inPage));
  expect(rows).toBeGreaterThanOrEqual(inPage);
  expect(figure?.querySelector('[data-part="address"] a')?.getAttribute('href')).toMatch(
    /\/embed\/country\/[A-Z]{2}\/outcomes\.csv$/,
  );
});

async function rowsOf(sql: string): Promise<readonly (readonly unknown[])[]> {
  return (await db.runAndReadAll(sql)).getRowsJS();
}

/** The file behind the n-th link of the panel, saved as the browser saves it. */
async function save(page: Page, figure: string, form: string, place = 0): Promise<string> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.locator(`${figure} a[data-form="${form}"]`).nth(place).click(),
  ]);
  const file = path.join(scratch, `${String(place)}-${download.suggestedFilename()}`);
  await download.saveAs(file);
  return file;
}

describe('what a chart displays', () => {
  it('comes as CSV, JSON, XLSX and Parquet that agree row for row, and as ZIP with README', async () => {
    const { page: view, complaints, close } = await visit(`${page}?test_name=telegram`);
    const figure = 'figure#rate';
    await drawn(view, 'Telegram');
    await view.click(`${figure} [data-take="download"] > summary`);
    await view.waitForSelector(`${figure} a[data-form="xlsx"]`);
    const shown = await view.locator(`${figure} [data-part="table"] tbody tr`).count();
    await expect
      .poll(() => view.locator(`${figure} .take-head`).first().textContent())
      .toContain(`${shown} rows`);
    await view.click(`${figure} button[data-form="parquet"]`);
    await view.waitForSelector(`${figure} a[data-form="parquet"]`, { timeout: 60_000 });
    const files: Record<string, string> = {};
    for (const form of ['csv', 'json', 'xlsx', 'parquet', 'zip'])
      files[form] = await save(view, figure, form);
    const parquet = await rowsOf(`SELECT * FROM read_parquet('${String(files['parquet'])}')`);
    expect(parquet).toHaveLength(shown);
    const described = await rowsOf(
      `DESCRIBE SELECT * FROM read_parquet('${String(files['parquet'])}')`,
    );
    const types = described
      .map(([name, type]) => `'${String(name)}': '${String(type)}'`)
      .join(', ');
    const names = described.map(([name]) => String(name));
    expect(described.map(([, type]) => type)).toContain('DOUBLE');
    expect(
      await rowsOf(
        `SELECT * FROM read_csv('${String(files['csv'])}', comment = '#', types = {${types}})`,
      ),
    ).toEqual(parquet);
    expect(
      await rowsOf(
        `SELECT count(*)::INTEGER FROM read_csv('${String(files['csv'])}', comment = '#')`,
      ),
    ).toEqual([[shown]]);
    const json: { rows: readonly Record<string, unknown>[] } = JSON.parse(
      readFileSync(String(files['json']), 'utf8'),
    );
    expect(json.rows.map((row) => names.map((name) => row[name]))).toEqual(parquet);
    const [head, ...sheet] = readSheet(readFileSync(String(files['xlsx'])));
    expect(head).toEqual(names);
    expect(sheet.map((row) => names.map((_, index) => row[index] ?? null))).toEqual(parquet);

    const words = await rowsOf(
      `SELECT decode(key), decode(value) FROM parquet_kv_metadata('${String(files['parquet'])}')`,
    );
    expect(new Map(words.map(([key, value]) => [key, value])).get('licence')).toBe(
      'CC-BY-NC-SA-4.0',
    );
    const zip = unzipSync(new Uint8Array(readFileSync(String(files['zip']))));
    const readme = strFromU8(zip['README.txt'] ?? new Uint8Array());
    for (const part of ['Test: telegram', 'CC BY-NC-SA 4.0', 'Cite as', '© OONI', 'Synthetic'])
      expect(readme).toContain(part);
    expect(Object.keys(zip)).toEqual(expect.arrayContaining(['citation.bib', 'citation.ris']));
    // Spreadsheets take a CSV without the mark for another encoding.
    const csvs = Object.keys(zip).filter((name) => name.endsWith('.csv'));
    expect(csvs).not.toEqual([]);
    for (const name of csvs) expect([...(zip[name] ?? []).slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    expect([...readFileSync(String(files['csv'])).subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    expect(complaints).toEqual([]);
    await close();
  });

  it('of several licences comes in a file for each', async () => {
    const { page: view, close } = await visit(page);
    await view.click('figure#witnesses [data-take="download"] > summary');
    await view.waitForSelector('figure#witnesses a[data-form="csv"]');
    const links = await view.locator('figure#witnesses a[data-form="csv"]').count();
    const texts: string[] = [];
    for (let place = 0; place < links; place += 1)
      texts.push(readFileSync(await save(view, 'figure#witnesses', 'csv', place), 'utf8'));
    expect(texts.length).toBeGreaterThan(1);
    for (const text of texts) {
      const head = text.split('\r\n').find((line) => !/^\uFEFF?#/.test(line)) ?? '';
      expect(head.includes('rate') && head.includes('clients')).toBe(false);
      expect(text.includes('© OONI')).toBe(head.includes('rate'));
    }
    await close();
  });

  it('needs no script for the tables behind it', async () => {
    const { page: view, close } = await visit(page, { javaScriptEnabled: false });
    await unfold(view, 'figure#outcomes');
    await view.click('figure#outcomes [data-take="download"] > summary');
    const link = view
      .locator('figure#outcomes [data-take="download"] a', { hasText: 'CSV' })
      .first();
    const reply = await fetch(new URL((await link.getAttribute('href')) ?? '', url));
    expect(reply.status).toBe(200);
    expect(await reply.text()).toContain('measurement_count');
    await close();
  });
});

describe('citing', () => {
  it('offers a permalink of this release and five forms', async () => {
    const { page: view, close } = await visit(page);
    await unfold(view, 'figure#rate');
    await view.click('figure#rate [data-take="cite"] > summary');
    const text = (form: string) =>
      view.locator(`figure#rate [data-citation="${form}"]`).textContent();
    await view.waitForSelector('figure#rate [data-citation="csl"]', { state: 'attached' });
    const { data_version: release } = JSON.parse(
      readFileSync(path.join(data, 'manifest.json'), 'utf8'),
    );
    const permalink = await text('permalink');
    expect(permalink).toBe(`${url}${page}?release=${String(release)}#rate`);
    for (const form of ['short', 'full', 'bibtex', 'ris', 'csl'])
      expect(await text(form)).toContain(permalink);
    const again = await visit(String(permalink));
    expect(await again.page.locator('.release-note').count()).toBe(0);
    await again.close();
    await close();
  });

  it.each(['data/', page])(
    '%s describes its data to machines, and the policy lets it',
    async (where) => {
      const { page: view, complaints, close } = await visit(where);
      const text = await view.locator('script[type="application/ld+json"]').textContent();
      const dataset: Record<string, unknown> & {
        description: string;
        distribution: readonly Record<string, string>[];
      } = JSON.parse(text ?? '');
      expect(dataset).toMatchObject({ '@context': 'https://schema.org/', '@type': 'Dataset' });
      for (const field of [
        'name',
        'description',
        'license',
        'creator',
        'temporalCoverage',
        'spatialCoverage',
        'variableMeasured',
        'measurementTechnique',
        'distribution',
        'version',
        'isBasedOn',
      ])
        expect(dataset[field], field).toBeTruthy();
      expect(dataset.description.length).toBeGreaterThan(50);
      for (const file of dataset.distribution) {
        expect(file).toMatchObject({
          '@type': 'DataDownload',
          encodingFormat: expect.any(String),
          contentSize: expect.stringMatching(/^\d+ B$/),
          sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
        });
      }
      const [first] = dataset.distribution;
      const { pathname } = new URL(first?.['contentUrl'] ?? '', url);
      const bytes = await (await fetch(new URL(pathname, url))).arrayBuffer();
      const digest = await crypto.subtle.digest('SHA-256', bytes);
      expect(Buffer.from(digest).toString('hex')).toBe(first?.['sha256']);
      expect(`${bytes.byteLength} B`).toBe(first?.['contentSize']);
      for (const tag of ['citation_title', 'citation_author', 'citation_publication_date'])
        expect(await view.locator(`meta[name="${tag}"]`).count(), tag).toBe(1);
      expect(complaints).toEqual([]);
      await close();
    },
  );
});

describe('snippets', () => {
  const snippet = async (tool: string): Promise<string> => {
    const { page: view, close } = await visit(page);
    const text = await view.locator(`#downloads [data-tool="${tool}"]`).textContent();
    await close();
    return text ?? '';
  };

  it('of DuckDB load the slice as CSV and as Parquet', async () => {
    const counts = [];
    for (const sql of (await snippet('duckdb')).replaceAll(`${url}data/`, `${data}/`).split('\n'))
      counts.push((await rowsOf(sql)).length);
    expect(counts).toHaveLength(2);
    expect(counts[0]).toBe(counts[1]);
    expect(counts[0]).toBeGreaterThan(0);
  });
});

describe('another release', () => {
  const index: { releases: readonly { data_version: string }[] } = JSON.parse(
    readFileSync(path.join(data, 'releases/index.json'), 'utf8'),
  );
  const old = String(index.releases[0]?.data_version);

  it('is named by the page that was opened with it, which leads to the difference', async () => {
    const { page: view, close } = await visit(`${page}?release=${old}`);
    const note = view.locator('.release-note');
    await note.waitFor();
    expect(await note.textContent()).toContain(old);
    expect(await view.locator('html').getAttribute('data-engine')).toBe('idle');
    await note.locator('a').click();
    await view.waitForSelector('[data-part="verdict"]', { timeout: 60_000 });
    expect(await view.locator('#changed table').textContent()).toContain(old);
    expect(await view.locator('[data-part="why"]').textContent()).toContain('days covered');
    await close();
  });

  it('says when it is not kept, and shows the present values', async () => {
    const link = encodeURIComponent(`${url}${page}?release=2001-01-01-00000000`);
    const { page: view, close } = await visit(`changed/?link=${link}`);
    await view.waitForSelector('#changed table', { timeout: 60_000 });
    expect(await view.locator('#changed [data-part="answer"]').textContent()).toContain(
      'is not kept here',
    );
    expect(await view.locator('[data-part="verdict"]').count()).toBe(0);
    await close();
  });

  it('compares the map of the front page, and says where that cannot be done', async () => {
    const { page: view, close } = await visit(
      `changed/?link=${encodeURIComponent(`world@${old}`)}`,
    );
    await view.waitForSelector('[data-part="verdict"]', { timeout: 60_000 });
    const answer = view.locator('#changed [data-part="answer"]');
    expect(await answer.textContent()).toContain('the chart “The world at a glance”');
    await view.route(`**/${page}`, async (route) => route.abort());
    await view.fill('#changed input[name="link"]', `${url}${page}?release=${old}#outcomes`);
    await view.click('#changed button[type="submit"]');
    await view.locator('#changed').getByText(`could not be fetched: ${url}${page}`).waitFor();
    await view.goto(`${url}countries/?release=${old}`);
    await view.locator('.release-note').waitFor();
    expect(await view.locator('.release-note a').count()).toBe(0);
    await close();
  });

  it('tells a number that differs: days that the older release lacks', async () => {
    const link = encodeURIComponent(`${url}${page}?since=2026-06-25&release=${old}`);
    const { page: view, close } = await visit(`changed/?link=${link}`);
    await view.waitForSelector('[data-part="verdict"], #changed table', { timeout: 60_000 });
    const row = view.locator('tr[data-key="measurement_count"]');
    expect(await row.getAttribute('data-changed')).toBe('true');
    expect(await row.locator('td').first().textContent()).toBe('0');
    await close();
  });

  it('tells a number that other rules made of the same dumps, and which rules', async () => {
    const manifest: Manifest = JSON.parse(readFileSync(path.join(data, 'manifest.json'), 'utf8'));
    const dictionary: { rules: readonly { id: string; reason: string }[] } = JSON.parse(
      readFileSync(path.join(data, 'dictionary.json'), 'utf8'),
    );
    const [gone, reworded, ...kept] = dictionary.rules;
    // The kept release as older rules would have made it: each sign of interference was a failure.
    const table = 'interference_country_daily';
    const file = manifest.files.find((entry) => entry.table === table);
    const judged = path.join(scratch, 'judged.parquet');
    await db.run(
      `COPY (SELECT * REPLACE (0::UINTEGER AS anomaly_count, failure_count + anomaly_count AS failure_count) FROM '${path.join(data, file?.path ?? '')}') TO '${judged}' (FORMAT PARQUET)`,
    );
    const older = {
      ...manifest,
      data_version: old,
      rules_version: '1-00000000',
      files: manifest.files.map((entry) =>
        entry === file
          ? { ...entry, bytes: statSync(judged).size, sha256: hashOf(readFileSync(judged)) }
          : entry,
      ),
    };
    const rules = [{ ...reworded, reason: 'Another.' }, ...kept, { ...gone, id: 'old.rule' }];
    const overlay = new Map([
      ['manifest.json', JSON.stringify(older)],
      ['dictionary.json', JSON.stringify({ ...dictionary, rules })],
    ]);
    const { page: view, complaints, close } = await visit('changed/');
    await view.route(`**/data/releases/${old}/**`, async (route) => {
      const name = new URL(route.request().url()).pathname.split(`/releases/${old}/`)[1] ?? '';
      const body = overlay.get(name);
      if (body !== undefined) await route.fulfill({ body });
      else if (decodeURIComponent(name) === file?.path) await route.fulfill({ path: judged });
      else await route.fulfill({ path: path.join(data, decodeURIComponent(name)) });
    });
    await view.fill('#changed input[name="link"]', `${url}${page}?release=${old}`);
    await view.click('#changed button[type="submit"]');
    await view.waitForSelector('[data-part="verdict"]', { timeout: 60_000 });
    const changed = await view
      .locator('#changed tr[data-changed="true"]')
      .evaluateAll((rows) =>
        rows.map((row) => (row instanceof HTMLElement ? row.dataset['key'] : '')),
      );
    expect(changed).toEqual(expect.arrayContaining(['anomaly_count', 'failure_count', 'rate']));
    expect(changed).not.toContain('measurement_count');
    const reasons = await view.locator('[data-part="why"] li').allTextContents();
    expect(reasons).toEqual([
      expect.stringContaining(`version 1-00000000 then, ${manifest.rules_version} now`),
      `Rule added: ${gone?.id ?? ''}.`,
      'Rule no longer used: old.rule.',
      `Rule that says something else: ${reworded?.id ?? ''}.`,
    ]);
    const answer = view.locator('#changed [data-part="answer"]');
    expect(await answer.textContent()).toContain('The link names no chart.');
    // A chart is compared as itself: those counts are in one, and in no figure of the use of tools.
    const html = parse(readFileSync(path.join(dist, page, 'index.html'), 'utf8'));
    const tools = html.querySelector('figure[data-chart="tool-use"]')?.getAttribute('id') ?? '';
    for (const [chart, name, verdict] of [
      ['outcomes', 'Outcomes', /^[\d,]+ of [\d,]+ values have changed$/],
      [tools, 'Use of circumvention tools', /^Nothing has changed: all [\d,]+ values/],
    ] as const) {
      await view.fill('#changed input[name="link"]', `${url}${page}?release=${old}#${chart}`);
      await view.click('#changed button[type="submit"]');
      await answer.filter({ hasText: `the chart “${name}` }).waitFor({ timeout: 60_000 });
      expect(await view.locator('[data-part="verdict"]').textContent()).toMatch(verdict);
    }
    expect(complaints).toEqual([]);
    await close();
  });
});
