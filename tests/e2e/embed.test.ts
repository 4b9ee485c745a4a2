/** Embeds where they are used: on pages of another origin, in strict sandboxes, without scripts, as files. */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, inject, it } from 'vitest';
import { consumeOembed, writeConsumerPage } from '../support/oembed-consumer.ts';
import { newestFrame } from '../support/frames.ts';
import { MOVED_EVENT, SITE_ADDRESS } from '../support/site-build.ts';
import { findViolations } from './accessibility.ts';
import { unfold, unfoldAll } from './filtering.ts';
import { expectChart, frameOf, innerFrame, useOtherSite } from './other-site.ts';
import { heaviestCountry } from '../support/country-pages.ts';
import { readRelease } from './visit.ts';

const site = inject('site');
const code = heaviestCountry(site.dist);
const PAGE = `country/${code}/`;
const CHART = 'outcomes';
const release = readRelease(site.data);
const LIVE = `embed/${PAGE}${CHART}/`;
const FIXED = newestFrame(site.dist, PAGE, CHART);
const FRAME = path.basename(FIXED);

const { pages, open, origin: otherOrigin, expectNoThirdParty } = useOtherSite();

const framed = (sandbox: string | null): string => frameOf(sandbox, `${site.url}${FIXED}`);

describe('an embed on a page of another origin', () => {
  it.each([
    ['a plain frame', null],
    ['a frame with sandbox="allow-scripts"', 'allow-scripts'],
  ])('is drawn in %s, loads nothing but its own two files, throws nothing', async (_, sandbox) => {
    pages.set('/frame', framed(sandbox));
    const watched = await open(`${otherOrigin()}/frame`);
    await expectChart(await innerFrame(watched.page));
    expectNoThirdParty(watched);
    const own = watched.requests.filter((url) => url.startsWith(site.url));
    expect(
      own.map((url) => url.slice(site.url.length).replace(/-[0-9a-f]{8}(?=\.)/, '')).sort(),
    ).toEqual([FIXED, LIVE, 'embed/frame.js', 'embed/look.css'].sort());
    expect(watched.complaints).toEqual([]);
    await watched.context.close();
  });

  it('is whole where scripts are off, with its table', async () => {
    pages.set('/still', framed('allow-scripts'));
    const watched = await open(`${otherOrigin()}/still`, { javaScriptEnabled: false });
    const frame = watched.page.frames()[1];
    if (frame === undefined) throw new Error('The page frames no embed.');
    expect(await frame.locator('svg.wide').boundingBox()).not.toBeNull();
    await frame.locator('[data-part="about"] > summary').click();
    await frame.locator('[data-part="table"] summary').click();
    expect(await frame.locator('tbody tr').first().isVisible()).toBe(true);
    expectNoThirdParty(watched);
    await watched.context.close();
  });

  it('has no accessibility violation', async () => {
    const watched = await open(`${site.url}${LIVE}`);
    await unfoldAll(watched.page);
    expect(await findViolations(watched.page)).toEqual([]);
    await watched.context.close();
  });

  it.each([null, 'allow-scripts'])(
    'tells its height in four dialects, and embed.js follows it (sandbox %s)',
    async (sandbox) => {
      const listening = `<script>var heard = []; addEventListener('message', function (e) { heard.push(e.data); });</script>`;
      const stranger = `<iframe id="stranger" srcdoc="<script>parent.postMessage({type:'interference-atlas:height',id:'x',height:4000,v:1},'*')</script>" height="50"></iframe>`;
      pages.set(
        '/tall',
        `${framed(sandbox)}${listening}${stranger}<script async src="${site.url}embed.js"></script>`,
      );
      const watched = await open(`${otherOrigin()}/tall`);
      const { page } = watched;
      const frame = await innerFrame(page);
      const inner = async () =>
        Math.ceil(await frame.evaluate(() => document.body.getBoundingClientRect().height));
      const outer = async () =>
        page
          .locator('iframe')
          .first()
          .evaluate((one) => one.clientHeight);
      const ahead = async () => (await outer()) - (await inner());
      await expect.poll(ahead).toBe(0);
      const before = await outer();
      expect(before).toBeGreaterThan(300);
      expect(before).toBeLessThanOrEqual(480);
      await frame.locator('[data-part="about"] > summary').click();
      await frame.locator('[data-part="table"] summary').click();
      await expect.poll(outer).toBeGreaterThan(before + 100);
      await expect.poll(ahead).toBe(0);
      const id = `${PAGE}${CHART}`;
      const height = await inner();
      await expect
        .poll(() => page.evaluate('heard'))
        .toEqual(
          expect.arrayContaining([
            { type: 'interference-atlas:height', id: 'x', height: 4000, v: 1 },
            { type: 'interference-atlas:height', id, height, v: 1 },
            { 'datawrapper-height': { [id]: height } },
            { sentinel: 'amp', type: 'embed-size', height },
            JSON.stringify({ context: 'iframe.resize', height, src: `${site.url}${FIXED}` }),
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
    const watched = await open(`${site.url}${FIXED}?theme=dark&controls=off`);
    const { page, context } = watched;
    expect(
      await page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor),
    ).toBe('rgb(21, 24, 28)');
    expect(await page.locator('.controls').isVisible()).toBe(false);
    expect(await page.locator('figcaption').innerText()).toMatch(/Synthetic sample/);
    expect(await page.locator('[data-part="newer"]').isVisible()).toBe(false);
    await context.route(`**/${LIVE}`, (route) =>
      route.fulfill({ contentType: 'text/html', body: '<html data-to="0000000000/">' }),
    );
    await page.reload();
    await page.locator('[data-part="newer"]').waitFor({ state: 'visible' });
    await context.close();
  });
});

describe('a live address', () => {
  it.each([null, 'allow-scripts'])(
    'leads to the newest frame with what it was asked, which tells its height (sandbox %s)',
    async (sandbox) => {
      pages.set(
        '/live',
        `${frameOf(sandbox, `${site.url}${LIVE}?theme=dark&controls=off`)}<script async src="${site.url}embed.js"></script>`,
      );
      const watched = await open(`${otherOrigin()}/live`);
      const { page } = watched;
      await expect
        .poll(() => page.frames()[1]?.url())
        .toBe(`${site.url}${FIXED}?theme=dark&controls=off`);
      const frame = await innerFrame(page);
      await expectChart(frame);
      const inner = async () =>
        Math.ceil(await frame.evaluate(() => document.body.getBoundingClientRect().height));
      const outer = async () => page.locator('iframe').evaluate((one) => one.clientHeight);
      await expect.poll(async () => (await outer()) - (await inner())).toBe(0);
      expect(await frame.locator('[data-part="newer"]').isVisible()).toBe(false);
      expectNoThirdParty(watched);
      expect(watched.complaints).toEqual([]);
      await watched.context.close();
    },
  );

  it('leads there without scripts, in a sandbox too', async () => {
    pages.set('/unscripted', frameOf('allow-scripts', `${site.url}${LIVE}`));
    const watched = await open(`${otherOrigin()}/unscripted`, { javaScriptEnabled: false });
    await expect.poll(() => watched.page.frames()[1]?.url()).toBe(`${site.url}${FIXED}`);
    expectNoThirdParty(watched);
    await watched.context.close();
  });

  it('shows its picture where a sandbox forbids to lead on', async () => {
    pages.set('/sealed', frameOf('', `${site.url}${LIVE}`));
    const watched = await open(`${otherOrigin()}/sealed`, { javaScriptEnabled: false });
    const [, frame] = watched.page.frames();
    if (frame === undefined) throw new Error('Nothing is framed.');
    await frame.locator(`a[href="${FRAME}/"] img`).waitFor();
    expect(watched.requests).toContain(`${site.url}${LIVE}${FRAME}.svg`);
    expectNoThirdParty(watched);
    await watched.context.close();
  });
});

describe('the live address of an event whose day moved', () => {
  const { former, now } = MOVED_EVENT;
  const [chart = ''] = readdirSync(path.join(site.dist, 'embed/event', now)).filter((name) =>
    existsSync(path.join(site.dist, 'embed/event', now, name, 'index.html')),
  );
  const src = `${site.url}embed/event/${former}/${chart}/?theme=dark`;
  const to = `${site.url}${newestFrame(site.dist, `event/${now}/`, chart)}`;

  it('leads to the chart that it has now', async () => {
    pages.set('/moved', frameOf('allow-scripts', src));
    const watched = await open(`${otherOrigin()}/moved`);
    await expect.poll(() => watched.page.frames()[1]?.url()).toBe(`${to}?theme=dark`);
    await expectChart(await innerFrame(watched.page));
    expectNoThirdParty(watched);
    await watched.context.close();
  });

  it('leads there without scripts', async () => {
    pages.set('/moved', frameOf('allow-scripts', src));
    const watched = await open(`${otherOrigin()}/moved`, { javaScriptEnabled: false });
    await expect.poll(() => watched.page.frames()[1]?.url()).toBe(to);
    await watched.context.close();
  });

  it('answers by oEmbed from the former page of the event', async () => {
    const html = readFileSync(path.join(site.dist, 'event', former, 'index.html'), 'utf8');
    expect(html).toContain(`href="${SITE_ADDRESS}oembed/event/${now}.json"`);
  });
});

describe('a fixed address that is no longer kept', () => {
  const GONE = `${LIVE}0123456789/`;

  it.each([null, 'allow-scripts'])(
    'leads to the newest frame, which says so (sandbox %s)',
    async (sandbox) => {
      pages.set('/gone', frameOf(sandbox, `${site.url}${GONE}?theme=dark`));
      const watched = await open(`${otherOrigin()}/gone`);
      await expect
        .poll(() => watched.page.frames()[1]?.url())
        .toBe(`${site.url}${FIXED}?theme=dark&kept=no`);
      const frame = await innerFrame(watched.page);
      await expectChart(frame);
      expect(await frame.locator('[data-part="not-kept"]').isVisible()).toBe(true);
      expectNoThirdParty(watched);
      await watched.context.close();
    },
  );

  it('has a link to the live address where scripts are off', async () => {
    pages.set('/gone', frameOf('allow-scripts', `${site.url}${GONE}`));
    const watched = await open(`${otherOrigin()}/gone`, { javaScriptEnabled: false });
    const [, frame] = watched.page.frames();
    if (frame === undefined) throw new Error('Nothing is framed.');
    await frame.locator('noscript a[href="../"]').click();
    await expect.poll(() => frame.url()).toBe(`${site.url}${FIXED}`);
    await watched.context.close();
  });

  it('says nothing of it on a frame that was asked for', async () => {
    const watched = await open(`${site.url}${FIXED}`);
    expect(await watched.page.locator('[data-part="not-kept"]').isVisible()).toBe(false);
    await watched.context.close();
  });
});

function listFilesBelow(folder: string): readonly string[] {
  return readdirSync(path.join(site.dist, folder), { recursive: true, encoding: 'utf8' }).filter(
    (file) => /\.\w+$/.test(file),
  );
}

describe('a blog that asks by oEmbed', () => {
  const fetchText = async (url: string): Promise<string> => {
    const response = await fetch(url.replace(SITE_ADDRESS, site.url));
    if (!response.ok) throw new Error(`${url} answered ${String(response.status)}.`);
    return response.text();
  };

  const html = readFileSync(path.join(site.dist, PAGE, 'index.html'), 'utf8');
  const leading = /<figure [^>]*class="full" id="([\w-]+)"/.exec(html)?.[1] ?? '';
  it.each([
    ['the page of a country', `${SITE_ADDRESS}${PAGE}`],
    ['its leading chart', `${SITE_ADDRESS}embed/${PAGE}${leading}/`],
  ])('shows the chart of %s', async (_, address) => {
    const embed = await consumeOembed(address, fetchText);
    // As the code that the dialog offers: the chart alone.
    expect(embed.src).toContain(`/embed/${PAGE}${leading}/?controls=off`);
    pages.set(
      '/blog',
      writeConsumerPage({ ...embed, src: embed.src.replace(SITE_ADDRESS, site.url) }),
    );
    const watched = await open(`${otherOrigin()}/blog`);
    const frame = await innerFrame(watched.page);
    await expectChart(frame);
    // It has no table, so nothing promises one.
    expect(await frame.locator('[data-part="about"] > summary').innerText()).toBe(
      'Source, licence',
    );
    expectNoThirdParty(watched);
    expect(watched.complaints).toEqual([]);
    await watched.context.close();
  });

  it('finds one answer a page, and no wrong one for other charts', async () => {
    const answers = listFilesBelow('oembed');
    const htmlPages = listFilesBelow('').filter(
      (file) => file.endsWith('index.html') && !/^(?:embed|gallery)\//.test(file),
    );
    expect(answers.length).toBeGreaterThan(100);
    expect(answers.length).toBeLessThanOrEqual(htmlPages.length);
    for (const address of [LIVE, FIXED])
      await expect(consumeOembed(`${SITE_ADDRESS}${address}`, fetchText)).rejects.toThrow(
        'names no oEmbed answer',
      );
  });
});

describe('headers of embeds', () => {
  it('let any site frame them and load their files', async () => {
    for (const place of [LIVE, FIXED]) {
      const { headers } = await fetch(`${site.url}${place}`);
      expect(headers.get('content-security-policy')).toContain('frame-ancestors *');
      expect(headers.get('content-security-policy')).not.toContain('unsafe-inline');
      expect(headers.get('access-control-allow-origin')).toBe('*');
      expect(headers.get('cross-origin-resource-policy')).toBe('cross-origin');
    }
    const script = await fetch(`${site.url}embed.js`);
    expect(script.headers.get('cross-origin-resource-policy')).toBe('cross-origin');
    const page = await fetch(`${site.url}${PAGE}`);
    expect(page.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
  });
});

describe('the picture as a file, drawn at build', () => {
  const FILE = `${FIXED.slice(0, -1)}.svg`;

  it('is a link beside the figure where scripts are off, and shows its colours under the policy', async () => {
    const watched = await open(`${site.url}${PAGE}`, { javaScriptEnabled: false });
    await unfold(watched.page, `#${CHART}`);
    const item = watched.page.locator(`figure#${CHART} [data-action-item="download"]`);
    await item.locator('summary').click();
    const links = item.locator('[data-part="published"] a');
    const labels = await links.allTextContents();
    expect(labels.map((label) => label.trim())).toEqual(['SVG']);
    for (const link of await links.all()) {
      const to = new URL((await link.getAttribute('href')) ?? '', watched.page.url());
      expect((await fetch(to)).status).toBe(200);
    }
    expect(await links.first().getAttribute('href')).toBe(new URL(FILE, site.url).pathname);
    await watched.context.close();

    const seen = await open(`${site.url}${FILE}`);
    const response = await fetch(`${site.url}${FILE}`);
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
    expect(plain).toContain(`${SITE_ADDRESS}${PAGE}?release=${release}#${CHART}`);
    const [, sha256] = /SHA-256ofthenumbers:([0-9a-f]{64})/.exec(plain) ?? [];
    expect(readFileSync(path.join(site.dist, FIXED, 'index.html'), 'utf8')).toContain(
      `SHA-256 of the numbers: ${String(sha256)}`,
    );
    await alone.context.close();
  });
});

it('the fingerprint of an embed is none of nothing', () => {
  const html = readFileSync(path.join(site.dist, FIXED, 'index.html'), 'utf8');
  const [, hash] = /SHA-256 of the numbers: ([0-9a-f]{64})/.exec(html) ?? [];
  expect(hash).toMatch(/^[0-9a-f]{64}$/);
  expect(hash).not.toBe(createHash('sha256').update('').digest('hex'));
});
