/** What the world map knows of one witness, in every week or month. */
import type { WorldFacts } from './facts.ts';
import { FLOORS, meetsFloor } from '../../../data-build/contract/floors.ts';
import type { Witness } from '../../../data-build/contract/witnesses.ts';
import { daysBetween, type Day } from '../../../data-build/contract/brands.ts';
import type {
  WorldEventRow,
  WorldGrain,
  WorldIndicatorsRow,
  WorldInterferenceRow,
  WorldThroughputRow,
  WorldToolsRow,
} from '../../query/world.ts';
import { groupBy } from '../../view/day-rows.ts';
import { nextPeriod } from '../../view/time-frame.ts';
import { isJudged } from '../../view/evidence.ts';
import { THROUGHPUT_BASELINE, THROUGHPUT_FLOOR, TOOLS_FLOOR, toWorldLevel } from './levels.ts';

export interface WorldPeriod {
  readonly start: Day;
  /** By code. */
  readonly places: ReadonlyMap<string, WorldFacts>;
}

/** One witness in every period that has anything, in time order. */
export interface WorldRecord {
  readonly witness: Witness;
  readonly grain: WorldGrain;
  readonly periods: readonly WorldPeriod[];
}

export function toInterferenceRecord(
  rows: readonly WorldInterferenceRow[],
  grain: WorldGrain,
): WorldRecord {
  const scored = rows.filter((row) => row.measurement_count > 0);
  const lone = findLonePlaces(scored);
  return toRecord('interference', grain, scored, (row) => ({
    witness: 'interference',
    measurement_count: row.measurement_count,
    failure_count: row.failure_count,
    anomaly_count: row.anomaly_count,
    confirmed_count: row.confirmed_count,
    network_count: row.network_count,
    only_probe_asn: row.only_probe_asn,
    day_count: row.day_count,
    lone: lone.has(row.probe_cc),
    first_day: row.first_day,
    last_day: row.last_day,
  }));
}

/** Places whose tests all come from one network, and which have a rate with it. */
function findLonePlaces(rows: readonly WorldInterferenceRow[]): ReadonlySet<string> {
  const places = groupBy(rows, ({ probe_cc }) => probe_cc);
  const sum = (own: typeof rows, of: (row: WorldInterferenceRow) => number): number =>
    own.reduce((total, row) => total + of(row), 0);
  return new Set(
    [...places].flatMap(([code, own]) => {
      const [asn = null, ...others] = new Set(own.map(({ only_probe_asn }) => only_probe_asn));
      const whole = {
        tests: sum(own, (row) => row.measurement_count - row.failure_count),
        networks: 1,
        days: sum(own, ({ day_count }) => day_count),
      };
      return asn !== null && others.length === 0 && meetsFloor(FLOORS.country, whole) ? [code] : [];
    }),
  );
}

/** Marks the periods that a slowdown or vanished tests lie in. */
export function toThroughputRecord(
  rows: readonly WorldThroughputRow[],
  events: readonly WorldEventRow[],
  grain: WorldGrain,
): WorldRecord {
  const before = new Map<string, number>();
  const eventOf = findEvents(events, grain);
  return toRecord('throughput', grain, rows, (row) => {
    const earlier = before.get(row.probe_cc) ?? 0;
    const enough = row.download_sample_count >= THROUGHPUT_FLOOR;
    if (enough) before.set(row.probe_cc, earlier + 1);
    const event = eventOf(row.probe_cc, row.period);
    const kind = event?.kind;
    return {
      witness: 'throughput',
      tests: row.download_sample_count,
      mbps: row.download_mbps_p50,
      event: kind === 'slowdown' || kind === 'vanished' ? kind : null,
      magnitude: event?.magnitude ?? null,
      judged: enough && earlier >= THROUGHPUT_BASELINE[grain],
    };
  });
}

/** Marks the periods that a surge or drop of any tool lies in; a surge stands before a drop. */
export function toToolsRecord(
  rows: readonly WorldToolsRow[],
  events: readonly WorldEventRow[],
  grain: WorldGrain,
): WorldRecord {
  const judge = judgeFigures(events, 'surge', grain);
  return toRecord('tools', grain, rows, (row) => {
    const { judged, ...event } = judge(row);
    return {
      witness: 'tools',
      tool: row.tool,
      clients: Math.round(row.value),
      ...event,
      judged: judged && row.value >= TOOLS_FLOOR,
    };
  });
}

/** Marks the periods that a fall or rise lies in; a fall stands before a rise. */
export function toIndicatorsRecord(
  indicator: string,
  rows: readonly WorldIndicatorsRow[],
  events: readonly WorldEventRow[],
  grain: WorldGrain,
): WorldRecord {
  const judge = judgeFigures(events, 'drop', grain);
  return toRecord('indicators', grain, rows, (row) => ({
    witness: 'indicators',
    indicator,
    value: row.value,
    ...judge(row),
  }));
}

/** What was detected in a period of a place, and whether enough is known to call it usual otherwise. */
function judgeFigures(
  events: readonly WorldEventRow[],
  leading: 'surge' | 'drop',
  grain: WorldGrain,
): (row: { readonly period: Day; readonly probe_cc: string }) => {
  readonly event: 'surge' | 'drop' | null;
  readonly magnitude: number | null;
  readonly judged: boolean;
} {
  const first = new Map<string, Day>();
  const eventOf = findEvents(
    [...events].sort((a, b) => Number(b.kind === leading) - Number(a.kind === leading)),
    grain,
  );
  return ({ period, probe_cc }) => {
    const since = first.get(probe_cc) ?? period;
    first.set(probe_cc, since);
    const event = eventOf(probe_cc, period);
    const kind = event?.kind;
    return {
      event: kind === 'surge' || kind === 'drop' ? kind : null,
      magnitude: event?.magnitude ?? null,
      // The detector compares with the four weeks before.
      judged: daysBetween(since, period) >= 28,
    };
  };
}

function toRecord<Row extends { readonly period: Day; readonly probe_cc: string }>(
  witness: Witness,
  grain: WorldGrain,
  rows: readonly Row[],
  toFacts: (row: Row) => WorldFacts,
): WorldRecord {
  const periods = new Map<Day, Map<string, WorldFacts>>();
  for (const row of [...rows].sort((a, b) => (a.period < b.period ? -1 : 1))) {
    const places = periods.get(row.period) ?? new Map<string, WorldFacts>();
    periods.set(row.period, places.set(row.probe_cc, toFacts(row)));
  }
  return {
    witness,
    grain,
    periods: [...periods].map(([start, places]) => ({ start, places })),
  };
}

/** Without the periods in which nothing can be said of any place. */
export function keepJudged(record: WorldRecord): WorldRecord {
  const periods = record.periods.filter(({ places }) =>
    [...places.values()].some((facts) => isJudged(toWorldLevel(facts))),
  );
  return { ...record, periods };
}

/** The first event in the list that touches a period of a place. */
function findEvents(
  events: readonly WorldEventRow[],
  grain: WorldGrain,
): (code: string, period: Day) => WorldEventRow | null {
  const byPlace = new Map<string, WorldEventRow[]>();
  for (const event of events) {
    byPlace.set(event.probe_cc, [...(byPlace.get(event.probe_cc) ?? []), event]);
  }
  return (code, period) =>
    byPlace
      .get(code)
      ?.find(
        ({ first_sign, first_normal }) =>
          first_sign < nextPeriod(period, grain) &&
          (first_normal === null || first_normal > period),
      ) ?? null;
}
