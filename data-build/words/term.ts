/** A word of the data with its meaning, read in the language of whoever asks. */
import { translate } from './translate.ts';
import type { WordKey } from './words.ts';

export interface Term {
  readonly label: string;
  readonly about: string;
}

/** Keys that have an `about` beside their label. */
type TermKey = { [Key in WordKey]: `${Key}.about` extends WordKey ? Key : never }[WordKey];

export function term(key: TermKey): Term {
  return {
    get label() {
      return translate(key);
    },
    get about() {
      return translate(`${key}.about`);
    },
  };
}
