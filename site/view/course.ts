/** What the page knows of the course of events that are not over: how far they were measured, and whether they fade. */
import {
  judgeCourse,
  toUseCourse,
  type EventCourse,
} from '../../data-build/contract/event-course.ts';
import type { DetectedEvent } from '../../data-build/contract/detected-event.ts';
import type { Query } from '../query/query.ts';
import { courseQuery, useEndsQuery } from '../query/witnesses.ts';

/** Courses by event id; an event that is over, or was not measured since, has none. */
export type Courses = ReadonlyMap<string, EventCourse | null>;

/** Asks for the courses of those events of one place that are not over. */
export async function askCourses(
  ask: <Row>(query: Query<Row>) => Promise<readonly Row[]>,
  events: readonly DetectedEvent[],
): Promise<Courses> {
  const open = events.filter(({ first_normal }) => first_normal === null);
  const courses = new Map<string, EventCourse | null>();
  for (const event of open.filter(({ kind }) => /^interference_(?:start|rise)$/.test(kind)))
    courses.set(event.event_id, judgeCourse(await ask(courseQuery(event)), event.first_sign));
  const [first, ...others] = open.filter(({ tool }) => tool !== null);
  if (first === undefined) return courses;
  const ends = await ask(useEndsQuery(first.probe_cc));
  for (const { event_id, tool, metric } of [first, ...others]) {
    const end = ends.find((row) => row.tool === tool && row.metric === metric);
    if (end !== undefined) courses.set(event_id, toUseCourse(end.day));
  }
  return courses;
}
