/** What is taken away by hand: the share dialog of a figure, and a view of the chart builder as frame and as file. */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, inject, it } from 'vitest';
import { writeSnippet } from '../../site/export/embed-code.ts';
import { translate } from '../../site/i18n/translate.ts';
import { newestFrame } from '../support/frames.ts';
import { scratchFolder } from '../support/scratch.ts';
import { unfold } from './filtering.ts';
import { expectChart, frameOf, innerFrame, useOtherSite } from './other-site.ts';
import { PATIENCE } from './turn.ts';
import { heaviestCountry } from '../support/country-pages.ts';
import { readRelease } from './visit.ts';

const site = inject('site');
const code = heaviestCountry(site.dist);
const PAGE = `country/${code}/`;
const CHART = 'outcomes';
const release = readRelease(site.data);
const LIVE = `embed/${PAGE}${CHART}/`;
const FIXED = newestFrame(site.dist, PAGE, CHART);

const scratch = scratchFolder('embed-file');

const { pages, open, origin: otherOrigin, expectNoThirdParty } = useOtherSite();

describe('the share dialog', () => {
  it('previews the frame it gives, picture and file too; the file opens without a network', async () => {
    const watched = await open(`${site.url}${PAGE}`, { width: 1100 });
    const { page } = watched;
    await unfold(page, `#${CHART}`);
    await page.locator(`#${CHART} [data-action="embed"]`).click();
    const dialog = page.locator('dialog.share');
    await dialog.waitFor();
    const snippet = dialog.locator('textarea');
    // Table and reading help are for who asks for them.
    expect(await snippet.inputValue()).toContain(`${site.url}${FIXED}?controls=off"`);
    await dialog.locator('input[name="controls"]').check();
    expect(await snippet.inputValue()).toContain(`${site.url}${FIXED}"`);
    expect(await snippet.inputValue()).toContain(`<noscript><a href="${site.url}${PAGE}?release=`);
    await expectChart(await innerFrame(page));
    // A site without pictures saves no frames for later builds.
    const stay = dialog.locator('[data-part="stay"]');
    expect(await stay.innerText()).toBe(
      `${translate('share.fixed.until', { n: 1 })} ${translate('share.fixed.after')}`,
    );
    await dialog.locator('input[value="live"]').check();
    expect(await stay.count()).toBe(0);
    await dialog.locator('select[name="theme"]').selectOption('dark');
    expect(await snippet.inputValue()).toContain(`${site.url}${LIVE}?theme=dark"`);
    // The height in the code is that of the preview.
    await expect
      .poll(async () => {
        const [height] = await dialog
          .locator('iframe')
          .evaluateAll((frames) => frames.map((one) => one.getBoundingClientRect().height));
        return (await snippet.inputValue()).includes(`height="${String(height)}"`);
      })
      .toBe(true);

    // The snippet as it is, on a page of someone else.
    pages.set('/pasted', `<!doctype html><title>Pasted</title>${await snippet.inputValue()}`);

    await dialog.locator('input[value="picture"]').check();
    for (const [shape, width, tall] of [
      ['wide', 1200, 628],
      ['card', 1200, 628],
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
    await dialog.locator('input[name="note"]').fill('Eclipse');
    const [vector] = await Promise.all([
      page.waitForEvent('download'),
      dialog.locator('[data-action="svg"]').click(),
    ]);
    const svg = readFileSync(await vector.path(), 'utf8');
    expect(svg).toContain(`View ${PAGE}${CHART}@${release}`);
    expect(svg).toMatch(/Synthetic sample/i);
    expect(svg).toContain('Eclipse');

    await dialog.locator('input[value="file"]').check();
    const [saved] = await Promise.all([
      page.waitForEvent('download'),
      dialog.locator('[data-action="file"]').click(),
    ]);
    const text = readFileSync(await saved.path(), 'utf8');
    await page.keyboard.press('Escape');
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.getAttribute('data-action')))
      .toBe('embed');
    expectNoThirdParty(watched);
    expect(watched.complaints).toEqual([]);
    await watched.context.close();

    const pasted = await open(`${otherOrigin()}/pasted`);
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
        await alone.page.locator('[data-part="about"] > summary').click();
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

  it('gives a picture for readers without scripts that is no wider than their phone', async () => {
    const drawing = '<svg xmlns="http://www.w3.org/2000/svg" width="1200" height="628"/>';
    pages.set(
      '/still',
      writeSnippet({
        frame: `${site.url}${LIVE}`,
        title: 'A chart',
        page: `${site.url}${PAGE}`,
        picture: { url: `data:image/svg+xml,${encodeURIComponent(drawing)}`, alt: 'A chart' },
        script: `${site.url}embed.js`,
        width: null,
        height: 460,
      }),
    );
    const { page, context } = await open(`${otherOrigin()}/still`, {
      javaScriptEnabled: false,
      width: 360,
    });
    const box = await page.getByRole('img', { name: 'A chart' }).boundingBox();
    expect(box?.width).toBeGreaterThan(200);
    expect(box?.width).toBeLessThanOrEqual(360);
    expect((box?.width ?? 0) / (box?.height ?? 1)).toBeCloseTo(1200 / 628, 1);
    await context.close();
  });

  it('takes notes with arrows into the picture, and nowhere else', async () => {
    const watched = await open(`${site.url}${PAGE}`, { width: 1100 });
    const { page } = watched;
    await unfold(page, `#${CHART}`);
    await page.locator(`#${CHART} [data-action="embed"]`).click();
    const dialog = page.locator('dialog.share');
    expect(await dialog.locator('.share-own').isVisible()).toBe(false);
    await dialog.locator('input[value="picture"]').check();
    const takeSvg = async (): Promise<string> => {
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        dialog.locator('[data-action="svg"]').click(),
      ]);
      return readFileSync(await download.path(), 'utf8');
    };
    const tipOf = (svg: string) => /class="arrow" d="[^"]*L([\d.]+ [\d.]+)M/.exec(svg)?.[1];
    expect(await takeSvg()).not.toContain('class="own"');
    await dialog.locator('[data-action="mark"]').click();
    await page.keyboard.type('Vote <b>');
    const first = await takeSvg();
    expect(first).toContain('>Vote &lt;b&gt;</text>');
    expect(first).toContain(translate('share.own.said'));
    await dialog.locator('[data-action="move"]').focus();
    await page.keyboard.press('ArrowRight');
    const moved = await takeSvg();
    expect(tipOf(moved)).not.toBe(tipOf(first));
    const image = dialog.locator('.share-preview img');
    await image.scrollIntoViewIfNeeded();
    const box = await image.boundingBox();
    if (box === null) throw new Error('The dialog shows no picture.');
    await page.mouse.click(box.x + box.width * 0.7, box.y + box.height * 0.5);
    const pointed = await takeSvg();
    expect(tipOf(pointed)).not.toBe(tipOf(moved));
    await dialog.locator('select[name="shape"]').selectOption('story');
    const inStory = await takeSvg();
    expect(inStory).toContain('>Vote &lt;b&gt;</text>');
    const link = (await dialog.locator('[data-action="notes"]').getAttribute('href')) ?? '';
    await dialog.locator('[data-action="remove"]').click();
    expect(await takeSvg()).not.toContain('class="own"');
    expect(await dialog.locator('[data-action="notes"]').count()).toBe(0);
    expect(watched.complaints).toEqual([]);
    expect(await page.content()).not.toContain('Vote');
    await watched.context.close();

    // Whoever gets the link sees the same arrow, and that nobody vouches for it.
    const passed = await open(link, { width: 1100 });
    const again = passed.page.locator('dialog.share');
    await again.getByText(translate('share.own.linked')).waitFor();
    await again.locator('select[name="shape"]').selectOption('story');
    const [vector] = await Promise.all([
      passed.page.waitForEvent('download'),
      again.locator('[data-action="svg"]').click(),
    ]);
    const svg = readFileSync(await vector.path(), 'utf8');
    expect(svg).toContain('>Vote &lt;b&gt;</text>');
    expect(tipOf(svg)).toBe(tipOf(inStory));
    expect(passed.requests.filter((url) => url.includes('Vote'))).toEqual([]);
    expect(passed.complaints).toEqual([]);
    await passed.context.close();
  });

  it('says what of a link with notes was left aside, also on filtered pages', async () => {
    const watched = await open(
      `${site.url}${PAGE}?test_name=telegram#notes=${CHART}&note=,2000,1,x&note=,500,500,%3Cimg%20src=x%3E`,
      { width: 1100 },
    );
    const dialog = watched.page.locator('dialog.share');
    await dialog.getByText('“,2000,1,x” was not understood').waitFor();
    expect(await dialog.locator('.share-marks input').inputValue()).toBe('<img src=x>');
    expect(await dialog.locator('.share-finding').innerText()).toContain('Telegram');
    expect(await watched.page.locator('img[src="x"]').count()).toBe(0);
    await watched.page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await watched.page.evaluate(() => {
      location.hash = '#notes=no-such-chart';
    });
    await watched.page.locator('main').getByText('“no-such-chart” was not understood').waitFor();
    expect(watched.complaints).toEqual([]);
    await watched.context.close();
  });

  it('without scripts is a link to the embed', async () => {
    const watched = await open(`${site.url}${PAGE}`, { javaScriptEnabled: false });
    await unfold(watched.page, `#${CHART}`);
    await watched.page.locator(`#${CHART} [data-action="embed"]`).click();
    await watched.page.waitForURL(`${site.url}${FIXED}`);
    await watched.context.close();
  });
});

describe('a view of the chart builder', () => {
  const QUESTION = `probe_cc=${code}&axis_x=measurement_start_day&time_grain=week&measure=rate`;

  it('is drawn on demand in a frame that may be of its own origin', async () => {
    const src = `${site.url}explore/frame/?${QUESTION}&amp;theme=dark`.replaceAll('&amp;', '&');
    pages.set('/live', frameOf('allow-scripts allow-same-origin', src));
    const watched = await open(`${otherOrigin()}/live`);
    const frame = watched.page.frames()[1];
    if (frame === undefined) throw new Error('The page frames no chart.');
    expect(watched.requests.filter((url) => url.endsWith('.wasm'))).toEqual([]);
    await frame.locator('[data-part="answer"] button').click();
    await frame.locator('figure[data-chart="explore"]').waitFor(PATIENCE);
    await expectChart(frame);
    expect(await frame.locator('figcaption').innerText()).toMatch(/Synthetic sample/);
    expectNoThirdParty(watched);
    expect(watched.complaints).toEqual([]);
    await watched.context.close();
  });

  it('says plainly where the host forbids workers, and throws nothing', async () => {
    pages.set('/strict', frameOf('allow-scripts', `${site.url}explore/frame/?${QUESTION}`));
    const watched = await open(`${otherOrigin()}/strict`);
    const frame = watched.page.frames()[1];
    if (frame === undefined) throw new Error('The page frames no chart.');
    await frame.getByText(translate('frame.forbidden')).waitFor();
    const link = frame.locator('[data-part="answer"] a');
    expect(await link.getAttribute('href')).toContain(`/explore/?probe_cc=${code}`);
    expect(watched.complaints).toEqual([]);
    await watched.context.close();
  });

  it('gives a file that opens without a network', async () => {
    const watched = await open(`${site.url}explore/?${QUESTION}`, { width: 1100 });
    const { page } = watched;
    await page.locator('[data-action="embed-view"]').click(PATIENCE);
    const dialog = page.locator('dialog.share');
    await dialog.waitFor();
    expect(await dialog.locator('textarea').inputValue()).toContain(
      `${site.url}explore/frame/?probe_cc=${code}`,
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
