/** Pictures that the build draws: in the colours of their pages, and in the language of the page that they are of. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { exportFigure } from '../../site/export/exported-figure.ts';
import { toCardWords } from '../../site/export/picture-words.ts';
import { GALLERY_CASES } from '../../site/figures/cases.ts';
import { PICTURE_SHAPES, writePicture } from '../../site/render/picture.ts';
import { drawPictures } from '../../site/serve/pictures.ts';
import { scratchFolder } from '../support/scratch.ts';

const folder = scratchFolder('pictures');
const { view } = GALLERY_CASES.find(({ name }) => name === 'world-interference') ?? expect.fail();
const exported = exportFigure(view, {
  page: '',
  chart: 'world',
  sources: [],
  release: '2024-03-24-0a1b2c3d',
  synthetic: false,
  sha256: null,
});
const tokens = readFileSync(new URL('../../site/styles/tokens.css', import.meta.url), 'utf8');
const words = (language: string) =>
  toCardWords(
    { title: 'Title', detail: 'Detail.', host: 'h', credits: [], language, warning: null },
    true,
  );

it('a map has the colours of its levels', async () => {
  const drawings = [exported.drawings.card];
  const job = { words: words('en'), drawings, shape: 'card', targets: ['world.png'] } as const;
  await drawPictures([job], folder, path.join(folder, 'cache'));
  const png = readFileSync(path.join(folder, 'world.png'));
  for (const name of ['outcome-confirmed', 'outcome-anomaly', 'evidence-weak']) {
    const color = new RegExp(`--${name}: #([0-9a-f]{6})`).exec(tokens)?.[1] ?? expect.fail(name);
    // The palette holds each colour as three bytes.
    expect(png.includes(Buffer.from(color, 'hex')), name).toBe(true);
  }
});

it('a card has its words at the side from which its language is read', () => {
  const look = {
    theme: 'light',
    tokensCss: `${tokens}:root { --font-sans: Inter; --font-serif: Inter; }`,
    chartsCss: '',
  } as const;
  const startsOf = (language: string) =>
    [...writePicture(words(language), [], 'card', look).matchAll(/<text [^>]*x="([\d.]+)"/g)].map(
      ([, x]) => Number(x),
    );
  const { width } = PICTURE_SHAPES.card;
  expect(Math.max(...startsOf('en'))).toBeLessThan(width / 2);
  expect(Math.min(...startsOf('ar'))).toBeGreaterThan(width / 2);
  expect(writePicture(words('ar'), [], 'card', look)).toContain('text-anchor="end"');
});
