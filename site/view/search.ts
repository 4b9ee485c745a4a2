/** Finding entries of a static index: codes first, then beginnings, then parts, then what is nearly so. */

export type SearchKind = 'place' | 'network' | 'domain' | 'test' | 'event';

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

/** Best first, at most `most`. Entries keep their order among equals. */
export function findEntries(
  entries: readonly SearchEntry[],
  text: string,
  most: number,
): readonly SearchEntry[] {
  const wanted = normalizeText(text).replace(/^as (?=\d)/, 'as');
  if (wanted === '') return [];
  return entries
    .map((entry, place) => ({ entry, place, score: scoreEntry(entry, wanted) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score || a.place - b.place)
    .slice(0, most)
    .map(({ entry }) => entry);
}

const EXACT = 100;
const BEGINNING = 80;
const WORD = 60;
const PART = 40;
const NEAR = 20;

/** 0: not meant. */
export function scoreEntry({ texts }: SearchEntry, wanted: string): number {
  let best = 0;
  texts.forEach((text, index) => {
    const score = scoreText(normalizeText(text), wanted) - Math.min(index, 4);
    if (score > best) best = score;
  });
  return best;
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
  return /^(?:https?:\/\/)?[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+\/?$/u.test(trimmed)
    ? 'domain'
    : null;
}
