/** What a reader with a screen reader, a keyboard or weak eyes would meet: every fault that axe finds, whatever its impact. */
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright';

/** Rules about colors; the others say the same in light and dark. */
const COLOR_RULES = ['color-contrast', 'link-in-text-block'];

/** Rules that axe leaves out by itself, for it is not sure of them everywhere, or they are of WCAG 2.2. */
const MORE_RULES = [
  'css-orientation-lock',
  'focus-order-semantics',
  'label-content-name-mismatch',
  'p-as-heading',
  'table-fake-caption',
  'target-size',
  'td-has-header',
];

/** Looks in light at everything, then in dark at the colors. One line per rule that is broken, with the first elements. */
export async function findViolations(page: Page): Promise<readonly string[]> {
  await page.emulateMedia({ colorScheme: 'light' });
  const light = await runRules(begin(page));
  await page.emulateMedia({ colorScheme: 'dark' });
  const dark = await runRules(begin(page).withRules(COLOR_RULES));
  const found = [...light, ...dark.map((line) => `in dark: ${line}`)];
  return found.filter((line) => !PSEUDO.test(line));
}

/** No list of languages has the pseudo-languages. */
const PSEUDO = /^(?:html-lang-valid|valid-lang): .*"qps/;

/** Elements that pass are not listed one by one: to name each of them takes longer than to look at it. */
function begin(page: Page): AxeBuilder {
  const rules = Object.fromEntries(MORE_RULES.map((rule) => [rule, { enabled: true }]));
  return new AxeBuilder({ page }).options({ resultTypes: ['violations'], rules });
}

async function runRules(axe: AxeBuilder): Promise<readonly string[]> {
  const { violations } = await axe.analyze();
  return violations.map(({ id, nodes }) => {
    const first = nodes.slice(0, 3).map(({ html }) => html.slice(0, 160));
    return `${id}: ${first.join(' | ')}`;
  });
}
