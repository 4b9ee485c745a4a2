/** A page of a site whose large tables lie on another origin, under the policy that such a site is built with. */
import { copyFileSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, inject, it } from 'vitest';
import { contentSecurityPolicy } from '../../site/serve/headers.ts';
import { serveSite } from '../../site/serve/server.ts';
import { formatQueryLink } from '../../site/state/query-link.ts';
import { scratchFolder } from '../support/scratch.ts';
import { SUB_PATH } from '../support/site-build.ts';
import { answered } from './turn.ts';
import { useBrowser } from './visit.ts';

const visit = useBrowser();
const { dist } = inject('site');
const root = scratchFolder('large-tables');
const SQL = 'SELECT count(*) AS n, count(DISTINCT probe_asn) AS networks FROM measurements';

it('the console reads them there and everything else here', async () => {
  // Another port is another origin.
  const there = await serveSite(dist, SUB_PATH, 0);
  const own = contentSecurityPolicy(null);
  const wanted = contentSecurityPolicy(there.url);
  const html = readFileSync(path.join(dist, 'query/index.html'), 'utf8')
    .replace(own.replaceAll("'", '&#39;'), wanted)
    .replace(own, wanted)
    .replace('<html', `<html data-large="${there.url}data/"`);
  const headers = readFileSync(path.join(dist, '_headers'), 'utf8').replaceAll(own, wanted);
  mkdirSync(path.join(root, 'query'), { recursive: true });
  writeFileSync(path.join(root, 'query/index.html'), html);
  writeFileSync(path.join(root, '_headers'), headers);
  copyFileSync(path.join(dist, '404.html'), path.join(root, '404.html'));
  for (const name of ['_astro', 'data', 'favicon.svg'])
    symlinkSync(path.join(dist, name), path.join(root, name));
  const here = await serveSite(root, SUB_PATH, 0);
  const link = formatQueryLink({ sql: SQL, floors: false });
  const { page, requests, complaints, close } = await visit(`${here.url}query/${link}`);
  await answered(page.locator('#console'));
  expect(complaints).toEqual([]);
  expect(await page.locator('[data-part="answer"]').getAttribute('data-rows')).toBe('1');
  const read = requests.filter((one) => one.endsWith('.parquet'));
  expect(read.length).toBeGreaterThan(0);
  for (const one of read) expect(one).toContain(`${there.url}data/measurements/`);
  expect(requests).toContain(`${here.url}data/manifest.json`);
  await close();
  here.server.close();
  there.server.close();
});
