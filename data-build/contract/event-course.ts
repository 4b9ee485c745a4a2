/** How an event that is not over runs on: the last day measured, and whether it fades. Pure. */
import type { Day } from './brands.ts';

/** One measured day of the event's target: `signs` of `tests` that reached a verdict. */
export interface CourseDay {
  readonly day: Day;
  readonly tests: number;
  readonly signs: number;
}

export interface EventCourse {
  /** Last day with tests of the target, or with a published figure of it. */
  readonly measuredUntil: Day;
  /** The latest three points together are under half of the rate as a whole. */
  readonly fading: boolean;
  /** Tests and signs of these three points, and the day on which they begin; null: not counted in tests. */
  readonly latest: LatestPoints | null;
}

export interface LatestPoints {
  readonly since: Day;
  readonly tests: number;
  readonly signs: number;
}

/** The course of an open event of published figures or speeds: they end on a day of their own, often before the release does. */
export function toSeriesCourse(measuredUntil: Day): EventCourse {
  return { measuredUntil, fading: false, latest: null };
}

/** As in `level-shift-2`: a point holds at least this many tests, thin days joined. */
const POINT_TESTS = 5;
/** Fading is not said of a handful of points. */
const LEAST_POINTS = 7;
const LATEST_POINTS = 3;

/**
 * The course of an open event from the daily rows of its target. Days may come in any order; those before
 * `firstSign` and those without tests do not count. Null when nothing was measured since.
 */
export function judgeCourse(
  days: readonly CourseDay[],
  firstSign: Day,
): (EventCourse & { readonly latest: LatestPoints }) | null {
  const measured = days
    .filter(({ day, tests }) => day >= firstSign && tests > 0)
    .toSorted((a, b) => (a.day < b.day ? -1 : 1));
  const last = measured.at(-1);
  if (last === undefined) return null;
  const points: CourseDay[] = [];
  let waiting: CourseDay | null = null;
  for (const day of measured) {
    const joined: CourseDay =
      waiting === null
        ? day
        : { day: waiting.day, tests: waiting.tests + day.tests, signs: waiting.signs + day.signs };
    waiting = joined.tests < POINT_TESTS ? joined : null;
    if (waiting === null) points.push(joined);
  }
  const latestPoints = points.length === 0 ? measured : points.slice(-LATEST_POINTS);
  const latest = sumDays(latestPoints);
  const whole = sumDays(measured);
  return {
    measuredUntil: last.day,
    fading:
      points.length >= LEAST_POINTS && latest.signs / latest.tests < whole.signs / whole.tests / 2,
    latest: { since: latestPoints[0]?.day ?? last.day, ...latest },
  };
}

function sumDays(days: readonly CourseDay[]): { readonly tests: number; readonly signs: number } {
  return {
    tests: days.reduce((sum, { tests }) => sum + tests, 0),
    signs: days.reduce((sum, { signs }) => sum + signs, 0),
  };
}
