/** Messages at hand: whoever has words adds them, and one function fills their parts. */
import type { MessageFormatElement } from '@formatjs/icu-messageformat-parser';
import { IntlMessageFormat } from 'intl-messageformat';
import { localeOf } from './language.ts';
import { FIRST_LANGUAGE, languageOf } from './languages.ts';

export type MessageParams = Readonly<Record<string, string | number>>;
/** As it stands in a word file, or parsed. */
export type Message = string | MessageFormatElement[];
export type Messages = Readonly<Partial<Record<string, Message>>>;
/** Gives the messages of a language; those that it does not have are looked for in the first one. */
export type Words = (language: string) => Messages;

const words: Words[] = [];
const made = new Map<string, IntlMessageFormat>();

/** Browsers have no word files, so scripts bring the messages that they use: `site/serve/words-plugin` writes the calls. */
export function addWords(more: Words): void {
  words.push(more);
}

/** With the language that has it: its own, else the first. */
function findMessage(
  language: string,
  key: string,
): { readonly message: Message; readonly said: string } | undefined {
  for (const each of words) {
    const message = each(language)[key];
    if (message !== undefined) return { message, said: language };
  }
  return language === FIRST_LANGUAGE ? undefined : findMessage(FIRST_LANGUAGE, key);
}

/** Text for `key`: its parts filled, its plural and select forms chosen. */
export function fillMessage(language: string, key: string, params: MessageParams = {}): string {
  const found = findMessage(language, key);
  if (found === undefined) throw new Error(`No words for ${key} are at hand in this page.`);
  const { message, said } = found;
  const text =
    typeof message === 'string' && !/[{']/.test(message)
      ? message
      : formatOf(language, key, message).format<string>({ ...params });
  if (typeof text !== 'string') throw new Error(`${key} has parts that are not texts.`);
  return said === language ? text : borrow(text, language);
}

/** A text of the first language in another one: among words from the right it keeps its full stop at its end. */
export function borrow(text: string, language: string): string {
  return languageOf(language).direction === 'rtl' ? `\u2066${text}\u2069` : text;
}

function formatOf(language: string, key: string, message: Message): IntlMessageFormat {
  const name = `${language} ${key}`;
  const known = made.get(name);
  if (known !== undefined) return known;
  const locale = localeOf(languageOf(language));
  const format = new IntlMessageFormat(message, locale, undefined, { ignoreTag: true });
  made.set(name, format);
  return format;
}
