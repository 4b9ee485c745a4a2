/**
 * SHA-256 of files that were read before. A file is not read again while the file system says that nobody wrote to it since:
 * its number, its length and both its times are those of then. A program can set the time of the last write back, but not that of
 * the last change. What no time tells, as of a disk that forgets, is found by reading a sixteenth of the files all the same, others
 * in each run.
 */
import { existsSync, statSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import type { InferOutput } from 'valibot';
import type { Sha256 } from './contract/brands.ts';
import { byName, count, readShape, record, sha256 } from './contract/shape.ts';
import { hashFile, hashOf } from './hash.ts';

/** Checksums by stamp. Stamps name no paths, so a file that was moved or linked is known under each of its names. */
const NOTES = record({ round: count, sums: byName(sha256) });
type Notes = InferOutput<typeof NOTES>;

/** Every file is read once in so many runs. */
export const ROUNDS = 16;
/** A file that changed so short a time before it was read may change again and keep its times: in nanoseconds. */
const UNSETTLED = 2_000_000_000n;

/** A file as it stands. */
export interface SeenFile {
  /** Its checksum; null: it is not known, or it is the turn of the file to be read. */
  readonly sum: Sha256 | null;
  /** Takes the checksum of what was read since, unless somebody wrote to the file meanwhile. */
  note(sum: Sha256): void;
}

export interface KnownSums {
  /** Throws what the file system throws. */
  look(path: string): SeenFile;
  /** The checksum of a file, which is read where it is not known. Throws what the file system throws. */
  sumOf(path: string): Promise<Sha256>;
  /** Takes the checksum of a file that was just written, and to which nobody else writes; it counts when `settle` has looked at it. */
  wrote(path: string, sum: Sha256): void;
  /**
   * Notes the written files, of which those below `from` are below `to` now. What was linked, or touched, since it was written is
   * read once. `others` are files that were known before, and may be still.
   */
  settle(from: string, to: string, others: readonly string[]): Promise<void>;
  /** Notes the files of this run for the next one. */
  save(): Promise<void>;
}

interface Stamp {
  readonly stamp: string;
  /** When the file changed last; null: the file system cannot say it well enough. */
  readonly changed: bigint | null;
}

function stampOf(path: string): Stamp {
  const { dev, ino, size, mtimeNs, ctimeNs } = statSync(path, { bigint: true });
  const isFine = ino > 0n && ctimeNs % 1_000_000_000n !== 0n;
  return { stamp: [dev, ino, size, mtimeNs, ctimeNs].join(' '), changed: isFine ? ctimeNs : null };
}

/** Null: there is no such file. */
const standing = (path: string): string | null => (existsSync(path) ? stampOf(path).stamp : null);

const NOTHING: Notes = { round: 0, sums: {} };
const SUM = 64;

/** What an earlier run noted; nothing when a byte of it is another. */
async function readNotes(file: string): Promise<Notes> {
  try {
    const saved = await readFile(file, 'utf8');
    const body = saved.slice(SUM);
    if (saved.slice(0, SUM) !== hashOf(body)) return NOTHING;
    const read = readShape(NOTES, JSON.parse(body), 'sums');
    return read.ok ? read.value : NOTHING;
  } catch {
    return NOTHING;
  }
}

/** Whether it is the turn of a file to be read, known or not. */
const isDue = (stamp: string, round: number): boolean =>
  Number.parseInt(hashOf(stamp).slice(0, 8), 16) % ROUNDS === round % ROUNDS;

/** Reads every file and notes nothing. */
export const NO_SUMS: KnownSums = {
  look: () => ({ sum: null, note: () => undefined }),
  sumOf: hashFile,
  wrote: () => undefined,
  settle: () => Promise.resolve(),
  save: () => Promise.resolve(),
};

interface Means {
  /** False reads every file again. */
  readonly isTrusted?: boolean;
  readonly read?: (path: string) => Promise<Sha256>;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
}

/** `notes`: the file where they lie. */
export async function openKnownSums(
  notes: string,
  { isTrusted = true, read = hashFile, now = Date.now }: Means = {},
): Promise<KnownSums> {
  const { round, sums } = await readNotes(notes);
  const known = new Map(isTrusted ? Object.entries(sums) : []);
  const used = new Map<string, Sha256>();
  const written = new Map<string, { readonly stamp: string; readonly sum: Sha256 }>();
  const look = (path: string): SeenFile => {
    const began = BigInt(now()) * 1_000_000n;
    const { stamp, changed } = stampOf(path);
    const before = known.get(stamp);
    const sum = used.get(stamp) ?? (before === undefined || isDue(stamp, round) ? null : before);
    if (sum !== null) used.set(stamp, sum);
    return {
      sum,
      note: (found) => {
        const isSettled = changed !== null && changed + UNSETTLED < began;
        if (isSettled && stampOf(path).stamp === stamp) used.set(stamp, found);
      },
    };
  };
  const sumOf = async (path: string): Promise<Sha256> => {
    const seen = look(path);
    if (seen.sum !== null) return seen.sum;
    const sum = await read(path);
    seen.note(sum);
    return sum;
  };
  return {
    look,
    sumOf,
    wrote: (path, sum) => {
      const { stamp, changed } = stampOf(path);
      if (changed !== null) written.set(path, { stamp, sum });
    },
    settle: async (from, to, others) => {
      for (const path of others) {
        const stamp = standing(path);
        const sum = known.get(stamp ?? '');
        if (stamp !== null && sum !== undefined) used.set(stamp, sum);
      }
      for (const [path, { stamp, sum }] of written) {
        const place = path.startsWith(from + sep) ? join(to, relative(from, path)) : path;
        const found = standing(place);
        if (found === null || used.has(found)) continue;
        if (found === stamp || ((await read(place)) === sum && standing(place) === found))
          used.set(found, sum);
      }
    },
    save: async () => {
      await mkdir(dirname(notes), { recursive: true });
      const body = JSON.stringify({ round: round + 1, sums: Object.fromEntries(used) });
      await writeFile(notes, `${hashOf(body)}${body}`);
    },
  };
}
