/** A link that is wrong gives a message and a page that works, in every page that reads its link. */
import type { Page } from 'playwright';
import { describe, expect, inject, it } from 'vitest';
import { BROKEN_LINKS } from '../support/broken-links.ts';
import { countryCodes } from '../support/country-pages.ts';
import { PATIENCE } from './turn.ts';
import { useBrowser } from './visit.ts';

const visit = useBrowser();
const [cc = ''] = countryCodes(inject('site').dist);

/** What a page answers to a link. Nothing may come of what stands in it. */
async function answerTo(page: Page, where: string | null, search: string, notices: string) {
  if (where !== null) await page.goto(new URL(`${where}${search}`, inject('site').url).href);
  else
    await page.evaluate(
      ([link, place]) => {
        document.querySelector(place ?? '')?.replaceChildren();
        history.pushState(null, '', location.pathname + (link ?? ''));
        dispatchEvent(new PopStateEvent('popstate'));
      },
      [search, notices],
    );
  const said = page.locator(`${notices} p`);
  await said.first().waitFor(PATIENCE);
  return {
    texts: await said.allInnerTexts(),
    injected: await page.evaluate(() => ({
      ran: Object.hasOwn(window, 'injected'),
      nodes: document.querySelectorAll(
        'main img, main [onerror], main [onfocus], main script:not([src])',
      ).length,
      polluted: 'x' in Object.prototype,
    })),
    title: await page.locator('h1').innerText(),
    wide: await page.evaluate(() => document.documentElement.scrollWidth > innerWidth),
  };
}

const CLEAN = { ran: false, nodes: 0, polluted: false };

it('knows 40 ways to be wrong', () => {
  expect(new Set(BROKEN_LINKS.map(({ search }) => search)).size).toBeGreaterThanOrEqual(40);
});

describe.each([
  {
    path: 'explore/',
    notices: '[data-status="notices"]',
    control: '#builder button[type="submit"]',
  },
  { path: `country/${cc}/`, notices: '[data-status="notices"]', control: '#explore select' },
  { path: 'events/', notices: '[data-part="notices"]', control: '.event-filter select' },
])('$path', ({ path, notices, control }) => {
  it('says what it could not use, injects nothing, throws nothing, and can be used', async () => {
    const { page, complaints, close } = await visit(path);
    // The query runs in tests of its own; here it would be asked 40 times.
    await page.route(/\.(?:wasm|parquet)$/, (route) => route.abort());
    const title = await page.locator('h1').innerText();
    const silent: string[] = [];
    for (const [index, { about, search }] of BROKEN_LINKS.entries()) {
      // Some links open the page, the others come to it as Back and Forward do: loading it 40 times takes long.
      const where = index % 8 === 0 ? path : null;
      const answer = await answerTo(page, where, search, notices).catch((error: unknown) => {
        silent.push(`${about}: ${String(error).slice(0, 80)}`);
        return null;
      });
      if (answer === null) continue;
      expect(answer, about).toMatchObject({ injected: CLEAN, title, wide: false });
      expect(answer.texts.length, about).toBeLessThanOrEqual(14);
      expect(
        answer.texts.every((text) => text.length < 400),
        about,
      ).toBe(true);
      expect(await page.locator(control).first().isEnabled(), about).toBe(true);
    }
    expect(silent).toEqual([]);
    // What is kept from loading is said in the page; nothing else may be complained of.
    expect(complaints.filter((text) => !/ERR_FAILED|wasm/i.test(text))).toEqual([]);
    await close();
  });
});

it('still draws what was right in a link that is partly wrong', async () => {
  const { page, complaints, close } = await visit(
    `explore/?probe_cc=${cc}&probe_asn=AS0&axis_x=test_name&domain=${encodeURIComponent('<b>x</b>')}&view=3d`,
  );
  await page.locator('#builder figure svg.wide .marks [data-key]').first().waitFor(PATIENCE);
  const notices = await page.locator('[data-status="notices"]').innerText();
  for (const wrong of ['AS0', '<b>x</b>', '3d']) expect(notices).toContain(wrong);
  expect(await page.locator('[data-part="sql"] code').textContent()).toContain(`'${cc}'`);
  expect(complaints).toEqual([]);
  await close();
});

it('forgets the messages when the link is mended', async () => {
  const { page, close } = await visit(`events/?kind=nothing`);
  const notices = page.locator('[data-part="notices"] p');
  await notices.first().waitFor(PATIENCE);
  await page.evaluate(() => {
    history.pushState(null, '', location.pathname);
    dispatchEvent(new PopStateEvent('popstate'));
  });
  await expect.poll(() => notices.count()).toBe(0);
  await close();
});
