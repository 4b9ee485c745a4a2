/** The list of findings by people, as a reader narrows and orders it. */
import { expect, it } from 'vitest';
import { useBrowser } from './visit.ts';

const visit = useBrowser();
const MAURITIUS = 'Tor in Mauritius (synthetic)';
const NEW_ZEALAND = 'Signal in New Zealand, twelve days in June (synthetic)';
const URUGUAY = 'WhatsApp and a news website became hard to reach in Uruguay (synthetic)';

it('finds findings by place, theme, words and order, and a link carries all', async () => {
  const { page, complaints, close } = await visit('findings/?category_code=NEWS');
  const shown = page.locator('#findings li.event:visible h2, [data-sorted] li.event:visible h2');
  expect(await shown.allInnerTexts()).toEqual([URUGUAY]);
  expect(await page.locator('.event-filter [role="status"]').innerText()).toBe('1 of 3 findings');
  const select = (name: string) => page.locator(`.event-filter select[name="${name}"]`);
  await select('category_code').selectOption('ANON');
  expect(await shown.allInnerTexts()).toEqual([MAURITIUS]);
  await select('category_code').selectOption('');
  await page.locator('.event-filter input').fill('operator');
  expect(await shown.allInnerTexts()).toEqual([NEW_ZEALAND]);
  await page.locator('.event-filter input').fill('');
  expect(await shown.allInnerTexts()).toEqual([URUGUAY, NEW_ZEALAND, MAURITIUS]);
  await select('sort').selectOption('longest');
  expect(await shown.allInnerTexts()).toEqual([NEW_ZEALAND, URUGUAY, MAURITIUS]);
  await select('probe_cc').selectOption('MU');
  expect(new URL(page.url()).search).toBe('?probe_cc=MU&sort=longest');
  await page.reload();
  await page.locator('.event-filter').waitFor();
  expect(await shown.allInnerTexts()).toEqual([MAURITIUS]);
  expect(complaints).toEqual([]);
  await close();
});

it('lists all without scripts, and says what of a link it did not understand', async () => {
  const plain = await visit('findings/', { javaScriptEnabled: false });
  expect(await plain.page.locator('#findings li.event:visible').count()).toBe(3);
  expect(await plain.page.locator('.event-filter').isVisible()).toBe(false);
  await plain.close();
  const wrong = await visit('findings/?probe_cc=ZZ');
  await wrong.page.locator('[data-part="notices"] p').waitFor();
  expect(await wrong.page.locator('[data-part="notices"]').innerText()).toContain('ZZ');
  await wrong.close();
});
