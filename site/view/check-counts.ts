/** Figures of counts over time, computed anew: of a country or territory, a network, a test, a website. */
import type { Asn, CountryCode } from '../../data-build/contract/brands.ts';
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
import type { MethodPeriodRow, OutcomePeriodRow, TestRow } from '../query/rows.ts';
import type { Ask } from './ask.ts';
import type { FigureCheck } from './check.ts';
import { toCheckedSentence, toCheckedWords, type CheckedFigure } from '../figures/checked.ts';
import type { ViewContext } from './context.ts';
import { foldMethods, foldPeriods, foldTests } from './day-rows.ts';
import { toDomainMatrix } from './domain-matrix.ts';
import { toMethods } from './methods.ts';
import { toNetworks } from './networks.ts';
import { toOutcomes } from './outcomes.ts';
import { toRankedView } from './rate-bars.ts';
import { toRateSeries } from './rate-series.ts';
import { toSummary } from './summary.ts';
import { toTests } from './tests.ts';

/** Counts of one country or territory, or of one test. */
export async function computeCounts(
  ask: Ask,
  check: FigureCheck,
  probeCc: CountryCode | null,
  test_name: readonly string[],
): Promise<CheckedFigure | null> {
  const { chart } = check;
  const { since, until, grain } = check.context.frame;
  const probe_cc = probeCc === null ? [] : [probeCc];
  const filter: InterferenceFilter = { probe_cc, probe_asn: [], test_name, since, until };
  const scope = { probeCc, since, until };
  const [totals] = await ask(totalsQuery(filter), scope);
  const context = { ...check.context, networkCount: totals?.network_count ?? null };
  if (chart === 'networks') {
    const rows = await ask(networksQuery(filter), scope);
    const cells = await ask(networkPeriodsQuery(filter, grain), scope);
    return toCheckedWords(toNetworks(rows, cells, context));
  }
  return toCountFigure(check, context, {
    tests: chart === 'tests' ? await ask(testsQuery(filter), scope) : [],
    periods: chart === 'tests' ? [] : await ask(outcomesQuery(filter, grain), scope),
    methods: chart === 'methods' ? await ask(methodsQuery(filter, grain), scope) : [],
  });
}

export async function computeNetwork(
  ask: Ask,
  check: FigureCheck,
  asn: Asn,
): Promise<CheckedFigure | null> {
  const { frame } = check.context;
  const all = await ask(networkDaysQuery([asn]));
  const rows = all.filter(({ day }) => day >= frame.since && day < frame.until);
  const counted = { periods: foldPeriods(rows, frame), tests: foldTests(rows) };
  return toCountFigure(check, check.context, { ...counted, methods: foldMethods(rows, frame) });
}

export async function computeDomain(
  ask: Ask,
  { chart, context }: FigureCheck,
  domain: string,
): Promise<CheckedFigure> {
  const places = await ask(domainPlacesQuery([domain]));
  if (chart !== 'places') {
    const weeks = await ask(domainWeeksQuery([domain]));
    return toCheckedWords(toDomainMatrix(domain, weeks, places, context));
  }
  const rows = places.map((row) => ({
    ...row,
    key: row.probe_cc,
    label: formatPlaceName(row.probe_cc),
    kind: null,
  }));
  return toCheckedWords(toRankedView('places', rows, context));
}

interface Counted {
  readonly periods: readonly OutcomePeriodRow[];
  readonly tests: readonly TestRow[];
  readonly methods: readonly MethodPeriodRow[];
}

function toCountFigure(
  { chart }: FigureCheck,
  context: ViewContext,
  { periods, tests, methods }: Counted,
): CheckedFigure | null {
  switch (chart) {
    case 'summary': {
      const { sentence, peak } = toSummary(periods, context);
      const text = [sentence, peak].filter((part) => part !== null).join(' ');
      return { texts: [toCheckedSentence('[data-part="summary"]', text)], tables: [] };
    }
    case 'outcomes':
      return toCheckedWords(toOutcomes(periods, context));
    case 'rate':
      return toCheckedWords(toRateSeries(periods, context));
    case 'tests':
      return toCheckedWords(toTests(tests, context));
    case 'methods':
      return toCheckedWords(toMethods(methods, periods, context));
    default:
      return null;
  }
}
