/** Counted tests of a place, a network or a test: asked the same way for every figure of them, with the words for both. */
import { formatDomain } from '../../data-build/words/domain.ts';
import { networkDaysOf, type NetworkDayRow } from '../query/networks.ts';
import type { InterferenceFilter } from '../query/condition.ts';
import { methodsQuery, outcomesQuery, testsQuery, totalsQuery } from '../query/interference.ts';
import type { Query } from '../query/query.ts';
import type { MethodPeriodRow, OutcomePeriodRow, TestRow } from '../query/rows.ts';
import type { Ask } from '../catalog/ask.ts';
import type { ViewContext } from '../view/context.ts';
import { foldMethods, foldPeriods, foldTests } from '../view/day-rows.ts';
import { formatAsn, formatItems } from '../view/format.ts';
import type { TimeFrame } from '../view/time-frame.ts';
import { formatPlace } from '../../data-build/words/place.ts';
import { translate } from '../i18n/translate.ts';
import { TESTS_FROM } from '../../data-build/contract/publishers.ts';
import {
  CATEGORY_CODES,
  testSpec,
  type CategoryCode,
} from '../../data-build/contract/vocabulary.ts';
import type { Chosen, FigureSource, FigureView } from './figure.ts';
import { problemsOf, UNFILTERED, type FigureRequest } from './request.ts';

/** Rows of a subject, and on how many networks they are. */
export interface Counts<Row> {
  /** Null where the source names none. */
  readonly networks: number | null;
  readonly rows: readonly Row[];
}

/** How rows are asked for, and how they are summed from the days of one network. */
interface CountQuestion<Row> {
  query(filter: InterferenceFilter, grain: TimeFrame['grain']): Query<Row>;
  fold(rows: readonly NetworkDayRow[], frame: TimeFrame): readonly Row[];
}

export const PERIODS: CountQuestion<OutcomePeriodRow> = {
  query: outcomesQuery,
  fold: foldPeriods,
};
export const TESTS: CountQuestion<TestRow> = { query: testsQuery, fold: foldTests };
export const METHODS: CountQuestion<MethodPeriodRow> = { query: methodsQuery, fold: foldMethods };

/** Null: the request is not of counts over days. */
export async function askCounts<Row>(
  ask: Ask,
  request: FigureRequest,
  { query, fold }: CountQuestion<Row>,
): Promise<Counts<Row> | null> {
  const { subject, frame } = request;
  if (frame !== null && subject.kind === 'network') {
    const days = await ask(networkDaysOf(subject.asn));
    const { probeCc } = subject;
    const { test_name: wanted } = request.filter;
    const inside = days.filter(
      ({ day, probe_cc, test_name }) =>
        day >= frame.since &&
        day < frame.until &&
        (probeCc === null || probe_cc === probeCc) &&
        (wanted.length === 0 || wanted.includes(test_name)),
    );
    return { networks: 1, rows: fold(inside, frame) };
  }
  const counted = toCounted(request);
  if (counted === null) return null;
  const { filter, scope, grain } = counted;
  const networks = await askNetworkCount(ask, request);
  return { networks, rows: await ask(query(filter, grain), scope) };
}

/** Different networks in all days of the request. */
export async function askNetworkCount(ask: Ask, request: FigureRequest): Promise<number | null> {
  const counted = toCounted(request);
  if (counted === null) return null;
  const [totals] = await ask(totalsQuery(counted.filter), counted.scope);
  return totals?.network_count ?? null;
}

/** The tests of a country or territory, or of one kind, as a filter. Null: the request is of something else. */
export function toCounted({ subject, filter, frame }: FigureRequest): {
  readonly filter: InterferenceFilter;
  readonly scope: NonNullable<Parameters<Ask>[1]>;
  readonly grain: TimeFrame['grain'];
} | null {
  if (frame === null) return null;
  const { since, until, grain } = frame;
  switch (subject.kind) {
    case 'country': {
      const { probeCc } = subject;
      const scope = { probeCc, since, until };
      return { filter: { ...filter, probe_cc: [probeCc], since, until }, scope, grain };
    }
    case 'test': {
      const { probe_asn } = filter;
      const test_name = [subject.testName];
      const scope = { probeCc: null, since, until };
      return { filter: { probe_cc: [], probe_asn, test_name, since, until }, scope, grain };
    }
    default:
      return null;
  }
}

/** So many names are spelled out; more are counted. */
const NAMED = 3;

/** What a view says of whose measurements it shows. Null: the request names no days. */
export function toContext(request: FigureRequest, networkCount: number | null): ViewContext | null {
  const { subject, filter, frame } = request;
  if (frame === null) return null;
  const place = 'probeCc' in subject && subject.probeCc !== null ? subject.probeCc : null;
  return {
    frame,
    place: place === null ? null : formatPlace(place),
    test: testOf(subject, filter),
    network:
      subject.kind === 'network'
        ? [formatAsn(subject.asn), subject.name].filter((part) => part !== null).join(' ')
        : formatNetworks(filter.probe_asn),
    networkCount,
    problems: problemsOf(request, [TESTS_FROM]),
  };
}

function testOf(
  subject: FigureRequest['subject'],
  { test_name }: FigureRequest['filter'],
): string | null {
  if (subject.kind === 'domain') return formatDomain(subject.domain);
  if (subject.kind === 'theme')
    return translate('theme.scope', { of: subject.of, category: CATEGORY_CODES[subject.code] });
  if (subject.kind === 'target')
    return formatSeries({ test_name: subject.testName, domain: subject.domain });
  return formatTests(subject.kind === 'test' ? [subject.testName] : test_name);
}

/** What one series of tests is of, as it stands before “tests”; null: all of a place. */
export function formatSeries({
  test_name,
  domain,
  category_code = null,
}: {
  readonly test_name: string | null;
  readonly domain: string | null;
  readonly category_code?: CategoryCode | null;
}): string | null {
  if (domain !== null) return formatDomain(domain);
  if (category_code !== null)
    return translate('theme.scope', { of: 'websites', category: CATEGORY_CODES[category_code] });
  return formatTests(test_name === null ? [] : [test_name]);
}

/** Labels of tests as they stand before “tests”; null: all. */
export function formatTests(names: readonly string[]): string | null {
  if (names.length === 0) return null;
  return names.length <= NAMED
    ? formatItems(names.map(nameBeforeTests))
    : translate('scope.some_tests', { n: names.length });
}

/** `Telegram` tests, `website` tests. */
function nameBeforeTests(name: string): string {
  const { label, websites } = testSpec(name);
  return websites ? translate('scope.websites') : label;
}

function formatNetworks(asns: FigureRequest['filter']['probe_asn']): string | null {
  if (asns.length === 0) return null;
  return asns.length <= NAMED
    ? formatItems(asns.map(formatAsn))
    : translate('scope.some_networks', { n: asns.length });
}

/** The view of counts in the days of the request. */
export function viewCounts<View>(
  request: FigureRequest,
  networks: number | null,
  toView: (context: ViewContext) => View,
): View | null {
  const context = toContext(request, networks);
  return context === null ? null : toView(context);
}

/** Tests of interference on the days of the axis. */
export function ofTests({ context }: FigureView): readonly FigureSource[] {
  const { since, until } = context.frame;
  return [{ source: TESTS_FROM, since, until }];
}

/** A chart of counts under all filters. */
export function followAll(request: FigureRequest, { filter, frame }: Chosen): FigureRequest {
  return { ...request, filter, frame };
}

/** Other witnesses know neither tests of interference nor their networks: their charts follow chosen days alone. */
export function followDays(request: FigureRequest, { frame, hasDays }: Chosen): FigureRequest {
  return { ...request, filter: UNFILTERED, frame: hasDays ? frame : null };
}
