/** What every view model of a page has in common: whose measurements these are, and when. */
import { addDays } from '../../data-build/contract/brands.ts';
import type { KnownProblem } from '../../data-build/contract/corrections.ts';
import { formatProblem, problemsOn } from '../../data-build/contract/known-problems.ts';
import { FLOORS, type Floor } from '../../data-build/contract/floors.ts';
import { partFloor } from './rate.ts';
import { translate } from '../i18n/translate.ts';
import { formatCount, formatDay, formatDayRange } from './format.ts';
import type { TableModel } from './table.ts';
import { toPeriods, type Incomplete, type TimeFrame } from './time-frame.ts';

export interface ViewContext {
  readonly frame: TimeFrame;
  /** Name of the country or territory, `Kenya`; null: everywhere. */
  readonly place: string | null;
  /** Label of the one test shown, `Telegram`; null: all tests. */
  readonly test: string | null;
  /** The one network shown, `AS33771 Safaricom`; null: all networks. */
  readonly network: string | null;
  /** Different networks in the whole frame; null where the source names none. */
  readonly networkCount: number | null;
  /** Days on which what is shown is known to be faulty, also outside of the frame; left out: none. */
  readonly problems?: readonly KnownProblem[];
}

/** Words that go with every chart. */
export interface ChartWords {
  /** The finding in one sentence, with its denominator. */
  readonly title: string;
  /** Measure, unit, denominator. */
  readonly subtitle: string;
  /** For alternative text and copies: n, networks, dates, caveats. */
  readonly desc: string;
  /** Caveats that are printed under the chart. */
  readonly notes: readonly string[];
  readonly table: TableModel;
}

/** The floor for a sum over the frame. */
export function totalFloor(context: ViewContext): Floor {
  if (context.network !== null) return FLOORS.network;
  return partFloor({ network_count: context.networkCount }, context.networkCount);
}

/** The floor for one period of the frame; one network in one period is a heatmap cell, also where a place has no other. */
export function periodFloor(context: ViewContext): Floor {
  const oneNetwork = context.network !== null || context.networkCount === 1;
  return oneNetwork ? FLOORS.heatmapCell : totalFloor(context);
}

/** `Telegram tests in Kenya on AS33771`: what was measured, as a phrase; `counted` is the number that stands before it. */
export function formatScope({ test, place, network }: ViewContext, counted = 2): string {
  const has = (part: string | null): string => (part === null ? 'no' : 'yes');
  return translate('scope.phrase', {
    counted,
    named: has(test),
    test: test ?? '',
    placed: has(place),
    place: place ?? '',
    routed: has(network),
    network: network ?? '',
  });
}

/** `23 networks`, or that their number is not known. */
export function formatNetworks(count: number | null): string {
  return count === null
    ? translate('rate.networks_unknown')
    : translate('count.networks', { n: count });
}

/** For messages that say on how many networks something was measured, or that their number is not known. */
export function networkParts(count: number | null): {
  readonly counted: 'yes' | 'no';
  readonly networks: number;
} {
  return { counted: count === null ? 'no' : 'yes', networks: count ?? 0 };
}

/** `15 October – 29 November 2024`. */
export function formatFrame({ frame }: ViewContext): string {
  return formatDayRange(frame.since, frame.until);
}

/** The sentence that says why a period is grey, once per reason. */
export function formatIncomplete(reason: Incomplete, context: ViewContext): string {
  const { frame } = context;
  const key = reason === 'unfinished' ? 'period.unfinished' : 'period.cut';
  return translate(key, {
    day: formatDay(addDays(frame.dataUntil, -1)),
    range: formatFrame(context),
  });
}

/** Sentences for the grey periods of a frame; empty when all are whole. */
export function incompleteNotes(context: ViewContext): readonly string[] {
  const reasons = new Set(toPeriods(context.frame).flatMap((p) => p.incomplete ?? []));
  return [...reasons].map((reason) => formatIncomplete(reason, context));
}

/** Those of the frame. */
export function frameProblems({ frame, problems = [] }: ViewContext): readonly KnownProblem[] {
  return problemsOn(problems, frame);
}

/** Those of all that is drawn: a problem of one place among many is told in words alone, since its days are right for the others. */
export function drawnProblems(context: ViewContext): readonly KnownProblem[] {
  return frameProblems(context).filter(
    ({ places }) => places === undefined || context.place !== null,
  );
}

export function problemNotes(context: ViewContext): readonly string[] {
  return frameProblems(context).map(formatProblem);
}

/** All that is to be said of the days of a frame. */
export function daysNotes(context: ViewContext): readonly string[] {
  return [...incompleteNotes(context), ...problemNotes(context)];
}

/** `5,196 Telegram tests in Kenya, 28 networks, 15 October – 29 November 2024.` */
export function formatExtent(measurementCount: number, context: ViewContext): string {
  return translate('chart.extent', {
    n: formatCount(measurementCount),
    scope: formatScope(context, measurementCount),
    ...networkParts(context.networkCount),
    range: formatFrame(context),
  });
}
