/** What the page knows of an event's course: from the daily rows of its target. */
import { judgeCourse, type EventCourse } from '../../data-build/contract/event-course.ts';
import type { DetectedEvent } from '../../data-build/contract/event-words.ts';
import type { CourseRow } from '../query/witnesses.ts';

/** Whether an event of interference is still open; only then its course is worth asking for. */
export function isOpenInterference(event: DetectedEvent): boolean {
  return event.kind === 'interference_start' && event.first_normal === null;
}

/** Last day measured and whether the event fades; null for an event that is over or was not measured since. */
export function toCourse(event: DetectedEvent, rows: readonly CourseRow[]): EventCourse | null {
  return isOpenInterference(event) ? judgeCourse(rows, event.first_sign) : null;
}
