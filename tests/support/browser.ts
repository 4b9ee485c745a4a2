/** One real Chromium for tests: found where a machine keeps it, or installed when it keeps none. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { chromium, type Browser } from 'playwright';

/** Names under which distributions install it. The first has no windows, and opens pages in half the time. */
const SYSTEM_NAMES = [
  'chromium-headless-shell',
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
];
const SYSTEM_PLACES = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/** Quiet, offline-minded switches: the tests count requests, so the browser itself must make none. */
const SWITCHES = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // Letters are as wide as the font says, not as the machine rounds them.
  '--font-render-hinting=none',
];

/** Milliseconds that one way of installing may take. */
const LONGEST = 10 * 60_000;

/** Path of a usable browser: `CHROMIUM_PATH`, then Playwright's own, then the system's; else null. */
export function findBrowser(): string | null {
  const named = process.env['CHROMIUM_PATH'];
  if (named !== undefined && named !== '') {
    if (existsSync(named)) return named;
    throw new Error(
      `CHROMIUM_PATH is ${named}, and there is no such file. Point it at a Chromium or Chrome, or unset it.`,
    );
  }
  const own = chromium.executablePath();
  if (own !== '' && existsSync(own)) return own;
  const folders = (process.env['PATH'] ?? '').split(path.delimiter);
  const candidates = SYSTEM_NAMES.flatMap((name) => folders.map((folder) => `${folder}/${name}`));
  return [...candidates, ...SYSTEM_PLACES].find((place) => existsSync(place)) ?? null;
}

/**
 * Path of a browser, installing one when there is none: Playwright's download first, the system's package
 * manager next (Debian family, as root). `log` gets one line per attempt.
 */
export function ensureBrowser(log: (line: string) => void): string {
  const found = findBrowser();
  if (found !== null) return found;
  for (const attempt of attempts()) {
    log(`No browser found; trying: ${attempt.join(' ')}`);
    const [command, ...args] = attempt;
    const done = spawnSync(command, args, {
      stdio: ['ignore', 'ignore', 'inherit'],
      timeout: LONGEST,
    });
    const installed = done.status === 0 ? findBrowser() : null;
    if (installed !== null) return installed;
  }
  throw new Error(
    'No Chromium was found and none could be installed, so pages cannot be tested. ' +
      'Install chromium or google-chrome with your package manager, or set CHROMIUM_PATH to one.',
  );
}

function attempts(): readonly (readonly [string, ...string[]])[] {
  const own = ['npx', '--no-install', 'playwright', 'install', 'chromium'] as const;
  const isRoot = process.getuid?.() === 0;
  if (!isRoot || !existsSync('/usr/bin/apt-get')) return [own];
  const install = 'apt-get install -qy --no-install-recommends';
  const debian = `apt-get update -q && (${install} chromium-headless-shell || ${install} chromium)`;
  return [own, ['sh', '-c', debian]];
}

/** Starts the browser that {@link findBrowser} names. The caller closes it. */
export async function launchBrowser(): Promise<Browser> {
  const executablePath = findBrowser();
  if (executablePath === null) {
    throw new Error(
      'No Chromium was found. Run `npm test`, which installs one, or set CHROMIUM_PATH.',
    );
  }
  return chromium.launch({ executablePath, headless: true, args: SWITCHES });
}
