/** Base64 as Python's lenient decoder reads it: characters outside the alphabet are skipped. */

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
/** Value of each ASCII character; -1 outside the alphabet. */
const VALUES = Int8Array.from({ length: 128 }, (_, code) =>
  ALPHABET.indexOf(String.fromCharCode(code)),
);
const PAD = 61;
const NOT_ASCII = /[^\u0000-\u007f]/;

export type Base64 =
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array }
  /** The padding is wrong: Python raises binascii.Error, which the publisher turns into a failure. */
  | { readonly kind: 'malformed' }
  /** Not ASCII: Python raises ValueError, on which the publisher gives the line up. */
  | { readonly kind: 'refused' };

/**
 * Decodes base64. Source for the leniency: CPython Modules/binascii.c, a2b_base64 with strict mode off:
 * foreign characters are skipped, padding ends the data once its quartet is complete.
 */
export function decodeBase64(text: string): Base64 {
  if (NOT_ASCII.test(text)) return { kind: 'refused' };
  const bytes = new Uint8Array(Math.ceil(text.length / 4) * 3);
  const whole = decodeWhole(text, bytes);
  let length = (whole / 4) * 3;
  let quad = 0;
  let left = 0;
  let pads = 0;
  for (let index = whole; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code === PAD) {
      pads += 1;
      if (quad >= 2 && quad + pads >= 4) return { kind: 'bytes', bytes: bytes.subarray(0, length) };
      continue;
    }
    const value = VALUES[code] ?? -1;
    if (value < 0) continue;
    pads = 0;
    if (quad === 0) {
      left = value;
    } else if (quad === 1) {
      bytes[length] = (left << 2) | (value >> 4);
      length += 1;
      left = value & 15;
    } else if (quad === 2) {
      bytes[length] = (left << 4) | (value >> 2);
      length += 1;
      left = value & 3;
    } else {
      bytes[length] = (left << 6) | value;
      length += 1;
      left = 0;
    }
    quad = (quad + 1) & 3;
  }
  if (quad !== 0) return { kind: 'malformed' };
  return { kind: 'bytes', bytes: bytes.subarray(0, length) };
}

/** Decodes quartets as long as all four characters are of the alphabet; returns how many characters that were. */
function decodeWhole(text: string, bytes: Uint8Array): number {
  let at = 0;
  for (let to = 0; at + 4 <= text.length; at += 4, to += 3) {
    const first = VALUES[text.charCodeAt(at)] ?? -1;
    const second = VALUES[text.charCodeAt(at + 1)] ?? -1;
    const third = VALUES[text.charCodeAt(at + 2)] ?? -1;
    const fourth = VALUES[text.charCodeAt(at + 3)] ?? -1;
    if ((first | second | third | fourth) < 0) break;
    bytes[to] = (first << 2) | (second >> 4);
    bytes[to + 1] = (second << 4) | (third >> 2);
    bytes[to + 2] = (third << 6) | fourth;
  }
  return at;
}

/** Bytes as text, one character a byte (latin1). */
export function latin1Text(bytes: Uint8Array): string {
  const parts: string[] = [];
  for (let start = 0; start < bytes.length; start += 8192)
    parts.push(String.fromCharCode(...bytes.subarray(start, start + 8192)));
  return parts.join('');
}
