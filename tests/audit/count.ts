/** Counts as English pages print them. */

/** `1,537` → 1537. */
export function numberOf(text: string | undefined): number {
  return Number((text ?? '').replaceAll(',', ''));
}

export interface ReadShare {
  readonly signs: number;
  readonly tests: number;
  /** As printed. */
  readonly text: string;
}

/** Every `1,537 of 2,475` of a text, in order. */
export function readShares(text: string): readonly ReadShare[] {
  return [...text.matchAll(/([\d,]*\d) of ([\d,]*\d)\b/g)].map(([found, signs, tests]) => ({
    signs: numberOf(signs),
    tests: numberOf(tests),
    text: found,
  }));
}
