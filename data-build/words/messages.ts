/** Messages at hand, by language: whoever has words adds them, and one function fills their parts. */
import type { MessageFormatElement } from '@formatjs/icu-messageformat-parser';
import { IntlMessageFormat } from 'intl-messageformat';
import { FIRST_LANGUAGE } from './language.ts';

export type MessageParams = Readonly<Record<string, string | number>>;
/** As it stands in a word file, or parsed. */
export type Message = string | MessageFormatElement[];
export type Messages = Readonly<Partial<Record<string, Message>>>;

const messages = new Map<string, Messages>();
const made = new Map<string, IntlMessageFormat>();

/** Browsers have no word files, so scripts bring the messages that they use: `site/serve/words-plugin` writes the calls. */
export function addMessages(language: string, more: Messages): void {
  messages.set(language, { ...messages.get(language), ...more });
}

/** Text for `key`: its parts filled, its plural and select forms chosen. */
export function fillMessage(language: string, key: string, params: MessageParams = {}): string {
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
