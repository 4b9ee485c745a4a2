/** Embeds where they are used: on pages of another origin, in strict sandboxes, without scripts, as files. */
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, BrowserContext, Frame, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import en from '../../site/i18n/en.json' with { type: 'json' };
import { launchBrowser } from '../support/browser.ts';
import { consumeOembed, writeConsumerPage } from '../support/oembed-consumer.ts';
import { scratchFolder } from '../support/scratch.ts';
import { SITE_ORIGIN } from '../support/site-build.ts';
import { heaviestCountry } from './visit.ts';

const site = inject('site');
const code = heaviestCountry(site.dist);
const PAGE = `country/${code}/`;
const CHART = 'outcomes';
const release = readRelease();
const LIVE = `embed/${PAGE}${CHART}/`;
const FIXED = `embed/at/${release}/${PAGE}${CHART}/`;

const scratch = scratchFolder('embed-file');

function readRelease(): string {
  const latest: unknown = JSON.parse(readFileSync(path.join(site.data, 'latest.json'), 'utf8'));
  const version: unknown =
    typeof latest === 'object' && latest !== null ? Reflect.get(latest, 'data_version') : null;
  if (typeof version !== 'string') throw new Error('latest.json names no data_version.');
  return version;
}

/** A site of someone else: pages are put in by path. */
const pages = new Map<string, string>();
let other: Server;
let otherOrigin = '';
let browser: Browser;

beforeAll(async () => {
  other = createServer((request, response) => {
    const text = pages.get(request.url ?? '');
    // A browser asks every site for its icon; this one has none, and says so in peace.
    response.writeHead(text === undefined ? 204 : 200, {
      'Content-Type': 'text/html;charset=utf-8',
    });
    response.end(text ?? '');
  });
  await new Promise<void>((resolve) => {
    other.listen(0, '127.0.0.1', resolve);
  });
  const address = other.address();
  if (address === null || typeof address === 'string')
    throw new Error('The other site has no port.');
  otherOrigin = `http://127.0.0.1:${String(address.port)}`;
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser.close();
  other.close();
});

interface Watched {
  readonly page: Page;
  readonly context: BrowserContext;
  readonly complaints: string[];
  readonly requests: string[];
}

async function open(
  address: string,
  options: {
    readonly javaScriptEnabled?: boolean;
    readonly width?: number;
    readonly offline?: boolean;
  } = {},
): Promise<Watched> {
  const context = await browser.newContext({
    javaScriptEnabled: options.javaScriptEnabled ?? true,
    viewport: { width: options.width ?? 900, height: 900 },
    acceptDownloads: true,
  });
  if (options.offline === true) await context.setOffline(true);
  const page = await context.newPage();
  const complaints: string[] = [];
  const requests: string[] = [];
  page.on('request', (request) => requests.push(request.url()));
  page.on('pageerror', (error) => complaints.push(`thrown: ${error.message}`));
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
  });
  await page.goto(address, { waitUntil: 'load' });
  await page.waitForLoadState('networkidle');
  return { page, context, complaints, requests };
}

async function innerFrame(page: Page): Promise<Frame> {
  const frame = page.frames().find((one) => one.url().includes('/embed/'));
  if (frame === undefined) throw new Error('The page frames no embed.');
  await frame.waitForSelector('figure[data-chart]');
  return frame;
}

/** Exactly one of the two drawings is seen, and it is drawn with the stylesheet. */
async function expectChart(frame: Frame | Page): Promise<void> {
  const seen = await frame
    .locator('figure[data-chart] svg')
    .evaluateAll(
      (svgs) =>
        svgs
          .map((svg) => svg.getBoundingClientRect())
          .filter(({ width, height }) => width > 200 && height > 100).length,
    );
  expect(seen).toBe(1);
  expect(await frame.locator('figcaption').innerText()).toContain('CC BY-NC-SA 4.0');
}

function expectNoThirdParty({ requests }: Watched): void {
  const allowed = [site.origin, otherOrigin, `blob:${site.origin}`, 'data:'];
  expect(requests.filter((url) => !allowed.some((start) => url.startsWith(start)))).toEqual([]);
}

const frameOf = (sandbox: string | null, src = `${site.origin}/${FIXED}`): string =>
  `<!doctype html><title>An article</title><iframe src="${src}" title="chart" width="600" height="300"${sandbox === null ? '' : ` sandbox="${sandbox}"`}></iframe>`;

describe('an embed on a page of another origin', () => {
  it.each([
    ['a plain frame', null],
    ['a frame with sandbox="allow-scripts"', 'allow-scripts'],
  ])('is drawn in %s, loads nothing but its own two files, throws nothing', async (_, sandbox) => {
    pages.set('/frame', frameOf(sandbox));
    const watched = await open(`${otherOrigin}/frame`);
    await expectChart(await innerFrame(watched.page));
    expectNoThirdParty(watched);
    const own = watched.requests.filter((url) => url.startsWith(site.origin));
    expect(
      own.map((url) => new URL(url).pathname.replace(/-[0-9a-f]{8}(?=\.)/, '')).sort(),
    ).toEqual([`/${FIXED}`, '/data/latest.json', '/embed/frame.js', '/embed/look.css'].sort());
    expect(watched.complaints).toEqual([]);
    await watched.context.close();
  });

  it('is whole where scripts are off, with its table', async () => {
    pages.set('/still', frameOf('allow-scripts'));
    const watched = await open(`${otherOrigin}/still`, { javaScriptEnabled: false });
    const frame = watched.page.frames()[1];
    if (frame === undefined) throw new Error('The page frames no embed.');
    expect(await frame.locator('svg.wide').boundingBox()).not.toBeNull();
    await frame.locator('[data-part="table"] summary').click();
    expect(await frame.locator('tbody tr').first().isVisible()).toBe(true);
    expectNoThirdParty(watched);
    await watched.context.close();
  });

  it.each([null, 'allow-scripts'])(
    'tells its height in four dialects, and embed.js follows it (sandbox %s)',
    async (sandbox) => {
      const listening = `<script>var heard = []; addEventListener('message', function (e) { heard.push(e.data); });</script>`;
      const stranger = `<iframe id="stranger" srcdoc="<script>parent.postMessage({type:'interference-atlas:height',id:'x',height:4000,v:1},'*')</script>" height="50"></iframe>`;
      pages.set(
        '/tall',
        `${frameOf(sandbox)}${listening}${stranger}<script async src="${site.origin}/embed.js"></script>`,
      );
      const watched = await open(`${otherOrigin}/tall`);
      const { page } = watched;
      const frame = await innerFrame(page);
      const inner = async () =>
        Math.ceil(await frame.evaluate(() => document.body.getBoundingClientRect().height));
      const outer = async () =>
        page
          .locator('iframe')
          .first()
          .evaluate((one) => one.clientHeight);
      await expect.poll(outer).toBe(await inner());
      const before = await outer();
      expect(before).toBeGreaterThan(300);
      await frame.locator('[data-part="table"] summary').click();
      await expect.poll(outer).toBeGreaterThan(before + 100);
      expect(await outer()).toBe(await inner());
      const id = `${PAGE}${CHART}`;
      const height = await inner();
      const heard = await page.evaluate('heard');
      expect(heard).toEqual(
        expect.arrayContaining([
          { type: 'interference-atlas:height', id, height, v: 1 },
          { 'datawrapper-height': { [id]: height } },
          { sentinel: 'amp', type: 'embed-size', height },
          JSON.stringify({ context: 'iframe.resize', height, src: `${site.origin}/${FIXED}` }),
        ]),
      );
      // A frame that is not ours says the same words and stays as it was.
      expect(
        await page.locator('#stranger').evaluate((one) => one.getBoundingClientRect().height),
      ).toBeLessThan(60);
      expect(watched.complaints).toEqual([]);
      await watched.context.close();
    },
  );

  it('takes theme and controls from its address, and says when newer data exist', async () => {
    const watched = await open(`${site.origin}/${FIXED}?theme=dark&controls=off`);
    const { page, context } = watched;
    expect(
      await page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor),
    ).toBe('rgb(21, 24, 28)');
    expect(await page.locator('.controls').isVisible()).toBe(false);
    expect(await page.locator('figcaption').innerText()).toMatch(/Synthetic sample/);
    expect(await page.locator('[data-part="newer"]').isVisible()).toBe(false);
    await context.route('**/data/latest.json', (route) =>
      route.fulfill({ json: { data_version: '2099-01-01-00000000' } }),
    );
    await page.reload();
    await page.locator('[data-part="newer"]').waitFor({ state: 'visible' });
    await context.close();
  });
});

describe('a blog that asks by oEmbed', () => {
  const fetchText = async (url: string): Promise<string> => {
    const response = await fetch(url.replace(SITE_ORIGIN, site.origin));
    if (!response.ok) throw new Error(`${url} answered ${String(response.status)}.`);
    return response.text();
  };

  it.each([
    ['the page of a country', `${SITE_ORIGIN}/${PAGE}`],
    ['a live embed', `${SITE_ORIGIN}/${LIVE}`],
    ['a fixed embed', `${SITE_ORIGIN}/${FIXED}`],
  ])('shows the chart of %s', async (name, address) => {
    const embed = await consumeOembed(address, fetchText);
    expect(embed.src.includes('/embed/at/')).toBe(name === 'a fixed embed');
    pages.set(
      '/blog',
      writeConsumerPage({ ...embed, src: embed.src.replace(SITE_ORIGIN, site.origin) }),
    );
    const watched = await open(`${otherOrigin}/blog`);
    const frame = await innerFrame(watched.page);
    await expectChart(frame);
    expectNoThirdParty(watched);
    expect(watched.complaints).toEqual([]);
    await watched.context.close();
  });
});

describe('headers of embeds', () => {
  it('let any site frame them and load their files', async () => {
    for (const place of [LIVE, FIXED]) {
      const { headers } = await fetch(`${site.origin}/${place}`);
      expect(headers.get('content-security-policy')).toContain('frame-ancestors *');
      expect(headers.get('content-security-policy')).not.toContain('unsafe-inline');
      expect(headers.get('access-control-allow-origin')).toBe('*');
      expect(headers.get('cross-origin-resource-policy')).toBe('cross-origin');
    }
    const script = await fetch(`${site.origin}/embed.js`);
    expect(script.headers.get('cross-origin-resource-policy')).toBe('cross-origin');
    const page = await fetch(`${site.origin}/${PAGE}`);
    expect(page.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
  });
});

describe('pictures', () => {
  it('stand beside embeds and pages as PNG of the size that heads promise', async () => {
    for (const place of [
      `${LIVE.slice(0, -1)}.png`,
      `${FIXED.slice(0, -1)}.png`,
      `embed/${PAGE}card.png`,
    ]) {
      const response = await fetch(`${site.origin}/${place}`);
      expect(response.headers.get('content-type')).toBe('image/png');
      const bytes = Buffer.from(await response.arrayBuffer());
      expect([bytes.readUInt32BE(16), bytes.readUInt32BE(20)]).toEqual([1200, 628]);
      expect(bytes.length).toBeLessThan(120_000);
      expect(bytes.toString('latin1')).toContain(SITE_ORIGIN);
    }
    const html = readFileSync(path.join(site.dist, PAGE, 'index.html'), 'utf8');
    expect(html).toContain(`property="og:image" content="${SITE_ORIGIN}/embed/${PAGE}card.png"`);
  });
});

describe('the picture as a file, drawn at build', () => {
  const FILE = `${FIXED.slice(0, -1)}.svg`;

  it('is a link beside the figure where scripts are off, and shows its colours under the policy', async () => {
    const watched = await open(`${site.origin}/${PAGE}`, { javaScriptEnabled: false });
    const item = watched.page.locator(`figure#${CHART} [data-action-item="download"]`);
    await item.locator('summary').click();
    const links = item.locator('[data-part="published"] a');
    const labels = await links.allTextContents();
    expect(labels.map((label) => label.trim())).toEqual(['SVG', 'PNG']);
    for (const link of await links.all()) {
      const to = new URL((await link.getAttribute('href')) ?? '', watched.page.url());
      expect((await fetch(to)).status).toBe(200);
    }
    expect(await links.first().getAttribute('href')).toBe(`/${FILE}`);
    await watched.context.close();

    const seen = await open(`${site.origin}/${FILE}`);
    const response = await fetch(`${site.origin}/${FILE}`);
    expect(response.headers.get('content-type')).toBe('image/svg+xml');
    expect(response.headers.get('access-control-allow-origin')).toBe('*');
    const colors = await seen.page
      .locator('rect')
      .evaluateAll((rects) => rects.map((rect) => getComputedStyle(rect).fill));
    // Without its colours everything would be black.
    expect(new Set(colors).size).toBeGreaterThan(2);
    // Of a document without a head the browser asks for an icon by itself.
    expect(seen.complaints.filter((text) => !text.includes('404'))).toEqual([]);
    await seen.context.close();
  });

  it('opens from a folder without a network, with source, licence, day, permalink, mark and fingerprint', async () => {
    const file = path.join(site.dist, FILE);
    const alone = await open(pathToFileURL(file).href, { offline: true });
    expect(alone.requests).toEqual([pathToFileURL(file).href]);
    expect(alone.complaints).toEqual([]);
    const words = (await alone.page.locator('text').allTextContents()).join(' ');
    expect(words).toMatch(/Synthetic sample/i);
    expect(words).toContain('CC BY-NC-SA 4.0');
    const plain = words.replace(/\s+/g, '');
    expect(plain).toContain(`${SITE_ORIGIN}/${PAGE}?release=${release}#${CHART}`);
    const [, sha256] = /SHA-256ofthenumbers:([0-9a-f]{64})/.exec(plain) ?? [];
    expect(readFileSync(path.join(site.dist, FIXED, 'index.html'), 'utf8')).toContain(
      `SHA-256 of the numbers: ${String(sha256)}`,
    );
    await alone.context.close();
  });
});

describe('the share dialog', () => {
  it('previews the frame it gives, picture and file too; the file opens without a network', async () => {
    const watched = await open(`${site.origin}/${PAGE}`, { width: 1100 });
    const { page } = watched;
    await page.locator(`#${CHART} [data-action="embed"]`).click();
    const dialog = page.locator('dialog.share');
    await dialog.waitFor();
    const snippet = dialog.locator('textarea');
    expect(await snippet.inputValue()).toContain(`${site.origin}/${FIXED}"`);
    expect(await snippet.inputValue()).toContain(
      `<noscript><a href="${site.origin}/${PAGE}?release=`,
    );
    await expectChart(await innerFrame(page));
    await dialog.locator('input[value="live"]').check();
    await dialog.locator('select[name="theme"]').selectOption('dark');
    expect(await snippet.inputValue()).toContain(`${site.origin}/${LIVE}?theme=dark"`);
    // The height in the code is that of the preview.
    const height = await dialog
      .locator('iframe')
      .evaluate((one) => one.getBoundingClientRect().height);
    await expect.poll(async () => snippet.inputValue()).toContain(`height="${String(height)}"`);

    // The snippet as it is, on a page of someone else.
    pages.set('/pasted', `<!doctype html><title>Pasted</title>${await snippet.inputValue()}`);

    await dialog.locator('input[value="picture"]').check();
    for (const [shape, width, tall] of [
      ['wide', 1200, 628],
      ['story', 1080, 1920],
    ] as const) {
      await dialog.locator('select[name="shape"]').selectOption(shape);
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        dialog.locator('[data-action="png"]').click(),
      ]);
      const bytes = readFileSync(await download.path());
      expect([bytes.readUInt32BE(16), bytes.readUInt32BE(20)]).toEqual([width, tall]);
      expect(bytes.length).toBeGreaterThan(20_000);
    }
    const [vector] = await Promise.all([
      page.waitForEvent('download'),
      dialog.locator('[data-action="svg"]').click(),
    ]);
    const svg = readFileSync(await vector.path(), 'utf8');
    expect(svg).toContain(`View ${PAGE}${CHART}@${release}`);
    expect(svg).toMatch(/Synthetic sample/i);

    await dialog.locator('input[value="file"]').check();
    const [saved] = await Promise.all([
      page.waitForEvent('download'),
      dialog.locator('[data-action="file"]').click(),
    ]);
    const text = readFileSync(await saved.path(), 'utf8');
    await page.keyboard.press('Escape');
    expect(await page.evaluate(() => document.activeElement?.getAttribute('data-action'))).toBe(
      'embed',
    );
    expectNoThirdParty(watched);
    expect(watched.complaints).toEqual([]);
    await watched.context.close();

    const pasted = await open(`${otherOrigin}/pasted`);
    await expectChart(await innerFrame(pasted.page));
    expectNoThirdParty(pasted);
    await pasted.context.close();

    for (const [name, content] of [
      ['chart.html', text],
      ['chart.svg', svg],
    ] as const) {
      const file = path.join(scratch, name);
      writeFileSync(file, content);
      const alone = await open(pathToFileURL(file).href, { offline: true });
      expect(
        alone.requests.filter((url) => !url.startsWith('file:') && !url.startsWith('data:')),
      ).toEqual([]);
      expect(alone.complaints).toEqual([]);
      if (name === 'chart.html') {
        await expectChart(alone.page);
        await alone.page.locator('[data-part="table"] summary').click();
        expect(await alone.page.locator('tbody tr').first().isVisible()).toBe(true);
        const sha = /SHA-256 of the numbers: ([0-9a-f]{64})/.exec(text)?.[1];
        expect(sha).toMatch(/^[0-9a-f]{64}$/);
        expect(text).toContain('CC BY-NC-SA 4.0');
      } else {
        expect(await alone.page.locator('svg').first().boundingBox()).not.toBeNull();
      }
      await alone.context.close();
    }
  });

  it('without scripts is a link to the embed', async () => {
    const watched = await open(`${site.origin}/${PAGE}`, { javaScriptEnabled: false });
    await watched.page.locator(`#${CHART} [data-action="embed"]`).click();
    expect(new URL(watched.page.url()).pathname).toBe(`/${FIXED}`);
    await watched.context.close();
  });
});

describe('a view of the chart builder', () => {
  const QUESTION = `probe_cc=${code}&axis_x=measurement_start_day&time_grain=week&measure=rate`;

  it('is drawn on demand in a frame that may be of its own origin', async () => {
    const src = `${site.origin}/explore/frame/?${QUESTION}&amp;theme=dark`.replaceAll('&amp;', '&');
    pages.set('/live', frameOf('allow-scripts allow-same-origin', src));
    const watched = await open(`${otherOrigin}/live`);
    const frame = watched.page.frames()[1];
    if (frame === undefined) throw new Error('The page frames no chart.');
    expect(watched.requests.filter((url) => url.endsWith('.wasm'))).toEqual([]);
    await frame.locator('[data-part="answer"] button').click();
    await frame.locator('figure[data-chart="explore"]').waitFor({ timeout: 40_000 });
    await expectChart(frame);
    expect(await frame.locator('figcaption').innerText()).toMatch(/Synthetic sample/);
    expectNoThirdParty(watched);
    expect(watched.complaints).toEqual([]);
    await watched.context.close();
  });

  it('says plainly where the host forbids workers, and throws nothing', async () => {
    pages.set('/strict', frameOf('allow-scripts', `${site.origin}/explore/frame/?${QUESTION}`));
    const watched = await open(`${otherOrigin}/strict`);
    const frame = watched.page.frames()[1];
    if (frame === undefined) throw new Error('The page frames no chart.');
    await frame.getByText(en['frame.forbidden']).waitFor();
    const link = frame.locator('[data-part="answer"] a');
    expect(await link.getAttribute('href')).toContain(`/explore/?probe_cc=${code}`);
    expect(watched.complaints).toEqual([]);
    await watched.context.close();
  });

  it('gives a file that opens without a network', async () => {
    const watched = await open(`${site.origin}/explore/?${QUESTION}`, { width: 1100 });
    const { page } = watched;
    await page.locator('[data-action="embed-view"]').click({ timeout: 40_000 });
    const dialog = page.locator('dialog.share');
    await dialog.waitFor();
    expect(await dialog.locator('textarea').inputValue()).toContain(
      `${site.origin}/explore/frame/?probe_cc=${code}`,
    );
    await dialog.locator('input[value="file"]').check();
    const [saved] = await Promise.all([
      page.waitForEvent('download'),
      dialog.locator('[data-action="file"]').click(),
    ]);
    const file = path.join(scratch, 'view.html');
    writeFileSync(file, readFileSync(await saved.path()));
    const alone = await open(pathToFileURL(file).href, { offline: true });
    expect(alone.requests.filter((url) => !url.startsWith('file:'))).toEqual([]);
    expect(alone.complaints).toEqual([]);
    await expectChart(alone.page);
    await alone.context.close();
    await watched.context.close();
  });
});

it('the fingerprint of an embed is that of its numbers', () => {
  const html = readFileSync(path.join(site.dist, FIXED, 'index.html'), 'utf8');
  const live = readFileSync(path.join(site.dist, LIVE, 'index.html'), 'utf8');
  const hash = (text: string) => /SHA-256 of the numbers: ([0-9a-f]{64})/.exec(text)?.[1];
  expect(hash(html)).toBe(hash(live));
  expect(hash(html)).not.toBe(createHash('sha256').update('').digest('hex'));
});
