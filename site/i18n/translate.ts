/** Words of a message in the language of the page: its parts filled, its plural and select forms chosen. */
import type { MessageFormatElement } from '@formatjs/icu-messageformat-parser';
import { IntlMessageFormat } from 'intl-messageformat';
import { WORDS, type MessageKey } from '../words/words.ts';
import { FIRST_LANGUAGE, pageLanguage } from './language.ts';

export type { MessageKey };
export type MessageParams = Readonly<Record<string, string | number>>;
/** As it stands in a word file, or parsed. */
export type Message = string | MessageFormatElement[];
export type Messages = Readonly<Partial<Record<string, Message>>>;

const messages = new Map<string, Messages>(Object.entries(WORDS));
const made = new Map<string, IntlMessageFormat>();

/**
 * Browsers have no word files, so scripts bring the messages that they use: `serve/words-plugin`
 * writes the calls.
 * @public
 */
export function addMessages(language: string, more: Messages): void {
  messages.set(language, { ...messages.get(language), ...more });
}

/** Text for `key`. Numbers choose forms; where one is to be read with its separators, format it first or write `#`. */
export function translate(key: MessageKey, params: MessageParams = {}): string {
  const language = pageLanguage();
  const message = messages.get(language)?.[key] ?? messages.get(FIRST_LANGUAGE)?.[key];
  if (message === undefined) throw new Error(`No words for ${key} are at hand in this page.`);
  if (typeof message === 'string' && !/[{']/.test(message)) return message;
  const text = formatOf(language, key, message).format<string>({ ...params });
  if (typeof text !== 'string') throw new Error(`${key} has parts that are no text.`);
  return text;
}

function formatOf(language: string, key: string, message: Message): IntlMessageFormat {
  const name = `${language} ${key}`;
  const known = made.get(name);
  if (known !== undefined) return known;
  const format = new IntlMessageFormat(message, language, undefined, { ignoreTag: true });
  made.set(name, format);
  return format;
}
