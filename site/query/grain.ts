/** How fine a time axis is when the reader did not choose. */
import { daysBetween, type Day } from '../../data-build/contract/brands.ts';
import type { TimeGrain } from '../../data-build/contract/vocabulary.ts';

/** Longest spans, in days, that stay readable bar by bar at page width. */
const LONGEST_BY_DAY = 190;
const LONGEST_BY_WEEK = 1100;

/** Grain that fits `since` (inclusive) … `until` (exclusive): days to half a year, weeks to three, then months. */
export function chooseGrain(since: Day, until: Day): TimeGrain {
  const days = daysBetween(since, until);
  if (days <= LONGEST_BY_DAY) return 'day';
  return days <= LONGEST_BY_WEEK ? 'week' : 'month';
}
