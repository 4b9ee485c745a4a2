/** Days as people type them: `november`, `nov 2024`, `7 November 2024`, `2024-11`, `2024`. */
import { addDays, type Day, toDay } from '../../../data-build/contract/brands.ts';
import { formatDay, formatDayRange, formatMonth } from '../format.ts';
import { editDistance, normalizeText } from './letters.ts';

/** The days of a release, until exclusive, and the languages that months are named in. */
export interface Calendar {
  readonly since: Day;
  readonly until: Day;
  readonly languages: readonly string[];
}

export interface SpokenDays {
  readonly since: Day;
  /** Exclusive. */
  readonly until: Day;
  /** `November 2024`. */
  readonly label: string;
  /** The words that were not about days. */
  readonly rest: readonly string[];
}

/** Null: no word names days of the release. A month without a year is the last one of the release. */
export function readDays(words: readonly string[], calendar: Calendar): SpokenDays | null {
  const yearAt = words.findIndex((word) => /^20[12]\d$/.test(word));
  const named = words.map((word) => readMonth(word, calendar.languages));
  const namedAt = named.findIndex((month) => month !== null);
  // `2024-11-07` and `2024 11`: what follows a year is a number of a month, then of a day.
  const monthAt =
    namedAt >= 0 ? namedAt : yearAt >= 0 && readNumber(words[yearAt + 1], 12) ? yearAt + 1 : -1;
  if (yearAt < 0 && monthAt < 0) return null;
  const month = monthAt < 0 ? null : (named[monthAt] ?? readNumber(words[monthAt], 12));
  const dayAt =
    monthAt < 0
      ? -1
      : namedAt >= 0
        ? ([monthAt - 1, monthAt + 1].find((at) => readNumber(words[at], 31)) ?? -1)
        : readNumber(words[monthAt + 1], 31)
          ? monthAt + 1
          : -1;
  const years =
    yearAt >= 0 ? [Number(words[yearAt])] : yearsBetween(calendar.since, calendar.until);
  for (const year of years) {
    const found = toSpan(year, month, readNumber(words[dayAt], 31));
    if (found === null || found.since >= calendar.until || found.until <= calendar.since) continue;
    return {
      ...found,
      rest: words.filter((_, at) => at !== yearAt && at !== monthAt && at !== dayAt),
    };
  }
  return null;
}

function readNumber(word: string | undefined, most: number): number | null {
  if (word === undefined || !/^\d{1,2}$/.test(word)) return null;
  const number = Number(word);
  return number >= 1 && number <= most ? number : null;
}

/** The newest first. */
function yearsBetween(since: Day, until: Day): readonly number[] {
  const last = Number(addDays(until, -1).slice(0, 4));
  return Array.from({ length: last - Number(since.slice(0, 4)) + 1 }, (_, back) => last - back);
}

function toSpan(year: number, month: number | null, day: number | null) {
  const dayOf = (y: number, m: number, d: number): Day | null =>
    toDay(`${y}-${String(m).padStart(2, '0')}-${String(d).padStart(2, '0')}`);
  const since = dayOf(year, month ?? 1, day ?? 1);
  if (since === null) return null;
  if (day !== null) return { since, until: addDays(since, 1), label: formatDay(since) };
  const until = month === null || month === 12 ? dayOf(year + 1, 1, 1) : dayOf(year, month + 1, 1);
  if (until === null) return null;
  return {
    since,
    until,
    label: month === null ? formatDayRange(since, until) : formatMonth(since),
  };
}

/** 1 to 12; a slip is forgiven in longer words. */
function readMonth(word: string, languages: readonly string[]): number | null {
  if (word.length < 3 || /^\d+$/.test(word)) return null;
  const names = monthNames(languages);
  const begins = names.find(({ name }) => name.startsWith(word));
  if (begins !== undefined) return begins.month;
  if (word.length < 5) return null;
  return names.find(({ name }) => editDistance(name, word, 2) < 2)?.month ?? null;
}

interface MonthName {
  readonly month: number;
  readonly name: string;
}

const known = new Map<string, readonly MonthName[]>();

function monthNames(languages: readonly string[]): readonly MonthName[] {
  const key = languages.join();
  const names =
    known.get(key) ??
    languages.flatMap((language) => {
      const format = new Intl.DateTimeFormat(language, {
        month: 'long',
        timeZone: 'UTC',
        calendar: 'gregory',
        numberingSystem: 'latn',
      });
      return Array.from({ length: 12 }, (_, index) => ({
        month: index + 1,
        name: normalizeText(format.format(Date.UTC(2024, index, 1))),
      }));
    });
  known.set(key, names);
  return names;
}
