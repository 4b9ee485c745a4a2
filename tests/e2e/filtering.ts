/** The filter bar of a country page as tests use it: choices are ticked, and what is drawn is waited for. */
import type { Locator, Page } from 'playwright';
import { expect } from 'vitest';
import { answered } from './turn.ts';

/** The filter bar: the place whose questions a country page answers. */
export const bar = (page: Page): Locator => page.locator('#explore');

/** Waits for the drawing that the link asks for, and that the line which says what is drawn `holds` these words. */
export async function drawn(page: Page, holds = ''): Promise<void> {
  await answered(bar(page));
  await expectDrawn(page, holds);
}

/** What stands there now is said to be drawn, in these words. */
export async function expectDrawn(page: Page, holds = ''): Promise<void> {
  const line = await page.locator('[data-status="line"]').textContent();
  expect(line).toMatch(/^Drawn/);
  expect(line).toContain(holds);
}

/** Opens all that something is folded into, from the outside in, as a reader does. */
export async function unfold(page: Page, selector: string): Promise<void> {
  const folds = page.locator(selector).first().locator('xpath=ancestor::details[not(@open)]');
  for (;;) {
    // A link may open one meanwhile: an element stays the same, and one that this closed is opened again.
    const [fold] = await folds.elementHandles();
    if (fold === undefined) return;
    await (await fold.$(':scope > summary'))?.click();
  }
}

/** Opens what is above the table of a figure, and waits until all its rows are there. */
export async function unfoldTable(page: Page, figure: string): Promise<void> {
  await unfold(page, `${figure} table`);
  await page.locator(`${figure} table:not([data-cut])`).waitFor();
}

/** Brings a pointer over a drawing, so that what can be pointed at is there. */
export async function pointAt(drawing: Locator): Promise<void> {
  await drawing.dispatchEvent('pointerover');
}

/** Opens everything that is folded, but lists of choices, which lie over the page. */
export async function unfoldAll(page: Page): Promise<void> {
  await page.evaluate(() => {
    for (const fold of document.querySelectorAll('details:not(.choices, .column-choice)'))
      fold.setAttribute('open', '');
  });
}

/** Opens the filter bar, as a reader does before anything in it. */
export async function unfoldBar(page: Page): Promise<void> {
  await unfold(page, 'form.filters');
}

/** What `data-engine` says. */
export async function engine(page: Page): Promise<string | null> {
  return page.locator('html').getAttribute('data-engine');
}

/** Ticks a choice of the filter bar by parameter and value. */
export async function choose(page: Page, name: string, value: string): Promise<void> {
  await unfoldBar(page);
  const list = page.locator('details.choices').filter({ has: page.locator(`[name="${name}"]`) });
  if ((await list.getAttribute('open')) === null) await list.locator('summary').click();
  await list.locator(`input[value="${value}"]`).check();
  await page.keyboard.press('Escape');
}
