/**
 * Detectors of surges and drops in the use of circumvention tools.
 *
 * `log-z-1`: robust z of the logarithm against the 28 calendar days before. With x = ln(value + 1),
 * m = median and s = max(1.4826 · MAD, ln 1.1) of those days, z = (x − m) / s and r = value ÷ median(value):
 * surge if z ≥ 5 and r ≥ 2, drop if z ≤ −5 and r ≤ 0.5; at least 14 of the 28 days published and a median of
 * at least 50. 1.4826 makes the median absolute deviation comparable with a standard deviation (Hampel 1974).
 * In an event m and s stand still, at most 28 days; flagged days at most 2 days apart are one event. An event does not
 * begin on a day that is as the same weekdays of those four weeks were (a weekly rhythm is no event), and a single day
 * of few clients is none: as a rule that is a gap in reporting.
 *
 * `publisher-range-1`: the publisher's own expected range; above `upper` a surge, under `lower` a drop. Each day is
 * judged there against the week before, so one shock shows again, reversed, a week later: such days are left out. What
 * is left makes an event when it lasts two days and goes a tenth beyond the range.
 */
import { daysBetween, type Day } from '../../contract/brands.ts';
import { type DailyValue, dayNumber, median, valuesBefore } from './series.ts';

export const TOOL_USE_DETECTOR = {
  id: 'log-z-1',
  baselineDays: 28,
  /** Published days the baseline needs. */
  minimumDays: 14,
  /** Median the baseline needs: below it the publisher's estimates are too coarse. */
  minimumMedian: 50,
  z: 5,
  surgeRatio: 2,
  dropRatio: 0.5,
  /** Flagged days up to this many days apart belong together. */
  mergeGapDays: 2,
  freezeDays: 28,
  /** Earlier weekdays by which a weekly rhythm is told: as many of the last four as are published, at least so many. */
  minimumWeekdays: 2,
  /** Flagged days that a drop needs. */
  dropDays: 2,
} as const;

export type Turn = 'surge' | 'drop';

/** One published day judged against its baseline. */
export interface JudgedDay {
  readonly day: Day;
  readonly value: number;
  /** value ÷ median of the baseline. */
  readonly ratio: number;
  readonly z: number;
  readonly turn: Turn | null;
}

interface Baseline {
  readonly middle: number;
  readonly logMiddle: number;
  readonly spread: number;
}

function baselineBefore(known: ReadonlyMap<number, number>, at: number): Baseline | null {
  const values = valuesBefore(known, at, TOOL_USE_DETECTOR.baselineDays);
  if (values.length < TOOL_USE_DETECTOR.minimumDays) return null;
  const middle = median(values);
  if (middle < TOOL_USE_DETECTOR.minimumMedian) return null;
  const logs = values.map((value) => Math.log(value + 1));
  const logMiddle = median(logs);
  const deviation = median(logs.map((each) => Math.abs(each - logMiddle)));
  return { middle, logMiddle, spread: Math.max(1.4826 * deviation, Math.log(1.1)) };
}

function judge(day: Day, value: number, baseline: Baseline): JudgedDay {
  const z = (Math.log(value + 1) - baseline.logMiddle) / baseline.spread;
  const ratio = value / baseline.middle;
  const surge = z >= TOOL_USE_DETECTOR.z && ratio >= TOOL_USE_DETECTOR.surgeRatio;
  const drop = z <= -TOOL_USE_DETECTOR.z && ratio <= TOOL_USE_DETECTOR.dropRatio;
  return { day, value, ratio, z, turn: surge ? 'surge' : drop ? 'drop' : null };
}

/** Whether the day is about what the same weekday was in the four weeks before; false where too few are known. */
function isUsualForWeekday(
  actual: ReadonlyMap<number, number>,
  at: number,
  value: number,
  turn: Turn,
): boolean {
  const earlier = [7, 14, 21, 28].flatMap((back) => actual.get(at - back) ?? []);
  if (earlier.length < TOOL_USE_DETECTOR.minimumWeekdays) return false;
  const ratio = value / median(earlier);
  return turn === 'surge'
    ? ratio < TOOL_USE_DETECTOR.surgeRatio
    : ratio > TOOL_USE_DETECTOR.dropRatio;
}

interface OpenEvent {
  readonly turn: Turn;
  readonly since: number;
  latest: number;
  readonly baseline: Baseline;
  /** Its flagged days, which stand in the baseline of later days as the median before it. */
  readonly flagged: number[];
}

/**
 * Every published day that has a baseline, judged. With `freeze` days are judged as parts of events: what is usual for
 * its weekday begins none, the baseline stands still inside one, and an event's days enter later baselines as the median before it, so that a long surge does not make the
 * return to normal look like a drop. What lasts longer than `freezeDays` becomes the new normal.
 */
export function judgeToolUse(
  days: readonly DailyValue[],
  options: { readonly freeze: boolean },
): readonly JudgedDay[] {
  const published = days.flatMap(({ day, value }) =>
    value === null ? [] : [{ day, at: dayNumber(day), value }],
  );
  const actual = new Map(published.map(({ at, value }) => [at, value]));
  const known = new Map(actual);
  const judged: JudgedDay[] = [];
  let event: OpenEvent | undefined;
  for (const { day, at, value } of published) {
    if (event !== undefined && at - event.latest > TOOL_USE_DETECTOR.mergeGapDays + 1) {
      event = undefined;
    }
    const held: Baseline | null = event?.baseline ?? baselineBefore(known, at);
    if (held === null) continue;
    let baseline = held;
    let result = judge(day, value, baseline);
    if (
      event !== undefined &&
      result.turn !== null &&
      at - event.since >= TOOL_USE_DETECTOR.freezeDays
    ) {
      for (const each of event.flagged) known.set(each, actual.get(each) ?? held.middle);
      event = undefined;
      baseline = baselineBefore(known, at) ?? held;
      result = judge(day, value, baseline);
    }
    if (
      options.freeze &&
      result.turn !== null &&
      event?.turn !== result.turn &&
      isUsualForWeekday(actual, at, value, result.turn)
    ) {
      result = { ...result, turn: null };
    }
    judged.push(result);
    if (!options.freeze || result.turn === null) continue;
    event ??= { turn: result.turn, since: at, latest: at, baseline, flagged: [] };
    event.latest = at;
    event.flagged.push(at);
    known.set(at, baseline.middle);
  }
  return judged;
}

export interface ToolUseSpan {
  readonly turn: Turn;
  /** Last published day before it. */
  readonly lastNormal: Day | null;
  readonly firstSign: Day;
  readonly lastSign: Day;
  /** First published day after it that was not flagged; null when the series ends inside. */
  readonly firstNormal: Day | null;
  /** The ratio farthest from 1. */
  readonly ratio: number;
  /** How many days were flagged. */
  readonly flaggedDays: number;
}

/**
 * Flagged days joined into events; days of the other direction end one. The ratio of an event is to the 28 days before
 * each day as they were published, so that anyone can work it out.
 */
export function detectToolUse(days: readonly DailyValue[]): readonly ToolUseSpan[] {
  const plain = new Map(
    judgeToolUse(days, { freeze: false }).map((each) => [each.day, each.ratio]),
  );
  const judged = judgeToolUse(days, { freeze: true }).map((each) => ({
    ...each,
    ratio: plain.get(each.day) ?? each.ratio,
  }));
  return groupTurns(judged, days).filter(
    (span) => span.turn === 'surge' || span.flaggedDays >= TOOL_USE_DETECTOR.dropDays,
  );
}

/** Flagged days at most `mergeGapDays` apart as spans, with the published days around them. */
export function groupTurns(
  judged: readonly JudgedDay[],
  days: readonly DailyValue[],
): readonly ToolUseSpan[] {
  const published = days.filter((each) => each.value !== null).map((each) => each.day);
  const groups: JudgedDay[][] = [];
  for (const each of judged) {
    if (each.turn === null) continue;
    const group = groups[groups.length - 1];
    const latest = group?.[group.length - 1];
    if (
      group !== undefined &&
      latest?.turn === each.turn &&
      daysBetween(latest.day, each.day) <= TOOL_USE_DETECTOR.mergeGapDays + 1
    ) {
      group.push(each);
    } else {
      groups.push([each]);
    }
  }
  return groups.flatMap((group) => {
    const first = group[0];
    const last = group[group.length - 1];
    if (first === undefined || last === undefined || first.turn === null) return [];
    const ratios = group.map((each) => each.ratio);
    return [
      {
        turn: first.turn,
        lastNormal: published.findLast((day) => day < first.day) ?? null,
        firstSign: first.day,
        lastSign: last.day,
        firstNormal: published.find((day) => day > last.day) ?? null,
        ratio: first.turn === 'surge' ? Math.max(...ratios) : Math.min(...ratios),
        flaggedDays: group.length,
      },
    ];
  });
}

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

export const PUBLISHER_RANGE_DETECTOR = {
  id: 'publisher-range-1',
  /** The publisher's range rests on the figure of so many days before. */
  echoDays: 7,
  /** Flagged days that an event needs. */
  minimumDays: 2,
  /** How far beyond the range an event goes at its farthest. */
  beyond: 1.1,
} as const;

/** A published day with its expected range. */
export interface RangedValue extends DailyValue {
  readonly lower: number | null;
  readonly upper: number | null;
}

/**
 * Days outside the publisher's own range, joined; the ratio is to the nearer end of the range. A day that lies outside
 * on the other side than the day a week before is that day's echo.
 */
export function detectOutsideRange(days: readonly RangedValue[]): readonly ToolUseSpan[] {
  const turns = new Map(days.map((row) => [dayNumber(row.day), judgeByPublisherRange(row)]));
  const judged = days.flatMap((row): JudgedDay[] => {
    if (row.value === null) return [];
    const turn = judgeByPublisherRange(row);
    const before = turns.get(dayNumber(row.day) - PUBLISHER_RANGE_DETECTOR.echoDays) ?? null;
    const limit = turn === 'surge' ? row.upper : row.lower;
    return [
      {
        day: row.day,
        value: row.value,
        ratio: limit === null || limit === 0 ? 1 : row.value / limit,
        z: 0,
        turn: before !== null && before !== turn ? null : turn,
      },
    ];
  });
  const { minimumDays, beyond } = PUBLISHER_RANGE_DETECTOR;
  return groupTurns(judged, days).filter(
    ({ turn, ratio, flaggedDays }) =>
      flaggedDays >= minimumDays && (turn === 'surge' ? ratio >= beyond : ratio <= 1 / beyond),
  );
}

/** Where a published value lies outside the publisher's own range; equal is inside. */
export function judgeByPublisherRange(row: {
  readonly value: number | null;
  readonly lower: number | null;
  readonly upper: number | null;
}): Turn | null {
  if (row.value === null) return null;
  if (row.upper !== null && row.value > row.upper) return 'surge';
  if (row.lower !== null && row.value < row.lower) return 'drop';
  return null;
}
