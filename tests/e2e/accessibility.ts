/** What a reader with a screen reader, a keyboard or weak eyes would meet: every fault that axe finds, whatever its impact. */
import axe from 'axe-core';
import type { Page } from 'playwright';

declare global {
  interface Window {
    axe: typeof axe;
  }
}

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
  const light = await runRules(page, { rules: enable(MORE_RULES, true) });
  await page.emulateMedia({ colorScheme: 'dark' });
  const dark = await runRules(page, { runOnly: COLOR_RULES });
  return [...light, ...dark.map((line) => `in dark: ${line}`)];
}

/** Of a page whose colors were looked at in another language: all but those, which take most of the time. */
export async function findViolationsOfWords(page: Page): Promise<readonly string[]> {
  const found = await runRules(page, {
    rules: { ...enable(MORE_RULES, true), ...enable(COLOR_RULES, false) },
  });
  return found.filter((line) => !PSEUDO.test(line));
}

const enable = (rules: readonly string[], enabled: boolean): axe.RuleObject =>
  Object.fromEntries(rules.map((rule) => [rule, { enabled }]));

/** No list of languages has the pseudo-languages. */
const PSEUDO = /^(?:html-lang-valid|valid-lang): .*"qps/;

/** Asked in the page itself, and elements that pass are not listed: both take longer than the rules. */
async function runRules(page: Page, options: axe.RunOptions): Promise<readonly string[]> {
  for (const frame of page.frames())
    if (!(await frame.evaluate(() => 'axe' in window))) await frame.evaluate(axe.source);
  return page.evaluate(async (given) => {
    const { violations } = await window.axe.run(document, {
      ...given,
      resultTypes: ['violations'],
    });
    return violations.map(({ id, nodes }) => {
      const first = nodes.slice(0, 3).map(({ html }) => html.slice(0, 160));
      return `${id}: ${first.join(' | ')}`;
    });
  }, options);
}
