/** Days as people type them: `november`, `nov 2024`, `7 November 2024`, `2024-11`, `2024`. */
import { addDays, millisOfDay, type Day, toDay } from '../../../data-build/contract/brands.ts';
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
  return readGregorianDays(words, calendar) ?? readOtherDays(words, calendar);
}

function readGregorianDays(words: readonly string[], calendar: Calendar): SpokenDays | null {
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

/** `آبان 1403`, `17 آبان`: where `Intl` names another calendar for a language, days may be meant in it. */
function readOtherDays(
  words: readonly string[],
  { since, until, languages }: Calendar,
): SpokenDays | null {
  const yearAt = words.findIndex((word) => /^\d{4}$/.test(word));
  for (const language of languages) {
    const { calendar: name } = new Intl.DateTimeFormat(language).resolvedOptions();
    if (name === 'gregory') continue;
    const named = words.map((word) => findMonth(word, monthNames([language], name)));
    const monthAt = named.findIndex((month) => month !== null);
    if (monthAt < 0 && yearAt < 0) continue;
    const dayAt =
      monthAt < 0 ? -1 : ([monthAt - 1, monthAt + 1].find((at) => readNumber(words[at], 31)) ?? -1);
    const days = findDays(name, since, until, {
      year: yearAt < 0 ? null : Number(words[yearAt]),
      month: named[monthAt] ?? null,
      day: readNumber(words[dayAt], 31),
    });
    if (days === null) continue;
    return {
      ...days,
      label: formatDayRange(days.since, days.until),
      rest: words.filter((_, at) => at !== yearAt && at !== monthAt && at !== dayAt),
    };
  }
  return null;
}

/** The last stretch of days in a row that are of this year, month and day; null asks for any. */
function findDays(
  calendar: string,
  since: Day,
  until: Day,
  wanted: Readonly<Record<'year' | 'month' | 'day', number | null>>,
): { readonly since: Day; readonly until: Day } | null {
  const format = new Intl.DateTimeFormat('en', {
    calendar,
    numberingSystem: 'latn',
    timeZone: 'UTC',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
  });
  let end: Day | null = null;
  for (let day = addDays(until, -1); day >= since; day = addDays(day, -1)) {
    const parts = format.formatToParts(millisOfDay(day));
    const isWanted = (['year', 'month', 'day'] as const).every(
      (name) =>
        wanted[name] === null ||
        Number(parts.find(({ type }) => type === name)?.value) === wanted[name],
    );
    if (isWanted) end ??= addDays(day, 1);
    else if (end !== null) return { since: addDays(day, 1), until: end };
  }
  return end === null ? null : { since, until: end };
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
  return findMonth(word, monthNames(languages, 'gregory'));
}

function findMonth(word: string, names: readonly MonthName[]): number | null {
  if (word.length < 2 || /^\d+$/.test(word)) return null;
  const whole = names.find(({ name }) => name === word);
  if (whole !== undefined || word.length < 3) return whole?.month ?? null;
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

function monthNames(languages: readonly string[], calendar: string): readonly MonthName[] {
  const key = [calendar, ...languages].join();
  const names =
    known.get(key) ??
    languages.flatMap((language) => {
      const options = { calendar, numberingSystem: 'latn', timeZone: 'UTC' } as const;
      const long = new Intl.DateTimeFormat(language, { ...options, month: 'long' });
      const number = new Intl.DateTimeFormat('en', { ...options, month: 'numeric' });
      // The middle of each Gregorian month meets each month of another solar year once.
      return Array.from({ length: 12 }, (_, index) => {
        const middle = Date.UTC(2024, index, 15);
        return {
          month: Number(number.format(middle)),
          name: normalizeText(long.format(middle)),
        };
      });
    });
  known.set(key, names);
  return names;
}
