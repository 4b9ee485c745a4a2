/**
 * `node tests/e2e/time-pages.ts DIST`: what pages of a built site cost a reader: requests and bytes, first chart, filtered
 * answers; on the places with the heaviest and the middle page. Writes `bench/pages.json`.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'node-html-parser';
import { serveSite } from '../../site/serve/server.ts';
import { formatTable, type BenchRow } from '../bench/report.ts';
import { launchBrowser } from '../support/browser.ts';
import { countryCodes } from '../support/country-pages.ts';
import { makeReferenceSite } from './reference-site.ts';
import { timeAnswers } from './time-answers.ts';
import { timeCharts } from './time-charts.ts';
import { weighPages } from './weigh-pages.ts';

const pageOf = (dist: string, code: string): string =>
  readFileSync(path.join(dist, 'country', code, 'index.html'), 'utf8');

/** Serves a page that does the least for this place, while `work` runs. */
async function besideReference(
  dist: string,
  code: string,
  work: (reference: string) => Promise<readonly BenchRow[]>,
): Promise<readonly BenchRow[]> {
  const slices = path.join(dist, 'data/country', code, 'interference_country_daily');
  const folder = path.resolve('.cache/bench/reference');
  await makeReferenceSite(folder, {
    json: `${slices}.json`,
    parquet: `${slices}.parquet`,
    tests: parse(pageOf(dist, code))
      .querySelectorAll('#explore input[name="test_name"]')
      .map((box) => box.getAttribute('value') ?? ''),
  });
  const { server, url } = await serveSite(folder, '/', 0);
  try {
    return await work(url);
  } finally {
    server.close();
  }
}

async function timePages(dist: string): Promise<readonly BenchRow[]> {
  // Where there is one thing to choose, choosing it asks nothing new.
  const codes = countryCodes(dist).filter(
    (code) =>
      parse(pageOf(dist, code)).querySelectorAll(
        '#explore input[name="test_name"], #explore input[name="probe_asn"]',
      ).length > 2,
  );
  const [heaviest] = codes;
  const middle = codes[Math.floor(codes.length / 2)];
  if (heaviest === undefined || middle === undefined)
    throw new Error(`${dist} has no country page with filters. Build a site of the sample.`);
  const { server, url } = await serveSite(dist, '/', 0);
  const browser = await launchBrowser();
  const addressOf = (code: string): string => `${url}country/${code}/`;
  const rows: BenchRow[] = [];
  try {
    rows.push(
      ...(await weighPages(browser, dist, [
        ['the front page', url, ''],
        ['the heaviest country page', addressOf(heaviest), '8'],
        ['the chart builder', `${url}explore/`, ''],
      ])),
      ...(await besideReference(dist, heaviest, async (reference) =>
        timeCharts(
          browser,
          [
            ['the front page', url],
            [`the heaviest country page (${heaviest})`, addressOf(heaviest)],
          ],
          reference,
        ),
      )),
    );
    for (const [which, code] of [
      ['heaviest', heaviest],
      ['middle', middle],
    ] as const)
      rows.push(
        ...(await besideReference(dist, code, async (reference) =>
          timeAnswers(`${which} place (${code})`, addressOf(code), reference),
        )),
      );
  } finally {
    await browser.close();
    server.close();
  }
  return rows;
}

const [dist] = process.argv.slice(2);
if (dist === undefined)
  throw new Error('No site was given.\nName a folder that `npm run build` wrote.');
const rows = await timePages(path.resolve(dist));
console.log(formatTable(rows));
mkdirSync('bench', { recursive: true });
writeFileSync('bench/pages.json', `${JSON.stringify(rows, null, 2)}\n`);
