/**
 * What the files of a data folder were made from. A file whose rows are those of the release before is taken over from it,
 * after its checksum, instead of being written again; the ledger lies in the cache, not in what is published.
 */
import { createHash } from 'node:crypto';
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readSync,
  renameSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { InferOutput } from 'valibot';
import type { Sha256 } from '../contract/brands.ts';
import { byName, count, path, readShape, record, sha256, text } from '../contract/shape.ts';
import { finishHash, hashFile } from '../hash.ts';
import { readJson, shareFile } from './releases.ts';

const ENTRY = record({ print: text, path, sha256, bytes: count, head: count });
type Entry = InferOutput<typeof ENTRY>;
const LEDGER = record({ code: sha256, files: byName(ENTRY) });

export interface FileToMake {
  /** Which file it is, from release to release: its path without hashes. */
  readonly name: string;
  /** Changes with its rows, and with all else that decides its bytes but the code and the head. */
  readonly print: string;
  /** The text before its rows, which may name the release; empty: it has none. */
  readonly head: string;
  /** Writes the whole file, the head included. */
  readonly write: (target: string) => Promise<void>;
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
  /** Puts a file into the folder that is being made. */
  make(folder: string, file: FileToMake): Promise<MadeFile>;
  /** Notes the files that were made, for the next build. */
  save(): Promise<void>;
}

/** Files of an earlier build, or none when there is no ledger, it cannot be read, or other code wrote them. */
async function readEntries(ledger: string, code: Sha256): Promise<ReadonlyMap<string, Entry>> {
  const saved = readShape(LEDGER, await readJson(ledger), 'ledger');
  return new Map(saved.ok && saved.value.code === code ? Object.entries(saved.value.files) : []);
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

/** Puts a former file in place and gives its checksum; null: there is none, its rows are others, or somebody changed it. */
type TakeOver = (file: FileToMake, target: string) => Promise<Sha256 | null>;

/** Makes a file below its name, from the former one or anew, and moves it to its path. */
async function putFile(folder: string, file: FileToMake, takeOver: TakeOver): Promise<MadeFile> {
  const draft = join(folder, file.name);
  mkdirSync(dirname(draft), { recursive: true });
  let sum = await takeOver(file, draft);
  if (sum === null) {
    await file.write(draft);
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
  make: (folder, file) => putFile(folder, file, () => Promise.resolve(null)),
  save: () => Promise.resolve(),
};

/** `before`: the data folder of the release before; `ledger`: where notes of its files lie; `code`: hash of all that writes. */
export async function openLedger(
  before: string,
  ledger: string,
  code: Sha256,
): Promise<FileLedger> {
  const known = await readEntries(ledger, code);
  const made = new Map<string, Entry>();
  const takeOver: TakeOver = async (file, target) => {
    const entry = known.get(file.name);
    if (entry?.print !== file.print) return null;
    const former = join(before, entry.path);
    if (!existsSync(former)) return null;
    if (file.head !== '' || entry.head !== 0) {
      const { was, now } = changeHead(former, entry.head, file.head, target);
      return was === entry.sha256 ? now : null;
    }
    if ((await hashFile(former)) !== entry.sha256) return null;
    await shareFile(former, target);
    return entry.sha256;
  };
  return {
    isNoted: (name, print) => {
      const entry = known.get(name);
      return entry?.print === print && existsSync(join(before, entry.path));
    },
    make: async (folder, file) => {
      const one = await putFile(folder, file, takeOver);
      made.set(file.name, { ...one, print: file.print, head: Buffer.byteLength(file.head) });
      return one;
    },
    save: async () => {
      await mkdir(dirname(ledger), { recursive: true });
      await writeFile(ledger, JSON.stringify({ code, files: Object.fromEntries(made) }));
    },
  };
}
