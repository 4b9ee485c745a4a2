/** Detected events of a place, and the course of those that are not over. */
import type { CountryCode } from '../../data-build/contract/brands.ts';
import type { EventCourse } from '../../data-build/contract/event-course.ts';
import { eventsQuery, type EventRow } from '../query/witnesses.ts';
import type { Ask } from '../catalog/ask.ts';
import { askCourses } from '../view/course.ts';

export interface PlaceEvents {
  /** Newest first. */
  readonly events: readonly EventRow[];
  /** By event id; null: it was not measured since. */
  readonly courses: readonly (readonly [eventId: string, course: EventCourse | null])[];
}

export async function askPlaceEvents(ask: Ask, probeCc: CountryCode): Promise<PlaceEvents> {
  const scope = { probeCc };
  const events = await ask(eventsQuery(probeCc), scope);
  return { events, courses: [...(await askCourses((query) => ask(query, scope), events))] };
}
