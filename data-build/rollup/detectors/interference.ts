/**
 * Detector `level-shift-2`: when interference with one target began, rose further and ended.
 *
 * The levels come from `levels.ts`. This file dates them. A level's own days bracket its beginning: `firstSign` is the
 * first day of it that does not agree with the rate before, or an earlier one with clear signs, and `lastNormal` the last
 * day before that which does agree, and before which the beginning is unlikely to lie (its likelihood under e⁻² of the best
 * day's). A day agrees when its rate is under half of the rise and within the interval of the rate before.
 */
import type { Day } from '../../contract/brands.ts';
import { FLOORS } from '../../contract/floors.ts';
import type { LevelNeeds } from './level-rule.ts';
import type { Level } from './level.ts';
import { findLevels } from './levels.ts';
import { expectedSigns, type Reference, scatterOf, varianceOf } from './reference.ts';
import { leanOf } from './rise.ts';
import { poolDays, type RatePoint, type StratumDay, sum, toDayPoints } from './series.ts';

export const INTERFERENCE_DETECTOR = {
  id: 'level-shift-2',
  /** A day agrees with the rate before within this many standard errors. */
  agrees: 1.645,
  /** A day's signs are clear beyond so many. */
  clear: 3,
  /** How much less likely than the best day a beginning may be to stay within the bracket, in logarithms. */
  likely: 2,
} as const;

const NETWORK: LevelNeeds = {
  leastRise: 0.2,
  z: 6,
  tests: FLOORS.network.tests,
  days: FLOORS.network.days,
  strata: 1,
  endTests: FLOORS.network.tests,
  alone: 'always',
  strataUnknown: false,
};

/** What a start takes: in a country or territory, in one network, where counts name no networks, in a group of websites. */
export const INTERFERENCE_NEEDS = {
  country: {
    leastRise: 0.12,
    z: 6.5,
    tests: FLOORS.country.tests,
    days: 1,
    strata: FLOORS.country.networks,
    endTests: FLOORS.country.tests,
    alone: 'lasting',
    strataUnknown: false,
  },
  network: NETWORK,
  /** It must have lasted a week, with as many tests as a figure of speed tests needs. */
  unknown: {
    ...NETWORK,
    leastRise: 0.15,
    tests: 100,
    days: 10,
    endTests: FLOORS.country.tests,
    strataUnknown: true,
  },
  /** Its strata are websites; no single one may carry it. */
  group: {
    ...NETWORK,
    tests: FLOORS.country.tests,
    days: 2,
    strata: 5,
    endTests: FLOORS.country.tests,
    alone: 'never',
  },
} as const satisfies Record<string, LevelNeeds>;

export interface InterferenceSpan {
  /** A rise inside a span that is open, or the beginning of one. */
  readonly upon: InterferenceSpan | null;
  /** Last day that looked as before; null when the data begin inside. */
  readonly lastNormal: Day | null;
  readonly firstSign: Day;
  /** Last day with signs; null while it goes on. */
  readonly lastSign: Day | null;
  /** First day that looked as before again; null while it goes on. */
  readonly firstNormal: Day | null;
  /** Tests and signs from firstSign to the day before firstNormal, or to the end of the series. */
  readonly tests: number;
  readonly signs: number;
  /** Rate before it began, 0–1. */
  readonly baseline: number;
  /** Whether the series began inside: then the start was not seen. */
  readonly startSeen: boolean;
  /** Tests of a day since, divided by those before. */
  readonly coverage: number;
}

/** Spans of interference in one target's series, strata by strata. Days must ascend. */
export function detectInterference(
  rows: readonly StratumDay[],
  needs: LevelNeeds,
): readonly InterferenceSpan[] {
  const days = toDayPoints(rows);
  const points = poolDays(days);
  const strata = rows.reduce((most, { stratum }) => Math.max(most, stratum + 1), 0);
  const spans = new Map<Level, InterferenceSpan>();
  for (const level of findLevels(points, strata, needs)) {
    const upon = level.on === null ? null : (spans.get(level.on) ?? null);
    spans.set(level, toSpan(days, points, level, upon));
  }
  return [...spans.values()];
}

function toSpan(
  days: readonly RatePoint[],
  points: readonly RatePoint[],
  level: Level,
  upon: InterferenceSpan | null,
): InterferenceSpan {
  const since = points[level.since]?.from ?? 0;
  const until = level.until === null ? null : (points[level.until]?.from ?? null);
  const { before, rise } = level;
  const began =
    before === null
      ? { lastNormal: null, firstSign: days[0]?.first }
      : beginOf(days, since, before, rise, upon);
  const firstSign = began.firstSign;
  if (firstSign === undefined) throw new Error('A level needs a day.');
  const ended = until === null ? null : endOf(days, until, firstSign, before, rise);
  const inside = days.filter(
    ({ first }) => first >= firstSign && (ended === null || first < ended.firstNormal),
  );
  const compared = before === null ? [] : before.members;
  return {
    upon,
    lastNormal: began.lastNormal,
    firstSign,
    lastSign: ended?.lastSign ?? null,
    firstNormal: ended?.firstNormal ?? null,
    tests: sum(inside, ({ tests }) => tests),
    signs: sum(inside, ({ signs }) => signs),
    baseline:
      before === null
        ? 0
        : before.signs /
          Math.max(
            1,
            sum(compared, ({ tests }) => tests),
          ),
    startSeen: before !== null,
    coverage: level.coverage,
  };
}

/** The day's distance from the rate expected of it: in rate, and in standard errors. */
function distance(before: Reference, day: RatePoint): { rise: number; errors: number } {
  const expected = expectedSigns(before, day) / day.tests;
  const rise = day.signs / day.tests - expected;
  const error = Math.sqrt(varianceOf(expected) / day.tests + scatterOf(before).variance);
  return { rise, errors: rise / error };
}

function agrees(before: Reference, rise: number, day: RatePoint): boolean {
  const apart = distance(before, day);
  return apart.rise < rise / 2 && apart.errors <= INTERFERENCE_DETECTOR.agrees;
}

function isClear(before: Reference, rise: number, day: RatePoint): boolean {
  const apart = distance(before, day);
  return apart.rise >= rise / 2 && day.signs >= 2 && apart.errors >= INTERFERENCE_DETECTOR.clear;
}

function beginOf(
  days: readonly RatePoint[],
  since: number,
  before: Reference,
  rise: number,
  upon: InterferenceSpan | null,
): { lastNormal: Day | null; firstSign: Day | undefined } {
  const start = days.findIndex(({ from }) => from >= since);
  let first = start;
  while (days[first + 1] !== undefined && isQuiet(before, rise, days[first])) first++;
  const earliest = earliestLikely(days, start, before, rise);
  let last = earliest - 1;
  for (;;) {
    while (last >= 0 && !agreesAt(before, rise, days[last])) last--;
    const clear = days.findIndex(
      (day, index) => index > last && index < first && isClear(before, rise, day),
    );
    if (clear < 0) break;
    first = clear;
    if (last < first) break;
  }
  const normal = days[last];
  const floor = upon?.firstSign ?? null;
  return {
    lastNormal:
      normal === undefined || (floor !== null && normal.first < floor) ? null : normal.last,
    firstSign: days[first]?.first,
  };
}

const isQuiet = (before: Reference, rise: number, day: RatePoint | undefined): boolean =>
  day !== undefined && (day.signs === 0 || agrees(before, rise, day));

const agreesAt = (before: Reference, rise: number, day: RatePoint | undefined): boolean =>
  day !== undefined && agrees(before, rise, day);

/** Index of the earliest day at which the beginning may well lie. */
function earliestLikely(
  days: readonly RatePoint[],
  start: number,
  before: Reference,
  rise: number,
): number {
  let [sum, earliest] = [0, start];
  for (let each = start - 1; each >= 0; each--) {
    const day = days[each];
    if (day === undefined) break;
    sum += leanOf(before, rise, day);
    if (sum < -3 * INTERFERENCE_DETECTOR.likely) break;
    if (sum >= -INTERFERENCE_DETECTOR.likely) earliest = each;
  }
  return earliest;
}

function endOf(
  days: readonly RatePoint[],
  until: number,
  firstSign: Day,
  before: Reference | null,
  rise: number,
): { lastSign: Day; firstNormal: Day } {
  const start = days.findIndex(({ from }) => from >= until);
  let normal = start;
  if (before !== null)
    while (days[normal + 1] !== undefined && !agreesAt(before, rise, days[normal])) normal++;
  const inside = days.slice(0, normal).filter(({ first }) => first >= firstSign);
  const signed =
    before === null
      ? inside.findLast(({ signs }) => signs > 0)
      : (inside.findLast((day) => distance(before, day).rise >= rise / 2) ??
        inside.findLast(({ signs }) => signs > 0));
  const at = days[normal];
  if (at === undefined) throw new Error('An end needs a day.');
  return { lastSign: signed?.first ?? firstSign, firstNormal: at.first };
}
