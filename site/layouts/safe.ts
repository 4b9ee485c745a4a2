/** What can safely be said of a target in a place, for the days that tell most. */
import { addDays, type Day } from '../../data-build/contract/brands.ts';
import { FLOORS } from '../../data-build/contract/floors.ts';
import { eventUntil } from '../../data-build/contract/detected-event.ts';
import type { BuildData } from '../engine/build-data.ts';
import { courseQuery, eventsQuery, type CourseRow, type EventRow } from '../query/witnesses.ts';
import type { SafeCheck } from '../view/check.ts';
import { askEvidence, eventsOf, toThinEvidence, type SafeSubject } from '../view/safe-evidence.ts';
import {
  SAFE_LEVELS,
  toSafeSentence,
  type SafeEvidence,
  type SafeSentence,
} from '../view/safe-sentence.ts';
import { toStretches } from '../view/stretches.ts';
import { countryHref, domainHref } from './address.ts';
import { joinAsked, recordAsk, toAsked, type Asked } from './asked.ts';
import { loadEventBook } from './events.ts';

export interface SafeEntry {
  /** Unique in a page. */
  readonly id: string;
  readonly label: string;
  readonly place: string;
  readonly safe: SafeSentence;
  /** Where the same days of the same target can be seen; below the site's root. */
  readonly link: string;
  /** What a reader asks again. */
  readonly check: Omit<SafeCheck, 'copy'>;
  /** Null: the counts were at hand. */
  readonly asked: Asked | null;
}

/** Where no event gives the days, at most this many up to the last test. */
const MOST_DAYS = 365;

/**
 * The days of the newest event that is not of many places at once; else the latest stretch with enough tests to say
 * something; else the last year of tests.
 */
async function chooseDays(
  { ask }: BuildData,
  subject: SafeSubject,
  events: readonly EventRow[],
): Promise<{ readonly since: Day; readonly until: Day }> {
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
  if (year > subject.first) {
    const { probeCc, testName, domain } = subject;
    const target = { probe_cc: probeCc, probe_asn: null, test_name: testName, domain };
    const days = await ask(courseQuery(target), { probeCc });
    const stretch = toStretches(days.map(({ day }) => day)).findLast(
      ({ first, last }) => sumTests(days, first, last) >= FLOORS.country.tests,
    );
    if (stretch !== undefined) {
      const until = addDays(stretch.last, 1);
      const earliest = addDays(until, -MOST_DAYS);
      return { since: earliest > stretch.first ? earliest : stretch.first, until };
    }
  }
  return { since: year > subject.first ? year : subject.first, until: end };
}

function sumTests(days: readonly CourseRow[], first: Day, last: Day): number {
  return days.reduce((sum, { day, tests }) => sum + (day >= first && day <= last ? tests : 0), 0);
}

/** The sentence for the days that tell most. */
export async function loadSafe(data: BuildData, subject: SafeSubject): Promise<SafeEntry> {
  const { rows } = await loadEventBook(data);
  const { since, until } = await chooseDays(data, subject, eventsOf(rows, subject));
  const { ask, asked } = recordAsk(data);
  const evidence = await askEvidence(ask, rows, subject, since, until);
  // The events were asked for all places at once; a check asks for those of the place.
  const { probeCc } = subject;
  const events = toAsked(data.manifest, eventsQuery(probeCc), { probeCc });
  return toEntry(subject, evidence, joinAsked(events, asked()));
}

/** The sentence for a subject below the floor, whose counts are known. */
export function toThinSafe(subject: SafeSubject, counts: SafeEvidence['counts']): SafeEntry {
  return toEntry(subject, toThinEvidence(subject, counts), null);
}

/** A sentence with its place in the page and its address. */
function toEntry(subject: SafeSubject, evidence: SafeEvidence, asked: Asked | null): SafeEntry {
  const { since, until } = evidence;
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
        : domainHref(domain),
    check: { chart: 'safe', subject, since, until, thin: asked === null },
    asked,
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
