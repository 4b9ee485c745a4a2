/** A file that is read whole, decompressed, as text. */
import { type Problem, problem } from '../contract/problem.ts';
import { readBytes } from '../read/byte-stream.ts';

/** Largest file that is read whole. */
const LONGEST_FILE = 256 * 1024 * 1024;

/** Bytes that are not UTF-8 become U+FFFD; a file too large or unreadable is a Problem. */
export async function readText(path: string): Promise<string | Problem> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  const failed = await readBytes(path, (chunk) => {
    bytes += chunk.length;
    if (bytes <= LONGEST_FILE) chunks.push(Buffer.from(chunk));
  });
  if (failed !== null) return failed;
  if (bytes > LONGEST_FILE) return problem('unreadable_file', 'a file of more than 256 MiB');
  return Buffer.concat(chunks).toString('utf8');
}
