/** Run by `npm test` before anything slow: names the browser the page tests will use, or installs one. */
import { ensureBrowser } from './browser.ts';

try {
  const found = ensureBrowser((line) => {
    console.log(line);
  });
  console.log(`Browser for page tests: ${found}`);
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
