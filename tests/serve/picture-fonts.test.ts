/** Pictures drawn at build have the letters of every language: a letter that is missing is an empty box, the same for all. */
import path from 'node:path';
import { Resvg } from '@resvg/resvg-js';
import { describe, expect, it } from 'vitest';
import { TRANSLATED } from '../../data-build/words/languages.ts';
import { hashOf } from '../../data-build/hash.ts';
import { textsIn, WORD_FOLDERS } from '../../site/serve/word-files.ts';
import { writePictureFonts } from '../../site/styles/fonts.ts';
import { fontsOf, hanLetters, hanSlices } from '../../site/styles/han-slices.ts';
import { ROOT } from '../support/site-build.ts';
import { scratchFolder } from '../support/scratch.ts';

const folder = scratchFolder('picture-fonts');
const lettersOf = (tag: string): readonly string[] => {
  const texts = WORD_FOLDERS.flatMap((parent) =>
    Object.values(textsIn(path.join(ROOT, parent, tag))),
  );
  return [...new Set(texts.join(''))].filter(
    (letter) => /\p{L}/u.test(letter) && letter > '\u02ff',
  );
};
const FURTHER = TRANSLATED.filter(({ tag }) => lettersOf(tag).length > 0);

describe.each(FURTHER)('$endonym ($tag)', ({ tag }) => {
  it('has its letters', async () => {
    const letters = lettersOf(tag);
    // Drawing every Chinese letter would take minutes; all are looked up below.
    const drawn = letters.length > 100 ? letters.slice(0, 40) : letters;
    const fonts = await writePictureFonts(folder, hanLetters(drawn.join('')));
    const pictures = drawn.map((letter) => {
      const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40"><text x="4" y="30" font-size="24">${letter}</text></svg>`;
      const { pixels } = new Resvg(svg, {
        font: {
          fontFiles: [...fontsOf(svg, fonts)],
          loadSystemFonts: false,
          defaultFontFamily: 'Inter',
        },
      }).render();
      expect(
        pixels.some((value) => value > 0),
        letter,
      ).toBe(true);
      return hashOf(pixels);
    });
    // Letters of two alphabets can look the same, as Latin and Cyrillic ones.
    expect(new Set(pictures).size).toBeGreaterThan(drawn.length * 0.9);
  });
});

it('every Chinese letter of ours lies in a slice', () => {
  const letters = hanLetters(lettersOf('zh').join(''));
  expect(letters.size).toBeGreaterThan(500);
  const ranges = hanSlices(letters).flatMap((slice) => slice.ranges);
  const missing = [...letters].filter((letter) => {
    const code = letter.codePointAt(0) ?? 0;
    return !ranges.some(([first, last]) => code >= first && code <= last);
  });
  expect(missing).toEqual([]);
});

it('a picture without Chinese letters is drawn with no Chinese file', async () => {
  const fonts = await writePictureFonts(folder, hanLetters('干扰'));
  expect(fontsOf('Kenya', fonts).some((file) => file.includes('noto-sans-sc'))).toBe(false);
  expect(fontsOf('干扰', fonts).some((file) => file.includes('noto-sans-sc'))).toBe(true);
});
