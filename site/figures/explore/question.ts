/** What the chart builder asks: everything in one, then the cells, then what is shown beside them. */
import type { Ask } from '../../catalog/ask.ts';
import { exploreQuery, networkNamesQuery } from '../../query/explore.ts';
import { MOST_CELLS, type ExploreRow } from '../../query/explore-rows.ts';
import {
  toBaseline,
  toQuestion,
  toTotal,
  type ExploreQuestion,
} from '../../query/explore-question.ts';
import { eventsQuery, type EventRow } from '../../query/witnesses.ts';
import { isSpeed } from '../../state/measures.ts';
import type { ExplorerState } from '../../state/parameters.ts';
import { parseState } from '../../state/state.ts';
import type { FigureRequest } from '../request.ts';
import { TIME } from './cells.ts';
import { firstGrain, toFrame } from './frame.ts';

export interface ExploreRows {
  /** Everything in one, of the days that are looked at first, and of those that are drawn. */
  readonly early: ExploreRow | null;
  readonly total: ExploreRow | null;
  /** One more than are read where there are more. */
  readonly cells: readonly ExploreRow[];
  readonly baseline: ExploreRow | null;
  /** Names of networks by number, as text. */
  readonly networks: readonly (readonly [string, string | null])[];
  readonly events: readonly EventRow[];
  /** The places that a line over time pools, with their counts. */
  readonly pooled: readonly ExploreRow[];
}

/** Events are drawn over a time axis of one place. */
export function showsEvents({ x, filter, onMap }: ExploreQuestion): boolean {
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

/** What the state of a link asks; null: the request is of something else. */
export function readState({
  subject,
}: FigureRequest): { readonly state: ExplorerState; readonly question: ExploreQuestion } | null {
  if (subject.kind !== 'state') return null;
  const { state } = parseState(subject.search);
  return { state, question: toQuestion(state).question };
}

export async function askExplore(ask: Ask, request: FigureRequest): Promise<ExploreRows | null> {
  const read = readState(request);
  if (read === null) return null;
  const { state, question } = read;
  const first = firstGrain(state, question);
  const [early = null] = await ask(exploreQuery(toTotal(question), first));
  const { grain } = toFrame(state, question, early, request.frame).frame;
  // Speed by the day and by the month are different publications: the sum must be of the one that is drawn.
  const [total = null] =
    isSpeed(question.measure) && grain !== first
      ? await ask(exploreQuery(toTotal(question), grain))
      : [early];
  const cells = await ask(exploreQuery(question, grain));
  const before = toBaseline(question);
  const [baseline = null] = before === null ? [] : await ask(exploreQuery(before, grain));
  const networks = await askNames(ask, question, cells.slice(0, MOST_CELLS));
  const events = showsEvents(question)
    ? await ask(eventsQuery(question.filter.probe_cc[0] ?? ''))
    : [];
  const pooled = poolsPlaces(question)
    ? await ask(exploreQuery({ ...toTotal(question), x: 'probe_cc' }, grain))
    : [];
  return { early, total, cells, baseline, networks, events, pooled };
}

async function askNames(
  ask: Ask,
  question: ExploreQuestion,
  rows: readonly ExploreRow[],
): Promise<ExploreRows['networks']> {
  const numbers =
    question.x === 'probe_asn'
      ? rows.map(({ x }) => Number(x))
      : question.series === 'probe_asn'
        ? rows.map(({ series }) => Number(series))
        : [];
  if (numbers.length === 0) return [];
  const named = await ask(networkNamesQuery([...new Set(numbers)]));
  return named.map(({ probe_asn, name }) => [probe_asn, name]);
}
