/** Names of events: readable, the same in every release that finds the same, and what became of names that are no longer used. */
import { daysBetween, toCountryCode, type CountryCode, type Day } from './brands.ts';
import type { DetectedEvent } from './detected-event.ts';
import { isFields } from './fields.ts';
import { RELEASES_FOLDER } from './releases.ts';

/** What an event is named by, whichever detector found it. */
export type NamedEvent = Pick<
  DetectedEvent,
  'source' | 'kind' | 'probe_cc' | 'probe_asn' | 'target' | 'first_sign' | 'first_normal'
>;

/** In a name: longer targets end in a hash of them. */
const MOST_LETTERS = 60;

/** `telegram`, `example.org`, `websites-news`. `hashOf` shortens what is too long for a name. */
export function nameTarget(target: string, hashOf: (text: string) => string): string {
  const name = target
    .toLowerCase()
    .replace(/[^a-z0-9.]+/g, '-')
    .replace(/^[-.]+|[-.]+$/g, '');
  if (name.length <= MOST_LETTERS && name !== '') return name;
  return `${name.slice(0, MOST_LETTERS)}-${hashOf(target).slice(0, 8)}`;
}

/** The day that an event is named by: when it turned. */
export function turnDay({ kind, first_sign, first_normal }: NamedEvent): Day {
  return kind === 'interference_end' ? (first_normal ?? first_sign) : first_sign;
}

/** `ke-telegram-2024-11-07`, `ke-as33771-telegram-end-2025-01-02`; what is common needs no word. */
export function nameEvent(event: NamedEvent, hashOf: (text: string) => string): string {
  return [
    event.probe_cc.toLowerCase(),
    ...(event.probe_asn === null ? [] : [`as${event.probe_asn}`]),
    nameTarget(event.target, hashOf),
    ...(event.kind === 'interference_start' ? [] : [event.kind.replace(/^interference_/, '')]),
    turnDay(event),
  ]
    .join('-')
    .replaceAll('_', '-');
}

/** Days that the same event may turn apart in two releases. */
export const SAME_EVENT_DAYS = 14;

/** A further step is a beginning of its own only for the detector that saw the first. */
const turnOf = ({ kind }: NamedEvent): string =>
  kind === 'interference_rise' ? 'interference_start' : kind;

const sameThing = (a: NamedEvent, b: NamedEvent): boolean =>
  a.source === b.source &&
  a.probe_cc === b.probe_cc &&
  a.probe_asn === b.probe_asn &&
  a.target === b.target &&
  turnOf(a) === turnOf(b);

/** The event of this release that an event of an earlier one is: same source, place, network, target and turn, the nearest in time. */
export function sameEvent<Found extends NamedEvent>(
  earlier: NamedEvent,
  events: readonly Found[],
): Found | null {
  const apart = (event: Found): number => Math.abs(daysBetween(turnDay(event), turnDay(earlier)));
  const [nearest] = events
    .filter((event) => sameThing(earlier, event) && apart(event) <= SAME_EVENT_DAYS)
    .toSorted((a, b) => apart(a) - apart(b) || (turnDay(a) < turnDay(b) ? -1 : 1));
  return nearest ?? null;
}

/** The list of names of earlier releases; written even when it is empty. */
export const FORMER_IDS_FILE = `${RELEASES_FOLDER}/event-ids.json`;

export interface FormerId {
  /** As an earlier release called it. */
  readonly former_id: string;
  /** What it is called now; null: this release does not find it. */
  readonly event_id: string | null;
  readonly probe_cc: CountryCode;
}

/** An id that can be part of an address and of a path. */
export function toEventId(value: unknown): string | null {
  return typeof value === 'string' && /^[a-z0-9][a-z0-9.-]{5,118}[a-z0-9]$/.test(value)
    ? value
    : null;
}

/** Whether it is of the time before ids could be read: every event has one such former id. */
export function isHashedId(id: string): boolean {
  return /^[0-9a-f]{12}$/.test(id);
}

/** Parsed list → its entries; those of another shape are left out. */
export function parseFormerIds(json: unknown): readonly FormerId[] {
  return (Array.isArray(json) ? json : []).flatMap((entry) => {
    if (!isFields(entry)) return [];
    const former = toEventId(entry['former_id']);
    const code = entry['probe_cc'];
    const place = typeof code === 'string' ? toCountryCode(code) : null;
    return former === null || place === null
      ? []
      : [{ former_id: former, event_id: toEventId(entry['event_id']), probe_cc: place }];
  });
}
