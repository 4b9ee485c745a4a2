/** SHA-256, the one hash that files, texts and parts are known by. */
import { createHash, type Hash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { type Sha256, toSha256 } from './contract/brands.ts';

function finish(hash: Hash): Sha256 {
  const digest = toSha256(hash.digest('hex'));
  if (digest === null) throw new Error('SHA-256 did not give 64 hexadecimal digits.');
  return digest;
}

/** Of bytes, or of a text in UTF-8. */
export function hashOf(data: string | Uint8Array): Sha256 {
  return finish(createHash('sha256').update(data));
}

/** Of a file, read as a stream. Throws what the file system throws. */
export async function hashFile(path: string): Promise<Sha256> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) {
    if (chunk instanceof Uint8Array) hash.update(chunk);
  }
  return finish(hash);
}
