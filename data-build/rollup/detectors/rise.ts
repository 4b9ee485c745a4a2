/** Whether a target's rate has risen since a point, and when it did. */
import { LEVEL_RULE, type LevelNeeds } from './level-rule.ts';
import {
  addPoint,
  compare,
  type Comparison,
  compareWhole,
  expectedSigns,
  newTally,
  type Reference,
  scatterOf,
  type Tally,
  varianceOf,
} from './reference.ts';
import { type RatePoint, sum } from './series.ts';

export interface Candidate {
  readonly since: number;
  readonly before: Reference;
  readonly tally: Tally;
  points: number;
  days: number;
  signs: number;
  expected: number;
  best: { excess: number; tests: number };
  /** Points at or above the rate of a total block. */
  high: number;
  readonly members: RatePoint[];
}

export interface Rise {
  readonly candidate: Candidate;
  readonly comparison: Comparison;
  readonly coverage: number;
}

/** Whether a rise may begin with the point: it lies above the level's latest days. */
export function mayBegin(
  members: readonly RatePoint[],
  point: RatePoint,
  leastRise: number,
): boolean {
  if (members.length < LEVEL_RULE.referencePoints) return false;
  let [tests, signs] = [0, 0];
  for (let each = Math.max(0, members.length - LEVEL_RULE.window); each < members.length; each++) {
    tests += members[each]?.tests ?? 0;
    signs += members[each]?.signs ?? 0;
  }
  return point.signs / point.tests >= signs / tests + leastRise / 2;
}

/** What has sunk back is let go: a rise that comes later begins later. */
export function isPromising(candidate: Candidate, leastRise: number): boolean {
  return (
    candidate.points < LEVEL_RULE.window &&
    candidate.signs - candidate.expected >= (leastRise / 4) * candidate.tally.total
  );
}

export function toCandidate(since: number, before: Reference, strata: number): Candidate {
  return {
    since,
    before,
    tally: newTally(strata),
    points: 0,
    days: 0,
    signs: 0,
    expected: 0,
    best: { excess: 0, tests: 0 },
    high: 0,
    members: [],
  };
}

export function extend(candidate: Candidate, point: RatePoint): void {
  addPoint(candidate.tally, point);
  const expected = expectedSigns(candidate.before, point);
  candidate.points += 1;
  candidate.days += point.days;
  candidate.signs += point.signs;
  candidate.expected += expected;
  const excess = point.signs - expected;
  if (excess > candidate.best.excess) candidate.best = { excess, tests: point.tests };
  if (point.signs >= LEVEL_RULE.total.rate * point.tests) candidate.high += 1;
  candidate.members.push(point);
}

/** Mean excess over what was expected, of some points; `stratum`: of one alone. */
function excessOf(before: Reference, points: readonly RatePoint[], stratum = -1): number {
  let [excess, total] = [0, 0];
  for (const { cells } of points) {
    for (const cell of cells) {
      if (stratum >= 0 && cell.stratum !== stratum) continue;
      excess += cell.signs - cell.tests * (before.expected[cell.stratum] ?? before.rate);
      total += cell.tests;
    }
  }
  return total === 0 ? 0 : excess / total;
}

export function judgeRise(candidate: Candidate, needs: LevelNeeds, upon: boolean): Rise | null {
  const { before, tally, points, best } = candidate;
  const excess = candidate.signs - candidate.expected;
  const least = upon
    ? before.members.length < LEVEL_RULE.earlyPoints
      ? LEVEL_RULE.earlyStepRise
      : LEVEL_RULE.stepRise
    : needs.leastRise;
  if (points < LEVEL_RULE.leastPoints || excess < (least / 2) * tally.total) return null;
  if (candidate.days < needs.days || tally.total < needs.tests) return null;
  if (countStrata(tally, 1) < needs.strata) return null;
  const matched = isMatched(before, tally);
  const comparison = matched ? compare(before, tally) : compareWhole(before, tally);
  const { rise } = comparison;
  if (rise < least || rise * points < LEVEL_RULE.area) return null;
  const isThin =
    before.members.length < LEVEL_RULE.fullPoints || before.spanDays < LEVEL_RULE.fullDays;
  if (isThin && rise < LEVEL_RULE.thinRise) return null;
  const { total, lasting, zWithoutOne } = LEVEL_RULE;
  const isTotal = points >= total.points && candidate.high === points && rise >= total.rise;
  const leastZ = rise >= LEVEL_RULE.steep.rise ? LEVEL_RULE.steep.z : needs.z;
  const apart = LEVEL_RULE.scatters * Math.sqrt(scatterOf(before).variance);
  if (!isTotal && (comparison.z < leastZ || rise < apart)) return null;
  const withoutBest = (excess - best.excess) / (tally.total - best.tests);
  if (!(withoutBest >= LEVEL_RULE.shareWithoutBest * Math.min(rise, excess / tally.total)))
    return null;
  const lasts = LEVEL_RULE.shareLately * Math.min(rise, excess / tally.total);
  const third = Math.ceil(points / 3);
  if (excessOf(before, candidate.members.slice(-third)) < lasts) return null;
  if (needs.strataUnknown && excessOf(before, candidate.members.slice(0, third)) < lasts)
    return null;
  const coverage = tally.total / candidate.days / (before.total / sumDays(before.members));
  if ((needs.strataUnknown || !matched) && !exceedsJump(candidate, rise, isTotal)) return null;
  if (!matched && countStrata(tally, 3) < 3 && !needs.strataUnknown) return null;
  if (matched && needs.alone !== 'always') {
    const one = findMainstay(before, tally, comparison, isTotal ? -Infinity : zWithoutOne);
    const isPlain = isTotal || (rise >= lasting.rise && comparison.z >= lasting.z);
    if (one !== null && (needs.alone === 'never' || !isPlain || !hasLasted(candidate, one)))
      return null;
  }
  return { candidate, comparison, coverage };
}

function countStrata(tally: Tally, least: number): number {
  let count = 0;
  for (const tests of tally.tests) if (tests >= least) count += 1;
  return count;
}

function sumDays(points: readonly RatePoint[]): number {
  return sum(points, ({ days }) => days);
}

/**
 * Whether those who tested before must have met the change as well, by half of it: added tests leave the daily number of
 * tests without a sign as it was, and tests that stopped leave the number with one. Of a total block it is enough that next
 * to no test without a sign is left.
 */
function exceedsJump(
  { before, tally, signs, days }: Candidate,
  rise: number,
  isTotal: boolean,
): boolean {
  const daysBefore = sumDays(before.members);
  const half = (rise / 2) * Math.min(before.total / daysBefore, tally.total / days);
  const [signsNow, signsBefore] = [signs / days, before.signs / daysBefore];
  const [fineNow, fineBefore] = [
    tally.total / days - signsNow,
    before.total / daysBefore - signsBefore,
  ];
  if (isTotal && fineNow <= LEVEL_RULE.total.fine * fineBefore) return true;
  return fineNow <= fineBefore - half && signsNow >= signsBefore + half;
}

/** The stratum without which the rise is not found; null where there is none. */
function findMainstay(
  before: Reference,
  tally: Tally,
  whole: Comparison,
  leastZ: number,
): number | null {
  for (let stratum = 0; stratum < tally.tests.length; stratum++) {
    if ((tally.signs[stratum] ?? 0) === 0) continue;
    const rest = compare(before, tally, stratum);
    if (rest.rise < LEVEL_RULE.shareWithoutOne * whole.rise || rest.z < leastZ) return stratum;
  }
  return null;
}

/** A rise that one stratum carries is told from a burst by time: that stratum is as high in its first and its latest points as between. */
function hasLasted({ before, members }: Candidate, stratum: number): boolean {
  const { points, edge } = LEVEL_RULE.lasting;
  if (members.length < points) return false;
  const all = excessOf(before, members, stratum);
  return [members.slice(0, edge), members.slice(-edge)].every(
    (part) => excessOf(before, part, stratum) >= LEVEL_RULE.shareLately * all,
  );
}

/** Whether enough of the tests are of strata that were tested before. */
export function isMatched(before: Reference, tally: Tally): boolean {
  let matched = 0;
  tally.tests.forEach((tests, stratum) => {
    if ((before.tests[stratum] ?? 0) > 0) matched += tests;
  });
  return matched >= LEVEL_RULE.matched * tally.total;
}

/** Log-likelihood ratio of a point: of the raised level against the one before, divided by its overdispersion. */
export function leanOf(before: Reference, rise: number, point: RatePoint): number {
  const rate = expectedSigns(before, point) / point.tests;
  const low = Math.min(0.98, Math.max(0.01, rate));
  const high = Math.max(low + 0.01, Math.min(LEVEL_RULE.most, rate + rise));
  const lean =
    point.signs * Math.log(high / low) +
    (point.tests - point.signs) * Math.log((1 - high) / (1 - low));
  const half = varianceOf((low + high) / 2);
  return lean / (1 + (point.tests * scatterOf(before).variance) / half);
}

/** The point since which the raised level fits best. */
export function dateRise(
  points: readonly RatePoint[],
  { candidate, comparison }: Rise,
  bound: number,
  at: number,
): number {
  const first = candidate.before.members[LEVEL_RULE.referencePoints]?.from ?? Infinity;
  let [sum, best, since] = [0, -Infinity, candidate.since];
  for (let each = at; each >= Math.max(bound, at - LEVEL_RULE.window); each--) {
    const point = points[each];
    if (point === undefined || (each < candidate.since && point.from < first)) break;
    sum += leanOf(candidate.before, comparison.rise, point);
    if (sum > best) [best, since] = [sum, each];
  }
  return since;
}
