/** `npm run screenshot`: the picture in the README, taken from the sample site. */
import path from 'node:path';
import { launchBrowser } from './browser.ts';
import { buildSampleSite, ROOT, SUB_PATH } from './site-build.ts';
import { serveStatic } from './static-server.ts';

/** A country with a scripted episode and enough networks to fill the page. */
const WHERE = process.argv[2] ?? 'country/EE/';

const { dist } = await buildSampleSite(console.log);
const server = await serveStatic(dist, SUB_PATH);
const browser = await launchBrowser();
const page = await browser.newPage({
  viewport: { width: 1200, height: 1080 },
  colorScheme: 'light',
});
await page.goto(`${server.origin}${SUB_PATH}${WHERE}`);
const file = path.join(ROOT, 'docs/screenshot.png');
await page.screenshot({ path: file });
await browser.close();
await server.close();
console.log(`Wrote ${path.relative(ROOT, file)} from ${WHERE}`);
