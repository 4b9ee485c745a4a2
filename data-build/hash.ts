/** SHA-256, the one hash that files, texts and parts are known by. */
import { createHash, type Hash } from 'node:crypto';
import { createReadStream, readFileSync, statSync } from 'node:fs';
import { type Sha256, toSha256 } from './contract/brands.ts';

/** What a hash that was fed piece by piece comes to. */
export function finishHash(hash: Hash): Sha256 {
  const digest = toSha256(hash.digest('hex'));
  if (digest === null) throw new Error('SHA-256 did not give 64 hexadecimal digits.');
  return digest;
}

/** Of bytes, or of a text in UTF-8. */
export function hashOf(data: string | Uint8Array): Sha256 {
  return finishHash(createHash('sha256').update(data));
}

/** A data folder has ten thousands of small files; a stream costs each of them more than the hash does. */
const MOST_AT_ONCE = 1_048_576;

/** Of a file. Throws what the file system throws. */
export async function hashFile(path: string): Promise<Sha256> {
  if (statSync(path).size <= MOST_AT_ONCE) return hashOf(readFileSync(path));
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) {
    if (chunk instanceof Uint8Array) hash.update(chunk);
  }
  return finishHash(hash);
}
