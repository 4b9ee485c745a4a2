/**
 * Detector `cusum-rate-1`: when interference with one target began and ended, from its daily rate.
 *
 * A two-state cumulative sum (Page 1954; Basseville and Nikiforov 1993, §2.2), as OONI's own event detector
 * uses, on the daily rate instead of hourly scores. With μ0 the target's own baseline and δ the shift worth
 * detecting, k = μ0 + δ/2 is the line between the two states:
 *
 *   normal      S⁺ = max(0, S⁺ + w·min(y − k, c));  S⁺ > h⁺ → interference began
 *   interfered  S⁻ = max(0, S⁻ + w·(k − y));        S⁻ > h⁻ → interference ended
 *
 * y is the rate of a point, w = n/(n + 5) its weight. The cap c < h⁺ means that no single point can begin an
 * event. The brackets are the points at which the winning sum last left zero. The baseline is the pooled rate
 * of the normal points of the last 28 days (four whole weeks, so that a weekly rhythm is in every window
 * alike), taken at the upper end of its 95 % Wilson interval so that a thin baseline counts against an event; it
 * stands still during one. Points above the line are left out of it.
 */
import { daysBetween, type Day } from '../../contract/brands.ts';
import { type Floor, meetsFloor } from '../../contract/floors.ts';
import { type DailyRate, MAX_POOL_DAYS, type RatePoint, poolDays, sum } from './series.ts';

export const INTERFERENCE_DETECTOR = {
  id: 'cusum-rate-1',
  /** δ: the shift in rate that is worth an event. */
  shift: 0.3,
  /** c: what one point can add at most. */
  cap: 0.4,
  /** h⁺. */
  startThreshold: 0.5,
  /** h⁻: at a rate back at its baseline this takes three well measured days. */
  endThreshold: 0.3,
  baselineDays: 28,
  /** Where those have too few tests: the last so many. */
  thinBaselineDays: 56,
  /** No event before the baseline has this many points… */
  warmUpPoints: 4,
  /** …with this many tests… */
  warmUpTests: 20,
  /** …over two whole weeks, in days from the first of them to the point judged. */
  warmUpDays: 14,
  /** Points and tests at the opening of a series by which it is told to begin interfered. */
  openingPoints: 7,
  openingTests: 30,
  /** Half weight is reached at this many tests. */
  halfWeightTests: 5,
  /** A gap longer than this forgets the sums: what was half collected before says nothing of after. */
  gapDays: 14,
  /** A series that begins at or above this rate began interfered, as far as the data can say. */
  highFromTheStart: 0.5,
} as const;

export interface InterferenceSpan {
  /** Last day that looked as before; null when the data begin inside. */
  readonly lastNormal: Day | null;
  readonly firstSign: Day;
  /** Last day with signs; null while it goes on. */
  readonly lastSign: Day | null;
  /** First day that looked as before again; null while it goes on. */
  readonly firstNormal: Day | null;
  /** Tests and signs from firstSign to lastSign, or to the end of the series. */
  readonly tests: number;
  readonly signs: number;
  /** Rate before it began, 0–1. */
  readonly baseline: number;
  /** Whether the series began inside: then the start was not seen. */
  readonly startSeen: boolean;
  /** Goes on, but its last three points together are under half of its rate as a whole. */
  readonly fading: boolean;
}

interface Walk {
  state: 'normal' | 'interfered';
  sum: number;
  /** Index of the point at which `sum` last left zero. */
  leftZero: number;
  start: number;
  /** Rate of the normal points, and the upper end of its interval: the μ0 of the sums. */
  rate: number;
  upper: number;
  startSeen: boolean;
}

/** Spans of interference in one target's series. Days must ascend and be unique. */
export function detectInterference(
  days: readonly DailyRate[],
  floor: Omit<Floor, 'networks'>,
): readonly InterferenceSpan[] {
  const points = poolDays(days);
  const spans: InterferenceSpan[] = [];
  const walk = beginWalk(points);
  let normal: RatePoint[] = [];

  points.forEach((point, index) => {
    const previous = points[index - 1];
    if (
      previous !== undefined &&
      daysBetween(previous.last, point.first) > INTERFERENCE_DETECTOR.gapDays
    ) {
      walk.sum = 0;
    }
    if (walk.state === 'normal') {
      normal = normal.filter(
        (earlier) =>
          daysBetween(earlier.last, point.first) <= INTERFERENCE_DETECTOR.thinBaselineDays,
      );
      const baseline = baselineRate(normal, point);
      if (baseline !== null) {
        if (walk.sum === 0) Object.assign(walk, baseline);
        stepUp(walk, point, index);
      }
      if (walk.sum === 0) normal.push(point);
      // Where the floor is met late, it begins on a point that is above the line itself, not while the sum wears off.
      if (
        walk.sum > INTERFERENCE_DETECTOR.startThreshold &&
        point.signs / point.tests > line(walk.upper) &&
        enough(days, points, walk.leftZero, index, floor)
      ) {
        Object.assign(walk, { state: 'interfered', start: walk.leftZero, sum: 0, startSeen: true });
      }
    } else {
      stepDown(walk, point, index);
      if (walk.sum > INTERFERENCE_DETECTOR.endThreshold) {
        spans.push(toSpan(days, points, walk, walk.leftZero));
        normal = points.slice(walk.leftZero, index + 1);
        Object.assign(walk, { state: 'normal', sum: 0 });
      }
    }
  });
  if (walk.state === 'interfered') spans.push(toSpan(days, points, walk, null));
  return spans;
}

function beginWalk(points: readonly RatePoint[]): Walk {
  const opening = points.slice(0, INTERFERENCE_DETECTOR.openingPoints);
  const tests = sum(opening, (point) => point.tests);
  const high =
    opening.length === INTERFERENCE_DETECTOR.openingPoints &&
    tests >= INTERFERENCE_DETECTOR.openingTests &&
    opening.filter((point) => point.signs / point.tests >= INTERFERENCE_DETECTOR.highFromTheStart)
      .length >=
      INTERFERENCE_DETECTOR.openingPoints - 1;
  return {
    state: high ? 'interfered' : 'normal',
    sum: 0,
    leftZero: 0,
    start: 0,
    rate: 0,
    upper: 0,
    startSeen: false,
  };
}

/** The baseline's rate and the upper end of its interval; null while there are too few points or tests. */
function baselineRate(
  normal: readonly RatePoint[],
  judged: RatePoint,
): { rate: number; upper: number } | null {
  const { baselineDays, warmUpDays, warmUpPoints, warmUpTests } = INTERFERENCE_DETECTOR;
  const recent = normal.filter((point) => daysBetween(point.last, judged.first) <= baselineDays);
  const enough =
    sum(recent, (point) => point.tests) >= warmUpTests && recent.length >= warmUpPoints;
  const used = enough ? recent : normal;
  const oldest = normal[0];
  const tests = sum(used, (point) => point.tests);
  if (oldest === undefined || used.length < warmUpPoints || tests < warmUpTests) return null;
  if (daysBetween(oldest.first, judged.first) < warmUpDays) return null;
  const signs = sum(used, (point) => point.signs);
  return { rate: signs / tests, upper: wilsonUpper(signs, tests) };
}

/** Upper end of the 95 % score interval of a proportion (Wilson 1927). */
function wilsonUpper(signs: number, tests: number): number {
  const z2 = 1.959964 ** 2;
  const rate = signs / tests;
  const spread = Math.sqrt((rate * (1 - rate)) / tests + z2 / (4 * tests * tests));
  return (rate + z2 / (2 * tests) + 1.959964 * spread) / (1 + z2 / tests);
}

function line(upper: number): number {
  return upper + INTERFERENCE_DETECTOR.shift / 2;
}

function weight(point: RatePoint): number {
  return point.tests / (point.tests + INTERFERENCE_DETECTOR.halfWeightTests);
}

function stepUp(walk: Walk, point: RatePoint, index: number): void {
  const excess = Math.min(point.signs / point.tests - line(walk.upper), INTERFERENCE_DETECTOR.cap);
  step(walk, weight(point) * excess, index);
}

function stepDown(walk: Walk, point: RatePoint, index: number): void {
  step(walk, weight(point) * (line(walk.upper) - point.signs / point.tests), index);
}

function step(walk: Walk, increment: number, index: number): void {
  const next = Math.max(0, walk.sum + increment);
  if (walk.sum === 0 && next > 0) walk.leftZero = index;
  walk.sum = next;
}

function enough(
  days: readonly DailyRate[],
  points: readonly RatePoint[],
  from: number,
  to: number,
  floor: Omit<Floor, 'networks'>,
): boolean {
  const since = points[from]?.first;
  const last = points[to]?.last;
  if (since === undefined || last === undefined) return false;
  const within = days.filter((day) => day.day >= since && day.day <= last && day.tests > 0);
  return meetsFloor(
    { ...floor, networks: null },
    { tests: sum(within, (day) => day.tests), networks: null, days: within.length },
  );
}

function toSpan(
  days: readonly DailyRate[],
  points: readonly RatePoint[],
  walk: Walk,
  normalAgain: number | null,
): InterferenceSpan {
  const inside = points.slice(walk.start, normalAgain ?? undefined);
  const first = inside[0];
  if (first === undefined) throw new Error('A span of interference needs a point.');
  const firstSign = walk.startSeen ? backtrack(days, first, line(walk.upper)) : first.first;
  const tests = sum(inside, (point) => point.tests);
  const signs = sum(inside, (point) => point.signs);
  const latest = inside.slice(-3);
  const latestRate = sum(latest, (point) => point.signs) / sum(latest, (point) => point.tests);
  return {
    lastNormal: walk.startSeen
      ? (days.findLast((day) => day.tests > 0 && day.day < firstSign)?.day ?? null)
      : null,
    firstSign,
    lastSign:
      normalAgain === null ? null : (inside.findLast((point) => point.lastSign)?.lastSign ?? null),
    firstNormal: normalAgain === null ? null : (points[normalAgain]?.first ?? null),
    tests,
    signs,
    baseline: walk.rate,
    startSeen: walk.startSeen,
    fading: normalAgain === null && inside.length > 6 && latestRate < signs / tests / 2,
  };
}

/** Days measured directly before the first sign that were above the line belong to it as well. */
function backtrack(days: readonly DailyRate[], first: RatePoint, above: number): Day {
  let start = first.firstSign ?? first.first;
  const before = days.filter((day) => day.tests > 0 && day.day < start).toReversed();
  for (const day of before) {
    if (day.signs / day.tests < above || daysBetween(day.day, start) > MAX_POOL_DAYS) break;
    start = day.day;
  }
  return start;
}
