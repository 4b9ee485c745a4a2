/** Removes text that could identify a person from reports. */
import {
  findPrivateShapes,
  holdsPrivateText,
  PRIVATE_TEXT,
  type PrivateShape,
} from '../contract/privacy.ts';

// With what stands before a shape in the same word: of an e-mail address the shape has one letter of the name.
const BLANK = new RegExp(`[^ ]*(?:${PRIVATE_TEXT})|[A-Za-z0-9_+=-]{24,}`, 'giu');
const REMOVED = '…';

/** The text with private shapes and long tokens replaced by `…`, at most 80 characters; all of it where one is spelled otherwise. */
export function redactDetail(text: string): string {
  // Cut before replacing, so that a hostile length costs no time.
  const left = text.slice(0, 400).replace(BLANK, REMOVED).slice(0, 80);
  return holdsPrivateText(left) ? REMOVED : left;
}

/** Publishers name files by ids of tests and machines, which lead to nobody. */
const IN_NAMES: ReadonlySet<string> = new Set<PrivateShape>(['uuid', 'long_hex', 'host_number']);

/** The name of a file as it may be published: `…` stands for each folder or file that is named by an address or a secret. */
export function redactName(name: string): string {
  if (!holdsPrivateText(name)) return name;
  return name
    .split('/')
    .map((step) => (findPrivateShapes(step).every((shape) => IN_NAMES.has(shape)) ? step : REMOVED))
    .join('/');
}
