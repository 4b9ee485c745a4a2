/**
 * Finding which of many fixed strings occur in a text, in one pass over bytes.
 *
 * The search reads the low bytes of a text's UTF-16 units. Where the text includes a pattern, its low bytes include
 * those of the pattern, so nothing is missed. Each hit is confirmed in the text itself.
 *
 * Each pattern of at least seven bytes has one seven-byte window, the one that looks rarest, with four 4-grams. The
 * search reads four bytes at every fourth position. Each occurrence of a window covers exactly one such position with
 * one of its 4-grams. A hash filter rejects nearly all positions; the rest are compared in full. Shorter patterns are
 * searched one by one. Idea: q-gram sampling, as in Wu and Manber, "A fast algorithm for multi-pattern searching"
 * (1994).
 */
import { type CopyLowBytes, copyLowBytes, utf8Bytes } from './text-bytes.ts';

const GRAM = 4;
const STRIDE = 4;
const WINDOW = GRAM + STRIDE - 1;
/** 2¹⁷ bits are 16 kB: small enough for the first-level cache, so that a look costs next to nothing. */
const FILTER_BITS = 17;
/** Bytes looked at in one go, overlap apart. */
const PIECE = 64 * 1024;

export interface PatternSearch {
  /** Indices of the patterns that the text includes, ascending, each once. */
  findIn(text: string): readonly number[];
  /** The same for text that came as bytes, which are compared with the patterns' UTF-8. */
  findInBytes(bytes: Uint8Array): readonly number[];
}

/** How common a byte is in web pages, very roughly: 2 rare … 16 everywhere. */
const COMMONNESS: readonly number[] = Array.from({ length: 256 }, (_, code) => {
  if (code > 127) return 2;
  const character = String.fromCharCode(code);
  if (' etaoinsr'.includes(character)) return 16;
  if (/[a-z<>"/=.\-:;]/.test(character)) return 10;
  if (/[0-9]/.test(character)) return 6;
  return /[A-Z]/.test(character) ? 4 : 3;
});

interface Pattern {
  readonly index: number;
  readonly bytes: Uint8Array;
}

const gramBytes = new Uint8Array(GRAM);
const gramWord = new Int32Array(gramBytes.buffer);

/** Four bytes as the number that a `Uint32Array` over them shows on this machine. */
function gramAt(bytes: Uint8Array, at: number): number {
  for (let index = 0; index < GRAM; index += 1) gramBytes[index] = bytes[at + index] ?? 0;
  return gramWord[0] ?? 0;
}

function slotOf(gram: number): number {
  return Math.imul(gram, 0x9e3779b1) >>> (32 - FILTER_BITS);
}

/** Start of the window whose 4-grams look rarest, counting how often the patterns themselves have them. */
function rarestWindow(bytes: Uint8Array, gramCounts: ReadonlyMap<number, number>): number {
  let best = 0;
  let bestCost = Infinity;
  for (let start = 0; start + WINDOW <= bytes.length; start += 1) {
    let cost = 0;
    for (let at = start; at < start + STRIDE; at += 1) {
      let common = 1;
      for (let index = at; index < at + GRAM; index += 1)
        common *= COMMONNESS[bytes[index] ?? 0] ?? 2;
      cost += common * (gramCounts.get(gramAt(bytes, at)) ?? 1);
    }
    if (cost < bestCost) {
      bestCost = cost;
      best = start;
    }
  }
  return best;
}

/** The 4-grams of the patterns' windows, in flat lists: those of one slot stand together. */
interface GramTable {
  /** One bit per slot: whether it has entries. */
  readonly filter: Int32Array;
  /** Where the first entry of a slot stands. */
  readonly firsts: Int32Array;
  readonly grams: Int32Array;
  readonly owners: Int32Array;
  readonly offsets: Int32Array;
  /** 1 at the last entry of a slot. */
  readonly lasts: Uint8Array;
}

function compileGrams(patterns: readonly Pattern[]): GramTable {
  const gramCounts = new Map<number, number>();
  for (const { bytes } of patterns) {
    for (let at = 0; at + GRAM <= bytes.length; at += 1) {
      const gram = gramAt(bytes, at);
      gramCounts.set(gram, (gramCounts.get(gram) ?? 0) + 1);
    }
  }
  const bySlot = new Map<number, { gram: number; owner: number; offset: number }[]>();
  patterns.forEach(({ bytes }, owner) => {
    const window = rarestWindow(bytes, gramCounts);
    for (let offset = window; offset < window + STRIDE; offset += 1) {
      const gram = gramAt(bytes, offset);
      const entries = bySlot.get(slotOf(gram)) ?? [];
      entries.push({ gram, owner, offset });
      bySlot.set(slotOf(gram), entries);
    }
  });
  const filter = new Int32Array((1 << FILTER_BITS) / 32);
  const firsts = new Int32Array(1 << FILTER_BITS);
  const entries = [...bySlot.values()].flat();
  let first = 0;
  for (const [slot, { length }] of bySlot) {
    filter[slot >>> 5] = (filter[slot >>> 5] ?? 0) | (1 << (slot & 31));
    firsts[slot] = first;
    first += length;
  }
  const lasts = [...bySlot.values()].flatMap((list) => list.map((_, at) => at === list.length - 1));
  return {
    filter,
    firsts,
    grams: Int32Array.from(entries, (entry) => entry.gram),
    owners: Int32Array.from(entries, (entry) => entry.owner),
    offsets: Int32Array.from(entries, (entry) => entry.offset),
    lasts: Uint8Array.from(lasts, (last) => (last ? 1 : 0)),
  };
}

function holdsAt(bytes: Uint8Array, length: number, pattern: Uint8Array, start: number): boolean {
  if (start < 0 || start + pattern.length > length) return false;
  for (let index = 0; index < pattern.length; index += 1)
    if (bytes[start + index] !== pattern[index]) return false;
  return true;
}

function holds(bytes: Uint8Array, pattern: Uint8Array): boolean {
  const first = pattern[0] ?? 0;
  for (let at = bytes.indexOf(first); at !== -1; at = bytes.indexOf(first, at + 1))
    if (holdsAt(bytes, bytes.length, pattern, at)) return true;
  return false;
}

interface ByteSearch {
  /** Patterns too short for a window; not searched here. */
  readonly short: readonly Pattern[];
  /** Length of the longest pattern. */
  readonly longest: number;
  /** Adds the patterns that the first `length` of `bytes` include; `words` shows the same memory. */
  scan(bytes: Uint8Array, words: Int32Array, length: number, found: Set<number>): void;
}

function compileBytes(all: readonly Pattern[]): ByteSearch {
  const patterns = all.filter(({ bytes }) => bytes.length >= WINDOW);
  const { filter, firsts, grams, owners, offsets, lasts } = compileGrams(patterns);
  return {
    short: all.filter(({ bytes }) => bytes.length > 0 && bytes.length < WINDOW),
    longest: Math.max(0, ...all.map(({ bytes }) => bytes.length)),
    scan(bytes, words, length, found) {
      // The bytes behind the last whole word can only end an occurrence whose 4-gram was met before.
      const end = length >>> 2;
      for (let at = 0; at < end; at += 1) {
        const gram = words[at] ?? 0;
        const slot = Math.imul(gram, 0x9e3779b1) >>> (32 - FILTER_BITS);
        if ((((filter[slot >>> 5] ?? 0) >>> (slot & 31)) & 1) === 0) continue;
        for (let entry = firsts[slot] ?? 0; ; entry += 1) {
          if (grams[entry] === gram) {
            const pattern = patterns[owners[entry] ?? 0];
            const start = at * GRAM - (offsets[entry] ?? 0);
            if (
              pattern !== undefined &&
              !found.has(pattern.index) &&
              holdsAt(bytes, length, pattern.bytes, start)
            )
              found.add(pattern.index);
          }
          if (lasts[entry] === 1) break;
        }
      }
    },
  };
}

/** Prepares the search. Empty patterns are never found. `copy` can be the platform's own, which is far quicker. */
export function compilePatterns(
  patterns: readonly string[],
  copy: CopyLowBytes = copyLowBytes,
): PatternSearch {
  const inText = compileBytes(
    patterns.map((pattern, index) => {
      const bytes = new Uint8Array(pattern.length);
      copy(pattern, bytes);
      return { index, bytes };
    }),
  );
  const inBytes = compileBytes(
    patterns.map((pattern, index) => ({ index, bytes: utf8Bytes(pattern) })),
  );
  const room = Math.ceil((PIECE + Math.max(inText.longest, inBytes.longest)) / GRAM) * GRAM;
  const scratch = new Uint8Array(room);
  const words = new Int32Array(scratch.buffer);
  const inOrder = (found: Iterable<number>) => [...found].sort((left, right) => left - right);

  return {
    findIn(text) {
      const found = new Set<number>();
      for (let at = 0; at < text.length; at += PIECE) {
        const piece = text.length <= room ? text : text.slice(at, at + PIECE + inText.longest);
        copy(piece, scratch);
        inText.scan(scratch, words, piece.length, found);
        if (at + piece.length >= text.length) break;
      }
      for (const { index } of inText.short) found.add(index);
      return inOrder(found).filter((index) => text.includes(patterns[index] ?? ''));
    },
    findInBytes(bytes) {
      const found = new Set<number>();
      for (let at = 0; at < bytes.length; at += PIECE) {
        const piece = bytes.subarray(at, at + PIECE + inBytes.longest);
        scratch.set(piece);
        inBytes.scan(scratch, words, piece.length, found);
      }
      for (const pattern of inBytes.short)
        if (holds(bytes, pattern.bytes)) found.add(pattern.index);
      return inOrder(found);
    },
  };
}
