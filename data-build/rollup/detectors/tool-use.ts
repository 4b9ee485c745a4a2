/**
 * Detector `log-z-3` of surges and drops in the use of circumvention tools.
 *
 * Robust z of the logarithm against the 28 calendar days before. With x = ln(value + 1), m = median and
 * s = max(1.4826 · MAD, ln 1.1) of those days, z = (x − m) / s and r = value ÷ median(value): a surge begins if z ≥ 5
 * and r ≥ 2, a drop if z ≤ −5 and r ≤ 0.5; at least 14 of the 28 days published and a median of at least 50. 1.4826 makes
 * the median absolute deviation comparable with a standard deviation (Hampel 1974). None begins on a day that is as the
 * same weekdays of those four weeks were (a weekly rhythm is no event), and a single day of few clients is no drop: as a
 * rule that is a gap in reporting. A day that is withheld beside it is another one, since small numbers are withheld. A fall
 * to what was before a rise that nobody could judge is the way back, and no drop.
 *
 * It ends when use is back at what it was before, however long that takes: on the first of three published days running
 * with |z| < 2 or r on the near side of √2 (a drop: √½; of a large one a quarter of its way, up to 1.8) by the m and s of its
 * beginning. In the days after it, its own
 * days count as the median before it. What has lasted for 56 days is a new level: further surges and drops are judged by
 * the 28 days before on that level. It ends when use is back for 14 days running, and that way back is no turn of its own;
 * a shorter visit to the old level is one. Use as far out on the other side is a turn, and after 28 days the end as well.
 */
import type { Day } from '../../contract/brands.ts';
import { type DailyValue, dayNumber, median } from './series.ts';
import {
  type Baseline,
  baselineBefore,
  type Extreme,
  extremeOf,
  judge,
  type JudgedDay,
  judgeToolUse,
  type Published,
  publishedOf,
  TOOL_USE_DETECTOR,
  type Turn,
  zOf,
} from './use-days.ts';

export interface ToolUseSpan {
  readonly turn: Turn;
  /** Last published day before it that was not on the way to it. */
  readonly lastNormal: Day | null;
  readonly firstSign: Day;
  /** Last day on which use was not back; the last of the series while it goes on. */
  readonly lastSign: Day;
  /** First published day on which it was; null while it goes on. */
  readonly firstNormal: Day | null;
  /** Of the days that can be judged by the 28 before, before it was a new level: later ones are judged by that level. */
  readonly extreme: Extreme;
  /** How many days were flagged. */
  readonly flaggedDays: number;
}

interface UseLevel {
  readonly turn: Turn;
  readonly since: number;
  until: number | null;
  readonly baseline: Baseline;
  readonly isGlobal: boolean;
  /** Its largest distance from the median before on its own side, in logarithms of the ratio. */
  peak: number;
  /** Index of the first of the latest days that were back; null: the latest was not. */
  backSince: number | null;
}

interface Standing {
  readonly level: UseLevel | null;
  /** What counts as this level's use, by day number. */
  readonly known: Map<number, number>;
}

/**
 * Surges and drops with their ends. The ratio of an event is to the 28 days before each day as they were published, so
 * that anyone can work it out. `isGlobal`: on such a day the figures themselves changed, in many places; a level begun on one
 * has no way back once it has lasted.
 */
export function detectToolUse(
  days: readonly DailyValue[],
  isGlobal: (turn: Turn, day: Day) => boolean = () => false,
  judged = judgeToolUse(days),
): readonly ToolUseSpan[] {
  const published = publishedOf(days);
  const plain = new Map(judged.map((each) => [each.day, each]));
  const withheld = new Set(
    days.flatMap(({ day, value }) => (value === null ? [dayNumber(day)] : [])),
  );
  return findUseLevels(published, plain, withheld, isGlobal).map((level) =>
    toSpan(published, plain, level),
  );
}

function findUseLevels(
  published: readonly Published[],
  judged: ReadonlyMap<Day, JudgedDay>,
  withheld: ReadonlySet<number>,
  isGlobal: (turn: Turn, day: Day) => boolean,
): readonly UseLevel[] {
  const actual = new Map(published.map(({ at, value }) => [at, value]));
  const stack: Standing[] = [{ level: null, known: new Map() }];
  const unjudged = unjudgedBefore(published, judged);
  let found: UseLevel[] = [];
  for (let index = 0; index < published.length; index++) {
    const day = published[index];
    if (day === undefined) break;
    const back = returnAt(published, stack, day, index);
    if (back !== null) {
      const left = stack.splice(back.depth).flatMap(({ level }) => level ?? []);
      for (const level of left) level.until ??= back.at;
      // A turn on the way back to the level before is that way.
      const [lowest] = left;
      found = found.filter(
        (level) =>
          !left.includes(level) || level.turn === lowest?.turn || isLong(published, level, back.at),
      );
      // The days since then are those of the level beneath.
      index = back.at - 1;
      continue;
    }
    const top = stack[stack.length - 1];
    if (top === undefined) break;
    const baseline = baselineOn(published, top, day);
    const { turn } = baseline === null ? { turn: null } : judge(day, baseline);
    if (
      baseline !== null &&
      turn !== null &&
      !isUsualForWeekday(actual, day, turn) &&
      (turn === 'surge' ||
        (isRepeated(published, withheld, index, baseline) && !isWayBack(unjudged, day)))
    ) {
      const level: UseLevel = {
        turn,
        since: index,
        until: null,
        baseline,
        isGlobal: isGlobal(turn, day.day),
        peak: 0,
        backSince: null,
      };
      found.push(level);
      stack.push({ level, known: new Map() });
    }
    // On the levels beneath, the days of an event count as the median before it.
    stack.forEach(({ known }, depth) =>
      known.set(day.at, stack[depth + 1]?.level?.baseline.middle ?? day.value),
    );
  }
  return found;
}

/**
 * What a turn is judged by. A level that has not lasted is the way up or down: only what is as far out on the other side
 * of the use before it is a turn.
 */
function baselineOn(
  published: readonly Published[],
  { level, known }: Standing,
  day: Published,
): Baseline | null {
  if (level === null) return baselineBefore(known, day.at);
  const age = day.at - (published[level.since]?.at ?? day.at);
  if (age >= TOOL_USE_DETECTOR.levelDays) return baselineBefore(known, day.at);
  return isOpposite(level, day) ? level.baseline : null;
}

function isLong(published: readonly Published[], { since }: UseLevel, until: number): boolean {
  const [first, last] = [published[since]?.at ?? 0, published[until]?.at ?? 0];
  return last - first >= TOOL_USE_DETECTOR.baselineDays;
}

/** The lowest level whose use before it is reached again for long enough, and since when. */
function returnAt(
  published: readonly Published[],
  stack: readonly Standing[],
  day: Published,
  index: number,
): { readonly depth: number; readonly at: number } | null {
  for (let depth = 1; depth < stack.length; depth++) {
    const level = stack[depth]?.level ?? null;
    if (level === null) continue;
    level.peak = Math.max(level.peak, signOf(level) * Math.log(day.value / level.baseline.middle));
    if (!isBack(level, day)) level.backSince = null;
    else level.backSince ??= index;
    if (level.backSince === null || isChangedForGood(published, level)) continue;
    const days = index - level.backSince + 1;
    const isLast = index === published.length - 1;
    if (days >= (isLast ? TOOL_USE_DETECTOR.backDays : backDaysOf(published, level, depth, day)))
      return { depth, at: level.backSince };
  }
  return null;
}

/** A level of changed figures that has lasted has no way back. */
function isChangedForGood(published: readonly Published[], level: UseLevel): boolean {
  const [since, back] = [published[level.since]?.at ?? 0, published[level.backSince ?? 0]?.at ?? 0];
  return level.isGlobal && back - since >= TOOL_USE_DETECTOR.levelDays;
}

/** Whether the drop of the day shows on another one soon after, or what follows at once is withheld. */
function isRepeated(
  published: readonly Published[],
  withheld: ReadonlySet<number>,
  index: number,
  baseline: Baseline,
): boolean {
  const at = published[index]?.at ?? 0;
  const { repeatDays } = TOOL_USE_DETECTOR;
  const soon = published
    .slice(index + 1, index + 1 + repeatDays)
    .filter((later) => later.at - at <= repeatDays);
  return withheld.has(at + 1) || soon.some((later) => judge(later, baseline).turn === 'drop');
}

/** The level before a rise for which there was no baseline. */
interface Unjudged {
  /** Of the last day that could not be judged. */
  readonly at: number;
  readonly middle: number;
}

/** For each published day the latest before it that had no baseline, with the median of the days before that one. */
function unjudgedBefore(
  published: readonly Published[],
  judged: ReadonlyMap<Day, JudgedDay>,
): ReadonlyMap<number, Unjudged> {
  const { baselineDays } = TOOL_USE_DETECTOR;
  const before = new Map<number, Unjudged>();
  let latest: Unjudged | null = null;
  for (const [index, { at, day }] of published.entries()) {
    if (index > 0 && !judged.has(day)) {
      const values = published.slice(Math.max(0, index - baselineDays), index);
      const lowest: number =
        latest !== null && at - latest.at <= 1 ? latest.middle : Number.POSITIVE_INFINITY;
      latest = { at, middle: Math.min(lowest, median(values.map(({ value }) => value))) };
    }
    if (latest !== null) before.set(at, latest);
  }
  return before;
}

function isWayBack(unjudged: ReadonlyMap<number, Unjudged>, { at, value }: Published): boolean {
  const before = unjudged.get(at);
  const { baselineDays, backRatio } = TOOL_USE_DETECTOR;
  return (
    before !== undefined && at - before.at <= baselineDays && value * backRatio >= before.middle
  );
}

/** How long use must be back for a level to be over. */
function backDaysOf(
  published: readonly Published[],
  level: UseLevel,
  depth: number,
  day: Published,
): number {
  // Use that is as far out on the other side is not back, unless it stays there.
  if (depth === 1 && isOpposite(level, day)) return TOOL_USE_DETECTOR.baselineDays;
  const [since, back] = [published[level.since]?.at ?? 0, published[level.backSince ?? 0]?.at ?? 0];
  return back - since >= TOOL_USE_DETECTOR.levelDays
    ? TOOL_USE_DETECTOR.backFromLevelDays
    : TOOL_USE_DETECTOR.backDays;
}

const signOf = ({ turn }: Pick<UseLevel, 'turn'>): number => (turn === 'surge' ? 1 : -1);

function isBack(level: UseLevel, day: Published): boolean {
  const { baseline, peak } = level;
  const z = zOf(day.value, baseline);
  const ratio = day.value / baseline.middle;
  const { backZ, backRatio, backShare, mostBackRatio } = TOOL_USE_DETECTOR;
  const sign = signOf(level);
  const back = Math.max(Math.log(backRatio), Math.min(Math.log(mostBackRatio), backShare * peak));
  return sign * z < backZ || sign * Math.log(ratio) < back;
}

function isOpposite({ turn, baseline }: UseLevel, day: Published): boolean {
  const judged = judge(day, baseline).turn;
  return judged !== null && judged !== turn;
}

/** Whether the day is about what the same weekday was in the four weeks before; false where too few are known. */
function isUsualForWeekday(
  actual: ReadonlyMap<number, number>,
  { at, value }: Published,
  turn: Turn,
): boolean {
  const earlier = [7, 14, 21, 28].flatMap((back) => actual.get(at - back) ?? []);
  if (earlier.length < TOOL_USE_DETECTOR.minimumWeekdays) return false;
  const ratio = value / median(earlier);
  return turn === 'surge'
    ? ratio < TOOL_USE_DETECTOR.surgeRatio
    : ratio > TOOL_USE_DETECTOR.dropRatio;
}

function toSpan(
  published: readonly Published[],
  plain: ReadonlyMap<Day, Extreme>,
  level: UseLevel,
): ToolUseSpan {
  const { turn, since, until, baseline } = level;
  const inside = published.slice(since, until ?? undefined);
  const [first, last] = [inside[0], inside[inside.length - 1]];
  if (first === undefined || last === undefined) throw new Error('A level of use needs a day.');
  const early = inside.filter(({ at }) => at - first.at < TOOL_USE_DETECTOR.levelDays);
  const judged = early.flatMap((each) => plain.get(each.day) ?? []);
  return {
    turn,
    lastNormal: published.slice(0, since).findLast((each) => isBack(level, each))?.day ?? null,
    firstSign: first.day,
    lastSign: last.day,
    firstNormal: until === null ? null : (published[until]?.day ?? null),
    // Where no day of it has 28 days before it that could judge it, those before its beginning do.
    extreme: extremeOf(
      turn,
      judged.length > 0 ? judged : early.map((each) => judge(each, baseline)),
    ),
    flaggedDays: inside.filter((each) => judge(each, baseline).turn === turn).length,
  };
}
