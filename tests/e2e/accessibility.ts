/** What a reader with a screen reader, a keyboard or weak eyes would meet: serious faults, as axe finds them. */
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright';

/** Rules about colors; the others say the same in light and dark. */
const COLOR_RULES = ['color-contrast', 'link-in-text-block'];

/** Looks in light at everything, then in dark at the colors. One line per rule that is broken, with the first elements. */
export async function findViolations(page: Page): Promise<readonly string[]> {
  await page.emulateMedia({ colorScheme: 'light' });
  const light = await runRules(begin(page));
  await page.emulateMedia({ colorScheme: 'dark' });
  const dark = await runRules(begin(page).withRules(COLOR_RULES));
  return [...light, ...dark.map((line) => `in dark: ${line}`)];
}

/** Elements that pass are not listed one by one: to name each of them takes longer than to look at it. */
function begin(page: Page): AxeBuilder {
  return new AxeBuilder({ page }).options({ resultTypes: ['violations'] });
}

async function runRules(axe: AxeBuilder): Promise<readonly string[]> {
  const { violations } = await axe.analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => {
      const first = nodes.slice(0, 3).map(({ html }) => html.slice(0, 160));
      return `${id}: ${first.join(' | ')}`;
    });
}
