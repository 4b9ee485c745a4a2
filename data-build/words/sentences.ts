/** Whole sentences one after the other. Nothing else joins them, and no sentence is made of pieces. */
import { translate } from './translate.ts';

/** These fill the width of a letter, so languages that write them put no space after a sentence. */
const WIDE_STOP = /[。！？：；）」]$/;
const STOP = /[.!?…。！？।۔؟။]$/;

/** What is null or empty is left out. */
export function joinSentences(sentences: readonly (string | null)[]): string {
  return sentences.reduce<string>((text, next) => {
    if (next === null || next === '') return text;
    return text === '' || WIDE_STOP.test(text) ? text + next : `${text} ${next}`;
  }, '');
}

/** A title or a list as a sentence, with the full stop of the language unless it has one. */
export function endSentence(text: string): string {
  return STOP.test(text) ? text : translate('sentence.end', { text });
}
