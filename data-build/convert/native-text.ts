/** Copies a text's low bytes with Node's own function, for scoring. */
import type { CopyLowBytes } from '../score/text-bytes.ts';

let seen: Uint8Array | null = null;
let view: Buffer = Buffer.alloc(0);

/** `latin1` cuts every UTF-16 unit to its low byte (Node's documentation of `buffer.latin1`). */
export const copyNative: CopyLowBytes = (text, into) => {
  if (seen !== into) {
    view = Buffer.from(into.buffer, into.byteOffset, into.byteLength);
    seen = into;
  }
  view.write(text, 'latin1');
};
