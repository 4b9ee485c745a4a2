/** Interface words. English is the type: a key that `en.json` lacks does not compile. */
import en from './en.json' with { type: 'json' };
import { pageLanguage } from './language.ts';

export type MessageKey = keyof typeof en;
export type MessageParams = Readonly<Record<string, string | number>>;

/** Languages with a file of their own. Add one by adding `<tag>.json` and a line here. */
const LANGUAGES: Readonly<Record<string, Readonly<Partial<Record<string, string>>>>> = { en };

export const LANGUAGE_TAGS: readonly string[] = Object.keys(LANGUAGES);

/** Text for `key`, its `{name}` places filled; numbers as they are (format them first). */
export function translate(key: MessageKey, params: MessageParams = {}): string {
  const message = LANGUAGES[pageLanguage()]?.[key] ?? en[key];
  return message.replace(/\{(\w+)\}/g, (place, name: string) => String(params[name] ?? place));
}

/** `key.one` or `key.other` by the language's plural rule; `{n}` is the formatted count. */
export function translateCount(key: string, count: number, params: MessageParams = {}): string {
  const form = new Intl.PluralRules(pageLanguage()).select(count);
  const chosen = [`${key}.${form}`, `${key}.other`].find(isMessageKey);
  if (chosen === undefined) throw new Error(`en.json has no plural forms for ${key}.`);
  const n = new Intl.NumberFormat(pageLanguage()).format(count);
  return translate(chosen, { n, ...params });
}

function isMessageKey(key: string): key is MessageKey {
  return key in en;
}
