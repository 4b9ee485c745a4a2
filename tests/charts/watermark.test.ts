import { describe, expect, it } from 'vitest';
import { markSynthetic } from '../../site/charts/watermark.ts';
import { writeSvg } from '../../site/render/svg-string.ts';

const SCENE = {
  width: 720,
  height: 300,
  title: 'A finding',
  desc: 'Numbers.',
  rows: 3,
  children: [],
};

describe('markSynthetic', () => {
  it('says inside the picture and to screen readers that nothing is real', () => {
    const svg = writeSvg(markSynthetic(SCENE), { role: 'img', idPrefix: 'x' });
    expect(svg.match(/Synthetic sample/g)).toHaveLength(2);
  });

  it('leaves size and number of rows as they are', () => {
    expect(markSynthetic(SCENE)).toMatchObject({ width: 720, height: 300, rows: 3 });
  });
});
