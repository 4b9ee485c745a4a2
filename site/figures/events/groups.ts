/** Events as a list shows them: begin and end in one entry, single networks under what they are part of. */
import type { Day } from '../../../data-build/contract/brands.ts';
import { touchesDays, eventUntil } from '../../../data-build/contract/detected-event.ts';
import { spanKey, type EventView } from '../../view/events.ts';

export interface EventGroup {
  /** The beginning, or whatever there is. */
  readonly lead: EventView;
  /** Its end, where that is an event of its own. */
  readonly end: EventView | null;
  /** The same target on single networks at the same time. */
  readonly networks: readonly EventGroup[];
  /** Latest change: what the list is sorted by. */
  readonly turn: Day;
  /** Events in it, its own and those folded into it. */
  readonly size: number;
}

/** Latest change first; of equals by id, so that the order never depends on chance. */
export function toEventGroups(views: readonly EventView[]): readonly EventGroup[] {
  const ends = new Map(
    views
      .filter(({ event }) => event.kind === 'interference_end')
      .map((view) => [keyOf(view), view] as const),
  );
  const starts = new Set(
    views.filter(({ event }) => event.kind === 'interference_start').map(keyOf),
  );
  const entries = views
    .filter((view) => view.event.kind !== 'interference_end' || !starts.has(keyOf(view)))
    .map((lead): EventGroup => {
      const end = lead.event.kind === 'interference_start' ? (ends.get(keyOf(lead)) ?? null) : null;
      return {
        lead,
        end,
        networks: [],
        turn: turnOf(end ?? lead),
        size: end === null ? 1 : 2,
      };
    });
  const children = new Map<EventGroup, EventGroup[]>();
  const alone: EventGroup[] = [];
  for (const entry of entries) {
    const parent = entries.find((other) => isPartOf(entry, other));
    if (parent === undefined) alone.push(entry);
    else children.set(parent, [...(children.get(parent) ?? []), entry]);
  }
  return alone
    .map((entry) => {
      const networks = (children.get(entry) ?? []).toSorted(byTurn);
      return {
        ...entry,
        networks,
        size: networks.reduce((sum, { size }) => sum + size, entry.size),
      };
    })
    .toSorted(byTurn);
}

function keyOf({ event }: EventView): string {
  return `${event.probe_cc} ${spanKey(event)}`;
}

/** The day on which it came to what it says: a beginning, or an end. */
export function turnOf({ event }: EventView): Day {
  return event.kind === 'interference_end'
    ? (event.first_normal ?? event.first_sign)
    : event.first_sign;
}

function isPartOf(
  { lead: { event } }: EventGroup,
  { lead: { event: whole } }: EventGroup,
): boolean {
  const until = eventUntil(event);
  return (
    event.probe_asn !== null &&
    whole.probe_asn === null &&
    whole.probe_cc === event.probe_cc &&
    whole.kind === event.kind &&
    whole.target === event.target &&
    whole.test_name === event.test_name &&
    (until === null
      ? eventUntil(whole) === null || (eventUntil(whole) ?? '') > event.first_sign
      : touchesDays(whole, event.first_sign, until))
  );
}

function byTurn(a: EventGroup, b: EventGroup): number {
  if (a.turn !== b.turn) return a.turn < b.turn ? 1 : -1;
  return a.lead.event.event_id < b.lead.event.event_id ? -1 : 1;
}
