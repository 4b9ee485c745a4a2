/** What the contract says, in the language of the page or file being made. */
import { pageLanguage } from './language.ts';
import { addWords, fillMessage, type MessageParams } from './messages.ts';
import { wordsIn, type WordKey } from './words.ts';

addWords(wordsIn);

export function translate(key: WordKey, params?: MessageParams): string {
  return fillMessage(pageLanguage(), key, params);
}
