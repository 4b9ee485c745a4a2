/** The filter bar of a country page as tests use it: choices are ticked, and what is drawn is waited for. */
import type { Page } from 'playwright';

/** Loading and drawing take as long as the machine needs. */
export const PATIENCE = { timeout: 45_000 };

/** Waits for the line that says what is drawn, and that it `holds` these words. */
export async function drawn(page: Page, holds = ''): Promise<void> {
  await page.waitForFunction(
    (text) => {
      const line = document.querySelector('[data-status="line"]')?.textContent ?? '';
      return line.startsWith('Drawn') && line.includes(text);
    },
    holds,
    PATIENCE,
  );
}

/** What `data-engine` says. */
export async function engine(page: Page): Promise<string | null> {
  return page.locator('html').getAttribute('data-engine');
}

/** Ticks a choice of the filter bar by parameter and value. */
export async function choose(page: Page, name: string, value: string): Promise<void> {
  const list = page.locator('details.choices').filter({ has: page.locator(`[name="${name}"]`) });
  if ((await list.getAttribute('open')) === null) await list.locator('summary').click();
  await list.locator(`input[value="${value}"]`).check();
  await page.keyboard.press('Escape');
}
