/** The languages that pages can be made in, each once. `LANGUAGES` says which of them a build makes (`serve/languages`). */

export interface Language {
  /** `lang` of its pages, and their folder. */
  readonly tag: string;
  /** Its name in itself. */
  readonly endonym: string;
  readonly direction: 'ltr' | 'rtl';
  /** Data in another script are kept from turning the words around them, as wherever one writes from the right. */
  readonly isolates?: true;
  /** By which `Intl` writes numbers, lists and names, and chooses plural forms. */
  readonly locale: string;
  /** By which `Intl` writes days, months and years: their order, and the Gregorian calendar, which those of the data have. */
  readonly days: string;
  /**
   * By which numbers are written where the runtime has no data of the language: those of another one, in its digits. Days and
   * lists are then written of the messages `intl.…`. Chromium knows no Burmese.
   */
  readonly standIn?: string;
  /** The calendar of single days where the reader chose another one, by its name in `Intl`. */
  readonly calendar?: 'persian';
  /** Tag of the language whose words it has: a calendar is a reader’s choice, not other words. Left out: its own. */
  readonly words?: string;
}

const ENGLISH: Language = {
  tag: 'en',
  endonym: 'English',
  direction: 'ltr',
  locale: 'en',
  // The American order of day and month would be read wrongly in half the world.
  days: 'en-GB',
};

export const LANGUAGES: readonly Language[] = [
  ENGLISH,
  { tag: 'fa', endonym: 'فارسی', direction: 'rtl', locale: 'fa', days: 'fa-u-ca-gregory' },
  {
    tag: 'fa-u-ca-persian',
    endonym: 'فارسی، تقویم خورشیدی',
    direction: 'rtl',
    locale: 'fa',
    days: 'fa-u-ca-gregory',
    calendar: 'persian',
    words: 'fa',
  },
  {
    tag: 'ar',
    endonym: 'العربية',
    direction: 'rtl',
    locale: 'ar-u-nu-latn',
    days: 'ar-u-ca-gregory-nu-latn',
  },
  { tag: 'es', endonym: 'Español', direction: 'ltr', locale: 'es', days: 'es' },
  { tag: 'ru', endonym: 'Русский', direction: 'ltr', locale: 'ru', days: 'ru' },
  { tag: 'zh', endonym: '简体中文', direction: 'ltr', locale: 'zh', days: 'zh' },
  { tag: 'fr', endonym: 'Français', direction: 'ltr', locale: 'fr', days: 'fr' },
  { tag: 'tr', endonym: 'Türkçe', direction: 'ltr', locale: 'tr', days: 'tr' },
  {
    tag: 'my',
    endonym: 'မြန်မာ',
    direction: 'ltr',
    locale: 'my',
    days: 'my',
    standIn: 'en-u-nu-mymr',
  },
  { tag: 'sw', endonym: 'Kiswahili', direction: 'ltr', locale: 'sw', days: 'sw' },
  { tag: 'pt', endonym: 'Português', direction: 'ltr', locale: 'pt', days: 'pt' },
  // Pseudo-languages show what no word file reaches. Their days, numbers and places are written in other letters than ours.
  { tag: 'qps', endonym: 'Ƥşéûðö', direction: 'ltr', isolates: true, locale: 'el', days: 'el' },
  {
    tag: 'qps-rtl',
    endonym: 'پسعدو',
    direction: 'rtl',
    locale: 'ar-EG',
    days: 'ar-EG',
  },
];

/** The language that words are first written in; what another one lacks is said in it. */
export const FIRST_LANGUAGE = ENGLISH.tag;

/** Those with words of their own that people wrote or drafted: not the first, no second calendar, nothing pseudo. */
export const TRANSLATED: readonly Language[] = LANGUAGES.filter(
  ({ tag, words }) => tag !== FIRST_LANGUAGE && words === undefined && !tag.startsWith('qps'),
);

/** A tag that is none of ours is left to `Intl`, and written from the left. */
export function languageOf(tag: string): Language {
  return (
    LANGUAGES.find((language) => language.tag === tag) ?? {
      tag,
      endonym: tag,
      direction: 'ltr',
      locale: tag,
      days: tag,
    }
  );
}
