import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, inject, it } from 'vitest';
import en from '../../site/i18n/en.json' with { type: 'json' };
import { deadLinks, htmlFiles } from '../support/crawl.ts';
import { SUB_PATH } from '../support/site-build.ts';
import { heaviestCountry, useBrowser } from './visit.ts';

const visit = useBrowser();
const site = inject('site');

describe('links inside the site', () => {
  it('lead somewhere when the site is mounted at /', () => {
    expect(deadLinks(site.dist, '/')).toEqual([]);
  });

  it('lead somewhere when the site is mounted below a path', () => {
    expect(deadLinks(site.subPathDist, SUB_PATH)).toEqual([]);
  });

  it('a page below a path loads all it needs', async () => {
    const where = `${site.subPathUrl}country/${heaviestCountry(site.subPathDist)}/`;
    const { page, requests, complaints, status, close } = await visit(where);
    expect(status).toBe(200);
    expect(requests.filter((url) => !url.startsWith(site.subPathUrl))).toEqual([]);
    expect(complaints).toEqual([]);
    expect(await page.locator('figure[data-chart]').count()).toBeGreaterThanOrEqual(4);
    await close();
  });
});

describe('sample data says so', () => {
  it('on every page', () => {
    const silent = htmlFiles(site.dist).filter(
      (file) => !readFileSync(file, 'utf8').includes(en['site.synthetic']),
    );
    expect(silent.map((file) => path.relative(site.dist, file))).toEqual([]);
  });

  it('inside every chart', async () => {
    const { page, close } = await visit(`/country/${heaviestCountry(site.dist)}/`);
    for (const svg of await page.locator('figure[data-chart] svg[role="img"]').all()) {
      expect((await svg.textContent())?.toLowerCase()).toMatch(/synthetic/);
    }
    await close();
  });
});
