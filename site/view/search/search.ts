/**
 * Finding entries of a static index. Every word must be found; codes and whole names come first, then beginnings, then
 * parts, then what is nearly so; among equals the thing itself comes before events that speak of it.
 */
import { toHost, withoutWww } from '../../state/domain.ts';

export type SearchKind =
  'place' | 'network' | 'domain' | 'test' | 'theme' | 'finding' | 'event' | 'test_in_place';

export interface SearchEntry {
  readonly kind: SearchKind;
  /** Code, number, name. */
  readonly key: string;
  readonly label: string;
  /** What it is found by; the first weighs most. */
  readonly texts: readonly string[];
  /** Below the site's root; null: nothing in this release. */
  readonly path: string | null;
}

/** Lower case, without marks: `Côte d’Ivoire` → `cote d ivoire`. */
export function normalizeText(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLocaleLowerCase('en')
    .replace(/[^\p{L}\p{N}.]+/gu, ' ')
    .trim();
}

/** What a reader typed, in the ways in which it can be meant: as words, as the name of a host with and without `www.`. */
export interface SearchWish {
  readonly phrases: readonly string[];
  /** Words of the first phrase. */
  readonly words: readonly string[];
}

export function toWish(text: string): SearchWish {
  const typed = normalizeText(text).replace(/^as (?=\d)/, 'as');
  const host = text.includes('.') ? toHost(text) : null;
  const hosts = host === null ? [] : [withoutWww(host), host].map(normalizeText);
  const [first = '', ...more] = [...new Set([...hosts, typed])].filter((phrase) => phrase !== '');
  return {
    phrases: first === '' ? [] : [first, ...more],
    // The dots of a host hold it together.
    words: host === null ? first.split(' ').filter(Boolean) : [],
  };
}

/** Best first, at most `most`. Entries keep their order among equals. */
export function findEntries(
  entries: readonly SearchEntry[],
  text: string,
  most: number,
): readonly SearchEntry[] {
  const wish = toWish(text);
  if (wish.phrases.length === 0) return [];
  const found = entries
    .map((entry, place) => ({ entry, place, score: scoreEntry(entry, wish) }))
    .filter(({ score }) => score > 0)
    .sort(
      (a, b) =>
        bandOf(b.score) - bandOf(a.score) ||
        Number(isSentence(a.entry)) - Number(isSentence(b.entry)) ||
        b.score - a.score ||
        a.place - b.place,
    )
    .map(({ entry }) => entry);
  return [...joinTests(entries, wish), ...found].slice(0, most);
}

/** What happened comes after the things that it is about. */
function isSentence({ kind }: SearchEntry): boolean {
  return kind === 'event' || kind === 'finding';
}

const EXACT = 100;
const BEGINNING = 80;
const WORD = 60;
const PART = 40;
const NEAR = 20;

/** Said in full, found somewhere, or nearly so. */
function bandOf(score: number): number {
  if (score > EXACT - 10) return 2;
  return score > NEAR ? 1 : 0;
}

/** Whether the text is the entry’s own name, code or number. */
export function isNamed(entry: SearchEntry, text: string): boolean {
  return bandOf(scoreEntry(entry, toWish(text))) === 2;
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

/** `telegram kenya`: the page of the place, at the test. */
function joinTests(entries: readonly SearchEntry[], { words }: SearchWish): readonly SearchEntry[] {
  if (words.length < 2) return [];
  const best = (kind: SearchKind, part: readonly string[]): SearchEntry | undefined => {
    const wish = { phrases: [part.join(' ')], words: [] };
    return entries
      .filter((entry) => entry.kind === kind && entry.path !== null)
      .map((entry) => ({ entry, score: scoreEntry(entry, wish) }))
      .filter(({ score }) => score >= BEGINNING - 4)
      .sort((a, b) => b.score - a.score)[0]?.entry;
  };
  for (let split = 1; split < words.length; split += 1) {
    const [front, back] = [words.slice(0, split), words.slice(split)];
    for (const [one, other] of [
      [front, back],
      [back, front],
    ] as const) {
      const place = best('place', one);
      const test = place === undefined ? undefined : best('test', other);
      if (place === undefined || test === undefined) continue;
      return [
        {
          kind: 'test_in_place',
          key: `${place.key} ${test.key}`,
          label: `${test.label} · ${place.label}`,
          texts: [],
          path: `${place.path ?? ''}?test_name=${encodeURIComponent(test.key)}`,
        },
      ];
    }
  }
  return [];
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

/**
 * Letters to put in, take out, change or swap with their neighbour; gives up at `limit`. Source: optimal string
 * alignment, after F. J. Damerau, “A technique for computer detection and correction of spelling errors”, 1964.
 */
export function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) >= limit) return limit;
  let older: number[] = [];
  let old: number[] = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i += 1) {
    const now = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      let least = Math.min((old[j] ?? 0) + 1, (now[j - 1] ?? 0) + 1, (old[j - 1] ?? 0) + same);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        least = Math.min(least, (older[j - 2] ?? 0) + 1);
      now.push(least);
    }
    if (Math.min(...now) >= limit) return limit;
    older = old;
    old = now;
  }
  return Math.min(limit, old[b.length] ?? limit);
}

/** Names of the parts of the index that hold an entry: by the first letters of the words that it is found by. */
export function shardsOf({ texts }: Pick<SearchEntry, 'texts'>): readonly string[] {
  const words = texts.flatMap((text) => normalizeText(text).split(/[ .]/));
  return [...new Set(words.filter((word) => word !== '').map(shardOf))];
}

/** The part of the index to ask for a word: `a`–`z`, `0`–`9`, or `other`. */
export function shardOf(word: string): string {
  const [first = ''] = normalizeText(word);
  return /^[a-z0-9]$/.test(first) ? first : 'other';
}

/** What a text that found nothing looks like, to say rightly what that means. */
export function guessKind(text: string): 'network' | 'domain' | null {
  const trimmed = text.trim();
  if (/^(?:as)\s*\d{1,10}$/i.test(trimmed)) return 'network';
  return trimmed.includes('.') && toHost(trimmed) !== null ? 'domain' : null;
}
