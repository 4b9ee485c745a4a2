/** The name of each event that was found, and of the events that they follow. Pure. */
import { nameEvent } from '../contract/event-id.ts';
import { hashOf } from '../hash.ts';
import type { FoundEvent } from './found-event.ts';

export interface EventNames {
  /** Of one of the events. Throws for any other. */
  of(event: FoundEvent): string;
  /** Null: it is not among the events, as a beginning that lies before the data. */
  told(event: FoundEvent): string | null;
}

/** What tells an event from every other; it may have been copied since it was found, as when it turns out to be global. */
const keyOf = (event: FoundEvent): string =>
  JSON.stringify([
    ...[event.test_name, event.source, event.detector_id],
    ...[event.kind, event.probe_cc, event.probe_asn, event.target],
    ...[event.first_sign, event.first_normal],
  ]);

/** Of events with one name, which differ in test or detector alone, the later are numbered. */
export function nameEvents(found: readonly FoundEvent[]): EventNames {
  const keyed = new Map(found.map((event) => [keyOf(event), nameEvent(event, hashOf)]));
  const sorted = [...keyed].toSorted(([a], [b]) => (a < b ? -1 : 1));
  const names = new Map(
    [...Map.groupBy(sorted, ([, name]) => name)].flatMap(([name, alike]) =>
      alike.map(([key], index) => [key, index === 0 ? name : `${name}-${index + 1}`] as const),
    ),
  );
  return {
    of: (event) => {
      const name = names.get(keyOf(event));
      if (name === undefined) throw new Error('A name was asked for an event that was not found.');
      return name;
    },
    told: (event) => names.get(keyOf(event)) ?? null,
  };
}
