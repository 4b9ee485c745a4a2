/**
 * Days in links that move with the release: `since=-90d` begins 90 days before its end. Whoever reads links says first
 * where the release ends.
 */
import { addDays, toDay, type Day } from '../../data-build/contract/brands.ts';

let end: Day | null = null;

/** First day that the release does not cover any more; null: not known, and then no such day is understood. */
export function giveReleaseEnd(day: Day | null): void {
  end = day;
}

const DAYS = { d: 1, w: 7, m: 30, y: 365 } as const;
/** More would be before anybody measured. */
const MOST_DAYS = 10_000;

/** `2024-11-07`, or `-90d`, `-12w`, `-6m`, `-1y` before the end of the release; null for anything else. */
export function parseDay(text: string): Day | null {
  const [, count = '', unit = ''] = /^-(\d{1,5})([dwmy])$/.exec(text) ?? [];
  if (count === '') return toDay(text);
  const days = Number(count) * (Object.entries(DAYS).find(([name]) => name === unit)?.[1] ?? 0);
  return end === null || days < 1 || days > MOST_DAYS ? null : addDays(end, -days);
}
