/** What can safely be said of a target in a place, for the days that tell most. */
import { addDays, type Day } from '../../data-build/contract/brands.ts';
import { FLOORS } from '../../data-build/contract/floors.ts';
import { eventUntil } from '../../data-build/contract/detected-event.ts';
import type { BuildData } from '../engine/build-data.ts';
import type { TargetSubject } from '../figures/request.ts';
import { safe, type SafeView } from '../figures/safe/figure.ts';
import { courseQuery, type CourseRow, type EventRow } from '../query/witnesses.ts';
import { eventsOf, labelOf, toThinEvidence } from '../figures/safe/evidence.ts';
import type { SafeEvidence } from '../figures/safe/known.ts';
import { SAFE_LEVELS } from '../figures/safe/sentence.ts';
import { toStretches, type Days } from '../view/stretches.ts';
import { targetPath } from '../state/permalink.ts';
import { href, wholeHref } from './address.ts';
import { loadEventList } from './events.ts';
import { formatPlaceName } from '../../data-build/words/place.ts';
import { translate } from '../i18n/translate.ts';
import { makeFigure, makeKnownFigure, needFigure, type MadeFigure } from './make-figure.ts';

export type SafeTarget = Omit<TargetSubject, 'kind' | 'thin' | 'url'>;

export interface SafeEntry {
  /** Unique in a page. */
  readonly id: string;
  /** What is spoken of, in the place. */
  readonly name: string;
  /** Where the same days of the same target can be seen; below the site's root. */
  readonly link: string;
  readonly made: MadeFigure<SafeView>;
}

/** Where no event gives the days, at most this many up to the last test: a year, also one with a 29 February. */
const MOST_DAYS = 366;

/**
 * The days of the newest event that is not of many places at once, a rise counted from where its signs began; else those that the page shows; else the latest
 * stretch with enough tests to say something; else the last year of tests.
 */
async function chooseDays(
  { ask }: BuildData,
  target: SafeTarget,
  events: readonly EventRow[],
  shown: Days | null,
): Promise<Days> {
  const end = addDays(target.last, 1);
  const told = newestOf(events);
  if (told !== undefined) {
    const over = eventUntil(told);
    const until = over === null || over > end ? end : over;
    if (until > told.first_sign) return { since: told.first_sign, until };
  }
  const year = addDays(end, -MOST_DAYS);
  if (year > target.first) {
    const { probeCc, testName, domain } = target;
    const course = { probe_cc: probeCc, probe_asn: null, test_name: testName, domain };
    const days = await ask(courseQuery(course), { probeCc });
    if (
      shown !== null &&
      sumTests(days, shown.since, addDays(shown.until, -1)) >= FLOORS.country.tests
    )
      return shown;
    const stretch = toStretches(days.map(({ day }) => day)).findLast(
      ({ first, last }) => sumTests(days, first, last) >= FLOORS.country.tests,
    );
    if (stretch !== undefined) {
      const until = addDays(stretch.last, 1);
      const earliest = addDays(until, -MOST_DAYS);
      return { since: earliest > stretch.first ? earliest : stretch.first, until };
    }
  }
  return { since: year > target.first ? year : target.first, until: end };
}

/** Of events of one target, in any order. */
function newestOf(events: readonly EventRow[]): EventRow | undefined {
  const own = events
    .filter(({ agreement }) => agreement !== 'global_change')
    .toSorted((a, b) => (a.first_sign < b.first_sign ? 1 : -1));
  const [newest] = own;
  return own.find(({ event_id }) => event_id === newest?.follows_event_id) ?? newest;
}

function sumTests(days: readonly CourseRow[], first: Day, last: Day): number {
  return days.reduce((sum, { day, tests }) => sum + (day >= first && day <= last ? tests : 0), 0);
}

/** The sentence for the days that tell most; `shown` are those that the page speaks of. */
export async function loadSafe(
  data: BuildData,
  target: SafeTarget,
  shown: Days | null = null,
): Promise<SafeEntry> {
  const { rows } = await loadEventList(data);
  const days = await chooseDays(data, target, eventsOf(rows, target), shown);
  return toEntry(data, target, days, (basis) => makeFigure(data, safe, basis));
}

/** The sentence for a target below the floor, whose counts are known. */
export async function loadThinSafe(
  data: BuildData,
  target: SafeTarget,
  counts: SafeEvidence['counts'],
): Promise<SafeEntry> {
  const days = { since: target.first, until: addDays(target.last, 1) };
  const evidence = toThinEvidence(target, counts);
  return toEntry(data, target, days, (basis) => makeKnownFigure(data, safe, basis, evidence), true);
}

/** A sentence with its place in the page and its address. */
async function toEntry(
  { manifest }: BuildData,
  target: SafeTarget,
  days: Days,
  make: (basis: Parameters<typeof makeFigure>[2]) => Promise<MadeFigure<SafeView> | null>,
  thin = false,
): Promise<SafeEntry> {
  const { probeCc, testName, domain } = target;
  const { since, until } = days;
  const link = href(targetPath(target, days, manifest.data_version));
  return {
    id: `say-${domain ?? testName ?? 'tests'}-${probeCc}`.replace(/[^\w.-]/g, '_'),
    name: translate('safe.name', { target: labelOf(target), place: formatPlaceName(probeCc) }),
    link,
    made: needFigure(
      await make({
        subject: { kind: 'target', ...target, thin, url: wholeHref(link) },
        frame: { since, until, grain: 'day', dataUntil: until },
      }),
    ),
  };
}

/** The strongest sentences first; of equals those with an event, then those given first. */
export function bySafeLevel(a: SafeEntry, b: SafeEntry): number {
  const rank = ({ made }: SafeEntry): number => {
    const { level, course } = made.view.safe;
    return 2 * SAFE_LEVELS.indexOf(level) + (course === null ? 0 : 1);
  };
  return rank(b) - rank(a);
}

/** Rank of a target before any question: signs per test, lowered where tests are few. */
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
