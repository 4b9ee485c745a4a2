/** Bytes of a line as text. */
import { isAscii, isUtf8, transcode } from 'node:buffer';

/**
 * The text, or null when the bytes are not UTF-8. Most lines are ASCII, which is copied as it is; for the others the
 * way over UTF-16 is three times as fast as `toString('utf8')` (measured with Node 24).
 */
export function decodeText(bytes: Buffer): string | null {
  if (isAscii(bytes)) return bytes.toString('latin1');
  return isUtf8(bytes) ? transcode(bytes, 'utf8', 'utf16le').toString('utf16le') : null;
}
