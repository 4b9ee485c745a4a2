/** What a reader's filters make of one country or territory: questions to the engine, answers as view models. */
import type { CountryCode, Day } from '../../data-build/contract/brands.ts';
import { testSpec, type TimeGrain } from '../../data-build/contract/vocabulary.ts';
import { formatPlace } from '../i18n/place.ts';
import { translate, translateCount } from '../i18n/translate.ts';
import type { InterferenceFilter } from '../query/condition.ts';
import {
  methodsQuery,
  networkPeriodsQuery,
  networksQuery,
  outcomesQuery,
  testsQuery,
  totalsQuery,
} from '../query/interference.ts';
import { eventsQuery } from '../query/witnesses.ts';
import type { ExplorerState } from '../state/parameters.ts';
import type { ChartView } from '../charts/registry.ts';
import type { Ask } from '../view/ask.ts';
import type { ViewContext } from '../view/context.ts';
import { chooseSpans } from '../view/events.ts';
import { formatAsn } from '../view/format.ts';
import { toMethods } from '../view/methods.ts';
import { toNetworks } from '../view/networks.ts';
import { toOutcomes } from '../view/outcomes.ts';
import { toRateSeries } from '../view/rate-series.ts';
import { toSummary } from '../view/summary.ts';
import { toTests } from '../view/tests.ts';
import type { Days } from '../view/stretches.ts';
import { chooseGrain, toPeriods, type TimeFrame } from '../view/time-frame.ts';
import { toNotice, type Notice } from '../state/notice.ts';

/** What the page covers when nothing is filtered. */
export interface PageScope {
  readonly probeCc: CountryCode;
  readonly since: Day;
  /** Exclusive; also where the data release ends. */
  readonly until: Day;
  /** What is shown while no dates are chosen. */
  readonly shown: Days;
  /** First day of any witness, where one begins before OONI; dates from it on can be chosen. */
  readonly earliest?: Day;
}

export interface FilteredViews {
  readonly context: ViewContext;
  /** The summary sentence with the period that stands out. */
  readonly summary: string;
  readonly charts: readonly ChartView[];
}

/** More marks than this cannot be told apart at page width. */
const MOST_PERIODS = 750;
/** So many names are spelled out; more are counted. */
const NAMED = 3;

/** The time axis that the filters ask for, kept inside the data; notices say what was not possible. */
export function toFrame(
  state: ExplorerState,
  page: PageScope,
): { readonly frame: TimeFrame; readonly notices: readonly Notice[] } {
  const notices: Notice[] = [];
  const earliest = page.earliest ?? page.since;
  // Without a first day the axis begins with OONI's tests, unless all that is asked for lies before them.
  const first = state.until !== null && state.until <= page.since ? earliest : page.since;
  const chosen = { since: state.since === null ? first : earliest, until: page.until };
  const whole = state.since === null && state.until === null ? page.shown : chosen;
  let since = state.since !== null && state.since > whole.since ? state.since : whole.since;
  let until = state.until !== null && state.until < whole.until ? state.until : whole.until;
  if (since >= until) {
    notices.push(
      toNotice(
        'no_such_days',
        'since',
        `${state.since ?? page.since} – ${state.until ?? page.until}`,
      ),
    );
    ({ since, until } = page.shown);
  }
  const fitting = chooseGrain(since, until);
  const grain = state.time_grain ?? fitting;
  const frame = { since, until, grain, dataUntil: page.until };
  if (toPeriods(frame).length <= MOST_PERIODS) return { frame, notices };
  notices.push(toNotice('too_fine', 'time_grain', formatGrain(grain)));
  return { frame: { ...frame, grain: fitting }, notices };
}

function formatGrain(grain: TimeGrain): string {
  return translate(`filter.grain.${grain}`);
}

/**
 * Views of the page under the filters. Each list of choices is drawn without its own filter, so that a reader can
 * go on choosing: networks as if none were chosen, tests as if none were.
 */
export async function askCountry(
  ask: Ask,
  state: ExplorerState,
  page: PageScope,
  frame: TimeFrame,
): Promise<FilteredViews> {
  const filter = toFilter(state, page, frame);
  const anyNetwork = { ...filter, probe_asn: [] };
  const anyTest = { ...filter, test_name: [] };
  const scope = { probeCc: page.probeCc, since: frame.since, until: frame.until };

  const toContext = async (asked: InterferenceFilter): Promise<ViewContext> => {
    const [totals] = await ask(totalsQuery(asked), scope);
    return {
      frame,
      place: formatPlace(page.probeCc),
      test: asked.test_name.length === 0 ? null : formatTests(asked.test_name),
      network: asked.probe_asn.length === 0 ? null : formatNetworks(asked.probe_asn),
      networkCount: totals?.network_count ?? null,
    };
  };

  const context = await toContext(filter);
  const periods = await ask(outcomesQuery(filter, frame.grain), scope);
  const networks = await ask(networksQuery(anyNetwork), scope);
  const cells = await ask(networkPeriodsQuery(anyNetwork, frame.grain), scope);
  const methods = await ask(methodsQuery(filter, frame.grain), scope);
  const tests = await ask(testsQuery(anyTest), scope);
  const testsContext = state.test_name.length === 0 ? context : await toContext(anyTest);
  const networksContext = state.probe_asn.length === 0 ? context : await toContext(anyNetwork);
  const events = await ask(eventsQuery(page.probeCc), scope);
  const spans = chooseSpans(
    events,
    'interference',
    frame,
    ({ probe_asn, test_name }) =>
      (probe_asn === null || state.probe_asn.includes(probe_asn)) &&
      (state.test_name.length === 0 || (test_name !== null && state.test_name.includes(test_name))),
  );
  const summary = toSummary(periods, context);
  return {
    context,
    summary: [summary.sentence, summary.peak].filter((part) => part !== null).join(' '),
    charts: [
      toOutcomes(periods, context),
      toRateSeries(periods, context, spans),
      toTests(tests, testsContext),
      toNetworks(networks, cells, networksContext),
      toMethods(methods, periods, context),
    ],
  };
}

/** The state as a filter of this place, over the days of a frame. */
export function toFilter(
  { probe_asn, test_name }: ExplorerState,
  { probeCc }: PageScope,
  { since, until }: { readonly since: Day | null; readonly until: Day | null },
): InterferenceFilter {
  return { probe_cc: [probeCc], probe_asn, test_name, since, until };
}

function formatTests(names: readonly string[]): string {
  return names.length <= NAMED
    ? names.map((name) => testSpec(name).label).join(', ')
    : translateCount('scope.some_tests', names.length);
}

function formatNetworks(asns: InterferenceFilter['probe_asn']): string {
  return asns.length <= NAMED
    ? asns.map(formatAsn).join(', ')
    : translateCount('scope.some_networks', asns.length);
}
