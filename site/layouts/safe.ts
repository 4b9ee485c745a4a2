/** What can safely be said of a target in a place: the days are chosen, and everything they need is asked for. */
import { addDays, type CountryCode, type Day } from '../../data-build/contract/brands.ts';
import { eventStrength, eventUntil } from '../../data-build/contract/event-words.ts';
import type { CourseDay } from '../../data-build/contract/event-course.ts';
import { testSpec } from '../../data-build/contract/vocabulary.ts';
import type { BuildData } from '../engine/build-data.ts';
import { formatPlace } from '../i18n/place.ts';
import { translate } from '../i18n/translate.ts';
import { domainTotalsQuery } from '../query/entities.ts';
import { totalsQuery } from '../query/interference.ts';
import { courseQuery, type EventRow } from '../query/witnesses.ts';
import {
  SAFE_LEVELS,
  toSafeSentence,
  type SafeEvent,
  type SafeEvidence,
  type SafeSentence,
} from '../view/safe-sentence.ts';
import { countryHref, domainHref } from './address.ts';
import { loadEventBook } from './events.ts';

/** One test, or one website with the days on which it was tested there. */
export interface SafeSubject {
  readonly probeCc: CountryCode;
  readonly testName: string | null;
  readonly domain: string | null;
  /** First and last day tested, both inclusive. */
  readonly first: Day;
  readonly last: Day;
}

export interface SafeEntry {
  /** Unique in a page. */
  readonly id: string;
  readonly label: string;
  readonly place: string;
  readonly safe: SafeSentence;
  /** Where the same days of the same target can be seen; below the site's root. */
  readonly link: string;
}

/** Days before, against which a rise is judged: as `cusum-rate-1` does. */
const BASELINE_DAYS = 28;
/** Where no event gives the days, at most this many up to the last test. */
const MOST_DAYS = 365;

/** Events of the subject in the whole place, strongest first. */
async function eventsOf(data: BuildData, subject: SafeSubject): Promise<readonly EventRow[]> {
  const { rows } = await loadEventBook(data);
  return rows
    .filter(
      (event) =>
        event.source === 'ooni' &&
        event.kind !== 'method_change' &&
        event.probe_asn === null &&
        event.probe_cc === subject.probeCc &&
        (subject.domain === null
          ? event.domain === null && event.test_name === subject.testName
          : event.domain === subject.domain),
    )
    .toSorted((a, b) => eventStrength(b) - eventStrength(a));
}

/** The days of the newest event that is not of many places at once, else the last year of tests. */
function chooseDays(
  subject: SafeSubject,
  events: readonly EventRow[],
): { readonly since: Day; readonly until: Day } {
  const end = addDays(subject.last, 1);
  const [newest] = events
    .filter(({ agreement }) => agreement !== 'global_change')
    .toSorted((a, b) => (a.first_sign < b.first_sign ? 1 : -1));
  if (newest !== undefined) {
    const over = eventUntil(newest);
    const until = over === null || over > end ? end : over;
    if (until > newest.first_sign) return { since: newest.first_sign, until };
  }
  const year = addDays(end, -MOST_DAYS);
  return { since: year > subject.first ? year : subject.first, until: end };
}

async function countsOf(
  { ask }: BuildData,
  { probeCc, testName, domain }: SafeSubject,
  since: Day,
  until: Day,
): Promise<SafeEvidence['counts']> {
  const scope = { probeCc, since, until };
  if (domain !== null) {
    const [row] = await ask(domainTotalsQuery({ probe_cc: probeCc, domain, since, until }), scope);
    return row ?? null;
  }
  const filter = { probe_cc: [probeCc], probe_asn: [], since, until };
  const [row] = await ask(
    totalsQuery({ ...filter, test_name: testName === null ? [] : [testName] }),
    scope,
  );
  return row ?? null;
}

/** Events with what was measured of them; each is entered once, not for its beginning and its end. */
async function toSafeEvents(
  { ask }: BuildData,
  subject: SafeSubject,
  events: readonly EventRow[],
): Promise<readonly SafeEvent[]> {
  const { probeCc, testName, domain } = subject;
  const target = { probe_cc: probeCc, probe_asn: null, test_name: testName, domain };
  let days: readonly CourseDay[] | null = null;
  const found = new Map<Day, SafeEvent>();
  for (const event of events) {
    const over = eventUntil(event);
    if (over === null) days ??= await ask(courseQuery(target), { probeCc });
    const global = event.agreement === 'global_change';
    found.set(event.first_sign, {
      first_sign: event.first_sign,
      first_normal: event.first_normal,
      global: global && (found.get(event.first_sign)?.global ?? true),
      days: over === null ? (days ?? []) : [],
    });
  }
  return [...found.values()];
}

export function labelOf({ testName, domain }: Pick<SafeSubject, 'testName' | 'domain'>): string {
  if (domain !== null) return domain;
  const spec = testSpec(testName ?? '');
  return spec.websites ? translate('safe.websites') : spec.label;
}

/** Everything the sentence rests on, for the days given. */
export async function loadEvidence(
  data: BuildData,
  subject: SafeSubject,
  since: Day,
  until: Day,
): Promise<SafeEvidence> {
  const events = await eventsOf(data, subject);
  return {
    target: {
      label: labelOf(subject),
      confirmable: subject.domain !== null || testSpec(subject.testName ?? '').websites,
    },
    place: formatPlace(subject.probeCc),
    since,
    until,
    counts: await countsOf(data, subject, since, until),
    before: await countsOf(data, subject, addDays(since, -BASELINE_DAYS), since),
    events: await toSafeEvents(data, subject, events),
  };
}

/** The sentence for the days that tell most. */
export async function loadSafe(data: BuildData, subject: SafeSubject): Promise<SafeEntry> {
  const { since, until } = chooseDays(subject, await eventsOf(data, subject));
  const evidence = await loadEvidence(data, subject, since, until);
  const { probeCc, testName, domain } = subject;
  const id = `say-${domain ?? testName ?? 'tests'}-${probeCc}`.replace(/[^\w.-]/g, '_');
  return {
    id,
    label: evidence.target.label,
    place: evidence.place,
    safe: toSafeSentence(evidence),
    link:
      domain === null
        ? `${countryHref(probeCc)}?test_name=${encodeURIComponent(testName ?? '')}&since=${since}&until=${until}`
        : `${domainHref(domain)}#${id}`,
  };
}

/** The strongest sentences first; of equals those with an event, then those given first. */
export function bySafeLevel(a: SafeEntry, b: SafeEntry): number {
  const rank = ({ safe }: SafeEntry): number =>
    2 * SAFE_LEVELS.indexOf(safe.level) + (safe.course === null ? 0 : 1);
  return rank(b) - rank(a);
}

/** How much a subject promises before anything is asked: signs per test, held down by few tests. */
export function promiseOf(counts: {
  readonly measurement_count: number;
  readonly failure_count: number;
  readonly anomaly_count: number;
  readonly confirmed_count: number;
}): number {
  const tests = counts.measurement_count - counts.failure_count;
  const signs = counts.anomaly_count + 2 * counts.confirmed_count;
  return tests <= 0 ? -1 : signs / (tests + 30);
}
