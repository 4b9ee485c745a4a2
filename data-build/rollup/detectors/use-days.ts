/**
 * Single days of the use of a tool against the 28 days before them: the numbers of detector `log-z-3` and the judgement of a day.
 * Which days make an event is in `tool-use`, with the source of the rules.
 */
import type { Day } from '../../contract/brands.ts';
import { type DailyValue, dayNumber, median, valuesBefore } from './series.ts';

export const TOOL_USE_DETECTOR = {
  id: 'log-z-3',
  baselineDays: 28,
  /** Published days the baseline needs. */
  minimumDays: 14,
  /** Median the baseline needs: below it the publisher's estimates are too coarse. */
  minimumMedian: 50,
  z: 5,
  surgeRatio: 2,
  dropRatio: 0.5,
  /** Use is back within either of these, for so many published days running. */
  backZ: 2,
  backRatio: Math.SQRT2,
  /** Of a large event a quarter of its way, in logarithms, is back as well, up to this ratio. */
  backShare: 0.25,
  mostBackRatio: 1.8,
  backDays: 3,
  /** From a new level: a shorter visit to the old one is a turn of its own. */
  backFromLevelDays: 14,
  /** What has lasted so long is a new level. */
  levelDays: 56,
  /** Earlier weekdays by which a weekly rhythm is told: as many of the last four as are published, at least so many. */
  minimumWeekdays: 2,
  /** A drop shows on a second day within so many. */
  repeatDays: 3,
} as const;

export type Turn = 'surge' | 'drop';

/** One published day judged against its baseline. */
export interface JudgedDay {
  readonly day: Day;
  readonly value: number;
  /** What it is compared with: median of the baseline, or an end of the publisher’s range. */
  readonly usual: number;
  /** value ÷ usual. */
  readonly ratio: number;
  /** Null where the ratio alone says that the day is no turn. */
  readonly z: number | null;
  readonly turn: Turn | null;
}

/** The 28 days before. */
export interface Baseline {
  readonly middle: number;
  readonly values: readonly number[];
  /** In logarithms; worked out for the few days that need it. */
  logs: { readonly middle: number; readonly spread: number } | null;
}

/** Null: too few days are published, or their median is too low to judge by. */
export function baselineBefore(known: ReadonlyMap<number, number>, at: number): Baseline | null {
  const values = valuesBefore(known, at, TOOL_USE_DETECTOR.baselineDays);
  if (values.length < TOOL_USE_DETECTOR.minimumDays) return null;
  const middle = median(values);
  return middle < TOOL_USE_DETECTOR.minimumMedian ? null : { middle, values, logs: null };
}

function logsOf({ values }: Baseline): NonNullable<Baseline['logs']> {
  const logs = values.map((value) => Math.log(value + 1));
  const middle = median(logs);
  const deviation = median(logs.map((each) => Math.abs(each - middle)));
  return { middle, spread: Math.max(1.4826 * deviation, Math.log(1.1)) };
}

/** Robust z of the logarithm. */
export function zOf(value: number, baseline: Baseline): number {
  baseline.logs ??= logsOf(baseline);
  return (Math.log(value + 1) - baseline.logs.middle) / baseline.logs.spread;
}

export function judge({ day, value }: Published, baseline: Baseline): JudgedDay {
  const usual = baseline.middle;
  const ratio = value / usual;
  const { surgeRatio, dropRatio } = TOOL_USE_DETECTOR;
  if (ratio < surgeRatio && ratio > dropRatio)
    return { day, value, usual, ratio, z: null, turn: null };
  const z = zOf(value, baseline);
  const surge = z >= TOOL_USE_DETECTOR.z && ratio >= surgeRatio;
  const drop = z <= -TOOL_USE_DETECTOR.z && ratio <= dropRatio;
  return { day, value, usual, ratio, z, turn: surge ? 'surge' : drop ? 'drop' : null };
}

export interface Published {
  readonly day: Day;
  readonly at: number;
  readonly value: number;
}

export function publishedOf(days: readonly DailyValue[]): readonly Published[] {
  return days.flatMap(({ day, value }) =>
    value === null ? [] : [{ day, at: dayNumber(day), value }],
  );
}

/** Every published day that has a baseline, judged by the 28 days before as they were published. */
export function judgeToolUse(days: readonly DailyValue[]): readonly JudgedDay[] {
  const published = publishedOf(days);
  const known = new Map(published.map(({ at, value }) => [at, value]));
  return published.flatMap((each) => {
    const baseline = baselineBefore(known, each.at);
    return baseline === null ? [] : [judge(each, baseline)];
  });
}

/** The day whose ratio is the farthest from 1; the first of such days. */
export type Extreme = Pick<JudgedDay, 'day' | 'usual' | 'ratio'>;

export function extremeOf(turn: Turn, [first, ...days]: readonly Extreme[]): Extreme {
  if (first === undefined) throw new Error('A surge or drop needs a day.');
  const isFarther = (a: Extreme, b: Extreme): boolean =>
    turn === 'surge' ? a.ratio > b.ratio : a.ratio < b.ratio;
  return days.reduce((most, each) => (isFarther(each, most) ? each : most), first);
}
