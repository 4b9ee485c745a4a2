/** What a dump file is, told by its name and its first bytes. */
import { problem, type Problem } from '../contract/problem.ts';
import type { FileHead } from './byte-stream.ts';
import { isJsonWith, toLook, type Look } from './look.ts';

type Sign = (look: Look) => boolean;
const ROUNDS = [0, 1] as const;

/** How a kind of file is told from others. */
export interface Recognised {
  /** The surer sign first: the first signs of all kinds are tried before any second one. */
  readonly signs: readonly [Sign, Sign?];
}

/** Kinds by name; those before others win. */
export type Kinds = Readonly<Record<string, Recognised>>;

/** The mark of our own sample generator, which nobody publishes. */
export const MARKER = 'synthetic_marker';
const isMarker = (look: Look): boolean =>
  look.name === 'SYNTHETIC.json' && isJsonWith(look, 'synthetic');

/** What a few bytes can unpack to is looked at so far. */
const LONGEST_LOOK = 1024 * 1024;

const COMPRESSED_NAME = /\.(?:t?gz|zstd?|lz4)$/i;

/** Why a file has no kind, in a few words; empty when there is nothing to say. */
function whyNot(name: string, { raw, bytes }: FileHead): string {
  if (bytes.length === 0) return 'nothing in it';
  if (name.endsWith('.lz4')) return 'lz4: use the re-made JSONL';
  const [first, second] = raw;
  const utf16 = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
  return utf16 ? 'UTF-16: save it as UTF-8' : '';
}

/**
 * The kind of a file, or why it has none: `unrecognised_file`, or `unreadable_file` when it is compressed and
 * nothing could be decompressed. `path` may have folders.
 */
export function recogniseFile(path: string, head: FileHead, kinds: Kinds): string | Problem {
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (head.damaged) {
    return problem('unreadable_file', `${head.compression} data that cannot be decompressed`);
  }
  // A download that was cut off at once. Compressed data of nothing have a head.
  if (head.raw.length === 0 && COMPRESSED_NAME.test(name))
    return problem('unreadable_file', 'nothing in it');
  const look = toLook(name, head.raw, head.bytes.subarray(0, LONGEST_LOOK));
  if (isMarker(look)) return MARKER;
  for (const round of ROUNDS)
    for (const [kind, { signs }] of Object.entries(kinds))
      if (signs[round]?.(look) === true) return kind;
  return problem('unrecognised_file', whyNot(name, head));
}
