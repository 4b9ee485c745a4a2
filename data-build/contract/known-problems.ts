/**
 * Days on which an operator, or a publisher, says that a source is faulty. They come from the log of corrections, stand in
 * the manifest, and are marked wherever the source is drawn over these days. No number is changed by them.
 */
import { translate } from '../words/translate.ts';
import { formatPlaceName } from '../words/place.ts';
import { writeList } from '../words/lists.ts';
import { addDays, toCountryCode, toDay, type CountryCode, type Day } from './brands.ts';
import type { Correction, KnownProblem } from './corrections.ts';
import type { DetectedEvent } from './detected-event.ts';
import { formatEventDay } from './event-terms.ts';
import { isFields } from './fields.ts';
import { isPublisherId, PUBLISHERS, type PublisherId } from './publishers.ts';
import { testSpec } from './vocabulary.ts';

/** Those that the corrections name, earliest first. */
export function toKnownProblems(corrections: readonly Correction[]): readonly KnownProblem[] {
  return corrections
    .flatMap(({ days, text, places, sources = [], tests }): KnownProblem[] =>
      days === undefined
        ? []
        : [
            {
              ...days,
              text,
              sources,
              ...(tests === undefined ? {} : { tests }),
              ...(places === undefined ? {} : { places }),
            },
          ],
    )
    .toSorted((a, b) => (a.since < b.since ? -1 : a.since > b.since ? 1 : 0));
}

/** What stands in JSON that was written from {@link KnownProblem}s; what is none is left out. */
export function parseKnownProblems(json: unknown): readonly KnownProblem[] {
  return (Array.isArray(json) ? json : []).flatMap((one: unknown): KnownProblem[] => {
    if (!isFields(one)) return [];
    const { since, until, text } = one;
    const [first, end] = [toDay(String(since)), toDay(String(until))];
    const sources = textsIn(one['sources']).filter(isPublisherId);
    if (first === null || end === null || typeof text !== 'string' || sources.length === 0)
      return [];
    const tests = 'tests' in one ? { tests: textsIn(one['tests']) } : {};
    const places =
      'places' in one
        ? { places: textsIn(one['places']).flatMap((code) => toCountryCode(code) ?? []) }
        : {};
    return [{ since: first, until: end, text, sources, ...tests, ...places }];
  });
}

function textsIn(json: unknown): readonly string[] {
  return Array.isArray(json) ? json.filter((one) => typeof one === 'string') : [];
}

/** What is shown somewhere; what is left out is not narrowed. */
export interface ShownData {
  /** Empty lists: of all of them. */
  readonly sources: readonly PublisherId[];
  readonly tests: readonly string[];
  readonly places: readonly CountryCode[];
}

/** Those that some of the shown data may have. */
export function problemsIn(
  problems: readonly KnownProblem[],
  shown: ShownData,
): readonly KnownProblem[] {
  return problems.filter(
    ({ sources, tests = [], places = [] }) =>
      meet(sources, shown.sources) && meet(tests, shown.tests) && meet(places, shown.places),
  );
}

/** Those that have days in a stretch, of which `until` is exclusive. */
export function problemsOn(
  problems: readonly KnownProblem[],
  days: { readonly since: Day; readonly until: Day },
): readonly KnownProblem[] {
  return problems.filter(({ since, until }) => since < days.until && until > days.since);
}

/** Whether two lists share an item, of which an empty one holds everything. */
function meet<Item>(own: readonly Item[], other: readonly Item[]): boolean {
  return own.length === 0 || other.length === 0 || own.some((item) => other.includes(item));
}

/** Those in whose days the beginning or the end of an event falls. */
export function problemsOfEvent(
  problems: readonly KnownProblem[],
  event: DetectedEvent,
): readonly KnownProblem[] {
  const began = [event.last_normal ?? event.first_sign, event.first_sign] as const;
  const last = event.last_sign ?? event.first_normal;
  const ended = last === null ? [] : [[last, event.first_normal ?? last] as const];
  const own = problemsIn(problems, {
    sources: [event.source],
    tests: event.test_name === null ? [] : [event.test_name],
    places: [event.probe_cc],
  });
  return own.filter((problem) =>
    [began, ...ended].some(
      ([since, to]) => problemsOn([problem], { since, until: addDays(to, 1) }).length > 0,
    ),
  );
}

/** `Known problem, 23 to 29 April 2026, OONI, Costa Rica: …`: when, of what, why. */
export function formatProblem(problem: KnownProblem): string {
  return translate('problem.note', wordsOf(problem));
}

/** The same, beside an event. */
export function formatProblemOfEvent(problem: KnownProblem): string {
  return translate('problem.event', wordsOf(problem));
}

function wordsOf({ since, until, text, sources, tests = [], places = [] }: KnownProblem) {
  const last = addDays(until, -1);
  return {
    days: last > since ? ('several' as const) : ('one' as const),
    first: formatEventDay(since),
    last: formatEventDay(last),
    what: writeList(
      [
        ...sources.map((id) => PUBLISHERS[id].name),
        ...tests.map((name) => testSpec(name).label),
        ...places.map(formatPlaceName),
      ],
      'narrow',
    ),
    text,
  };
}
