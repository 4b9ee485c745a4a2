/**
 * How a printed figure is computed anew: the questions behind it, asked of whoever answers, and the view that their
 * rows give. A page names its questions in SQL with this at build; a reader's browser checks the page with it.
 */
import { isFields, type Fields } from '../../data-build/contract/fields.ts';
import {
  toAsn,
  toCountryCode,
  toDay,
  type Asn,
  type CountryCode,
  type Day,
} from '../../data-build/contract/brands.ts';
import { assertNever } from '../../data-build/contract/problem.ts';
import { TIME_GRAINS } from '../../data-build/contract/vocabulary.ts';
import { formatPlaceName } from '../i18n/place.ts';
import type { InterferenceFilter } from '../query/condition.ts';
import { domainPlacesQuery, domainWeeksQuery, networkDaysQuery } from '../query/entities.ts';
import {
  methodsQuery,
  networkPeriodsQuery,
  networksQuery,
  outcomesQuery,
  testsQuery,
  totalsQuery,
} from '../query/interference.ts';
import type { Query } from '../query/query.ts';
import type { MethodPeriodRow, OutcomePeriodRow, TestRow } from '../query/rows.ts';
import { throughputQuery, toolUseQuery } from '../query/witnesses.ts';
import type { ChartWords, ViewContext } from './context.ts';
import { foldMethods, foldPeriods, foldTests } from './day-rows.ts';
import { toDomainMatrix } from './domain-matrix.ts';
import { toMethods } from './methods.ts';
import { toNetworks } from './networks.ts';
import { toOutcomes } from './outcomes.ts';
import { toRankedView } from './rate-bars.ts';
import { toRateSeries } from './rate-series.ts';
import { toSummary } from './summary.ts';
import { toTests } from './tests.ts';
import { toThroughput } from './throughput.ts';
import { toToolUse, toToolUseSeries } from './tool-use.ts';

/** Charts that can be checked somewhere, and the sentence at the top of a page. */
const CHECKED = [
  'summary',
  'outcomes',
  'rate',
  'tests',
  'networks',
  'methods',
  'throughput',
  'tool-use',
  'domain-matrix',
  'places',
] as const;
export type CheckedChart = (typeof CHECKED)[number];

/** Whose numbers they are. */
export type CheckSubject =
  | { readonly kind: 'country'; readonly probeCc: CountryCode }
  | { readonly kind: 'network'; readonly asn: Asn }
  | { readonly kind: 'test'; readonly testName: string }
  | { readonly kind: 'domain'; readonly domain: string };

export interface Check {
  readonly chart: CheckedChart;
  readonly subject: CheckSubject;
  readonly context: ViewContext;
  /** `tor-relay users`: which series of tool use; null for other charts. */
  readonly series: string | null;
}

const CHECKED_OF: Readonly<Record<CheckSubject['kind'], readonly CheckedChart[]>> = {
  country: [
    ...(['summary', 'outcomes', 'rate', 'tests', 'networks', 'methods'] as const),
    ...(['throughput', 'tool-use'] as const),
  ],
  network: ['outcomes', 'rate', 'tests', 'methods'],
  test: ['outcomes', 'rate', 'methods'],
  domain: ['domain-matrix', 'places'],
};

/** The chart by its name, where its numbers can be checked; else null. */
export function toCheckedChart(subject: CheckSubject, name: string): CheckedChart | null {
  return CHECKED_OF[subject.kind].find((chart) => chart === name) ?? null;
}

export type CheckAsk = <Row>(query: Query<Row>) => Promise<readonly Row[]>;

/** Texts as they must stand in the page. */
export interface CheckedFigure extends Pick<ChartWords, 'title' | 'subtitle' | 'notes'> {
  readonly table: ChartWords['table'] | null;
}

/** Asks and computes. Null: the rows give no such figure. */
export async function computeFigure(ask: CheckAsk, check: Check): Promise<CheckedFigure | null> {
  const { subject } = check;
  switch (subject.kind) {
    case 'country':
      return check.chart === 'throughput' || check.chart === 'tool-use'
        ? computeWitness(ask, check, subject.probeCc)
        : computeCounts(ask, check, [subject.probeCc], []);
    case 'test':
      return computeCounts(ask, check, [], [subject.testName]);
    case 'network': {
      const { frame } = check.context;
      const all = await ask(networkDaysQuery([subject.asn]));
      const rows = all.filter(({ day }) => day >= frame.since && day < frame.until);
      const counted = { periods: foldPeriods(rows, frame), tests: foldTests(rows) };
      return toFigure(check, check.context, { ...counted, methods: foldMethods(rows, frame) });
    }
    case 'domain': {
      const places = await ask(domainPlacesQuery([subject.domain]));
      if (check.chart === 'places')
        return toRankedView(
          'places',
          places.map((row) => ({
            ...row,
            key: row.probe_cc,
            label: formatPlaceName(row.probe_cc),
            kind: null,
          })),
          check.context,
        );
      const weeks = await ask(domainWeeksQuery([subject.domain]));
      return toDomainMatrix(subject.domain, weeks, places, check.context);
    }
    default:
      return assertNever(subject);
  }
}

interface Counted {
  readonly periods: readonly OutcomePeriodRow[];
  readonly tests: readonly TestRow[];
  readonly methods: readonly MethodPeriodRow[];
}

async function computeCounts(
  ask: CheckAsk,
  check: Check,
  probe_cc: readonly CountryCode[],
  test_name: readonly string[],
): Promise<CheckedFigure | null> {
  const { chart } = check;
  const { since, until, grain } = check.context.frame;
  const filter: InterferenceFilter = { probe_cc, probe_asn: [], test_name, since, until };
  const [totals] = await ask(totalsQuery(filter));
  const context = { ...check.context, networkCount: totals?.network_count ?? null };
  if (chart === 'networks') {
    const rows = await ask(networksQuery(filter));
    return toNetworks(rows, await ask(networkPeriodsQuery(filter, grain)), context);
  }
  return toFigure(check, context, {
    tests: chart === 'tests' ? await ask(testsQuery(filter)) : [],
    periods: chart === 'tests' ? [] : await ask(outcomesQuery(filter, grain)),
    methods: chart === 'methods' ? await ask(methodsQuery(filter, grain)) : [],
  });
}

function toFigure(
  { chart }: Check,
  context: ViewContext,
  { periods, tests, methods }: Counted,
): CheckedFigure | null {
  switch (chart) {
    case 'summary': {
      const { sentence, peak } = toSummary(periods, context);
      const title = [sentence, peak].filter((part) => part !== null).join(' ');
      return { title, subtitle: '', notes: [], table: null };
    }
    case 'outcomes':
      return toOutcomes(periods, context);
    case 'rate':
      return toRateSeries(periods, context);
    case 'tests':
      return toTests(tests, context);
    case 'methods':
      return toMethods(methods, periods, context);
    default:
      return null;
  }
}

async function computeWitness(
  ask: CheckAsk,
  { chart, series: key, context }: Check,
  probeCc: CountryCode,
): Promise<CheckedFigure | null> {
  const place = context.place ?? '';
  const { dataUntil } = context.frame;
  if (chart === 'throughput') {
    const rows = await ask(throughputQuery(probeCc));
    return toThroughput(rows, { place, language: context.language, dataUntil });
  }
  const rows = await ask(toolUseQuery(probeCc));
  const found = toToolUseSeries(rows).find((series) => series.key === key);
  return found === undefined ? null : toToolUse(found, place, dataUntil, context.language);
}

/** A check as it stands in a page: JSON, believed only as far as it can be read. */
export function parseCheck(text: string): Check | null {
  const json = parseRecord(text);
  const chart = CHECKED.find((name) => name === json['chart']);
  const subject = parseSubject(toRecord(json['subject']));
  const context = parseContext(toRecord(json['context']));
  if (chart === undefined || subject === null || context === null) return null;
  return { chart, subject, context, series: toText(json['series']) };
}

function parseSubject(json: Fields): CheckSubject | null {
  const { kind } = json;
  if (kind === 'country') {
    const probeCc = toCountryCode(toText(json['probeCc']) ?? '');
    return probeCc === null ? null : { kind, probeCc };
  }
  if (kind === 'network') {
    const asn = typeof json['asn'] === 'number' ? toAsn(json['asn']) : null;
    return asn === null ? null : { kind, asn };
  }
  const testName = toText(json['testName']);
  if (kind === 'test') return testName === null ? null : { kind, testName };
  const domain = toText(json['domain']);
  return kind === 'domain' && domain !== null ? { kind, domain } : null;
}

function parseContext(json: Fields): ViewContext | null {
  const frame = toRecord(json['frame']);
  const dayOf = (name: string): Day | null => toDay(toText(frame[name]) ?? '');
  const [since, until, dataUntil] = [dayOf('since'), dayOf('until'), dayOf('dataUntil')];
  const grain = TIME_GRAINS.find((name) => name === frame['grain']);
  const networks = json['networkCount'];
  if (since === null || until === null || dataUntil === null || grain === undefined) return null;
  return {
    frame: { since, until, grain, dataUntil },
    place: toText(json['place']),
    test: toText(json['test']),
    network: toText(json['network']),
    networkCount: typeof networks === 'number' ? networks : null,
    language: toText(json['language']) ?? 'en',
  };
}

function parseRecord(text: string): Fields {
  try {
    return toRecord(JSON.parse(text));
  } catch {
    return {};
  }
}
function toRecord(value: unknown): Fields {
  return isFields(value) ? value : {};
}
function toText(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
