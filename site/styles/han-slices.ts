/**
 * Chinese letters. They are too many for one file, so their package comes in slices of letters that are used alike often. A
 * picture is drawn with the slices that it needs.
 */
import { createRequire } from 'node:module';
import { isFields } from '../../data-build/contract/fields.ts';

export type Range = readonly [first: number, last: number];

/** A file with the letters of some ranges; null: every picture is drawn with it. */
export interface PictureFont {
  readonly file: string;
  readonly ranges: readonly Range[] | null;
}

const LETTERS = /[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]/g;

export function hanLetters(text: string): ReadonlySet<string> {
  return new Set(text.match(LETTERS));
}

/** The slices of the package that have any of these letters. */
export function hanSlices(
  letters: ReadonlySet<string>,
): readonly { readonly slice: string; readonly ranges: readonly Range[] }[] {
  if (letters.size === 0) return [];
  const listed: unknown = createRequire(import.meta.url)(
    '@fontsource-variable/noto-sans-sc/unicode.json',
  );
  return Object.entries(isFields(listed) ? listed : {}).flatMap(([name, list]) => {
    const slice = /^\[(\d+)\]$/.exec(name)?.[1];
    if (slice === undefined || typeof list !== 'string') return [];
    const ranges = list.split(',').map((range): Range => {
      const [first = '', last = first] = range.trim().replace('U+', '').split('-');
      return [Number.parseInt(first, 16), Number.parseInt(last, 16)];
    });
    return hasAny(letters, ranges) ? [{ slice, ranges }] : [];
  });
}

/** The files that a text is drawn with. */
export function fontsOf(text: string, fonts: readonly PictureFont[]): readonly string[] {
  const letters = hanLetters(text);
  return fonts
    .filter(({ ranges }) => ranges === null || hasAny(letters, ranges))
    .map(({ file }) => file);
}

function hasAny(letters: ReadonlySet<string>, ranges: readonly Range[]): boolean {
  return [...letters].some((letter) => {
    const code = letter.codePointAt(0) ?? 0;
    return ranges.some(([first, last]) => code >= first && code <= last);
  });
}
