/**
 * Finding which of many fixed strings occur in a text, in one pass over it.
 *
 * Every pattern of at least seven characters registers the four 4-grams of one seven-character window of
 * it, the rarest-looking one. The text is read at every fourth position: an occurrence of the window, wherever
 * it lies, covers exactly one such position with one of its 4-grams. A hash filter answers nearly all
 * positions with "no"; the rest are compared in full. Patterns too short for a window are searched one by
 * one. Idea: q-gram sampling, as in Wu and Manber, "A fast algorithm for multi-pattern searching" (1994).
 */

const GRAM = 4;
const STRIDE = 4;
const WINDOW = GRAM + STRIDE - 1;
const FILTER_BITS = 16;

export interface PatternSearch {
  /** Indices of the patterns that occur in the text, ascending, each once. */
  findIn(text: string): readonly number[];
}

/** How common an ASCII character is in web pages, very roughly: 3 rare … 16 everywhere. */
const COMMONNESS: readonly number[] = Array.from({ length: 128 }, (_, code) => {
  const character = String.fromCharCode(code);
  if (' etaoinsr'.includes(character)) return 16;
  if (/[a-z<>"/=.\-:;]/.test(character)) return 10;
  if (/[0-9]/.test(character)) return 6;
  return /[A-Z]/.test(character) ? 4 : 3;
});

function gramAt(text: string, at: number): number {
  return (
    (text.charCodeAt(at) << 24) ^
    (text.charCodeAt(at + 1) << 16) ^
    (text.charCodeAt(at + 2) << 8) ^
    text.charCodeAt(at + 3)
  );
}

function slotOf(gram: number): number {
  return Math.imul(gram, 0x9e3779b1) >>> (32 - FILTER_BITS);
}

/** Start of the window whose 4-grams look rarest, counting how often the patterns themselves have them. */
function rarestWindow(pattern: string, gramCounts: ReadonlyMap<number, number>): number {
  let best = 0;
  let bestCost = Infinity;
  for (let start = 0; start + WINDOW <= pattern.length; start += 1) {
    let cost = 0;
    for (let at = start; at < start + STRIDE; at += 1) {
      let common = 1;
      for (let index = at; index < at + GRAM; index += 1)
        common *= COMMONNESS[pattern.charCodeAt(index)] ?? 2;
      cost += common * (gramCounts.get(gramAt(pattern, at)) ?? 1);
    }
    if (cost < bestCost) {
      bestCost = cost;
      best = start;
    }
  }
  return best;
}

/** Prepares the search. Empty patterns are never found. Texts and patterns are compared by UTF-16 unit. */
export function compilePatterns(patterns: readonly string[]): PatternSearch {
  const short: number[] = [];
  const long: number[] = [];
  const gramCounts = new Map<number, number>();
  patterns.forEach((pattern, index) => {
    if (pattern.length === 0) return;
    (pattern.length < WINDOW ? short : long).push(index);
    for (let at = 0; at + GRAM <= pattern.length; at += 1) {
      const gram = gramAt(pattern, at);
      gramCounts.set(gram, (gramCounts.get(gram) ?? 0) + 1);
    }
  });

  const bySlot = new Map<number, { gram: number; pattern: number; offset: number }[]>();
  for (const pattern of long) {
    const text = patterns[pattern] ?? '';
    const window = rarestWindow(text, gramCounts);
    for (let offset = window; offset < window + STRIDE; offset += 1) {
      const gram = gramAt(text, offset);
      const slot = slotOf(gram);
      const entries = bySlot.get(slot) ?? [];
      entries.push({ gram, pattern, offset });
      bySlot.set(slot, entries);
    }
  }

  /** Whether a slot has entries, and where the first of them stands in the flat lists below. */
  const filter = new Uint8Array(1 << FILTER_BITS);
  const firsts = new Int32Array(1 << FILTER_BITS);
  const entryGram: number[] = [];
  const entryPattern: number[] = [];
  const entryOffset: number[] = [];
  const entryLast: number[] = [];
  for (const [slot, entries] of bySlot) {
    filter[slot] = 1;
    firsts[slot] = entryGram.length;
    entries.forEach((entry, index) => {
      entryGram.push(entry.gram);
      entryPattern.push(entry.pattern);
      entryOffset.push(entry.offset);
      entryLast.push(index === entries.length - 1 ? 1 : 0);
    });
  }
  const grams = Int32Array.from(entryGram);
  const owners = Int32Array.from(entryPattern);
  const offsets = Int32Array.from(entryOffset);
  const lasts = Uint8Array.from(entryLast);

  return { findIn };

  function findIn(text: string): readonly number[] {
    let found: Set<number> | null = null;
    for (const index of short) {
      if (text.includes(patterns[index] ?? '')) (found ??= new Set()).add(index);
    }
    const end = text.length - GRAM;
    for (let at = 0; at <= end; at += STRIDE) {
      const gram =
        (text.charCodeAt(at) << 24) ^
        (text.charCodeAt(at + 1) << 16) ^
        (text.charCodeAt(at + 2) << 8) ^
        text.charCodeAt(at + 3);
      const slot = Math.imul(gram, 0x9e3779b1) >>> (32 - FILTER_BITS);
      if (filter[slot] === 0) continue;
      for (let entry = firsts[slot] ?? 0; ; entry += 1) {
        if (grams[entry] === gram) {
          const index = owners[entry] ?? 0;
          const start = at - (offsets[entry] ?? 0);
          if (
            start >= 0 &&
            found?.has(index) !== true &&
            text.startsWith(patterns[index] ?? '', start)
          ) {
            (found ??= new Set()).add(index);
          }
        }
        if (lasts[entry] === 1) break;
      }
    }
    return found === null ? [] : [...found].sort((left, right) => left - right);
  }
}
