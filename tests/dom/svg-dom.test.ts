/** Both writers draw the same picture, and the live one keeps elements whose datum stays. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { GALLERY_CASES } from '../../site/figures/cases.ts';
import { layoutChart } from '../../site/figures/registry.ts';
import type { Scene } from '../../site/charts/scene.ts';
import type { drawScene as drawSceneInPage } from '../../site/render/svg-dom.ts';
import { writeSvg } from '../../site/render/svg-string.ts';
import { openModulePage, type ModulePage } from '../support/module-page.ts';
import { ROOT } from '../support/site-build.ts';

declare global {
  /** In the page: what `site/render/svg-dom` exports. */
  var drawScene: typeof drawSceneInPage;
}

const OPTIONS = { role: 'img', idPrefix: 'p', class: 'wide' } as const;
let opened: ModulePage;

beforeAll(async () => {
  opened = await openModulePage(`${ROOT}/tests/snapshots`);
  // As text, so that the test runner leaves the import to the browser.
  await opened.page.evaluate(
    `import('/site/render/svg-dom.ts').then((module) => { globalThis.drawScene = module.drawScene; })`,
  );
});
afterAll(async () => {
  await opened.close();
});

/** Draws the scenes one after another into one `<svg>`, at once; the markup in the end. */
async function draw(scenes: readonly Scene[]): Promise<string> {
  return opened.page.evaluate(
    async ({ drawn, options }) => {
      const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
      document.body.replaceChildren(svg);
      for (const scene of drawn) drawScene(svg, scene, { ...options, transitionMs: 0 });
      return svg.outerHTML;
    },
    { drawn: scenes, options: OPTIONS },
  );
}

/** The same text read by the same parser, attributes in one order: what is left are real differences. */
async function normalize(markup: string): Promise<string> {
  return opened.page.evaluate((text) => {
    const template = document.createElement('template');
    template.innerHTML = text;
    for (const node of template.content.querySelectorAll('*')) {
      const attributes = [...node.attributes]
        .map(({ name, value }) => [name, value] as const)
        .sort(([a], [b]) => (a < b ? -1 : 1));
      for (const [name] of attributes) node.removeAttribute(name);
      for (const [name, value] of attributes) if (name !== 'xmlns') node.setAttribute(name, value);
    }
    return template.innerHTML;
  }, markup);
}

describe('the live drawing equals the written one', () => {
  for (const { name, view } of GALLERY_CASES) {
    it(name, async () => {
      const scene = layoutChart(view, { width: 720 });
      const written = await normalize(writeSvg(scene, OPTIONS));
      expect(await normalize(await draw([scene]))).toBe(written);
    });
  }

  it('whatever was drawn before', async () => {
    const scenes = GALLERY_CASES.map(({ view }, index) =>
      layoutChart(view, { width: index % 2 === 0 ? 720 : 340 }),
    );
    const last = scenes.at(-1);
    if (last === undefined) throw new Error('There are no gallery cases.');
    for (const order of [scenes, [...scenes].reverse().concat(last)]) {
      expect(await normalize(await draw(order))).toBe(await normalize(writeSvg(last, OPTIONS)));
    }
  });
});

it('keeps the element of a datum that stays, and drops what was written at build', async () => {
  const [first, second] = GALLERY_CASES.filter(({ name }) => /^outcomes-(days|none)$/.test(name));
  if (first === undefined || second === undefined) throw new Error('The outcome cases are gone.');
  const scene = layoutChart(first.view, { width: 720 });
  const kept = await opened.page.evaluate(
    async ({ before, after, markup, options }) => {
      document.body.innerHTML = markup;
      const svg = document.querySelector('svg');
      if (svg === null) throw new Error('The markup has no svg.');
      const built = [...svg.querySelectorAll('rect')];
      drawScene(svg, before, { ...options, transitionMs: 0 });
      const bars = [...svg.querySelectorAll('.marks rect')];
      drawScene(svg, after, { ...options, transitionMs: 0 });
      const moved = [...svg.querySelectorAll('.marks rect')];
      return {
        builtGone: built.every((node) => !node.isConnected),
        bars: bars.length,
        same: bars.filter((node, index) => moved[index] === node).length,
      };
    },
    {
      before: scene,
      after: layoutChart(first.view, { width: 1000 }),
      markup: writeSvg(scene, OPTIONS),
      options: OPTIONS,
    },
  );
  expect(kept.builtGone).toBe(true);
  expect(kept.bars).toBeGreaterThan(20);
  expect(kept.same).toBe(kept.bars);
});

it('a change glides to its end, and stands at once where motion is not wanted', async () => {
  const known = GALLERY_CASES.find(({ name }) => name === 'outcomes-days');
  if (known === undefined) throw new Error('The case outcomes-days is gone.');
  const scenes = [720, 900].map((width) => layoutChart(known.view, { width }));
  const begin = async (): Promise<string> =>
    opened.page.evaluate(
      ({ drawn, options }) => {
        const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
        document.body.replaceChildren(svg);
        for (const scene of drawn) drawScene(svg, scene, { ...options, transitionMs: 200 });
        return svg.outerHTML;
      },
      { drawn: scenes, options: OPTIONS },
    );
  const [, wanted] = scenes;
  if (wanted === undefined) throw new Error('Two widths were asked for.');
  const written = await normalize(writeSvg(wanted, OPTIONS));
  const now = async () =>
    opened.page.evaluate(() => document.querySelector('svg')?.outerHTML ?? '');
  expect(await normalize(await begin())).not.toBe(written);
  await expect.poll(async () => normalize(await now()), { timeout: 15_000 }).toBe(written);
  await opened.page.emulateMedia({ reducedMotion: 'reduce' });
  expect(await normalize(await begin())).toBe(written);
});
