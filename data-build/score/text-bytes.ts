/** Text as bytes, for code without an encoder. */

/** Writes the low byte of every UTF-16 unit of the text, which must fit, from the first byte on. */
export type CopyLowBytes = (text: string, into: Uint8Array) => void;

export const copyLowBytes: CopyLowBytes = (text, into) => {
  for (let index = 0; index < text.length; index += 1) into[index] = text.charCodeAt(index);
};

/** The UTF-8 bytes of a text; a lone surrogate becomes three bytes of its own. */
export function utf8Bytes(text: string): Uint8Array {
  const bytes: number[] = [];
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    if (code < 0x80) bytes.push(code);
    else if (code < 0x800) bytes.push(0xc0 | (code >> 6), 0x80 | (code & 63));
    else if (code < 0x10000)
      bytes.push(0xe0 | (code >> 12), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63));
    else
      bytes.push(
        0xf0 | (code >> 18),
        0x80 | ((code >> 12) & 63),
        0x80 | ((code >> 6) & 63),
        0x80 | (code & 63),
      );
  }
  return Uint8Array.from(bytes);
}
