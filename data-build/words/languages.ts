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
  /** By which `Intl` writes days: their order, and the Gregorian calendar. */
  readonly days: string;
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
  // Words about 2024 say Gregorian months: days of another calendar would name other stretches.
  { tag: 'fa', endonym: 'فارسی', direction: 'rtl', locale: 'fa', days: 'fa-u-ca-gregory' },
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
  { tag: 'my', endonym: 'မြန်မာ', direction: 'ltr', locale: 'my', days: 'my' },
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
