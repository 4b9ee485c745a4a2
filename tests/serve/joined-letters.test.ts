/** Pictures of Arabic, Persian and Burmese pages show every letter, joined, in the order in which it is read. */
import { Resvg } from '@resvg/resvg-js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { closeIsolates, fromRight } from '../../data-build/words/isolate.ts';
import { shapeJoinedLetters } from '../../site/serve/joined-letters.ts';
import { writePictureFonts } from '../../site/styles/fonts.ts';
import { scratchFolder } from '../support/scratch.ts';

const files = (await writePictureFonts(scratchFolder('joined-letters'), new Set())).map(
  ({ file }) => file,
);
const [WIDTH, HEIGHT] = [400, 60];

/** Which columns of pixels have ink, and the pixels. */
function draw(text: string, anchor: 'start' | 'end' = 'start') {
  const x = anchor === 'start' ? 0 : WIDTH;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}"><g font-size="24" font-family="Inter"><text x="${x}" y="40" text-anchor="${anchor}">${text}</text></g></svg>`;
  const { pixels } = new Resvg(shapeJoinedLetters(svg, files), {
    font: { fontFiles: files, loadSystemFonts: false, defaultFontFamily: 'Inter' },
  }).render();
  const inked = Array.from({ length: WIDTH }, (_, column) =>
    Array.from({ length: HEIGHT }, (__, row) => pixels[(row * WIDTH + column) * 4 + 3] ?? 0),
  );
  const at = inked.flatMap((column, index) => (column.some((value) => value > 0) ? [index] : []));
  return { inked, first: at[0] ?? 0, last: at.at(-1) ?? 0, columns: at.length };
}

type Columns = ReturnType<typeof draw>['inked'];

/** How many pixels are ink in one and paper in the other: shades of edges differ by where they fall. */
function countOdd(a: Columns, b: Columns): number {
  const [one, other] = [a.flat(), b.flat()];
  expect(one).toHaveLength(other.length);
  return one.filter((value, at) => Math.abs(value - (other[at] ?? 0)) > 160).length;
}

describe('a text of two scripts', () => {
  it.each([
    ['Arabic', 'علامات التدخّل في', 'Telegram'],
    ['Persian', 'نشانه‌های دست‌کاری در', 'Telegram'],
    ['Burmese', 'နှောင့်ယှက်မှု လက္ခဏာ', 'Telegram'],
  ])('%s: has all letters of both', (_, own, latin) => {
    const [both, alone, other] = [draw(`${own} ${latin}`), draw(own), draw(latin)];
    expect(alone.columns).toBeGreaterThan(60);
    // Edges fall between pixels.
    expect(Math.abs(both.columns - alone.columns - other.columns)).toBeLessThan(12);
  });

  it('from the right begins at the right, whatever letter it begins with', () => {
    const alone = draw(fromRight('Tor'), 'end');
    const both = draw(fromRight('Tor في كينيا'), 'end');
    expect(countOdd(both.inked.slice(alone.first), alone.inked.slice(alone.first))).toBe(0);
    const word = draw('كينيا في Tor', 'end');
    const start = draw('كينيا', 'end');
    // The letter before a space ends as at the end of a text.
    expect(countOdd(word.inked.slice(start.first), start.inked.slice(start.first))).toBe(0);
    expect(countOdd(word.inked.slice(-40), both.inked.slice(-40))).toBeGreaterThan(40);
  });

  it('keeps numbers from the left to the right', () => {
    const [number, within] = [draw('1,706', 'start'), draw('أصل 1,706', 'start')];
    const shape = ({ inked, first }: typeof number) => inked.slice(first, first + 40);
    expect(countOdd(shape(within), shape(number))).toBe(0);
  });
});

it('leaves texts of Latin letters to the renderer', () => {
  const svg = '<svg><text x="1" y="2" font-size="9">Telegram</text></svg>';
  expect(shapeJoinedLetters(svg, files)).toBe(svg);
});

it('lines that one text is broken into are each closed, with the same letters', () => {
  const marks = fc.constantFrom('\u2066', '\u2067', '\u2068', '\u2069', 'a', 'ب', ' ');
  const lines = fc.array(fc.string({ unit: marks, maxLength: 12 }), { maxLength: 6 });
  fc.assert(
    fc.property(lines, (given) => {
      const plain = (text: string): string => text.replace(/[\u2066-\u2069]/g, '');
      const closed = closeIsolates(given);
      expect(closed.map(plain)).toEqual(given.map(plain));
      for (const line of closed) {
        const opens = line.match(/[\u2066-\u2068]/g)?.length ?? 0;
        expect(line.match(/\u2069/g)?.length ?? 0).toBeGreaterThanOrEqual(opens);
      }
    }),
    { numRuns: 4000 },
  );
});
