/** What a chart says by arrow keys goes on where it was when the chart is drawn anew between two keys. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import type * as ReadoutPart from '../../site/interact/readout.ts';
import { openModulePage, type ModulePage } from '../support/module-page.ts';
import { ROOT } from '../support/site-build.ts';

declare global {
  /** In the page: what `site/interact/readout` exports. */
  var readout: typeof ReadoutPart;
}

let opened: ModulePage;
beforeAll(async () => {
  opened = await openModulePage(`${ROOT}/tests/snapshots`);
  await opened.page.evaluate(
    `import('/site/interact/readout.ts').then((module) => { globalThis.readout = module; })`,
  );
});
afterAll(() => opened.close());

it('goes on from the day that was read, when all marks are new', async () => {
  const said = await opened.page.evaluate(() => {
    const days = ['2026-04-02', '2026-04-03', '2026-04-04'];
    const marks = days.map(
      (day, index) =>
        `<rect data-period="${day}" data-count="${index + 10}" x="${index * 10}" width="9" height="9"/>`,
    );
    const drawn = `<svg width="100" height="20"><g class="targets">${marks.join('')}</g></svg>`;
    document.body.innerHTML = `<figure><div class="drawing">${drawn}</div></figure>`;
    const drawing = document.querySelector<HTMLElement>('.drawing');
    if (drawing === null) throw new Error('Nothing is drawn.');
    const press = (key: string): string => {
      readout.openReadout(drawing).handle(new KeyboardEvent('keydown', { key }));
      return drawing.querySelector('[aria-live]')?.textContent ?? '';
    };
    const texts = [press('Home'), press('ArrowRight')];
    drawing
      .querySelector('svg')
      ?.replaceWith(
        new DOMParser().parseFromString(drawn, 'text/html').body.firstElementChild ?? '',
      );
    return [...texts, press('ArrowRight'), press('ArrowLeft')];
  });
  expect(said.map((text) => /^(\d+) /.exec(text)?.[1])).toEqual(['2', '3', '4', '3']);
});
