/** Removes text that could identify a person from rows and reports. */
import { PRIVATE_TEXT } from '../contract/privacy.ts';

const PRIVATE = new RegExp(PRIVATE_TEXT, 'i');
const BLANK = new RegExp(`${PRIVATE_TEXT}|[A-Za-z0-9_+=-]{24,}`, 'gi');

/** Whether the text holds an address, an e-mail, a token or another shape that must not leave the build. */
export function holdsPrivateText(text: string): boolean {
  return PRIVATE.test(text);
}

/** The text with private shapes and long tokens replaced by `…`, at most 80 characters. */
export function redactDetail(text: string): string {
  // Cut before replacing, so that a hostile length costs no time.
  return text.slice(0, 400).replace(BLANK, '…').slice(0, 80);
}
