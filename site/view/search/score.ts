/** How well an entry of the index is meant by what was typed. */
import { editDistance, normalizeText } from './letters.ts';

export type SearchKind =
  'place' | 'network' | 'domain' | 'test' | 'theme' | 'finding' | 'event' | 'part';

export interface SearchEntry {
  readonly kind: SearchKind;
  /** Code, number, name. */
  readonly key: string;
  readonly label: string;
  /** What it is found by; the first weighs most. */
  readonly texts: readonly string[];
  /** Below the site's root; null: nothing in this release. */
  readonly path: string | null;
  /** Of a network: the code of the place where it was tested most. */
  readonly at?: string;
}

/** What a reader typed, in the ways in which it can be meant: as words, as the name of a host with and without `www.`. */
export interface SearchWish {
  readonly phrases: readonly string[];
  /** Words of the first phrase. */
  readonly words: readonly string[];
}

const EXACT = 100;
/** The entry’s name begins so. */
export const BEGINNING = 80;
const WORD = 60;
const PART = 40;
const NEAR = 20;

/** Said in full, found somewhere, or nearly so. */
export function bandOf(score: number): number {
  if (score > EXACT - 10) return 2;
  return score > NEAR ? 1 : 0;
}

/** 0: not meant. */
export function scoreEntry({ texts }: SearchEntry, { phrases, words }: SearchWish): number {
  const known = texts.map(normalizeText);
  const bestOf = (wanted: string): number =>
    known.reduce(
      (best, text, index) => Math.max(best, scoreText(text, wanted) - Math.min(index, 4)),
      0,
    );
  const whole = Math.max(0, ...phrases.map(bestOf));
  if (words.length < 2 || whole > NEAR) return whole;
  // Of several words each must be there, in whichever order; the weakest says how well.
  const each = Math.min(...words.map(bestOf));
  return Math.max(whole, each > 0 ? Math.min(each, WORD) - 5 : 0);
}

function scoreText(text: string, wanted: string): number {
  if (text === wanted) return EXACT;
  if (text.startsWith(wanted)) return BEGINNING;
  const words = text.split(/[ .]/);
  if (words.some((word) => word.startsWith(wanted))) return WORD;
  if (wanted.length >= 3 && text.includes(wanted)) return PART;
  const allowed = wanted.length >= 8 ? 2 : wanted.length >= 4 ? 1 : 0;
  // A mistyped number is another number.
  if (allowed === 0 || /^(?:as)? ?\d+$/.test(wanted)) return 0;
  let nearest = allowed + 1;
  for (const word of [text, ...words]) {
    if (word.length < 3) continue;
    for (const length of [wanted.length - 1, wanted.length, wanted.length + 1]) {
      nearest = Math.min(nearest, editDistance(word.slice(0, length), wanted, nearest));
    }
  }
  if (nearest > allowed) return 0;
  // The thing itself comes before sentences in which its name is one word.
  const whole = editDistance(text, wanted, allowed + 1) <= allowed;
  return NEAR - nearest * 5 + (whole ? 4 : 0);
}
