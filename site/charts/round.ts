/** Coordinates are rounded once, in layout: two decimals, and never minus zero. */
export function round(value: number): number {
  return Math.round(value * 100) / 100 + 0;
}
