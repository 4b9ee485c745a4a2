/** Everything that a safe sentence rests on, asked of the engine for one target, place and stretch of days. */
import { formatDomain } from '../../../data-build/words/domain.ts';
import {
  addDays,
  daysBetween,
  type CountryCode,
  type Day,
} from '../../../data-build/contract/brands.ts';
import type { CourseDay } from '../../../data-build/contract/event-course.ts';
import {
  eventStrength,
  eventUntil,
  witnessOf,
} from '../../../data-build/contract/detected-event.ts';
import { testSpec } from '../../../data-build/contract/vocabulary.ts';
import { formatPlace, formatPlaceName } from '../../../data-build/words/place.ts';
import { translate } from '../../i18n/translate.ts';
import { confirmedDomainsQuery, domainTotalsQuery } from '../../query/domains.ts';
import { placeNetworksQuery } from '../../query/networks.ts';
import { totalsQuery } from '../../query/interference.ts';
import { courseQuery, type EventRow } from '../../query/witnesses.ts';
import type { Ask } from '../../catalog/ask.ts';
import type { SafeEvent, SafeEvidence } from './known.ts';

/** One test, or one website with the days on which it was tested there. */
export interface SafeSubject {
  readonly probeCc: CountryCode;
  readonly testName: string | null;
  readonly domain: string | null;
  /** First and last day tested, both inclusive. */
  readonly first: Day;
  readonly last: Day;
}

/** Days before, against which a rise is judged: half of what `level-shift-2` takes. */
const BASELINE_DAYS = 28;

/** Events of the subject in the whole place, strongest first. */
export function eventsOf(rows: readonly EventRow[], subject: SafeSubject): readonly EventRow[] {
  return rows
    .filter(
      (event) =>
        witnessOf(event) === 'interference' &&
        event.kind !== 'method_change' &&
        event.probe_asn === null &&
        event.probe_cc === subject.probeCc &&
        (subject.domain === null
          ? event.domain === null &&
            event.category_code === null &&
            event.test_name === subject.testName
          : event.domain === subject.domain),
    )
    .toSorted((a, b) => eventStrength(b) - eventStrength(a));
}

async function countsOf(
  ask: Ask,
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
  ask: Ask,
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
      startSeen: event.baseline !== null,
      global: global && (found.get(event.first_sign)?.global ?? true),
      days: over === null ? (days ?? []) : [],
    });
  }
  return [...found.values()];
}

function targetOf(subject: SafeSubject): SafeEvidence['target'] {
  const websites = testSpec(subject.testName ?? '').websites;
  return {
    label: labelOf(subject),
    kind: subject.domain !== null ? 'website' : websites ? 'websites' : 'app',
  };
}

/** As {@link toThinEvidence}, its counts asked for: what a reader repeats. */
export async function askThinEvidence(ask: Ask, subject: SafeSubject): Promise<SafeEvidence> {
  const { first, last } = subject;
  return toThinEvidence(subject, await countsOf(ask, subject, first, addDays(last, 1)));
}

/** For a subject below the floor, whose counts are known already: nothing more needs asking. */
export function toThinEvidence(subject: SafeSubject, counts: SafeEvidence['counts']): SafeEvidence {
  return {
    target: targetOf(subject),
    place: formatPlace(subject.probeCc),
    placeName: formatPlaceName(subject.probeCc),
    since: subject.first,
    until: addDays(subject.last, 1),
    counts,
    placeNetworks: null,
    confirmedOn: [],
    before: null,
    beforeDays: 0,
    lastDay: null,
    events: [],
  };
}

export function labelOf({ testName, domain }: Pick<SafeSubject, 'testName' | 'domain'>): string {
  if (domain !== null) return formatDomain(domain);
  const spec = testSpec(testName ?? '');
  return spec.websites ? translate('safe.websites') : spec.label;
}

/** `rows` are events, those of the place among them; others than the subject’s are left out. */
export async function askEvidence(
  ask: Ask,
  rows: readonly EventRow[],
  subject: SafeSubject,
  {
    since,
    until,
    lastDay,
  }: { readonly since: Day; readonly until: Day; readonly lastDay: Day | null },
): Promise<SafeEvidence> {
  const events = eventsOf(rows, subject);
  const counts = await countsOf(ask, subject, since, until);
  const found = await toSafeEvents(ask, subject, events);
  // Without signs the days before change nothing.
  const needed = (counts?.anomaly_count ?? 0) > 0;
  const target = targetOf(subject);
  const { probeCc } = subject;
  const scope = { probeCc, since, until };
  // Days before the first test tell nothing, and are not named.
  const usual = addDays(since, -BASELINE_DAYS);
  const from = subject.first > usual ? subject.first : usual;
  const beforeDays = Math.max(0, daysBetween(from, since));
  const named = target.kind === 'websites' && (counts?.confirmed_count ?? 0) > 0;
  return {
    target,
    place: formatPlace(probeCc),
    placeName: formatPlaceName(probeCc),
    since,
    until,
    counts,
    placeNetworks:
      counts?.network_count === 1
        ? (await ask(placeNetworksQuery(probeCc), { probeCc })).length
        : null,
    confirmedOn: named
      ? await ask(confirmedDomainsQuery({ probe_cc: probeCc, since, until }), scope)
      : [],
    before: needed && beforeDays > 0 ? await countsOf(ask, subject, from, since) : null,
    beforeDays,
    lastDay,
    events: found,
  };
}
