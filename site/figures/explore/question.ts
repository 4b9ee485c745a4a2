/** What a link asks of the chart builder: which files can answer, the questions to the engine, the answer as a view. */
import { addDays, dayOfMillis, type Day } from '../../../data-build/contract/brands.ts';
import type { Manifest, ManifestFile } from '../../../data-build/contract/manifest.ts';
import { publishersOf, type SourceId } from '../../../data-build/contract/sources.ts';
import type { TableName } from '../../../data-build/contract/tables.ts';
import { type TimeGrain } from '../../../data-build/contract/vocabulary.ts';
import { catalogFiles } from '../../catalog/files.ts';
import { formatPlace } from '../../../data-build/words/place.ts';
import { translate } from '../../i18n/translate.ts';
import {
  exploreQuery,
  MOST_CELLS,
  networkNamesQuery,
  type ExploreRow,
} from '../../query/explore.ts';
import {
  BASELINE_DAYS,
  toBaseline,
  toQuestion,
  toTotal,
  type ExploreQuestion,
} from '../../query/explore-question.ts';
import type { Query } from '../../query/query.ts';
import { eventsQuery } from '../../query/witnesses.ts';
import { toNotice, type Notice } from '../../state/notice.ts';
import type { ExplorerState, Measure } from '../../state/parameters.ts';
import type { ViewContext } from '../../view/context.ts';
import { formatTests } from '../counts.ts';
import { toExplore, type ExploreView } from './view.ts';
import { toNames } from './words.ts';
import { formatAsn, formatItems, formatList } from '../../view/format.ts';
import {
  chooseGrain,
  nextPeriod,
  periodStart,
  toPeriods,
  type TimeFrame,
} from '../../view/time-frame.ts';
import { givenShapes } from '../../charts/map/shapes.ts';

/** Answers a query from these files of each table. */
export type ExploreAsk = <Row>(query: Query<Row>) => Promise<readonly Row[]>;

export interface ExplorePlan {
  readonly question: ExploreQuestion;
  readonly notices: readonly Notice[];
  /** Files to open, by table; a table without files is empty. */
  readonly files: ReadonlyMap<TableName, readonly ManifestFile[]>;
  /** Publishers whose rows are read, and the days that they cover. */
  readonly sources: readonly SourceId[];
  readonly covered: { readonly since: Day; readonly until: Day } | null;
}

const TIME = 'measurement_start_day';
/** More marks than this cannot be told apart at page width. */
const MOST_PERIODS = 750;
/** So many names are spelled out; more are counted. */
const NAMED = 3;

const SOURCES_OF: Readonly<Record<Measure, readonly SourceId[]>> = {
  rate: publishersOf('interference'),
  tests: publishersOf('interference'),
  confirmed: publishersOf('interference'),
  methods: publishersOf('interference'),
  throughput: publishersOf('throughput'),
  tool_use: publishersOf('tools'),
};

/** Which files can answer; nothing is loaded. */
export function planExplore(manifest: Manifest, state: ExplorerState): ExplorePlan {
  const { question, notices } = toQuestion(state);
  const grain = firstGrain(state, question);
  const names = question.x === 'probe_asn' || question.series === 'probe_asn';
  const tables = new Set<TableName>([
    ...exploreQuery(question, grain).tables,
    ...exploreQuery(toTotal(question), grain).tables,
    ...(names ? (['networks'] as const) : []),
    ...(showsEvents(question) ? (['events', 'networks'] as const) : []),
  ]);
  const sources = manifest.sources.filter(({ id }) => SOURCES_OF[question.measure].includes(id));
  const since = sources.flatMap((source) => source.since ?? []).sort()[0];
  const until = sources
    .flatMap((source) => source.until ?? [])
    .sort()
    .at(-1);
  return {
    question,
    notices,
    files: new Map(
      [...tables].map((table) => [table, filesOf(manifest, table, question)] as const),
    ),
    sources: sources.map(({ id }) => id),
    covered: since === undefined || until === undefined ? null : { since, until },
  };
}

/** Events are drawn over a time axis of one place. */
function showsEvents({ x, filter, onMap }: ExploreQuestion): boolean {
  return x === TIME && !onMap && filter.probe_cc.length === 1;
}

/** A line of tests of several places says nothing of each. */
function poolsPlaces({ x, series, compare, measure, filter }: ExploreQuestion): boolean {
  return (
    x === TIME &&
    series !== 'probe_cc' &&
    compare !== 'countries' &&
    (measure === 'rate' || measure === 'confirmed') &&
    filter.probe_cc.length !== 1
  );
}

/** Speed is published by the month and, for some days, by the day: months unless days are asked for. */
function firstGrain(state: ExplorerState, { measure }: ExploreQuestion): TimeGrain {
  return state.time_grain ?? (measure === 'throughput' ? 'month' : 'day');
}

function filesOf(
  manifest: Manifest,
  table: TableName,
  { filter, compare }: ExploreQuestion,
): readonly ManifestFile[] {
  const { probe_cc, until } = filter;
  const since =
    compare === 'baseline' && filter.since !== null
      ? addDays(filter.since, -BASELINE_DAYS)
      : filter.since;
  const places = probe_cc.length === 0 ? [null] : probe_cc;
  const found = places.flatMap((probeCc) =>
    catalogFiles(manifest, { table, probeCc, since, until }),
  );
  return [...new Set(found)];
}

export interface ExploreResult {
  readonly view: ExploreView;
  readonly query: Query<ExploreRow>;
  readonly notices: readonly Notice[];
}

/** Asks for everything in one, then for the cells. */
export async function askExplore(
  ask: ExploreAsk,
  state: ExplorerState,
  plan: ExplorePlan,
): Promise<ExploreResult> {
  const { question, covered } = plan;
  const first = firstGrain(state, question);
  const [early = null] = await ask(exploreQuery(toTotal(question), first));
  const { frame, notices } = toFrame(state, question, early, covered);
  // Speed by the day and by the month are different publications: the sum must be of the one that is drawn.
  const [total = null] =
    question.measure === 'throughput' && frame.grain !== first
      ? await ask(exploreQuery(toTotal(question), frame.grain))
      : [early];
  const query = exploreQuery(question, frame.grain);
  const found = await ask(query);
  const before = toBaseline(question);
  const [baseline = null] = before === null ? [] : await ask(exploreQuery(before, frame.grain));
  const rows = found.slice(0, MOST_CELLS);
  const networks = await askNames(ask, question, rows);
  const context: ViewContext = {
    frame,
    place: formatPlaces(question),
    test: formatTarget(question),
    network: formatNetworks(question),
    networkCount: total?.networks ?? null,
  };
  const names = toNames(question, frame, networks);
  const answer = {
    question,
    rows,
    total: total?.first_day === null ? null : total,
    baseline,
    names,
    cut: found.length > MOST_CELLS,
    geometry: question.onMap ? givenShapes() : null,
    ...(poolsPlaces(question)
      ? { pooled: await ask(exploreQuery({ ...toTotal(question), x: 'probe_cc' }, frame.grain)) }
      : {}),
    events: showsEvents(question) ? await ask(eventsQuery(question.filter.probe_cc[0] ?? '')) : [],
  };
  return { view: toExplore(answer, context), query, notices: [...plan.notices, ...notices] };
}

/** The days that are shown: the chosen ones, and where none are chosen, those that have data. */
function toFrame(
  state: ExplorerState,
  question: ExploreQuestion,
  total: ExploreRow | null,
  covered: ExplorePlan['covered'],
): { readonly frame: TimeFrame; readonly notices: readonly Notice[] } {
  const chosen = question.filter;
  const first = total?.first_day ?? covered?.since ?? null;
  const last = total?.last_day ?? (covered === null ? null : addDays(covered.until, -1));
  const dataUntil = covered?.until ?? (last === null ? EMPTY.until : addDays(last, 1));
  const rawSince = chosen.since ?? first ?? EMPTY.since;
  const rawUntil = chosen.until ?? (last === null ? EMPTY.until : addDays(last, 1));
  const fitting = question.measure === 'throughput' ? 'month' : chooseGrain(rawSince, rawUntil);
  // Without a time axis nothing is rounded to whole periods: the days are those with data.
  if (question.x !== TIME && question.series !== TIME && rawUntil > rawSince)
    return {
      frame: { since: rawSince, until: rawUntil, grain: state.time_grain ?? fitting, dataUntil },
      notices: [],
    };
  const toRange = (grain: TimeGrain): TimeFrame => {
    const since = chosen.since ?? periodStart(rawSince, grain);
    const end = chosen.until ?? nextPeriod(periodStart(addDays(rawUntil, -1), grain), grain);
    const until = end > dataUntil && dataUntil > since && chosen.until === null ? dataUntil : end;
    return until > since
      ? { since, until, grain, dataUntil }
      : { since, until: addDays(since, 1), grain, dataUntil };
  };
  const wanted = state.time_grain ?? fitting;
  const frame = toRange(wanted);
  if (question.x !== TIME || toPeriods(frame).length <= MOST_PERIODS) return { frame, notices: [] };
  const notice = toNotice('too_fine', 'time_grain', translate(`filter.grain.${wanted}`));
  return { frame: toRange(coarser(rawSince, rawUntil, fitting)), notices: [notice] };
}

/** Dates can be centuries apart; then months are too fine as well, and the frame is cut by the data. */
function coarser(since: Day, until: Day, fitting: TimeGrain): TimeGrain {
  return toPeriods({ since, until, grain: fitting, dataUntil: until }).length <= MOST_PERIODS
    ? fitting
    : 'month';
}

/** Stands where a release has no day at all. */
const EMPTY = { since: dayOfMillis(0), until: dayOfMillis(86_400_000) };

async function askNames(
  ask: ExploreAsk,
  question: ExploreQuestion,
  rows: readonly ExploreRow[],
): Promise<ReadonlyMap<string, string | null>> {
  const numbers =
    question.x === 'probe_asn'
      ? rows.map(({ x }) => Number(x))
      : question.series === 'probe_asn'
        ? rows.map(({ series }) => Number(series))
        : [];
  if (numbers.length === 0) return new Map();
  const named = await ask(networkNamesQuery([...new Set(numbers)]));
  return new Map(named.map(({ probe_asn, name }) => [probe_asn, name]));
}

function formatPlaces({ filter }: ExploreQuestion): string | null {
  const { probe_cc } = filter;
  if (probe_cc.length === 0) return null;
  if (probe_cc.length > NAMED) return translate('explore.scope.places', { n: probe_cc.length });
  return formatList(probe_cc.map((code) => formatPlace(code)));
}

/** Websites, categories or tests, whatever is narrowest. */
function formatTarget({ filter }: ExploreQuestion): string | null {
  const websites = [...filter.domain, ...filter.input, ...filter.category_code];
  if (websites.length > NAMED) return translate('explore.scope.some', { n: websites.length });
  if (websites.length > 0) return formatItems(websites);
  return formatTests(filter.test_name);
}

function formatNetworks({ filter }: ExploreQuestion): string | null {
  const { probe_asn } = filter;
  if (probe_asn.length === 0) return null;
  return probe_asn.length > NAMED
    ? translate('scope.some_networks', { n: probe_asn.length })
    : formatItems(probe_asn.map(formatAsn));
}
