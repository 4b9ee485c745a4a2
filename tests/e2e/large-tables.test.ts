/** Pages of a site whose large tables lie on another origin, under the policy that such a site is built with. */
import { expect, inject, it } from 'vitest';
import { contentSecurityPolicy } from '../../site/serve/headers.ts';
import { serveSite } from '../../site/serve/server.ts';
import { formatQueryLink } from '../../site/state/query-link.ts';
import { SUB_PATH } from '../support/site-build.ts';
import { answered } from './turn.ts';
import { useBrowser } from './visit.ts';

const visit = useBrowser();
const site = inject('site');
const SQL = 'SELECT count(*) AS n, count(DISTINCT probe_asn) AS networks FROM measurements';

it('the console reads them there and everything else here', async () => {
  // Another port is another origin.
  const { server, url } = await serveSite(site.dist, SUB_PATH, 0);
  const { page, requests, complaints, close } = await visit('about/');
  await page.route('**/query/', async (route) => {
    const response = await route.fetch();
    const own = contentSecurityPolicy(null);
    const wanted = contentSecurityPolicy(url);
    const escaped = (policy: string) => policy.replaceAll("'", '&#39;');
    const html = (await response.text())
      .replace(own, wanted)
      .replace(escaped(own), escaped(wanted))
      .replace('<html', `<html data-large="${url}data/"`);
    expect(html).toContain(new URL(url).origin);
    const headers = response.headers();
    const policy = headers['content-security-policy']?.replace(own, wanted);
    await route.fulfill({
      response,
      body: html,
      headers: {
        ...headers,
        ...(policy === undefined ? {} : { 'content-security-policy': policy }),
      },
    });
  });
  await page.goto(new URL(`query/${formatQueryLink({ sql: SQL, floors: false })}`, site.url).href);
  await answered(page.locator('#console'));
  expect(await page.locator('[data-part="answer"]').getAttribute('data-rows')).toBe('1');
  const read = requests.filter((one) => one.endsWith('.parquet'));
  expect(read.length).toBeGreaterThan(0);
  for (const one of read) expect(one).toContain(`${url}data/measurements/`);
  expect(requests.some((one) => one === `${site.url}data/manifest.json`)).toBe(true);
  expect(complaints).toEqual([]);
  await close();
  server.close();
});
