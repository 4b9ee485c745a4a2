/** What the page knows of the course of events that are not over: how far they were measured, and whether they fade. */
import { addDays, type Day } from '../../data-build/contract/brands.ts';
import {
  judgeCourse,
  toSeriesCourse,
  type EventCourse,
} from '../../data-build/contract/event-course.ts';
import {
  indicatorOf,
  speedStep,
  witnessOf,
  type DetectedEvent,
} from '../../data-build/contract/detected-event.ts';
import type { Query } from '../query/query.ts';
import {
  courseQuery,
  indicatorEndsQuery,
  throughputQuery,
  useEndsQuery,
} from '../query/witnesses.ts';
import { nextPeriod } from './time-frame.ts';

/** Courses by event id; an event that is over, or was not measured since, has none. */
export type Courses = ReadonlyMap<string, EventCourse | null>;

type AskRows = <Row>(query: Query<Row>) => Promise<readonly Row[]>;

/** Asks for the courses of those events of one place that are not over. */
export async function askCourses(ask: AskRows, events: readonly DetectedEvent[]): Promise<Courses> {
  const courses = new Map<string, EventCourse | null>();
  for (const event of events.filter(({ first_normal }) => first_normal === null)) {
    if (/^interference_(?:start|rise)$/.test(event.kind)) {
      courses.set(event.event_id, judgeCourse(await ask(courseQuery(event)), event.first_sign));
      continue;
    }
    const last = await askLastDay(ask, event);
    if (last !== null) courses.set(event.event_id, toSeriesCourse(last));
  }
  return courses;
}

/** The last day with a figure of what an event is about; null: of tests of interference, or not known. */
async function askLastDay(ask: AskRows, event: DetectedEvent): Promise<Day | null> {
  const { probe_cc, probe_asn, tool, metric, source, target } = event;
  if (tool !== null) {
    const ends = await ask(useEndsQuery(probe_cc));
    return ends.find((row) => row.tool === tool && row.metric === metric)?.day ?? null;
  }
  if (indicatorOf(event) !== null) {
    const ends = await ask(indicatorEndsQuery(probe_cc));
    return ends.find((row) => row.source === source && row.indicator === target)?.day ?? null;
  }
  if (witnessOf(event) !== 'throughput') return null;
  const grain = speedStep(event) === 'month' ? 'month' : 'day';
  const rows = await ask(throughputQuery(probe_cc, probe_asn));
  const last = rows.findLast((row) => row.grain === grain);
  return last === undefined ? null : addDays(nextPeriod(last.period, grain), -1);
}
