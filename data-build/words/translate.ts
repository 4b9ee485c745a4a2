/** What the contract says, in the language of the page or file being made. */
import { pageLanguage } from './language.ts';
import { addMessages, fillMessage, type MessageParams } from './messages.ts';
import { WORDS, type WordKey } from './words.ts';

for (const [language, words] of Object.entries(WORDS)) addMessages(language, words);

export function translate(key: WordKey, params?: MessageParams): string {
  return fillMessage(pageLanguage(), key, params);
}
