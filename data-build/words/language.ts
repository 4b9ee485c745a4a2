/**
 * The language of the page being made. Words, numbers, days and names follow it, so no function takes it as an argument. Who makes a
 * page says how to read it: a browser from its document, the site's build from the page it draws.
 */
import { FIRST_LANGUAGE, languageOf, type Language } from './languages.ts';

export { FIRST_LANGUAGE };

let read = (): string => FIRST_LANGUAGE;
let last: Language = languageOf(FIRST_LANGUAGE);

/** From now on the language is what `reader` says when asked. */
export function readLanguageFrom(reader: () => string): void {
  read = reader;
}

function current(): Language {
  const tag = read();
  if (last.tag !== tag) last = languageOf(tag);
  return last;
}

export function pageLanguage(): string {
  return read();
}

/** What every `Intl` of numbers and names is made with. */
export function pageLocale(): string {
  return localeOf(current());
}

export function localeOf(language: Language): string {
  const { locale, standIn } = language;
  return standIn === undefined || isSpoken(locale) ? locale : standIn;
}

/** Whether the runtime has no data of the language, and the words of ours for its days and lists are needed. */
export function needsOwnForms(): boolean {
  const { locale, standIn } = current();
  return standIn !== undefined && !isSpoken(locale);
}

function isSpoken(locale: string): boolean {
  return (
    Intl.NumberFormat.supportedLocalesOf(locale).length > 0 &&
    Intl.DateTimeFormat.supportedLocalesOf(locale).length > 0
  );
}

/** What every `Intl` of days is made with. */
export function pageDayLocale(): string {
  const { days, calendar } = current();
  return calendar === undefined ? days : new Intl.Locale(days, { calendar }).toString();
}

/** What every `Intl` of whole months and years is made with: those of the data are Gregorian in every language. */
export function pageMonthLocale(): string {
  return current().days;
}

/** Null where days are Gregorian, too. */
export function pageCalendar(): NonNullable<Language['calendar']> | null {
  return current().calendar ?? null;
}

export function pageIsolates(): boolean {
  return current().direction === 'rtl' || current().isolates === true;
}

export function pageDirection(): 'rtl' | 'ltr' {
  return current().direction;
}
