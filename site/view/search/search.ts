/**
 * Finding entries of a static index. Every word must be found; codes and whole names come first, then beginnings, then
 * parts, then what is nearly so; among equals the thing itself comes before events that speak of it.
 */
import { toHost, withoutWww } from '../../state/domain.ts';
import { normalizeText } from './letters.ts';
import { findPart } from './part.ts';
import { bandOf, scoreEntry, type SearchEntry, type SearchWish } from './score.ts';
import type { Calendar } from './spoken-days.ts';

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

/** Best first, at most `most`. Entries keep their order among equals. Without a calendar no words are days. */
export function findEntries(
  entries: readonly SearchEntry[],
  text: string,
  most: number,
  calendar: Calendar | null = null,
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
    );
  const listed = found.map(({ entry }) => entry);
  const part = findPart(entries, wish.words, calendar);
  if (part === null) return listed.slice(0, most);
  const first = part.sure || found.every(({ score }) => bandOf(score) === 0);
  return (first ? [part.entry, ...listed] : [...listed, part.entry]).slice(0, most);
}

/** What happened comes after the things that it is about. */
function isSentence({ kind }: SearchEntry): boolean {
  return kind === 'event' || kind === 'finding';
}

/** Whether the text is the entry’s own name, code or number. */
export function isNamed(entry: SearchEntry, text: string): boolean {
  return bandOf(scoreEntry(entry, toWish(text))) === 2;
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
