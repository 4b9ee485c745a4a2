/** Days on which the figures of many places moved at once. */
import type { Day } from '../../contract/brands.ts';
import { type JudgedDay, TOOL_USE_DETECTOR, type Turn } from './use-days.ts';

export const GLOBAL_CHANGE = {
  id: 'global-change-1',
  /** Share of the eligible countries and territories that moved alike, at least doubled or halved. */
  share: 0.2,
  minimumEligible: 10,
} as const;

export interface GlobalDay {
  readonly day: Day;
  readonly eligible: number;
  /** How many of them rose at least twofold, or fell at least to half. */
  readonly moved: number;
}

/**
 * Days on which so many countries and territories rose (or fell) at once that the figures themselves changed: at least
 * 20 % of those with a baseline, and at least 10 with one, at r ≥ 2 (r ≤ 0.5). Events on them are ranked down.
 */
export function findGlobalDays(
  judgedByCountry: Iterable<readonly JudgedDay[]>,
  turn: Turn = 'surge',
): ReadonlyMap<Day, GlobalDay> {
  const days = new Map<Day, { eligible: number; moved: number }>();
  for (const judged of judgedByCountry) {
    for (const { day, ratio } of judged) {
      const count = days.get(day) ?? { eligible: 0, moved: 0 };
      count.eligible += 1;
      const moved =
        turn === 'surge'
          ? ratio >= TOOL_USE_DETECTOR.surgeRatio
          : ratio <= TOOL_USE_DETECTOR.dropRatio;
      if (moved) count.moved += 1;
      days.set(day, count);
    }
  }
  const global = new Map<Day, GlobalDay>();
  for (const [day, count] of days) {
    if (count.eligible < GLOBAL_CHANGE.minimumEligible) continue;
    if (count.moved / count.eligible < GLOBAL_CHANGE.share) continue;
    global.set(day, { day, ...count });
  }
  return global;
}
