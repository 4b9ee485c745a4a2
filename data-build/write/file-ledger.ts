/**
 * What the files of a data folder were made from. A file whose rows are those of the release before is taken over from it,
 * after its checksum, instead of being written again; the ledger lies in the cache, not in what is published.
 */
import { createHash } from 'node:crypto';
import {
  closeSync,
  existsSync,
  openSync,
  readSync,
  renameSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { InferOutput } from 'valibot';
import type { Sha256 } from '../contract/brands.ts';
import {
  byName,
  count,
  list,
  optional,
  path,
  readShape,
  record,
  sha256,
  text,
} from '../contract/shape.ts';
import { isPacked } from '../contract/slices.ts';
import { finishHash, hashFile, hashOf } from '../hash.ts';
import { type KnownSums, NO_SUMS } from '../known-sums.ts';
import { type Folders, openFolders } from './folder.ts';
import { packFile, unpack, writePacked } from './packed.ts';
import { shareFile } from './releases.ts';

/** The rows before the last day of a table: their print, and the places of all others among the rows of the file. */
const SETTLED = record({ print: text, others: list(count) });
export type Settled = InferOutput<typeof SETTLED>;
const ENTRY = record({
  print: text,
  path,
  sha256,
  bytes: count,
  head: count,
  headSum: sha256,
  settled: optional(SETTLED),
});
type Entry = InferOutput<typeof ENTRY>;
const LEDGER = record({ code: sha256, files: byName(ENTRY), lastDays: byName(text) });
type Ledger = Pick<InferOutput<typeof LEDGER>, 'files' | 'lastDays'>;
/** Bytes up to which a file grows, and what was compressed is changed, in memory. */
const MOST_TO_GROW = 2 ** 28;

/** How a file may grow out of the former one instead of being written anew. */
export interface Growth {
  /** Print of the rows before the last day of the release before; null: it had none. */
  readonly former: string | null;
  readonly settled: Settled;
  /** Puts the rows from that day on in place of the former ones, whose places are told. It may change `rows`. */
  readonly grow: (rows: Buffer, others: readonly number[]) => Promise<readonly Buffer[]>;
}

export interface FileToMake {
  /** Which file it is, from release to release: its path without hashes. */
  readonly name: string;
  /** Changes with its rows, and with all else that decides its bytes but the code and the head. */
  readonly print: string;
  /** The text before its rows, which may change without them; empty: it has none. */
  readonly head: string;
  /** Writes the whole file, the head included. Where its name says so, it is compressed afterwards. */
  readonly write: (target: string) => Promise<void>;
  readonly growth?: Growth;
  /** Path in the data folder. */
  readonly pathOf: (sha256: Sha256) => string;
}

export interface MadeFile {
  readonly path: string;
  readonly sha256: Sha256;
  readonly bytes: number;
}

export interface FileLedger {
  /** Whether the release before has a file of these rows, which may be taken over unless somebody changed it. */
  isNoted(name: string, print: string): boolean;
  /** Whether the file of the release before may grow: `former` is the print of its rows that stay. */
  mayGrow(name: string, former: string | null): boolean;
  /** Last day of a table in the release before; null: it is not known. */
  lastDayOf(table: string): string | null;
  noteLastDay(table: string, day: string): void;
  /** Puts a file into the folder that is being made. */
  make(folder: string, file: FileToMake): Promise<MadeFile>;
  /** Notes the files that were made, for the next build. */
  save(): Promise<void>;
}

const NOTHING: Ledger = { files: {}, lastDays: {} };
const SUM = 64;

/** What an earlier build noted; nothing when there is no ledger, a byte of it is another, or other code wrote it. */
async function readLedger(file: string, code: Sha256): Promise<Ledger> {
  try {
    const saved = await readFile(file, 'utf8');
    const body = saved.slice(SUM);
    if (saved.slice(0, SUM) !== hashOf(body)) return NOTHING;
    const read = readShape(LEDGER, JSON.parse(body), 'ledger');
    return read.ok && read.value.code === code ? read.value : NOTHING;
  } catch {
    return NOTHING;
  }
}

/** The checksums of a file and of its copy. */
interface Copied {
  readonly was: Sha256;
  readonly now: Sha256;
}

const PIECE = Buffer.alloc(1_048_576);

/**
 * Copies a file with another head before its rows and hashes both on the way. At once, since most files are small and
 * waiting for each costs more than copying it.
 */
function changeHead(from: string, skip: number, head: string, to: string): Copied {
  const was = createHash('sha256');
  const now = createHash('sha256').update(head);
  const source = openSync(from, 'r');
  const target = openSync(to, 'w');
  try {
    writeFileSync(target, head);
    for (let at = 0; ;) {
      const piece = PIECE.subarray(0, readSync(source, PIECE, 0, PIECE.length, at));
      if (piece.length === 0) return { was: finishHash(was), now: finishHash(now) };
      const rows = piece.subarray(Math.min(piece.length, Math.max(0, skip - at)));
      was.update(piece);
      now.update(rows);
      writeFileSync(target, rows);
      at += piece.length;
    }
  } finally {
    closeSync(source);
    closeSync(target);
  }
}

/** Reads whole files, one after the other, into the same memory: getting new memory for each costs as much as reading it. */
function openReader(): (file: string, bytes: number) => Buffer | null {
  let memory = Buffer.alloc(0);
  return (file, bytes) => {
    if (statSync(file).size !== bytes) return null;
    if (memory.length < bytes) memory = Buffer.alloc(Math.min(MOST_TO_GROW, 2 * bytes));
    const source = openSync(file, 'r');
    try {
      let at = 0;
      for (let read = 1; read > 0 && at < bytes; at += read)
        read = readSync(source, memory, at, bytes - at, at);
      return memory.subarray(0, at);
    } finally {
      closeSync(source);
    }
  };
}

/** Writes pieces one after the other, compressed where the name says so, and gives the checksum of the file. */
async function writePieces(pieces: readonly Uint8Array[], target: string): Promise<Sha256> {
  if (isPacked(target)) {
    await writePacked(pieces, target);
    return hashFile(target);
  }
  const sum = createHash('sha256');
  const file = openSync(target, 'w');
  try {
    for (const piece of pieces) {
      sum.update(piece);
      writeFileSync(file, piece);
    }
  } finally {
    closeSync(file);
  }
  return finishHash(sum);
}

/** Puts a former file in place and gives its checksum; null: there is none, its rows are others, or somebody changed it. */
type TakeOver = (file: FileToMake, target: string) => Promise<Sha256 | null>;

/** Makes a file below its name, from the former one or anew, and moves it to its path. */
async function putFile(
  folder: string,
  file: FileToMake,
  takeOver: TakeOver,
  folders: Folders,
): Promise<MadeFile> {
  const draft = join(folder, file.name);
  folders.makeFor(draft);
  let sum = await takeOver(file, draft);
  if (sum === null) {
    await file.write(draft);
    if (isPacked(draft)) await packFile(draft);
    sum = await hashFile(draft);
  }
  const place = file.pathOf(sum);
  if (place !== file.name) renameSync(draft, join(folder, place));
  const { size } = statSync(join(folder, place));
  return { path: place, sha256: sum, bytes: size };
}

/** Writes every file anew and notes nothing. */
export const NO_LEDGER: FileLedger = {
  isNoted: () => false,
  mayGrow: () => false,
  lastDayOf: () => null,
  noteLastDay: () => undefined,
  make: (folder, file) => putFile(folder, file, () => Promise.resolve(null), openFolders()),
  save: () => Promise.resolve(),
};

/**
 * `before`: the data folder of the release before; `ledger`: where notes of its files lie; `code`: hash of all that writes; `sums`
 * hears of every file.
 */
export async function openLedger(
  before: string,
  ledger: string,
  code: Sha256,
  sums: KnownSums = NO_SUMS,
  folders: Folders = openFolders(),
): Promise<FileLedger> {
  const saved = await readLedger(ledger, code);
  const known = new Map(Object.entries(saved.files));
  const made = new Map<string, Entry>();
  const lastDays = new Map<string, string>();
  const read = openReader();
  const mayGrow = (entry: Entry | undefined, former: string | null): entry is Entry =>
    former !== null && entry?.settled?.print === former && entry.bytes <= MOST_TO_GROW;
  const takeOver: TakeOver = async (file, target) => {
    const entry = known.get(file.name);
    if (entry === undefined) return null;
    const former = join(before, entry.path);
    if (!existsSync(former)) return null;
    const readRows = (): Buffer | null => {
      const bytes = read(former, entry.bytes);
      if (bytes === null || hashOf(bytes) !== entry.sha256) return null;
      const text = isPacked(entry.path) ? unpack(bytes, MOST_TO_GROW) : bytes;
      return text?.subarray(entry.head) ?? null;
    };
    if (entry.print !== file.print) {
      if (file.growth === undefined || !mayGrow(entry, file.growth.former)) return null;
      const rows = readRows();
      if (rows === null) return null;
      const grown = await file.growth.grow(rows, entry.settled?.others ?? []);
      return writePieces([Buffer.from(file.head), ...grown], target);
    }
    if (entry.headSum === hashOf(file.head)) {
      if ((await sums.sumOf(former)) !== entry.sha256) return null;
      shareFile(former, target);
      return entry.sha256;
    }
    if (!isPacked(entry.path)) {
      const { was, now } = changeHead(former, entry.head, file.head, target);
      return was === entry.sha256 ? now : null;
    }
    const rows = readRows();
    return rows === null ? null : writePieces([Buffer.from(file.head), rows], target);
  };
  return {
    isNoted: (name, print) => {
      const entry = known.get(name);
      return entry?.print === print && existsSync(join(before, entry.path));
    },
    mayGrow: (name, former) => mayGrow(known.get(name), former),
    lastDayOf: (table) => saved.lastDays[table] ?? null,
    noteLastDay: (table, day) => {
      lastDays.set(table, day);
    },
    make: async (folder, file) => {
      const one = await putFile(folder, file, takeOver, folders);
      sums.wrote(join(folder, one.path), one.sha256);
      const { print, head, growth } = file;
      const entry = { ...one, print, head: Buffer.byteLength(head), headSum: hashOf(head) };
      made.set(file.name, growth === undefined ? entry : { ...entry, settled: growth.settled });
      return one;
    },
    save: async () => {
      await mkdir(dirname(ledger), { recursive: true });
      const body = JSON.stringify({
        code,
        files: Object.fromEntries(made),
        lastDays: Object.fromEntries(lastDays),
      });
      await writeFile(ledger, `${hashOf(body)}${body}`);
    },
  };
}
