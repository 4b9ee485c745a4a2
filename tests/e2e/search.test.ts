/** The search box in a real browser: what it finds, in whose language, by which keys, and what it costs. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import type { Page } from 'playwright';
import { expect, inject, it } from 'vitest';
import { readSearchFile } from '../../site/view/search/file.ts';
import { ask } from './turn.ts';
import { useBrowser } from './visit.ts';

const visit = useBrowser();
const site = inject('site');

/** Bytes of brotli that the first key may cost, scripts and list together. */
const FIRST_KEY = 50_000;

const first = (kind: string) => readdirSync(path.join(site.dist, kind)).toSorted()[0] ?? '';
const network = first('network');
const domain = first('domain');

/** Types and waits for the answer; the addresses that the options lead to are found by choosing them. */
async function offers(page: Page, text: string): Promise<readonly string[]> {
  const input = page.locator('.search-box input');
  await input.fill('');
  await ask(page.locator('.search-box'), () => input.pressSequentially(text));
  return page.locator('[role="option"]').allInnerTexts();
}

it('costs at most 50 kB at the first key, and nothing before anyone turns to it', async () => {
  const { page, requests, close } = await visit('about/');
  const before = requests.length;
  expect(requests.some((url) => url.includes('search.json'))).toBe(false);
  await page.locator('.search-box input').click();
  await ask(page.locator('.search-box'), () => page.keyboard.press('e'));
  const asked = [...new Set(requests.slice(before))];
  expect(asked.some((url) => url.endsWith('/search.json'))).toBe(true);
  const sizes = await Promise.all(
    asked.map(async (url) =>
      brotliCompressSync(Buffer.from(await (await fetch(url)).arrayBuffer())),
    ),
  );
  const bytes = sizes.reduce((sum, { length }) => sum + length, 0);
  expect(bytes, asked.join('\n')).toBeLessThanOrEqual(FIRST_KEY);
  await close();
});

it('finds places by name and code, networks, websites, tests and events, also with a slip', async () => {
  const { page, complaints, close } = await visit('about/');
  for (const [typed, wanted] of [
    ['Estonia', 'Estonia'],
    ['estnoia', 'Estonia'],
    ['EE', 'Estonia'],
    [network, network],
    [network.slice(2), network],
    [domain, domain],
    ['telegarm', 'Telegram'],
    ['signs of interference', 'signs of interference'],
  ] as const)
    expect((await offers(page, typed))[0], typed).toContain(wanted);
  expect(complaints).toEqual([]);
  await close();
});

it('knows every place of today by three letters, tested or not, and no code that was withdrawn', () => {
  const { places, untested } = readSearchFile(
    JSON.parse(readFileSync(path.join(site.dist, 'search.json'), 'utf8')),
  );
  const known = new Map([...places, ...untested].map(([code = '', ...names]) => [code, names]));
  expect(known.get('EE')).toContain('EST');
  expect(known.get('US')).toEqual(expect.arrayContaining(['USA', 'America']));
  expect([...known].filter(([, [three = '']]) => !/^[A-Z]{3}$/.test(three))).toEqual([]);
  expect(
    ['VD', 'CS', 'RH', 'DD', 'SU', 'YU', 'UK', 'EU'].filter((code) => known.has(code)),
  ).toEqual([]);
});

it('knows places in the language of the reader', async () => {
  const { page, close } = await visit('about/', { locale: 'de-DE' });
  expect((await offers(page, 'estland'))[0]).toContain('Estland');
  // Where a system has no language set, some browsers name its locale.
  await page.addInitScript(() => {
    Object.defineProperty(Navigator.prototype, 'languages', { get: () => ['C', 'de@posix', 'de'] });
  });
  await page.reload();
  expect((await offers(page, 'estland'))[0]).toContain('Estland');
  await close();
});

it('is a combobox: arrows choose, Escape folds, Enter goes', async () => {
  const { page, close } = await visit('about/');
  const input = page.locator('.search-box input');
  await offers(page, 'estonia');
  expect(await input.getAttribute('aria-expanded')).toBe('true');
  await page.keyboard.press('Escape');
  expect(await input.getAttribute('aria-expanded')).toBe('false');
  await ask(page.locator('.search-box'), () => page.keyboard.press('ArrowDown'));
  await page.keyboard.press('ArrowDown');
  expect(await input.getAttribute('aria-activedescendant')).toBe('search-option-0');
  await page.keyboard.press('Enter');
  await page.waitForURL(`${site.url}country/EE/`);
  await close();
});

it('says what it means that something is not found', async () => {
  const { page, close } = await visit('about/');
  const say = async (text: string, words: RegExp) => {
    await ask(page.locator('.search-box'), () => page.locator('.search-box input').fill(text));
    expect(await page.locator('.search-said').innerText()).toMatch(words);
  };
  await say('nobody-tested-this.example', /not in these data/);
  await say('AS4199999999', /no test of interference on that network/);
  await close();
});

it('leads to a page of results without choosing, and works without JavaScript as lists', async () => {
  const { page, requests, close } = await visit('about/');
  await page.locator('.search-box input').fill('telegram');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/search/#q=telegram');
  await page.locator('.found a').first().waitFor();
  expect(await page.locator('.found a').first().innerText()).toContain('Telegram');
  // The page of results searches again where it stands.
  await page.locator('.search-box input').fill(network);
  await page.locator('.search-box button').click();
  await page.waitForURL(`**/search/#q=${network}`);
  await page.locator('.found a', { hasText: network }).first().waitFor();
  await page.goBack();
  await page.locator('.found a', { hasText: 'Telegram' }).first().waitFor();
  // No host is told what a reader looks for.
  expect(requests.filter((url) => url.split('#')[0]?.includes('telegram'))).toEqual([]);
  // Links of earlier releases.
  await page.goto(new URL('search/?q=telegram', site.url).href);
  await page.locator('.found a', { hasText: 'Telegram' }).first().waitFor();
  await close();

  const plain = await visit('about/', { javaScriptEnabled: false });
  await plain.page.locator('.search-box input').fill('telegram');
  await plain.page.keyboard.press('Enter');
  await plain.page.waitForURL('**/search/?q=telegram');
  for (const list of ['countries/', 'networks/', 'domains/', 'tests/', 'events/'])
    expect(await plain.page.locator(`main a[href$="/${list}"]`).count(), list).toBeGreaterThan(0);
  await plain.close();
});

it('leads on from addresses as people type them, with what is chosen in them', async () => {
  const country = first('country');
  const { page, close } = await visit('about/');
  for (const [typed, meant] of [
    [
      `country/${country.toLowerCase()}/?since=2026-05-01#events`,
      `country/${country}/?since=2026-05-01#events`,
    ],
    [`network/${network.toLowerCase()}/`, `network/${network}/`],
    [`network/${network.slice(2)}/`, `network/${network}/`],
    [`domain/www.${domain}/`, `domain/${domain}/`],
    [`domain/https://www.${domain}/some/page`, `domain/${domain}/`],
    ['test/Telegram/', 'test/telegram/'],
  ] as const) {
    const answer = await page.goto(new URL(typed, site.url).href, { waitUntil: 'commit' });
    expect(answer?.status(), typed).toBe(404);
    await page.waitForURL(new URL(meant, site.url).href);
  }
  await close();
});

it('offers a search where it can lead nowhere, and a way on without scripts', async () => {
  const { page, close } = await visit('country/atlantis/');
  const offer = page.locator('[data-part="meant"] a');
  await offer.waitFor();
  expect(await offer.innerText()).toContain('atlantis');
  await offer.click();
  await page.waitForURL(new URL('search/#q=atlantis', site.url).href);
  await close();
  const plain = await visit('country/atlantis/', { javaScriptEnabled: false });
  expect(await plain.page.locator('main a[href$="/countries/"]').count()).toBeGreaterThan(0);
  await plain.close();
});
