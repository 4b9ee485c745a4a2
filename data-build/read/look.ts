/** The beginning of a file, and tests of it that tell kinds of dumps apart. */

/** Bytes that are not UTF-8 become U+FFFD in `text`. */
export interface Look {
  /** File name without folders. */
  readonly name: string;
  readonly text: string;
  /** Names in the first line that is not a comment, as CSV. */
  readonly columns: ReadonlySet<string>;
  readonly raw: Uint8Array;
  /** As `raw`, decompressed. */
  readonly bytes: Uint8Array;
}

const latin1 = new TextDecoder('latin1');
const utf8 = new TextDecoder('utf-8');

export function toLook(name: string, raw: Uint8Array, bytes: Uint8Array): Look {
  const text = utf8.decode(bytes);
  return { name, text, columns: columnsOf(text), raw, bytes };
}

function columnsOf(text: string): ReadonlySet<string> {
  const header = text.split(/\r?\n/, 400).find((line) => line !== '' && !line.startsWith('#'));
  return new Set((header ?? '').split(',').map((name) => name.trim().replace(/^"(.*)"$/, '$1')));
}

export function ascii(bytes: Uint8Array, start: number, end: number): string {
  return latin1.decode(bytes.subarray(start, end));
}

/** tar has its magic at byte 257 of the first header (POSIX ustar and GNU alike). */
export function isTar({ bytes }: Look): boolean {
  return ascii(bytes, 257, 262) === 'ustar';
}

export function hasColumns(look: Look, ...names: readonly string[]): boolean {
  return names.every((name) => look.columns.has(name));
}

/** JSON in which all of these stand as keys, however deep. */
export function isJsonWith(look: Look, ...names: readonly string[]): boolean {
  return /^\s*[[{]/.test(look.text) && names.every((name) => look.text.includes(`"${name}"`));
}

/** Text that begins as an object whose first key is this. */
export function beginsWithKey({ text }: Look, key: string): boolean {
  return /^[\s\uFEFF]*\{\s*"([^"]*)"/.exec(text)?.[1] === key;
}
