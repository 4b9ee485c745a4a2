/** SHA-256 of a text, as hexadecimal digits. */
import { sha256Of } from '../engine/wasm/sum.ts';

/** Null on pages that came without encryption, where browsers compute no hashes. */
export async function hashText(text: string): Promise<string | null> {
  return isSecureContext ? sha256Of(new TextEncoder().encode(text)) : null;
}
