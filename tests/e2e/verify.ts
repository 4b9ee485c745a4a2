/** The check of printed numbers, shared by the tests on the sample site and on real dumps. */
import type { Page } from 'playwright';

/** Opens and runs the check below `selector` and returns the verdict with its words. */
export async function runVerify(
  page: Page,
  selector: string,
): Promise<{ readonly verdict: string; readonly text: string }> {
  const details = page.locator(`${selector} details[data-verify]`).first();
  await details.locator('> summary').click();
  await details.locator('[data-action="verify"]').click();
  const place = details.locator('[data-part="verdict"]');
  await page.waitForFunction(
    (part) => !['', 'running'].includes(part.getAttribute('data-verdict') ?? ''),
    await place.elementHandle(),
    { timeout: 45_000 },
  );
  return {
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
