/** Words of a message in the language of the page: its parts filled, its plural and select forms chosen. */
import { pageLanguage } from '../../data-build/words/language.ts';
import { addWords, fillMessage, type MessageParams } from '../../data-build/words/messages.ts';
import { wordsIn, type MessageKey } from '../words/words.ts';

export type { MessageKey };
export type { MessageParams };

addWords(wordsIn);

/** Text for `key`. Numbers choose forms; where one is to be read with its separators, format it first or write `#`. */
export function translate(key: MessageKey, params?: MessageParams): string {
  return fillMessage(pageLanguage(), key, params);
}

/** What the message says before and after one part, for pages that put the part in an element. */
export function translateAround(
  key: MessageKey,
  part: string,
  params?: MessageParams,
): readonly [before: string, after: string] {
  const mark = '\uFFFC';
  const [before = '', after = ''] = translate(key, { ...params, [part]: mark }).split(mark);
  return [before, after];
}
