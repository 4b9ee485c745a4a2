/**
 * Lasting rises of a target's rate, as levels upon levels.
 *
 * A series stands on one level at a time. Every point is asked two things. Has the rate risen since some point of late,
 * against the level's own days before that point (see `reference.ts`)? Then a new level begins there. Has it come back to
 * what it was before the level, or one beneath it, began? Then all above that end there. The reference is always the
 * latest days of the level that the series stands on, whatever happened before: no history can make it blind. A level
 * upon another is an escalation.
 */
import { LEVEL_RULE, type LevelNeeds } from './level-rule.ts';
import { toReference } from './reference.ts';
import type { Level, Standing } from './level.ts';
import { findReturn } from './return.ts';
import {
  type Candidate,
  dateRise,
  extend,
  isPromising,
  judgeRise,
  mayBegin,
  type Rise,
  toCandidate,
} from './rise.ts';
import { type RatePoint, sum } from './series.ts';

/** All levels above the first, in the order of their beginnings. */
export function findLevels(
  points: readonly RatePoint[],
  strata: number,
  needs: LevelNeeds,
): readonly Level[] {
  const found: Level[] = [];
  const stack: Standing[] = [{ level: null, members: [] }];
  if (beginsHigh(points)) {
    const level: Level = {
      since: 0,
      until: null,
      before: null,
      rise: LEVEL_RULE.opening.rate,
      on: null,
      coverage: 1,
    };
    found.push(level);
    stack.push({ level, members: [] });
  }
  let candidates: Candidate[] = [];
  let at = 0;
  let bound = 0;
  for (;;) {
    const point = points[at];
    const top = stack[stack.length - 1];
    if (point === undefined || top === undefined) break;
    const back = findReturn(points, at, stack, strata, needs);
    if (back !== null) {
      for (const { level } of stack.splice(back.depth)) if (level !== null) level.until = back.at;
      candidates = [];
      bound = at = back.at;
      continue;
    }
    if (mayBegin(top.members, point, needs.leastRise)) {
      const before = toReference(top.members, point.from, strata);
      if (before !== null && before.total >= LEVEL_RULE.referenceTests)
        candidates.push(toCandidate(at, before, strata));
    }
    let rise: Rise | null = null;
    for (const candidate of candidates) {
      extend(candidate, point);
      const each = judgeRise(candidate, needs, top.level !== null);
      if (each !== null && (rise === null || each.comparison.z > rise.comparison.z)) rise = each;
    }
    if (rise === null) {
      candidates = candidates.filter((each) => isPromising(each, needs.leastRise));
      top.members.push(point);
      at++;
      continue;
    }
    const since = dateRise(points, rise, bound, at);
    const level: Level = {
      since,
      until: null,
      before: rise.candidate.before,
      rise: rise.comparison.rise,
      on: top.level,
      coverage: rise.coverage,
    };
    found.push(level);
    const start = points[since]?.from ?? point.from;
    while ((top.members[top.members.length - 1]?.from ?? -Infinity) >= start) top.members.pop();
    stack.push({ level, members: [] });
    candidates = [];
    bound = at = since;
  }
  return found;
}

function beginsHigh(points: readonly RatePoint[]): boolean {
  const { points: length, high, tests, rate } = LEVEL_RULE.opening;
  const opening = points.slice(0, length);
  return (
    opening.length === length &&
    sum(opening, (point) => point.tests) >= tests &&
    opening.filter((point) => point.signs / point.tests >= rate).length >= high
  );
}
