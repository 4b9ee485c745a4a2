/** Words as they are compared. */

/** The noughts of Arabic, Persian and Burmese digits. */
const NOUGHTS = [0x660, 0x6f0, 0x1040];

/** Lower case, without marks, digits as Latin ones: `Côte d’Ivoire` → `cote d ivoire`, `۱۴۰۳` → `1403`. */
export function normalizeText(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[٠-٩۰-۹၀-၉]/g, (digit) => {
      const code = digit.charCodeAt(0);
      return String(code - (NOUGHTS.findLast((nought) => nought <= code) ?? code));
    })
    .toLocaleLowerCase('en')
    .replace(/[^\p{L}\p{N}.]+/gu, ' ')
    .trim();
}

/**
 * Letters to put in, take out, change or swap with their neighbour; gives up at `limit`. Source: optimal string
 * alignment, after F. J. Damerau, “A technique for computer detection and correction of spelling errors”, 1964.
 */
export function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) >= limit) return limit;
  let older: number[] = [];
  let old: number[] = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i += 1) {
    const now = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      let least = Math.min((old[j] ?? 0) + 1, (now[j - 1] ?? 0) + 1, (old[j - 1] ?? 0) + same);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        least = Math.min(least, (older[j - 2] ?? 0) + 1);
      now.push(least);
    }
    if (Math.min(...now) >= limit) return limit;
    older = old;
    old = now;
  }
  return Math.min(limit, old[b.length] ?? limit);
}
