/** The query part of a link as pairs, and back. Tolerant: whatever cannot be decoded stays as it is. */

/** Longest query part that is read, in characters; what lies beyond is dropped and said so. */
export const SEARCH_LENGTH = 16_384;

/** Added to links by mail and social sites; they mean nothing here and deserve no notice. */
const FOREIGN = /^(?:utm_\w+|fbclid|gclid|dclid|msclkid|mc_[ce]id|igshid|ref|source)$/;

export function isForeign(name: string): boolean {
  return FOREIGN.test(name);
}

export interface SearchPair {
  readonly name: string;
  /** Still encoded, so that an encoded comma inside a value can be told from one between values. */
  readonly raw: string;
}

/** `?a=1&b=2` → pairs in order; `cut` is true when the text was longer than is read. */
export function parseSearch(search: string): { pairs: readonly SearchPair[]; cut: boolean } {
  const text = search.startsWith('?') ? search.slice(1) : search;
  const cut = text.length > SEARCH_LENGTH;
  const parts = (cut ? text.slice(0, SEARCH_LENGTH) : text).split('&');
  if (cut) parts.pop();
  const pairs = parts
    .filter((part) => part !== '')
    .map((part) => {
      const split = part.indexOf('=');
      return split < 0
        ? { name: decodeText(part), raw: '' }
        : { name: decodeText(part.slice(0, split)), raw: part.slice(split + 1) };
    });
  return { pairs, cut };
}

/** Percent signs and pluses undone; text with a broken escape is returned as it stands. */
export function decodeText(raw: string): string {
  const spaced = raw.replaceAll('+', ' ');
  try {
    return decodeURIComponent(spaced);
  } catch {
    return spaced;
  }
}

/** Safe inside a value: only what a query part may hold unescaped, and commas always escaped. */
export function encodeText(text: string): string {
  return encodeURIComponent(text).replaceAll('%3A', ':').replaceAll('%2F', '/');
}
