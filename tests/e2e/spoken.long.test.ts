/**
 * Every kind of page and of frame in languages with other letters, other digits and another direction, on a phone and on
 * a desk, with all folds open: axe finds nothing with any of its rules, and nothing sticks out, overlaps or is cut off.
 */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'node-html-parser';
import type { Browser } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { buildSpokenSite, SPOKEN } from '../support/site-build.ts';
import { serveStatic, type StaticServer } from '../support/static-server.ts';
import { findViolations } from './accessibility.ts';
import { unfoldAll } from './filtering.ts';
import { findLayoutFaults } from './layout-faults.ts';
import { pageKinds } from './page-kinds.ts';
import { watchWork } from './quiet.ts';

const { dist } = await buildSpokenSite(console.log);
const PAGES = [...pageKinds(dist, ['NZ', 'UY']), 'explore/frame/'];
const FRAMES = readdirSync(path.join(dist, 'embed/country/UY'), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => `country/UY/${name}/`);

let browser: Browser;
let server: StaticServer;
beforeAll(async () => {
  server = await serveStatic(dist);
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser.close();
  await server.close();
});

async function findFaults(where: string, width: number): Promise<readonly string[]> {
  const context = await browser.newContext({ viewport: { width, height: 900 } });
  const page = await context.newPage();
  const quiet = watchWork(page, true);
  const answer = await page.goto(`${server.origin}/${where}`);
  await quiet();
  // Frames have the letters of the reader's machine, and no test knows how wide these are.
  const laidOut = where.startsWith('embed/') ? [] : await findLayoutFaults(page);
  await unfoldAll(page);
  const found = [...laidOut, ...(await findViolations(page))];
  await context.close();
  return answer?.status() === 200 ? found : [`status ${String(answer?.status())}`];
}

describe.each([360, 1280])('at %d pixels', (width) => {
  it.each(SPOKEN.flatMap(listPages))('/%s', async (where) => {
    expect(await findFaults(where, width)).toEqual([]);
  });
});

describe('Chinese letters', () => {
  const read = (file: string): string => readFileSync(path.join(dist, file), 'utf8');
  const styleOf = (page: string): string | undefined =>
    parse(read(`${page}index.html`))
      .querySelectorAll('link[rel="stylesheet"]')
      .map((link) => link.getAttribute('href') ?? '')
      .find((href) => /\/han\.[\w-]+\.css$/.test(href));

  it('of the words of every page come with it', () => {
    const style = styleOf('zh/country/UY/');
    const css = read(`_astro/${path.basename(style ?? '')}`);
    const covered = new Set(
      [...css.matchAll(/U\+([0-9A-F]+)/gi)].map(([, hex = '']) =>
        String.fromCodePoint(Number.parseInt(hex, 16)),
      ),
    );
    for (const page of listPages('zh').filter((where) => where.startsWith('zh/'))) {
      const body = parse(read(`${page}index.html`)).querySelector('body');
      body?.querySelectorAll('[translate="no"], code').forEach((node) => node.remove());
      const letters = (body?.text ?? '').match(/\p{Script=Han}/gu) ?? [];
      expect(letters.length, page).toBeGreaterThan(20);
      expect(
        [...new Set(letters)].filter((letter) => !covered.has(letter)),
        page,
      ).toEqual([]);
    }
  });

  it('are asked for by pages in Chinese alone', () => {
    expect(styleOf('country/UY/')).toBeUndefined();
    expect(styleOf('my/country/UY/')).toBeUndefined();
  });
});

function listPages(tag: string): readonly string[] {
  return [
    ...PAGES.map((where) => `${tag}/${where}`),
    ...FRAMES.map((where) => `embed/${tag}/${where}`),
  ];
}
