/** The finding that a page begins with: what is confirmed, and the newest detected event; totals come after. */
import { testSpec } from '../../../data-build/contract/vocabulary.ts';
import { joinSentences } from '../../../data-build/words/sentences.ts';
import { toEventCard, type CardText } from '../../view/event-card.ts';
import { byStrength, strongestOf, type EventView } from '../../view/events.ts';
import type { Share } from '../../view/rate.ts';
import type { Days } from '../../view/stretches.ts';
import type { EventRow } from '../../query/witnesses.ts';
import type { FigureRequest, TargetSubject } from '../request.ts';
import { eventsOf } from './evidence.ts';
import type { SafeView } from './figure.ts';
import { formatUnconfirmed } from './lead-sentence.ts';

/** A sentence to print, and of which days. */
export interface LeadEntry {
  readonly made: {
    readonly view: SafeView;
    readonly request: Pick<FigureRequest, 'frame' | 'subject'>;
  };
}

/** What the page says of all its tests, and of which days. */
export interface LeadTotals {
  readonly share: Share | null;
  /** Null: of all days. */
  readonly shown: Days | null;
}

/** What a page begins with, and in small what became of it. */
export interface Finding {
  readonly said: string;
  /** Null: nothing more is known. */
  readonly then: string | null;
  /** The sentences of a copy, away from the heading of the page: target and place, what became of it, caveats. */
  readonly copied: readonly string[];
  /** Where its days can be seen; null: where the event can, and of several findings, where they stand. */
  readonly url: string | null;
  /** What a share card says of it; null: what the page says of itself. */
  readonly card: CardText | null;
  /** Id of the event that it speaks of, and the chart under it; null: of none. */
  readonly event: string | null;
  /** Whose tests it counts, and the days that it is of; null: that is not known. */
  readonly series: FindingSeries | null;
}

/** One event, or one test or website in one place on some days. */
export type FindingSeries =
  | { readonly kind: 'event'; readonly event: EventRow }
  | { readonly kind: 'target'; readonly subject: TargetSubject; readonly days: Days };

export function formatFinding({ said, then }: Finding): string {
  return then === null ? said : `${said} ${then}`;
}

/**
 * Null: nothing was found in these days, or nothing that the totals do not say. `of` says what the sentences name; the
 * heading of the page names the other. Of several, the one that the timeline is headed by, unless that is over.
 */
export function leadOf(
  entries: readonly LeadEntry[],
  { share, shown }: LeadTotals,
  of: 'target' | 'place',
  events: readonly EventView[] = [],
): Finding | null {
  const since = ({ made }: LeadEntry): string => made.request.frame?.since ?? '';
  const isEvent = ({ made }: LeadEntry): number => (made.view.safe.course === null ? 0 : 1);
  const isShown = ({ made: { request } }: LeadEntry): boolean =>
    shown === null ||
    request.frame === null ||
    (request.frame.since < shown.until && request.frame.until > shown.since);
  const strongest = strongestOf(
    events
      .map(({ event }) => event)
      .filter(({ probe_asn }) => probe_asn === null)
      .toSorted(byStrength),
  );
  const isStrongest = ({ made: { request } }: LeadEntry): number =>
    strongest?.first_normal === null &&
    request.subject.kind === 'target' &&
    request.subject.testName === strongest.test_name &&
    request.subject.domain === strongest.domain
      ? 1
      : 0;
  /** `isAlone`: no other finding stands before it. */
  const leadAt = (level: string, isAlone: boolean): Finding | null => {
    const [found] = entries
      .filter((entry) => entry.made.view.safe.level === level && isShown(entry))
      .filter(({ made: { view } }) => view.share !== null && !saysSame(view.share, share))
      .toSorted(
        (a, b) =>
          isEvent(b) - isEvent(a) ||
          isStrongest(b) - isStrongest(a) ||
          (since(a) < since(b) ? 1 : -1),
      )
      .map((entry) => ({ entry, then: thenOf(entry, isAlone) }))
      .map(({ entry, then }) => ({
        said: entry.made.view.lead?.[of] ?? null,
        then,
        copied: [entry.made.view.lead?.place ?? '', then, entry.made.view.safe.caveat],
        url: urlOf(entry),
        card: entry.made.view.card,
        event: eventOf(entry, events),
        series: seriesOf(entry),
      }));
    return found === undefined || found.said === null ? null : { ...found, said: found.said };
  };
  const confirmed = leadAt('confirmed', true);
  return join([confirmed, leadAt('signs', confirmed === null) ?? newestEvent(events)]);
}

/** Counts that differ by less than this are no second finding: a website's tests and one test more. */
const SAME_SHARE = 0.01;

function saysSame(one: Share, other: Share | null): boolean {
  if (other === null) return false;
  const near = (a: number, b: number): boolean => Math.abs(a - b) <= SAME_SHARE * b;
  return near(one.tests, other.tests) && near(one.signs, other.signs);
}

/** Of whole places before single networks, then the newest. */
export function newestEvent(events: readonly EventView[]): Finding | null {
  const [newest] = events
    .filter(
      ({ event }) =>
        event.agreement !== 'global_change' &&
        (event.kind === 'interference_start' || event.kind === 'interference_rise'),
    )
    .toSorted(
      ({ event: a }, { event: b }) =>
        Number(a.probe_asn !== null) - Number(b.probe_asn !== null) ||
        (a.first_sign < b.first_sign ? 1 : -1),
    );
  return newest === undefined
    ? null
    : {
        said: newest.words.sentence,
        then: joinSentences([newest.words.ended, unconfirmedOf(newest)]),
        copied: [newest.words.sentence, newest.words.ended, ...newest.words.caveats],
        url: null,
        card: toEventCard(newest),
        event: newest.event.event_id,
        series: { kind: 'event', event: newest.event },
      };
}

function unconfirmedOf({ event }: EventView): string | null {
  if ((event.confirmed_count ?? 0) > 0) return null;
  const isApp = event.test_name !== null && !testSpec(event.test_name).websites;
  return formatUnconfirmed(isApp ? 'app' : 'websites');
}

function thenOf({ made: { view } }: LeadEntry, isAlone: boolean): string {
  return joinSentences([view.safe.addition, view.ended, isAlone ? view.sure : null]);
}

function urlOf({ made: { request } }: LeadEntry): string | null {
  return request.subject.kind === 'target' ? request.subject.url : null;
}

function seriesOf({ made: { request } }: LeadEntry): FindingSeries | null {
  const { subject, frame } = request;
  return subject.kind !== 'target' || frame === null
    ? null
    : { kind: 'target', subject, days: frame };
}

function join(findings: readonly (Finding | null)[]): Finding | null {
  const found = findings.filter((finding) => finding !== null);
  const then = joinSentences(found.map((finding) => finding.then));
  return found.length === 0
    ? null
    : {
        said: joinSentences(found.map(({ said }) => said)),
        then: then === '' ? null : then,
        copied: toCopy(found.map(({ copied }) => copied)),
        url: found.length === 1 ? (found[0]?.url ?? null) : null,
        card: found.find(({ card }) => card !== null)?.card ?? null,
        event: found.find(({ event }) => event !== null)?.event ?? null,
        series: found.find(({ series }) => series !== null)?.series ?? null,
      };
}

/** What was found stands before what became of it, and each caveat once. */
function toCopy(copies: readonly (readonly string[])[]): readonly string[] {
  const all = [
    ...copies.flatMap((copied) => copied.slice(0, 1)),
    ...copies.flatMap((copied) => copied.slice(1)),
  ];
  return all.filter((text, index) => text !== '' && all.lastIndexOf(text) === index);
}

/** The event whose days a sentence is of; its beginning, where that was seen. */
function eventOf({ made: { request } }: LeadEntry, events: readonly EventView[]): string | null {
  const { subject, frame } = request;
  if (subject.kind !== 'target') return null;
  const own = eventsOf(
    events.map(({ event }) => event),
    subject,
  ).filter(({ first_sign }) => first_sign === frame?.since);
  return strongestOf(own)?.event_id ?? null;
}
