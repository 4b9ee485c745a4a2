/**
 * The language of the page being made. Words, numbers, days and names follow it, so no function takes it as an argument. Who makes a
 * page says how to read it: a browser from its document, the site's build from the page it draws.
 */
export const FIRST_LANGUAGE = 'en';
/** Languages of the site’s pages. */
export const LANGUAGE_TAGS: readonly string[] = [FIRST_LANGUAGE];

let read = (): string => FIRST_LANGUAGE;

export function pageLanguage(): string {
  return read();
}

/** From now on the language is what `reader` says when asked. */
export function readLanguageFrom(reader: () => string): void {
  read = reader;
}

/** A right-to-left language turns the whole page; its tag is enough to know. */
export function pageDirection(): 'rtl' | 'ltr' {
  return /^(?:ar|fa|he|ur|ckb|ps|ug|dv|yi)\b/.test(pageLanguage()) ? 'rtl' : 'ltr';
}
