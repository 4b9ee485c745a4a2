/** What a reader with a screen reader, a keyboard or weak eyes would meet: serious faults, as axe finds them. */
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright';

/** One line per rule that is broken, with the first elements that break it. */
export async function findViolations(page: Page): Promise<readonly string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => {
      const first = nodes.slice(0, 3).map(({ html }) => html.slice(0, 160));
      return `${id}: ${first.join(' | ')}`;
    });
}
