/**
 * What a figure is asked for: whose numbers, which of them, which days, from which release. Plain JSON, so that a page
 * can carry it and a browser can ask the same again; what is read back is believed only as far as it can be read.
 */
import {
  toAsn,
  toCountryCode,
  toDay,
  type Asn,
  type CountryCode,
  type Day,
} from '../../data-build/contract/brands.ts';
import type { KnownProblem } from '../../data-build/contract/corrections.ts';
import { isFields, type Fields } from '../../data-build/contract/fields.ts';
import { parseKnownProblems, problemsIn } from '../../data-build/contract/known-problems.ts';
import type { Manifest } from '../../data-build/contract/manifest.ts';
import { isPublisherId, type PublisherId } from '../../data-build/contract/publishers.ts';
import { THEMES } from '../../data-build/contract/themes.ts';
import { TESTS, TIME_GRAINS, type CategoryCode } from '../../data-build/contract/vocabulary.ts';
import type { TimeFrame } from '../view/time-frame.ts';

/** Whose numbers they are. */
export type FigureSubject =
  /** All that the release holds. */
  | { readonly kind: 'release' }
  | { readonly kind: 'country'; readonly probeCc: CountryCode }
  | {
      readonly kind: 'network';
      readonly asn: Asn;
      /** Null: it has none. */
      readonly name: string | null;
      /** The only country or territory it was seen in; null: several. */
      readonly probeCc: CountryCode | null;
    }
  | { readonly kind: 'test'; readonly testName: string }
  | {
      readonly kind: 'domain';
      readonly domain: string;
      /** Networks that tested it in the days of the figure; null: not known. */
      readonly networkCount: number | null;
    }
  | { readonly kind: 'theme'; readonly code: CategoryCode; readonly of: ThemePart }
  | { readonly kind: 'event'; readonly probeCc: CountryCode; readonly eventId: string }
  /** What a reader asks of the chart builder. */
  | {
      readonly kind: 'state';
      /** The state of a link: `?probe_cc=KE`. */
      readonly search: string;
      /** Those that the release has data of. */
      readonly publishers: readonly PublisherId[];
    }
  | TargetSubject;

/** One test, or one website with the days on which it was tested in a place. */
export interface TargetSubject {
  readonly kind: 'target';
  readonly probeCc: CountryCode;
  readonly testName: string | null;
  readonly domain: string | null;
  /** First and last day tested, both inclusive. */
  readonly first: Day;
  readonly last: Day;
  /** Below the floor, where counts are all that is said. */
  readonly thin: boolean;
  /** Where the same days of the same target can be seen; goes with a copy. */
  readonly url: string;
}

/** Of a theme: its websites, or the tests of its apps or tools. */
export const THEME_PARTS = ['websites', 'tests'] as const;
export type ThemePart = (typeof THEME_PARTS)[number];

/** What of the subject is counted; empty: all of it. */
export interface FigureFilter {
  readonly test_name: readonly string[];
  readonly probe_asn: readonly Asn[];
}

/** What must be known of the release that has the data. */
export interface ReleaseFacts {
  /** `2024-11-29-1a2b3c4d`. */
  readonly version: string;
  /** First day that it does not cover any more; null: it names none. */
  readonly until: Day | null;
  /** `cc0`: it leaves out what has stricter licences. */
  readonly edition: 'all' | 'cc0';
  readonly synthetic: boolean;
  /** Days on which data are known to be faulty, of places that are asked for; left out: none. */
  readonly problems?: readonly KnownProblem[];
}

export interface FigureRequest {
  /** Name of the figure, as in `data-chart`. */
  readonly chart: string;
  readonly subject: FigureSubject;
  readonly filter: FigureFilter;
  /** Null: the figure chooses its own days. */
  readonly frame: TimeFrame | null;
  /** Which of several of the same name, as `tor-relay users`; null: there is one alone. */
  readonly series: string | null;
  readonly release: ReleaseFacts;
}

export function releaseOf({
  data_version,
  until,
  edition,
  synthetic,
  known_problems: problems = [],
}: Manifest): ReleaseFacts {
  return { version: data_version, until, edition, synthetic, ...toProblems(problems) };
}

function toProblems(problems: readonly KnownProblem[]): Pick<ReleaseFacts, 'problems'> {
  return problems.length === 0 ? {} : { problems };
}

export const UNFILTERED: FigureFilter = { test_name: [], probe_asn: [] };

/** Of all tests and networks, whatever a reader chose. */
export function withoutFilter(request: FigureRequest): FigureRequest {
  return { ...request, filter: UNFILTERED };
}

/** The network that was chosen; null: none, or several. */
export function oneNetwork({ probe_asn }: FigureFilter): Asn | null {
  const [network = null, ...others] = probe_asn;
  return others.length === 0 ? network : null;
}

/** A request without filters; the figure fills in its name. */
export type RequestBasis = Pick<FigureRequest, 'subject' | 'release'> &
  Partial<Pick<FigureRequest, 'filter' | 'frame' | 'series'>>;

export function toRequest(
  { name }: { readonly name: string },
  { subject, release, filter = UNFILTERED, frame = null, series = null }: RequestBasis,
): FigureRequest {
  const { problems = [], ...facts } = release;
  const own = toProblems(problems.filter(({ places }) => isOfPlace(subject, places)));
  return { chart: name, subject, filter, frame, series, release: { ...facts, ...own } };
}

function isOfPlace(subject: FigureSubject, places: readonly CountryCode[] = []): boolean {
  const [place = null] = placesOf(subject);
  return place === null || places.length === 0 || places.includes(place);
}

/** The one place that is asked for; none: all of them. */
function placesOf(subject: FigureSubject): readonly CountryCode[] {
  return 'probeCc' in subject && subject.probeCc !== null ? [subject.probeCc] : [];
}

/** Days on which data that a request asks for are known to be faulty; `sources` are those whose data it shows. */
export function problemsOf(
  { subject, filter, release }: FigureRequest,
  sources: readonly PublisherId[],
): readonly KnownProblem[] {
  return problemsIn(release.problems ?? [], {
    sources,
    tests: testsOf(subject, filter),
    places: placesOf(subject),
  });
}

/** Those that are asked for; none: all of them. */
const WEBSITE_TESTS = Object.entries(TESTS).flatMap(([name, { websites }]) =>
  websites ? [name] : [],
);

function testsOf(subject: FigureSubject, { test_name }: FigureFilter): readonly string[] {
  if (subject.kind === 'test') return [subject.testName];
  if (subject.kind === 'target' && subject.testName !== null) return [subject.testName];
  const ofWebsites =
    subject.kind === 'domain' ||
    (subject.kind === 'theme' && subject.of === 'websites') ||
    (subject.kind === 'target' && subject.domain !== null);
  return ofWebsites ? WEBSITE_TESTS : test_name;
}

/** Null: it is no request. */
export function parseRequest(json: unknown): FigureRequest | null {
  const fields = toFields(json);
  const chart = toText(fields['chart']);
  const subject = parseSubject(toFields(fields['subject']));
  const release = parseRelease(toFields(fields['release']));
  const frame = fields['frame'] === null ? null : parseFrame(toFields(fields['frame']));
  if (chart === null || subject === null || release === null || frame === undefined) return null;
  const filter = parseFilter(toFields(fields['filter']));
  return { chart, subject, filter, frame, series: toText(fields['series']), release };
}

function parseSubject(json: Fields): FigureSubject | null {
  const { kind } = json;
  const probeCc = toCountryCode(toText(json['probeCc']) ?? '');
  const [testName, domain] = [toText(json['testName']), toText(json['domain'])];
  switch (kind) {
    case 'release':
      return { kind };
    case 'country':
      return probeCc === null ? null : { kind, probeCc };
    case 'network': {
      const asn = toNetwork(json['asn']);
      return asn === null ? null : { kind, asn, name: toText(json['name']), probeCc };
    }
    case 'test':
      return testName === null ? null : { kind, testName };
    case 'domain': {
      const networks = json['networkCount'];
      const networkCount = typeof networks === 'number' ? networks : null;
      return domain === null ? null : { kind, domain, networkCount };
    }
    case 'theme': {
      const theme = THEMES.find((each) => each.code === json['code']);
      const of = THEME_PARTS.find((part) => part === json['of']);
      return theme === undefined || of === undefined ? null : { kind, code: theme.code, of };
    }
    case 'event': {
      const eventId = toText(json['eventId']);
      return probeCc === null || eventId === null ? null : { kind, probeCc, eventId };
    }
    case 'state': {
      const search = toText(json['search']);
      const publishers = listOf(json['publishers']).filter(isSource);
      return search === null ? null : { kind, search, publishers };
    }
    case 'target': {
      const [first, last] = [parseDay(json['first']), parseDay(json['last'])];
      const url = toText(json['url']);
      if (probeCc === null || first === null || last === null || url === null) return null;
      return { kind, probeCc, testName, domain, first, last, thin: json['thin'] === true, url };
    }
    default:
      return null;
  }
}

function parseFilter(json: Fields): FigureFilter {
  return {
    test_name: listOf(json['test_name']).filter((name) => typeof name === 'string'),
    probe_asn: listOf(json['probe_asn']).flatMap((number) => toNetwork(number) ?? []),
  };
}

/** Undefined: it is no frame. */
function parseFrame(json: Fields): TimeFrame | undefined {
  const [since, until] = [parseDay(json['since']), parseDay(json['until'])];
  const dataUntil = parseDay(json['dataUntil']);
  const grain = TIME_GRAINS.find((name) => name === json['grain']);
  if (since === null || until === null || dataUntil === null || grain === undefined)
    return undefined;
  return { since, until, grain, dataUntil };
}

function parseRelease(json: Fields): ReleaseFacts | null {
  const version = toText(json['version']);
  if (version === null) return null;
  return {
    version,
    until: parseDay(json['until']),
    edition: json['edition'] === 'cc0' ? 'cc0' : 'all',
    synthetic: json['synthetic'] === true,
    ...toProblems(parseKnownProblems(json['problems'])),
  };
}

function isSource(value: unknown): value is PublisherId {
  return typeof value === 'string' && isPublisherId(value);
}
function toFields(value: unknown): Fields {
  return isFields(value) ? value : {};
}
function toText(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
function toNetwork(value: unknown): Asn | null {
  return typeof value === 'number' ? toAsn(value) : null;
}
function parseDay(value: unknown): Day | null {
  return toDay(toText(value) ?? '');
}
function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
