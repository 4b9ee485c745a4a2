/** Whether a target's rate is back at a level that it stood on before. */
import { LEVEL_RULE, type LevelNeeds } from './level-rule.ts';
import type { Level, Standing } from './level.ts';
import {
  addPoint,
  compare,
  compareWhole,
  newTally,
  type Reference,
  type Tally,
} from './reference.ts';
import { isMatched, leanOf } from './rise.ts';
import type { RatePoint } from './series.ts';

/** The lowest level that the latest points are back at, and since when. */
export function findReturn(
  points: readonly RatePoint[],
  at: number,
  stack: readonly Standing[],
  strata: number,
  needs: LevelNeeds,
): { readonly depth: number; readonly at: number } | null {
  for (let depth = 1; depth < stack.length; depth++) {
    const level = stack[depth]?.level ?? null;
    if (level === null) continue;
    const since = returnSince(points, at, level, strata, needs);
    if (since !== null) return { depth, at: since };
  }
  return null;
}

function returnSince(
  points: readonly RatePoint[],
  at: number,
  level: Level,
  strata: number,
  needs: LevelNeeds,
): number | null {
  const { before, rise } = level;
  const { back, window } = LEVEL_RULE;
  const needed = Math.max(back.points, back.area / rise);
  const tally = newTally(strata);
  let [sum, best, since, isBack, days] = [0, -Infinity, at, false, 0];
  for (let each = at; each > Math.max(level.since, at - window); each--) {
    const point = points[each];
    if (point === undefined) break;
    addPoint(tally, point);
    days += point.days;
    const lean = before === null ? leanFromOpening(point) : -leanOf(before, rise, point);
    sum += lean;
    if (each === at && lean < 0) return null;
    if (sum > best) [best, since] = [sum, each];
    if (
      at - each + 1 >= needed &&
      days >= needs.days &&
      tally.total >= needs.endTests &&
      (before === null ? isUnderOpening(tally) : isBackAt(before, rise, tally))
    )
      isBack = true;
    if (isBack && sum < best - 6) break;
  }
  return isBack && at - since + 1 >= needed ? since : null;
}

function isBackAt(before: Reference, rise: number, tally: Tally): boolean {
  const { back } = LEVEL_RULE;
  const now = isMatched(before, tally) ? compare(before, tally) : compareWhole(before, tally);
  return (
    now.rise <= Math.max(back.tolerance, back.within * now.error) &&
    now.rise <= back.share * rise &&
    (rise / 2 - now.rise) / now.error >= back.below
  );
}

function leanFromOpening(point: RatePoint): number {
  return (LEVEL_RULE.opening.end + 0.05 - point.signs / point.tests) * Math.min(point.tests, 50);
}

function isUnderOpening(tally: Tally): boolean {
  let signs = 0;
  for (const each of tally.signs) signs += each;
  return signs <= LEVEL_RULE.opening.end * tally.total;
}
