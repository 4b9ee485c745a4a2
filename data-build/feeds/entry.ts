/** Entries of a feed, in words: one for each beginning and one for each end, newest first. Pure. */
import { joinSentences } from '../words/sentences.ts';
import { addDays, millisOfDay, type Day } from '../contract/brands.ts';
import type { EventCourse } from '../contract/event-course.ts';
import { eventUntil, type DetectedEvent } from '../contract/detected-event.ts';
import { turnDay } from '../contract/event-id.ts';
import { formatEventDay, formatEventKind } from '../contract/event-terms.ts';
import { entryKeys, NO_NOTES, type FeedNotes, type GoneEvent } from '../contract/feed-notes.ts';
import { formatTitle, toEventWords } from '../contract/event-words.ts';
import { AGREEMENTS } from '../contract/events.ts';
import type { Correction, KnownProblem } from '../contract/corrections.ts';
import { formatProblem, toKnownProblems } from '../contract/known-problems.ts';
import { hashOf } from '../hash.ts';
import { eventPath, feedScopes, type FeedScope } from '../contract/feed-paths.ts';
import { hashedId } from './hashed-id.ts';
import type { CategoryCode } from '../contract/vocabulary.ts';
import { formatPlace } from '../words/place.ts';
import { translate } from '../words/translate.ts';

export interface FeedEvent {
  readonly event: DetectedEvent;
  readonly networkName: string | null;
  /** Of its website; null: it is on no test list, or about no website. */
  readonly listed: CategoryCode | null;
  readonly course: EventCourse | null;
}

export interface FeedEntry {
  /** A `tag:` URI: permanent, wherever the site is mounted. */
  readonly id: string;
  /** The day on which it turned, UTC. */
  readonly day: Day;
  /** Last day of the release that told of it first: readers that ask for what is newer than last time go by it. */
  readonly told: Day;
  /** First day on which it is not known to last: the day after its end, or after the last day measured. */
  readonly until: Day;
  readonly title: string;
  /** The finding with n, networks and dates, the brackets, what it does not say. */
  readonly text: string;
  /** Path of the event below the site’s base. */
  readonly path: string;
  readonly categories: readonly string[];
  /** What programs are told of it: its event, or that it is a correction or of an event that is no longer found. */
  readonly about: Readonly<Record<string, string | number | null>>;
  /** Feeds that hold it besides that of everything. */
  readonly scopes: readonly FeedScope[];
}

/** `invalid` is nobody's domain (RFC 2606). The id stays the same when a site moves. */
const TAG = 'tag:interference-atlas.invalid,2024:event/';
const CORRECTION_TAG = 'tag:interference-atlas.invalid,2024:correction/';

/** Entries of the events, newest first. `lastDay` is the last of the release. */
export function toFeedEntries(
  events: readonly FeedEvent[],
  paged: ReadonlySet<string>,
  lastDay: Day,
  problems: readonly KnownProblem[] = [],
  told: FeedNotes['told'] = NO_NOTES.told,
): readonly FeedEntry[] {
  return sortEntries(events.flatMap((found) => toEntries(found, paged, lastDay, problems, told)));
}

/** What was told last first; of what was told together, what turned last. */
export function sortEntries(entries: readonly FeedEntry[]): readonly FeedEntry[] {
  const order = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);
  return entries.toSorted(
    (a, b) => order(b.told, a.told) || order(b.day, a.day) || order(a.id, b.id),
  );
}

/** An entry for each correction, so that who follows a feed of its places, or of an event that it names, learns of it. */
export function toCorrectionEntries(
  corrections: readonly Correction[],
  events: readonly FeedEvent[],
): readonly FeedEntry[] {
  return corrections.map((correction) => {
    const { date, text, places = [], events: named = [], days } = correction;
    const [problem = null] = toKnownProblems([correction]);
    const scopes = [
      ...places.map((key) => ({ kind: 'country', key }) as const),
      ...events
        .filter(({ event }) => isNamed(event, named))
        .flatMap(({ event, listed }) => feedScopes(event, listed)),
    ];
    return {
      id: `${CORRECTION_TAG}${date}/${hashOf(text).slice(0, 12)}`,
      day: date,
      told: date,
      until: addDays(date, 1),
      title: translate(days === undefined ? 'feed.correction' : 'feed.problem'),
      text: problem === null ? text : formatProblem(problem),
      path: 'changed/#corrections',
      categories: [
        translate(days === undefined ? 'feed.correction.category' : 'feed.problem.category'),
        ...places.map(formatPlace),
      ],
      about: { kind: 'correction' },
      scopes: [...new Map(scopes.map((scope) => [`${scope.kind} ${scope.key}`, scope])).values()],
    };
  });
}

/** An entry for each event of earlier releases that this one does not find, the latest first. */
export function toGoneEntries(events: readonly GoneEvent[]): readonly FeedEntry[] {
  return sortEntries(
    events.map((event) => {
      const { event_id, probe_cc, probe_asn, target, network_name: networkName } = event;
      const title = formatTitle(event, { place: formatPlace(probe_cc), networkName });
      return {
        id: `${TAG}${event_id}/not-found`,
        day: event.gone,
        told: event.gone,
        until: addDays(event.gone, 1),
        title: translate('feed.gone', { title }),
        text: translate('feed.gone.text', {
          title,
          id: event_id,
          day: formatEventDay(turnDay(event)),
        }),
        path: `event/${event_id}/`,
        categories: [translate('feed.gone.category'), formatEventKind(event)],
        about: { event_id, kind: 'not_found', probe_cc, probe_asn, target },
        scopes: feedScopes(event, event.listed),
      };
    }),
  );
}

/** By its name, or by the hash that it once had. */
const isNamed = (event: DetectedEvent, named: readonly string[]): boolean =>
  named.includes(event.event_id) || named.includes(hashedId(event));

function toEntries(
  { event, networkName, listed, course }: FeedEvent,
  paged: ReadonlySet<string>,
  lastDay: Day,
  problems: readonly KnownProblem[],
  told: FeedNotes['told'],
): readonly FeedEntry[] {
  const words = toEventWords(event, {
    place: formatPlace(event.probe_cc),
    networkName,
    course,
    lastDay,
    problems,
  });
  const { event_id, kind, probe_cc, probe_asn, target, agreement, detector_id } = event;
  const base = {
    path: eventPath(event, paged),
    categories: [formatEventKind(event), AGREEMENTS[event.agreement].label],
    about: { event_id, kind, probe_cc, probe_asn, target, agreement, detector_id },
    scopes: feedScopes(event, listed),
  };
  const ends = event.kind === 'interference_end';
  const keys = entryKeys(event);
  const first: FeedEntry = {
    ...base,
    id: `${TAG}${keys.first}`,
    told: told.get(keys.first) ?? lastDay,
    day: ends ? (event.first_normal ?? event.first_sign) : event.first_sign,
    until: ends
      ? addDays(event.first_normal ?? event.first_sign, 1)
      : (eventUntil(event) ?? addDays(course?.measuredUntil ?? lastDay, 1)),
    title: words.title,
    text: joinSentences([words.sentence, words.began, words.ended, ...words.caveats]),
  };
  const over = event.first_normal;
  if (keys.end === null || over === null) return [first];
  return [
    first,
    {
      ...base,
      id: `${TAG}${keys.end}`,
      told: told.get(keys.end) ?? lastDay,
      day: over,
      until: addDays(over, 1),
      title: translate('feed.ended', { title: words.title }),
      text: joinSentences([words.ended, words.sentence]),
      categories: [translate('feed.ended.category'), ...base.categories],
    },
  ];
}

/** `2024-11-07T00:00:00Z`. */
export function toInstant(day: Day): string {
  return `${new Date(millisOfDay(day)).toISOString().slice(0, 19)}Z`;
}
