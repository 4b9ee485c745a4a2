/** A site of dumps in which every text is a payload, and pages of it that tell what went wrong. */
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Browser, Page } from 'playwright';
import { writeSample } from '../../data-build/sample/sample.ts';
import { plantInSample } from '../support/hostile-text.ts';
import { recordEffects } from '../support/quiet-effects.ts';
import { runScript } from '../support/site-build.ts';

/** Builds it into `dist`, in two places of the sample, with every picture. Resolves to how many payloads were planted. */
export async function buildHostileSite(root: string, dist: string): Promise<number> {
  const whole = path.join(root, 'sample');
  const dumps = path.join(root, 'dumps');
  await writeSample({ size: 'small', out: whole, seed: 1, effects: recordEffects() });
  cpSync(whole, dumps, {
    recursive: true,
    filter: (file) => !/[/\\](?:bare|aggregation|raw[/\\]\d+[/\\]\d+[/\\](?!UY|NZ)\w+)$/.test(file),
  });
  rmSync(whole, { recursive: true });
  const { payloads } = plantInSample(dumps, 700);
  const data = path.join(root, 'data');
  await runScript(console.log, 'data', ['--dumps', dumps, '--out', data], {});
  await runScript(console.log, 'build', ['--outDir', dist], {
    DATA_DIR: data,
    TWINS: 'off',
    SITE_URL: 'https://atlas.example',
  });
  // Pages ask for it; workers of the engine have no text of others.
  const headers = path.join(dist, '_headers');
  const policies = readFileSync(headers, 'utf8').replaceAll(
    /Content-Security-Policy: .+/g,
    "$&; require-trusted-types-for 'script'",
  );
  writeFileSync(headers, policies);
  return payloads;
}

/** What went wrong on a page, written down by the page and by the browser. */
function watch(page: Page, origin: string): string[] {
  const faults: string[] = [];
  page.on('dialog', (dialog) => {
    faults.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('pageerror', (error) => faults.push(`script error: ${error.message}`));
  page.on('console', (message) => {
    // Browsers ask for an icon of pages that name none.
    if (message.type() === 'error' && !message.location().url.endsWith('/favicon.ico'))
      faults.push(message.text());
  });
  page.on('request', (request) => {
    if (!/^(?:data:|blob:)/.test(request.url()) && !request.url().startsWith(origin))
      faults.push(`asked for ${request.url()}`);
  });
  return faults;
}

/** A page of the site in a context in which only scripts of the site may come from text; and what was heard of it since. */
export async function openWatched(
  browser: Browser,
  origin: string,
): Promise<{ readonly page: Page; readonly heard: string[] }> {
  const context = await browser.newContext({ viewport: { width: 360, height: 800 } });
  await context.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      console.error(`policy: ${event.violatedDirective} ${event.blockedURI} ${event.sample}`);
    });
    const types: unknown = Reflect.get(window, 'trustedTypes');
    if (typeof types !== 'object' || types === null) throw new Error('no Trusted Types');
    // The engine's worker is named by its address; text as markup or as a script is refused.
    const scripts = {
      createScriptURL: (url: string) =>
        new URL(url, location.href).origin === location.origin ? url : null,
    };
    const create: unknown = Reflect.get(types, 'createPolicy');
    if (typeof create === 'function') Reflect.apply(create, types, ['default', scripts]);
  });
  const page = await context.newPage();
  // Hundreds of files are made one after the other, also on busy machines.
  page.setDefaultTimeout(120_000);
  return { page, heard: watch(page, origin) };
}
