/** A browser of 2023: what came after is taken away before any script of a page runs, and readers get the same. */
import type { Page } from 'playwright';
import { expect, inject, it } from 'vitest';
import { formatQueryLink } from '../../site/state/query-link.ts';
import { heaviestCountry } from '../support/country-pages.ts';
import { bar, choose, expectDrawn, unfold } from './filtering.ts';
import { answered, ask } from './turn.ts';
import { runVerify } from './verify.ts';
import { useBrowser } from './visit.ts';

const visit = useBrowser();
const site = inject('site');
const code = heaviestCountry(site.dist);

/** Where each thing lies that no browser had in July 2023, or that not all of today have. */
const NEWER = [
  ['Array', 'fromAsync'],
  ['Promise', 'withResolvers', 'try'],
  ['URL', 'canParse', 'parse'],
  ['Object', 'groupBy'],
  ['Map', 'groupBy'],
  ['Set.prototype', 'union', 'intersection', 'difference', 'isSubsetOf', 'symmetricDifference'],
  ['Iterator.prototype', 'map', 'filter', 'take', 'drop', 'flatMap', 'toArray', 'some', 'find'],
  ['String.prototype', 'isWellFormed', 'toWellFormed'],
  ['ArrayBuffer.prototype', 'transfer', 'resize'],
  ['Uint8Array', 'fromBase64', 'fromHex'],
  ['Uint8Array.prototype', 'toBase64', 'toHex'],
  ['RegExp', 'escape'],
  ['Intl', 'Segmenter', 'DurationFormat'],
  ['Document.prototype', 'startViewTransition'],
  ['HTMLElement.prototype', 'popover', 'showPopover', 'hidePopover', 'togglePopover'],
  ['Element.prototype', 'setHTML', 'setHTMLUnsafe', 'checkVisibility', 'moveBefore'],
  ['Navigator.prototype', 'storage', 'scheduling', 'userActivation', 'locks'],
  ['AbortSignal', 'any', 'timeout'],
  ['window', 'CompressionStream', 'DecompressionStream', 'trustedTypes', 'scheduler'],
  ['window', 'requestIdleCallback', 'cookieStore', 'navigation', 'EyeDropper', 'Sanitizer'],
] as const;

const opened = (where: string) =>
  visit(where, {}, (page) =>
    page.addInitScript((newer) => {
      for (const [owner, ...names] of newer) {
        const holder = owner
          .split('.')
          .reduce((at: object | undefined, key): object | undefined => {
            const inner: unknown = key === 'window' ? window : Reflect.get(at ?? window, key);
            return (typeof inner === 'object' || typeof inner === 'function') && inner !== null
              ? inner
              : undefined;
          }, undefined);
        for (const name of names) if (holder !== undefined) Reflect.deleteProperty(holder, name);
      }
    }, NEWER),
  );

const engineIsReady = (page: Page) => page.locator('html[data-engine="ready"]').count();

it('filters a place, verifies a figure, gives its code and its files', async () => {
  const { page, complaints, close } = await opened(`country/${code}/`);
  expect(await page.evaluate(() => 'canParse' in URL || 'startViewTransition' in document)).toBe(
    false,
  );
  await ask(bar(page), () => choose(page, 'test_name', 'telegram'));
  await expectDrawn(page, 'Telegram');
  await ask(bar(page), () => page.locator('#explore button[type="reset"]').click());
  expect((await runVerify(page, '#outcomes')).verdict).toBe('match');
  await unfold(page, '#outcomes');
  const download = page.locator('#outcomes [data-take="download"]');
  await download.locator('> summary').click();
  await download.locator('a[download$=".xlsx"]').waitFor();
  await page.locator('#outcomes [data-action="embed"]').click();
  const dialog = page.locator('dialog.share');
  expect(await dialog.locator('textarea').inputValue()).toContain('<iframe ');
  await dialog.locator('input[value="picture"]').check();
  const [picture] = await Promise.all([
    page.waitForEvent('download'),
    dialog.locator('[data-action="png"]').click(),
  ]);
  expect(picture.suggestedFilename()).toMatch(/\.png$/);
  expect(complaints).toEqual([]);
  await close();
});

it('searches, builds a chart and answers in the console', async () => {
  const { page, complaints, close } = await opened('');
  const box = page.locator('.search-box');
  await ask(box, () => box.locator('input').fill('telegram'));
  expect(await page.locator('[role="option"]').first().innerText()).toContain('Telegram');

  await page.goto(new URL(`explore/?probe_cc=${code}&axis_x=probe_asn`, site.url).href);
  await answered(page.locator('#builder'));
  expect(await page.locator('#builder figure tbody tr').count()).toBeGreaterThan(0);

  const sql =
    'SELECT probe_cc, sum(measurement_count) AS n FROM interference_country_daily GROUP BY 1';
  await page.goto(new URL(`query/${formatQueryLink({ sql, floors: true })}`, site.url).href);
  await answered(page.locator('#console'));
  expect(await page.locator('[data-status="failure"]').innerText()).toBe('');
  expect(await page.locator('.result tbody').innerText()).toContain(code);
  expect(await engineIsReady(page)).toBe(1);
  expect(complaints).toEqual([]);
  await close();
});
