/**
 * Which days a timeline of three witnesses shows when their data cover different years: the latest stretch of the
 * leading witness, and beside it what the others have: on each side as much as the stretch itself, and up to two years
 * in all where something was detected in them.
 */
import { WITNESSES, type Witness } from '../../../data-build/contract/witnesses.ts';
import { addDays, daysBetween, type Day } from '../../../data-build/contract/brands.ts';
import type { TimeGrain } from '../../../data-build/contract/vocabulary.ts';
import type { EventRow } from '../../query/witnesses.ts';
import { toSpans } from '../../view/events.ts';
import {
  GAP_DAYS,
  isLong,
  STRETCH_DAYS,
  toStretches,
  type Days,
  type Stretch,
} from '../../view/stretches.ts';
import { chooseGrain, nextPeriod, periodStart } from '../../view/time-frame.ts';

export interface WitnessWindow {
  /** Inclusive. */
  readonly since: Day;
  /** Exclusive. */
  readonly until: Day;
  /** The witness whose days led the choice. */
  readonly led: Witness;
  /** Whether any witness has data outside. */
  readonly more: boolean;
}

/** Days with data of one witness; a published month stands as its days. */
export type WitnessDays = Readonly<Record<Witness, readonly Day[]>>;

/** Two weeks short of two years: widened to whole weeks, the axis still has weeks as its step. */
const MOST_DAYS = 714;
/** OONI leads, since what is interfered with is the question; a daily series comes before single months. */
const LEADING: readonly Witness[] = ['interference', 'tools', 'throughput', 'indicators'];

/** The same days, widened to whole weeks or months where the axis has such steps, but not past `dataUntil`. */
export function alignWindow<Window extends Days>(
  window: Window,
  dataUntil: Day,
  grain: TimeGrain = chooseGrain(window.since, window.until),
): Window {
  const since = periodStart(window.since, grain);
  const until = nextPeriod(periodStart(addDays(window.until, -1), grain), grain);
  return { ...window, since, until: earlier(until, later(dataUntil, window.until)) };
}

/**
 * Null when no witness has any day. `turns` are days on which something was detected; `told` is the stretch of tests
 * that the page’s first sentence is of, where none is long: its chart shows the same days.
 */
export function chooseWindow(
  days: WitnessDays,
  turns: readonly Day[] = [],
  told: Stretch | null = null,
): WitnessWindow | null {
  const isTold = (witness: Witness): boolean => witness === 'interference' && told !== null;
  const led =
    LEADING.find((witness) => isTold(witness) || toStretches(days[witness]).some(isLong)) ??
    LEADING.find((witness) => days[witness].length > 0);
  if (led === undefined) return null;
  const stretches = toStretches(days[led]);
  const stretch = stretches.findLast(isLong) ?? (isTold(led) ? told : null) ?? stretches.at(-1);
  if (stretch === undefined) return null;
  const length = daysBetween(stretch.first, stretch.last) + 1;
  const near = widen(days, led, stretch, Math.max(STRETCH_DAYS, length));
  const widest = widen(days, led, stretch, MOST_DAYS);
  const isIn = (day: Day, one: Days): boolean => day >= one.since && day < one.until;
  const { since, until } = turns.some((day) => isIn(day, widest) && !isIn(day, near))
    ? widest
    : near;
  const all = WITNESSES.flatMap((witness) => days[witness]);
  return { since, until, led, more: all.some((day) => day < since || day >= until) };
}

/** The stretch with what the other witnesses have up to `reach` days before and after it. */
function widen(days: WitnessDays, led: Witness, stretch: Stretch, reach: number): Days {
  let until = addDays(stretch.last, 1);
  let since = later(stretch.first, addDays(until, -MOST_DAYS));
  const [from, to] = [addDays(since, -reach), addDays(until, reach)];
  for (const witness of LEADING) {
    if (witness === led) continue;
    for (const other of toStretches(days[witness])) {
      // Only what touches the window is context; what lies apart would stretch it over nothing.
      if (other.first > addDays(until, GAP_DAYS) || other.last < addDays(since, -GAP_DAYS))
        continue;
      const end = earlier(addDays(other.last, 1), to);
      until = later(until, earlier(end, addDays(since, MOST_DAYS)));
      since = earlier(since, later(later(other.first, from), addDays(until, -MOST_DAYS)));
    }
  }
  return { since, until };
}

const later = (a: Day, b: Day): Day => (a > b ? a : b);
const earlier = (a: Day, b: Day): Day => (a < b ? a : b);

/** The days of an event with room around it, for its own page. */
export function windowAround(event: EventRow, dataUntil: Day, led: Witness): WitnessWindow {
  const [span] = toSpans([event]);
  const until = span?.until ?? event.first_normal ?? dataUntil;
  return { ...daysAround({ since: event.first_sign, until }, dataUntil), led, more: false };
}

/** Some days with room around them: half of their length, from 21 to 60 days. */
export function daysAround(days: Days, dataUntil: Day): Days {
  const length = Math.max(1, daysBetween(days.since, days.until));
  const room = Math.min(60, Math.max(21, Math.round(length / 2)));
  const until = addDays(days.until, room);
  const since = addDays(days.since, -room);
  const last = until > dataUntil ? dataUntil : until;
  return { since: daysBetween(since, last) > 1100 ? addDays(last, -1100) : since, until: last };
}
