/** Texts in a drawing. Their width is known without asking a document, so that layout is the same at build and in the browser. */
import type { SceneNode } from '../scene.ts';
import { LINE_HEIGHT } from '../size.ts';
import { text, type TextLook } from './shapes.ts';

/**
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
  [137, 'ဤဩ'],
];

const WIDTHS: ReadonlyMap<string, number> = new Map(
  GROUPS.flatMap(([width, characters]) => [...characters].map((c) => [c, width] as const)),
);
/** Cyrillic, Arabic and the like. */
const OTHER_WIDTH = 66;
/** Chinese, Japanese, Korean and full-width forms. */
const WIDE_WIDTH = 100;
const WIDE = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60]/;

/** Burmese letters of two circles. */
const BURMESE_WIDE =
  /[\u1000\u1003\u1006\u1008\u100a\u100f-\u1011\u1018\u101a\u101c\u101e\u101f\u1021-\u1024\u1029\u104f]/;
const BURMESE_WIDE_WIDTH = 112;
/** Signs that stand beside their letter, as vowels of Burmese and of the scripts of India. */
const BESIDE = /\p{Mc}/u;
const BESIDE_WIDTH = 45;

/** Marks over letters, what joins or parts them, and what says in which direction a text runs. */
const UNSEEN = /[\p{Mn}\p{Me}\u200b-\u200f\u2066-\u2069]/u;

/** Pixels that a text takes at `fontSize` pixels. */
export function textWidth(words: string, fontSize: number): number {
  let hundredths = 0;
  for (const character of words) {
    hundredths += advance(character);
  }
  return (hundredths * fontSize) / 100;
}

function advance(character: string): number {
  const known = WIDTHS.get(character);
  if (known !== undefined) return known;
  if (UNSEEN.test(character)) return 0;
  if (BESIDE.test(character)) return BESIDE_WIDTH;
  if (BURMESE_WIDE.test(character)) return BURMESE_WIDE_WIDTH;
  // A letter with a mark is as wide as the letter.
  const [base = ''] = character.normalize('NFD');
  return WIDTHS.get(base) ?? (WIDE.test(character) ? WIDE_WIDTH : OTHER_WIDTH);
}

/** The text, or as much of it as fits in `width` pixels with an ellipsis. */
export function fitText(words: string, width: number, fontSize: number): string {
  if (textWidth(words, fontSize) <= width) return words;
  const characters = [...words];
  while (characters.length > 1) {
    characters.pop();
    const short = `${characters.join('').trimEnd()}…`;
    if (textWidth(short, fontSize) <= width) return short;
  }
  return '…';
}

/** Before a letter that begins a syllable: it is not stacked under another, and does not close the one before. */
const BURMESE_SYLLABLE =
  '(?<=[\\u1000-\\u104f])(?<!\\u1039)(?=[\\u1000-\\u102a\\u103f\\u1040-\\u1049])(?![\\u1000-\\u102a]\\u1037?[\\u1039\\u103a])(?<![\\u1040-\\u1049](?=[\\u1040-\\u1049]))';
/** After a space, or after a sign of a script without spaces, unless punctuation that closes follows. */
const BREAK = new RegExp(
  `(?<= )|(?<=${WIDE.source})(?![ ，。；：、！？）》」』])|${BURMESE_SYLLABLE}`,
  'u',
);

/** Lines of at most `width` pixels; a word that is longer stands alone and sticks out. */
export function wrapText(words: string, width: number, fontSize: number): readonly string[] {
  const wrapped: string[] = [];
  let line = '';
  for (const piece of words.split(BREAK)) {
    if (line !== '' && textWidth((line + piece).trimEnd(), fontSize) > width) {
      wrapped.push(line.trimEnd());
      line = piece;
    } else {
      line += piece;
    }
  }
  if (line.trimEnd() !== '') wrapped.push(line.trimEnd());
  return wrapped;
}

/** Lines of text below each other, the first on the height `y`. */
export function lines(
  key: string,
  texts: readonly string[],
  x: number,
  y: number,
  look: TextLook = {},
): readonly SceneNode[] {
  return texts.map((words, index) =>
    text(`${key} ${index}`, words, x, y + index * LINE_HEIGHT, look),
  );
}

/** Where a text of this width, centered on `x`, has its middle so that it stays between two edges. */
export function keepInside(x: number, width: number, left: number, right: number): number {
  return Math.min(Math.max(x, left + width / 2), right - width / 2);
}
