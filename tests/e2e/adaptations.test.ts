/** A page as readers set up their browser: forced colors, wider text, little motion, little data. */
import { describe, expect, inject, it } from 'vitest';
import { contrast } from '../support/color.ts';
import { choose, drawn, engine, unfoldAll, unfoldBar } from './filtering.ts';
import { heaviestCountry } from '../support/country-pages.ts';
import { useBrowser } from './visit.ts';

const visit = useBrowser();
const site = inject('site');
const country = `country/${heaviestCountry(site.dist)}/`;

it.each(['light', 'dark'] as const)(
  'forced colors, %s: words in charts can be read',
  async (theme) => {
    const { page, close } = await visit(country, { forcedColors: 'active', colorScheme: theme });
    const [ground, ...fills] = await page.evaluate(() => {
      const paint = (element: Element, name: 'fill' | 'backgroundColor'): string => {
        const [red = 0, green = 0, blue = 0] =
          getComputedStyle(element)
            [name].match(/[\d.]+/g)
            ?.map(Number) ?? [];
        return `#${[red, green, blue].map((one) => one.toString(16).padStart(2, '0')).join('')}`;
      };
      const words = [...document.querySelectorAll('#witnesses svg.wide text:not(.synthetic-mark)')];
      return [
        paint(document.documentElement, 'backgroundColor'),
        ...words.map((text) => paint(text, 'fill')),
      ];
    });
    expect(fills.length).toBeGreaterThan(5);
    for (const fill of new Set(fills))
      expect(contrast(fill, ground), fill).toBeGreaterThanOrEqual(4.5);
    await close();
  },
);

it('text with the widest spacing of WCAG 1.4.12 is not cut and does not scroll sideways', async () => {
  const { page, close } = await visit(country, { viewport: { width: 320, height: 800 } });
  await unfoldAll(page);
  const faults = await page.evaluate(() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`:not(svg, svg *) { line-height: 1.5 !important; letter-spacing: 0.12em !important;
      word-spacing: 0.16em !important; } p { margin-block-end: 2em !important; }`);
    document.adoptedStyleSheets.push(sheet);
    const root = document.documentElement;
    const cut = [
      ...document.querySelectorAll<HTMLElement>('main :is(p, h1, h2, h3, summary, button, li)'),
    ]
      .filter(
        (element) =>
          element.checkVisibility() &&
          element.clientWidth > 1 &&
          getComputedStyle(element).overflow !== 'visible' &&
          (element.scrollHeight > element.clientHeight + 1 ||
            element.scrollWidth > element.clientWidth + 1),
      )
      .map((element) => element.textContent.trim().slice(0, 60));
    return root.scrollWidth > root.clientWidth ? ['scrolls sideways', ...cut] : cut;
  });
  expect(faults).toEqual([]);
  await close();
});

it('nothing glides where motion is not wanted', async () => {
  const { page, close } = await visit(country, { reducedMotion: 'reduce' });
  const moving = await page.evaluate(
    () =>
      [...document.querySelectorAll('*')].filter((element) => {
        const { animationName, transitionDuration } = getComputedStyle(element);
        return animationName !== 'none' || /[1-9]/.test(transitionDuration);
      }).length,
  );
  expect(moving).toBe(0);
  await close();
});

it('nothing is fetched ahead where data are to be saved', async () => {
  const phone = { hasTouch: true, isMobile: true, viewport: { width: 360, height: 740 } };
  const { page, requests, close } = await visit('about/', phone);
  await page.addInitScript(() => {
    Object.defineProperty(navigator, 'connection', { value: { saveData: true } });
  });
  await page.goto(new URL(country, site.url).href);
  const drawing = page.locator('#witnesses .drawing[tabindex]');
  await drawing.focus();
  const brushes = () => requests.filter((url) => /\/brush\.[^/]*\.js$/.test(url));
  // What the page fetched by itself was asked for before this.
  await page.evaluate(async () => (await fetch(location.href)).text());
  expect(brushes()).toEqual([]);
  await page.keyboard.press('Shift+ArrowRight');
  await page.locator('html[data-zoom="ready"]').waitFor({ state: 'attached' });
  expect(brushes()).toHaveLength(1);
  await close();
});

describe('what the first answer needs', () => {
  const data = (requests: readonly string[]) =>
    requests.filter((url) => /(?:\.parquet|manifest\.json|\.wasm)$/.test(url));

  it('comes when the filter bar is opened, and the engine does not', async () => {
    const { page, requests, close } = await visit(country);
    expect(data(requests)).toEqual([]);
    await unfoldBar(page);
    await expect.poll(() => data(requests).some((url) => url.endsWith('.parquet'))).toBe(true);
    await choose(page, 'test_name', 'telegram');
    await drawn(page, 'Telegram');
    expect(await engine(page)).toBe('idle');
    expect(data(requests).filter((url) => url.endsWith('.wasm'))).toEqual([]);
    await close();
  });

  it('comes only when it is asked for where data are to be saved', async () => {
    const { page, requests, close } = await visit('about/');
    await page.addInitScript(() => {
      Object.defineProperty(navigator, 'connection', { value: { saveData: true } });
    });
    await page.goto(new URL(country, site.url).href);
    await unfoldBar(page);
    // What the page fetched by itself was asked for before this.
    await page.evaluate(async () => (await fetch(location.href)).text());
    expect(data(requests)).toEqual([]);
    await choose(page, 'test_name', 'telegram');
    await drawn(page, 'Telegram');
    expect(data(requests).length).toBeGreaterThan(1);
    await close();
  });
});
