/**
 * Width of a text without asking a document, so that layout is the same at build and in the browser.
 * Advance widths of the interface sans (Inter, regular, tabular figures), in hundredths of the font size, measured once.
 * System fallbacks are at most a few percent wider; callers leave that much room.
 */
const GROUPS: readonly (readonly [width: number, characters: string])[] = [
  [24, 'ijl'],
  [27, "I'’"],
  [29, ' !,.:·'],
  [32, '`;'],
  [33, 't|'],
  [36, '()[]/\\'],
  [38, 'rf'],
  [43, '{}'],
  [47, '-_^"'],
  [52, '*–?s'],
  [56, 'avyxkz7J'],
  [58, 'ecLno5E'],
  [62, '0123bdgpqhu6894Z'],
  [65, 'BFPRST#$&+<=>~×≥'],
  [69, 'AKVXY'],
  [74, 'CDHNUG'],
  [76, 'OQ'],
  [84, 'w…'],
  [90, 'mM'],
  [100, '@%W—'],
];

const WIDTHS: ReadonlyMap<string, number> = new Map(
  GROUPS.flatMap(([width, characters]) => [...characters].map((c) => [c, width] as const)),
);
/** Latin letters with marks, Cyrillic, Arabic and the like. */
const OTHER_WIDTH = 62;
/** Chinese, Japanese, Korean and full-width forms. */
const WIDE_WIDTH = 100;
const WIDE = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60]/;

/** Pixels that `text` takes at `fontSize` pixels. */
export function textWidth(text: string, fontSize: number): number {
  let hundredths = 0;
  for (const character of text) {
    hundredths += WIDTHS.get(character) ?? (WIDE.test(character) ? WIDE_WIDTH : OTHER_WIDTH);
  }
  return (hundredths * fontSize) / 100;
}

/** `text`, or as much of it as fits in `width` pixels with an ellipsis. */
export function fitText(text: string, width: number, fontSize: number): string {
  if (textWidth(text, fontSize) <= width) return text;
  const characters = [...text];
  while (characters.length > 1) {
    characters.pop();
    const short = `${characters.join('').trimEnd()}…`;
    if (textWidth(short, fontSize) <= width) return short;
  }
  return '…';
}

/** Lines of at most `width` pixels, broken at spaces; a longer word stands alone and sticks out. */
export function wrapText(text: string, width: number, fontSize: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line !== '' && textWidth(longer, fontSize) > width) {
      lines.push(line);
      line = word;
    } else {
      line = longer;
    }
  }
  if (line !== '') lines.push(line);
  return lines;
}
