/** The check of printed numbers, shared by the tests on the sample site and on real dumps. */
import type { Locator, Page } from 'playwright';
import { ask } from './turn.ts';

export interface Verdict {
  /** `outcomes`, `safe`: what was checked. */
  readonly chart: string;
  readonly verdict: string;
  readonly text: string;
}

/** Opens and runs the check of what `selector` names and returns the verdict with its words. */
export async function runVerify(page: Page, selector: string): Promise<Verdict> {
  const of = await page.locator(selector).first().getAttribute('id');
  return runOne(page.locator(`details[data-verify][data-of="${of ?? ''}"]`));
}

/** Runs every check of a page, one after the other. */
export async function runAllChecks(page: Page): Promise<readonly Verdict[]> {
  const found: Verdict[] = [];
  for (const details of await page.locator('details[data-verify]').all())
    found.push(await runOne(details));
  return found;
}

async function runOne(details: Locator): Promise<Verdict> {
  // A check inside of something folded is unfolded first, as a reader would.
  await details.evaluate((element) => {
    for (let at = element.parentElement; at !== null; at = at.parentElement)
      if (at instanceof HTMLDetailsElement) at.open = true;
  });
  if ((await details.getAttribute('open')) === null) await details.locator('> summary').click();
  await ask(details, () => details.locator('[data-action="verify"]').click());
  const place = details.locator('[data-part="verdict"]');
  const check = (await details.getAttribute('data-verify')) ?? '';
  return {
    chart: /"chart":"([\w-]+)"/.exec(check)?.[1] ?? '',
    verdict: (await place.getAttribute('data-verdict')) ?? '',
    text: await place.innerText(),
  };
}

/** From now on the answer to data files is the published one with a single bit turned. */
export async function flipDataFiles(page: Page): Promise<void> {
  await page.route('**/data/**/*.parquet', async (route) => {
    const response = await route.fetch();
    const body = await response.body();
    const at = Math.floor(body.length / 2);
    body[at] = (body[at] ?? 0) ^ 1;
    await route.fulfill({ response, body });
  });
}

/** From now on the first number in the text of an element is another: one digit of it is raised, 9 becomes 0. */
export async function alterDigit(page: Page, selector: string): Promise<void> {
  await page
    .locator(selector)
    .first()
    .evaluate((element) => {
      const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
      for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
        const text = node.nodeValue ?? '';
        if (!/\d/.test(text)) continue;
        node.nodeValue = text.replace(/\d/, (digit) => String((Number(digit) + 1) % 10));
        return;
      }
      throw new Error('There is no digit to alter.');
    });
}
