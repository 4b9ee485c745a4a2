/** Detected events as a page shows them: words, marks, order. */
import type { Witness } from '../../data-build/contract/witnesses.ts';
import { addDays, type Day } from '../../data-build/contract/brands.ts';
import type { KnownProblem } from '../../data-build/contract/corrections.ts';
import type { EventCourse } from '../../data-build/contract/event-course.ts';
import type { Courses } from './course.ts';
import {
  eventStrength,
  eventUntil,
  touchesDays,
  witnessOf,
} from '../../data-build/contract/detected-event.ts';
import {
  formatEventKind,
  formatEventTarget,
  isEndless,
  isNewLevel,
  NEW_LEVEL_DAYS,
} from '../../data-build/contract/event-terms.ts';
import { silentSince } from '../../data-build/contract/event-brackets.ts';
import { toEventWords, type EventWords } from '../../data-build/contract/event-words.ts';
import { PUBLISHERS } from '../../data-build/contract/publishers.ts';
import { AGREEMENTS } from '../../data-build/contract/events.ts';
import { formatPlace } from '../../data-build/words/place.ts';
import { translate } from '../i18n/translate.ts';
import type { EventRow } from '../query/witnesses.ts';
import { formatDay } from './format.ts';
import { nextPeriod } from './time-frame.ts';

export interface EventView {
  readonly event: EventRow;
  readonly witness: Witness;
  readonly words: EventWords;
  /** Of one without a seen end: `not over`, `fading`, `a new level`, `no data since 3 May 2024`. */
  readonly openness: string;
  /** `interference began`. */
  readonly kind: string;
  /** `two witnesses agree`, with what that means. */
  readonly agreement: string;
  readonly agreementAbout: string;
  /** Last day with data of one that is not over; null: it is over, or that is not known. */
  readonly measuredUntil: Day | null;
  /** Same result whichever network is left out; null where that cannot be said. */
  readonly robust: string | null;
}

/** `lastDay` is the last of the release: where an event of unknown course ends for now. */
export function toEventView(
  event: EventRow,
  courses: Courses,
  lastDay: Day,
  problems: readonly KnownProblem[] = [],
): EventView {
  const setting = {
    place: formatPlace(event.probe_cc),
    networkName: event.network_name,
    course: courses.get(event.event_id) ?? null,
    lastDay,
    problems,
  };
  const fading = setting.course?.fading === true;
  const silent = isEndless(event, setting) ? null : silentSince(event, setting);
  return {
    event,
    witness: witnessOf(event),
    words: toEventWords(event, setting),
    openness:
      silent === null
        ? translate(
            isNewLevel(event, setting)
              ? 'event.new_level'
              : fading
                ? 'event.fading'
                : setting.course === null
                  ? 'event.span.open'
                  : 'witness.not_over',
          )
        : translate('event.silent', { day: formatDay(silent) }),
    kind: formatEventKind(event),
    measuredUntil: setting.course?.measuredUntil ?? null,
    agreement: AGREEMENTS[event.agreement].label,
    agreementAbout: AGREEMENTS[event.agreement].about,
    robust:
      event.robust === null
        ? null
        : translate(event.robust ? 'event.robust.yes' : 'event.robust.no'),
  };
}

/** Strongest first; of equals the newer one. */
export function byStrength(a: EventRow, b: EventRow): number {
  const newer = a.first_sign < b.first_sign ? 1 : a.first_sign > b.first_sign ? -1 : 0;
  return eventStrength(b) - eventStrength(a) || newer || (a.event_id < b.event_id ? -1 : 1);
}

/** Whether signs of interference began or rose in the whole place, and not in many places at once. */
export function isOwnRise({ probe_asn, kind, agreement }: EventRow): boolean {
  return (
    probe_asn === null &&
    agreement !== 'global_change' &&
    (kind === 'interference_start' || kind === 'interference_rise')
  );
}

/**
 * Of events with the strongest first, the one to speak of: that of the headline (`led`), or the strongest that is not one
 * of many places at once, and no end alone.
 */
export function strongestOf(
  events: readonly EventRow[],
  led: string | null = null,
): EventRow | undefined {
  const named = events.find(({ event_id }) => event_id === led);
  if (named !== undefined) return named;
  const own = events.filter(({ agreement }) => agreement !== 'global_change');
  return own.find(({ kind }) => kind !== 'interference_end') ?? own[0];
}

/** A stretch of time on a chart: what is known of its edges. */
export interface EventSpan {
  readonly id: string;
  /** `Telegram`. */
  readonly label: string;
  /** Exclusive end of the last normal day; the bracket opens here. Null: the data begin inside. */
  readonly opensAfter: Day | null;
  readonly since: Day;
  /** Exclusive; null: not over. */
  readonly until: Day | null;
  /** What it rose or fell to is the usual from then on: it did not end there. */
  readonly isLevel: boolean;
  /** Where an event that is not over was last measured, exclusive; null: not known, so to the end of the axis. */
  readonly seenUntil: Day | null;
  /** First normal day; the bracket closes here. */
  readonly closesBefore: Day | null;
  readonly global: boolean;
  readonly agreement: EventRow['agreement'];
  readonly event: EventRow;
}

/** Begin and end of the same interference are one span; the row of the beginning stands for both. */
export function toSpans(
  events: readonly EventRow[],
  courses: Courses = new Map(),
): readonly EventSpan[] {
  const starts = new Set(
    events.filter(({ kind }) => kind === 'interference_start').map((event) => spanKey(event)),
  );
  return events
    .filter((event) => event.kind !== 'interference_end' || !starts.has(spanKey(event)))
    .map((event) => ({
      id: event.event_id,
      label: formatSpan(event, newLevelDay(event, courses)),
      opensAfter:
        event.last_normal === null || (event.kind === 'interference_end' && event.baseline === null)
          ? null
          : endOfUnit(event.last_normal, event),
      since: event.first_sign,
      until:
        event.kind === 'method_change'
          ? addDays(event.first_sign, 1)
          : event.last_sign === null
            ? newLevelDay(event, courses)
            : endOfUnit(event.last_sign, event),
      isLevel: newLevelDay(event, courses) !== null,
      seenUntil: seenUntil(courses.get(event.event_id)),
      closesBefore: event.first_normal,
      global: event.agreement === 'global_change',
      agreement: event.agreement,
      event,
    }));
}

/** Most spans over a plot; more would be a chart of their own. */
const MOST_SPANS = 4;

/** Events that a chart of one witness shows over its plot: the strongest that touch its days, none told twice. */
export function chooseSpans(
  events: readonly EventRow[],
  witness: Witness,
  { since, until }: { readonly since: Day; readonly until: Day },
  wanted: (event: EventRow) => boolean,
): readonly EventSpan[] {
  const found = events
    .filter(
      (event) =>
        witnessOf(event) === witness &&
        // Agreement with other publishers is a row of theirs; each chart keeps to its own.
        (witness === 'interference') === (PUBLISHERS[event.source].witness === 'interference') &&
        touchesDays(event, since, until) &&
        wanted(event),
    )
    .toSorted(byStrength);
  return toSpans(
    found.filter((event, index) => !isRepeated(event, found.slice(0, index))).slice(0, MOST_SPANS),
  );
}

/**
 * Whether an event is to be seen on an axis. One that is not over ends there with its last measured day, and one that
 * has become a new level on the day it did: later days are judged by that level.
 */
export function isSeenIn(
  event: EventRow,
  courses: Courses,
  { since, until }: { readonly since: Day; readonly until: Day },
): boolean {
  const end = newLevelDay(event, courses) ?? seenUntil(courses.get(event.event_id));
  return (
    touchesDays(event, since, until) && (eventUntil(event) !== null || end === null || end > since)
  );
}

/** First day on which a surge or drop is a new level; null: it is none, or how far it was measured is not known. */
function newLevelDay(event: EventRow, courses: Courses): Day | null {
  const course = courses.get(event.event_id) ?? null;
  const isLevel =
    course !== null &&
    isNewLevel(event, { place: '', networkName: null, course, lastDay: course.measuredUntil });
  return isLevel ? addDays(event.first_sign, NEW_LEVEL_DAYS) : null;
}

/** What stands beside a bar: its target, and what happened where it is not interference. */
function formatSpan(event: EventRow, levelDay: Day | null): string {
  const target = formatEventTarget(event);
  if (levelDay !== null) return translate('event.span.new_level', { target });
  return event.kind === 'interference_start' || event.kind === 'interference_end'
    ? target
    : translate(`event.span.${event.kind}`, { target });
}

/** Whether a stronger event in the same list says the same: same target, same kind, days that overlap. */
export function isRepeated(event: EventRow, stronger: readonly EventRow[]): boolean {
  return stronger.some(
    (other) =>
      other.kind === event.kind &&
      other.target === event.target &&
      other.probe_asn === event.probe_asn &&
      (eventUntil(other) === null ||
        event.first_sign < addDays(eventUntil(other) ?? event.first_sign, 1)) &&
      (eventUntil(event) === null ||
        other.first_sign < addDays(eventUntil(event) ?? other.first_sign, 1)),
  );
}

function seenUntil(course: EventCourse | null | undefined): Day | null {
  return course === null || course === undefined ? null : addDays(course.measuredUntil, 1);
}

/** First day after a day, or after the week or month that begins on it, as the event counts. */
export function endOfUnit(start: Day, event: EventRow): Day {
  if (witnessOf(event) !== 'throughput') return addDays(start, 1);
  return nextPeriod(start, event.target.endsWith('month') ? 'month' : 'week');
}

/** The same for the beginning and the end of one interference in one place. */
export function spanKey({ target, probe_asn, test_name, first_sign }: EventRow): string {
  return [target, test_name, probe_asn, first_sign].join(' ');
}
