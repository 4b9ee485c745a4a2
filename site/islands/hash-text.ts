/** SHA-256 of a text, as hexadecimal digits. */

/** Null on pages that came without encryption, where browsers compute no hashes. */
export async function hashText(text: string): Promise<string | null> {
  if (!isSecureContext) return null;
  const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return [...new Uint8Array(hash)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
