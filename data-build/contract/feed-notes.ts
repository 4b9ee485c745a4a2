/**
 * What feeds know of earlier releases: events that these had and this one does not find, under whatever name, and which
 * release told of an entry first. It lies beside the kept releases, one file a licence, and goes from release to release.
 */
import type { InferOutput } from 'valibot';
import { daysBetween, toDay, type Day } from './brands.ts';
import type { DetectedEvent } from './detected-event.ts';
import { EVENT_KINDS } from './events.ts';
import { toEventId } from './event-id.ts';
import { LICENCES, PUBLISHERS, type LicenceSlug } from './publishers.ts';
import { RELEASES_FOLDER } from './releases.ts';
import {
  asnOrNull,
  byName,
  country,
  day,
  dayOrNull,
  list,
  matching,
  readShape,
  record,
  text,
  textOrNull,
  word,
  wordOrNull,
} from './shape.ts';
import { BLOCKING_METHODS, CATEGORY_CODES } from './vocabulary.ts';

/** Days of data for which feeds go on to say it, so that they do not grow for ever. */
export const GONE_DAYS = 90;

const GONE_EVENT = record({
  event_id: matching<string>((value) => toEventId(value) !== null, 'an id of an event'),
  source: word(PUBLISHERS),
  licence: word(LICENCES),
  kind: word(EVENT_KINDS),
  probe_cc: country,
  probe_asn: asnOrNull,
  network_name: textOrNull,
  target: text,
  test_name: textOrNull,
  domain: textOrNull,
  category_code: wordOrNull(CATEGORY_CODES),
  tool: textOrNull,
  blocking_method: wordOrNull(BLOCKING_METHODS),
  first_sign: day,
  first_normal: dayOrNull,
  /** Category of its website on the test lists. */
  listed: wordOrNull(CATEGORY_CODES),
  /** Last day of the first release that did not find it. */
  gone: day,
});
export type GoneEvent = InferOutput<typeof GONE_EVENT>;

/** `told`: by the last day of the release that told of them first, the entries of events. */
const NOTES_FILE = record({ gone: list(GONE_EVENT), told: byName(list(text)) });

export interface FeedNotes {
  readonly gone: readonly GoneEvent[];
  /** Last day of the release that told of an entry first, by {@link entryKeys}. */
  readonly told: ReadonlyMap<string, Day>;
}

export const NO_NOTES: FeedNotes = { gone: [], told: new Map() };

/** `releases/feeds-cc0.json`. */
export function notesFile(licence: LicenceSlug): string {
  return `${RELEASES_FOLDER}/feeds-${licence}.json`;
}

/** A parsed file, of the licence alone; nothing of a file of another shape, or where there is none. */
export function parseNotes(json: unknown, licence: LicenceSlug): FeedNotes {
  const read = readShape(NOTES_FILE, json, 'notes');
  if (!read.ok) return NO_NOTES;
  const { gone, told } = read.value;
  return {
    gone: gone.filter((event) => event.licence === licence),
    told: new Map(
      Object.entries(told).flatMap(([name, keys]) => {
        const first = toDay(name);
        return first === null ? [] : keys.map((key) => [key, first] as const);
      }),
    ),
  };
}

export function joinNotes(all: readonly FeedNotes[]): FeedNotes {
  return {
    gone: all.flatMap(({ gone }) => gone),
    told: new Map(all.flatMap(({ told }) => [...told])),
  };
}

/** The entries of an event. Interference has an event of its own for its end; the other kinds end within their row. */
export function entryKeys({
  event_id: id,
  kind,
  first_normal,
}: Pick<DetectedEvent, 'event_id' | 'kind' | 'first_normal'>): {
  readonly first: string;
  readonly end: string | null;
} {
  const endsApart = kind === 'interference_start' || kind === 'interference_end';
  return { first: id, end: endsApart || first_normal === null ? null : `${id}/end` };
}

/** Whether a release that ends on `lastDay` still says it. */
export function isStillTold({ gone }: GoneEvent, lastDay: Day): boolean {
  return daysBetween(gone, lastDay) <= GONE_DAYS;
}
