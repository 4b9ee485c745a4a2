/** Removes text that could identify a person from reports. */
import { holdsPrivateText, PRIVATE_TEXT } from '../contract/privacy.ts';

// With what stands before a shape in the same word: of an e-mail address the shape has one letter of the name.
const BLANK = new RegExp(`[^ ]*(?:${PRIVATE_TEXT})|[A-Za-z0-9_+=-]{24,}`, 'giu');
const REMOVED = '…';

/** The text with private shapes and long tokens replaced by `…`, at most 80 characters; all of it where one is spelled otherwise. */
export function redactDetail(text: string): string {
  // Cut before replacing, so that a hostile length costs no time.
  const left = text.slice(0, 400).replace(BLANK, REMOVED).slice(0, 80);
  return holdsPrivateText(left) ? REMOVED : left;
}
