/** What the witnesses have of one country or territory: which days each covers, and which of them a timeline shows. */
import { addDays, daysBetween, type Asn, type Day } from '../../../data-build/contract/brands.ts';
import type { OutcomePeriodRow } from '../../query/rows.ts';
import type { EventRow, IndicatorRow, ThroughputRow, ToolUseRow } from '../../query/witnesses.ts';
import { FLOORS } from '../../../data-build/contract/floors.ts';
import { sumOutcomes } from '../../view/outcome-counts.ts';
import { toStretches, type Stretch } from '../../view/stretches.ts';
import { nextPeriod } from '../../view/time-frame.ts';
import { alignWindow, chooseWindow, type WitnessWindow } from './window.ts';
import type { WitnessMaterial } from './tracks.ts';

export interface WitnessRows {
  readonly throughput: readonly ThroughputRow[];
  /** The one network that the speeds are of; null: all of the place. */
  readonly speedsOf: Asn | null;
  readonly toolUse: readonly ToolUseRow[];
  readonly indicators: readonly IndicatorRow[];
  /** By the day. */
  readonly outcomes: readonly OutcomePeriodRow[];
}

type Coverage = WitnessMaterial['coverage'];

/** First and last day of each; null: none. */
export function coverageOf({ throughput, toolUse, indicators, outcomes }: WitnessRows): Coverage {
  const span = (days: readonly Day[], until: (last: Day) => Day) => {
    const sorted = days.toSorted();
    const [first] = sorted;
    const last = sorted.at(-1);
    return first === undefined || last === undefined ? null : { since: first, until: until(last) };
  };
  const next = (day: Day): Day => addDays(day, 1);
  const grain = throughput.some((row) => row.grain === 'month') ? 'month' : 'day';
  return {
    interference: span(
      outcomes.filter((row) => row.measurement_count > 0).map((row) => row.period),
      next,
    ),
    throughput: span(
      throughput.map((row) => row.period),
      (last) => nextPeriod(last, grain),
    ),
    tools: span(
      toolUse.filter((row) => row.value !== null).map((row) => row.day),
      next,
    ),
    indicators: span(
      indicators.map(({ day }) => day),
      next,
    ),
  };
}

/** First day of any witness; null: there is none. */
export function firstDay(coverage: Coverage): Day | null {
  const days = Object.values(coverage).flatMap((covered) => covered?.since ?? []);
  return days.toSorted()[0] ?? null;
}

/** The days that a timeline shows when none are chosen; null when no witness has any. */
export function toPlaceWindow(
  { throughput, toolUse, indicators, outcomes }: WitnessRows,
  events: readonly EventRow[],
  dataUntil: Day | null,
): WitnessWindow | null {
  const days = {
    interference: outcomes.filter((row) => row.measurement_count > 0).map((row) => row.period),
    throughput: throughput.flatMap(({ period, grain }) =>
      Array.from({ length: daysBetween(period, nextPeriod(period, grain)) }, (_, index) =>
        addDays(period, index),
      ),
    ),
    tools: toolUse.filter((row) => row.value !== null).map((row) => row.day),
    indicators: indicators.map(({ day }) => day),
  };
  const turns = events.filter(({ agreement }) => agreement !== 'global_change');
  const window = chooseWindow(
    days,
    turns.map(({ first_sign }) => first_sign),
    toldStretch(outcomes),
  );
  return window === null ? null : alignWindow(window, dataUntil ?? window.until);
}

/** So many days with a share are a line to see. */
const LINE_DAYS = 3;

/**
 * Where tests fill no long stretch: the one that the page speaks of, with most tests; null: too few of its days have a
 * share.
 */
function toldStretch(outcomes: readonly OutcomePeriodRow[]): Stretch | null {
  const tested = outcomes.filter((row) => row.measurement_count > 0);
  const [most] = toStretches(tested.map((row) => row.period))
    .map((stretch) => {
      const rows = tested.filter(({ period }) => period >= stretch.first && period <= stretch.last);
      return { stretch, rows, tests: sumOutcomes(rows).measurement_count };
    })
    .toSorted((a, b) => b.tests - a.tests);
  const rated = (most?.rows ?? []).filter(
    ({ measurement_count, failure_count }) =>
      measurement_count - failure_count >= FLOORS.country.tests,
  );
  return most === undefined || rated.length < LINE_DAYS ? null : most.stretch;
}
