/**
 * The world map’s record of one witness as a small file, which the page fetches when a reader asks for another
 * period. One file per witness, since their licences differ.
 */
import { type WorldFacts } from './facts.ts';
import { isFields } from '../../../data-build/contract/fields.ts';
import {
  addDays,
  daysBetween,
  toAsn,
  toDay,
  type Day,
} from '../../../data-build/contract/brands.ts';
import { type WorldPeriod, type WorldRecord } from './record.ts';
import { WITNESSES, type Witness } from '../../../data-build/contract/witnesses.ts';
import type { WorldGrain } from '../../query/world.ts';

/** The file as plain JSON values: a row per place and period, days as offsets from the period’s start. */
export interface WorldFile {
  readonly witness: Witness;
  readonly grain: WorldGrain;
  readonly data_version: string;
  readonly synthetic: boolean;
  readonly source: string;
  readonly licence: string;
  readonly attribution: string;
  readonly columns: readonly string[];
  readonly periods: readonly {
    readonly start: string;
    readonly rows: readonly (readonly (string | number | null)[])[];
  }[];
}

const COLUMNS = {
  interference: [
    'probe_cc',
    'measurement_count',
    'failure_count',
    'anomaly_count',
    'confirmed_count',
    'network_count',
    'first_day_offset',
    'last_day_offset',
    'day_count',
    'only_probe_asn',
    'lone',
  ],
  throughput: [
    'probe_cc',
    'download_sample_count',
    'download_mbps_p50',
    'event',
    'magnitude',
    'judged',
  ],
  tools: ['probe_cc', 'tool', 'users', 'event', 'magnitude', 'judged'],
  indicators: ['probe_cc', 'indicator', 'value', 'event', 'magnitude', 'judged'],
} as const satisfies Record<Witness, readonly string[]>;

/** Record → file. */
export function formatWorldFile(
  record: WorldRecord,
  about: Pick<WorldFile, 'data_version' | 'synthetic' | 'source' | 'licence' | 'attribution'>,
): WorldFile {
  return {
    ...about,
    witness: record.witness,
    grain: record.grain,
    columns: COLUMNS[record.witness],
    periods: record.periods.map(({ start, places }) => ({
      start,
      rows: [...places].map(([code, facts]) => [code, ...toCells(facts, start)]),
    })),
  };
}

function toCells(facts: WorldFacts, start: Day): readonly (string | number | null)[] {
  switch (facts.witness) {
    case 'interference':
      return [
        facts.measurement_count,
        facts.failure_count,
        facts.anomaly_count,
        facts.confirmed_count,
        facts.network_count,
        daysBetween(start, facts.first_day),
        daysBetween(start, facts.last_day),
        facts.day_count,
        facts.only_probe_asn,
        Number(facts.lone),
      ];
    case 'throughput':
      return [
        facts.tests,
        facts.mbps === null ? null : Number(facts.mbps.toPrecision(3)),
        facts.event,
        facts.magnitude === null ? null : Number(facts.magnitude.toPrecision(3)),
        Number(facts.judged),
      ];
    case 'tools':
    case 'indicators':
      return [
        facts.witness === 'tools' ? facts.tool : facts.indicator,
        facts.witness === 'tools' ? facts.clients : Number(facts.value.toPrecision(3)),
        facts.event,
        facts.magnitude === null ? null : Number(facts.magnitude.toPrecision(3)),
        Number(facts.judged),
      ];
  }
}

/** File → record; null when it is not one of ours. Rows that do not fit are left out. */
export function parseWorldFile(json: unknown): WorldRecord | null {
  if (!isFields(json)) return null;
  const witness = WITNESSES.find((name) => name === json['witness']);
  const grain = (['week', 'month'] as const).find((name) => name === json['grain']);
  const periods = json['periods'];
  if (witness === undefined || grain === undefined || !Array.isArray(periods)) return null;
  return {
    witness,
    grain,
    periods: periods.flatMap((period: unknown): readonly WorldPeriod[] => {
      if (!isFields(period) || typeof period['start'] !== 'string') return [];
      const start = toDay(period['start']);
      const rows: unknown = period['rows'];
      if (start === null || !Array.isArray(rows)) return [];
      const places = new Map<string, WorldFacts>();
      for (const row of rows) {
        if (!isList(row)) continue;
        const [code, ...cells] = row;
        const facts = parseFacts(witness, cells, start);
        if (typeof code === 'string' && facts !== null) places.set(code, facts);
      }
      return [{ start, places }];
    }),
  };
}

function parseFacts(witness: Witness, cells: readonly unknown[], start: Day): WorldFacts | null {
  const number = (index: number): number => {
    const cell = cells[index];
    return typeof cell === 'number' ? cell : 0;
  };
  const numberOrNull = (index: number): number | null =>
    cells[index] === null ? null : number(index);
  switch (witness) {
    case 'interference':
      return {
        witness,
        measurement_count: number(0),
        failure_count: number(1),
        anomaly_count: number(2),
        confirmed_count: number(3),
        network_count: numberOrNull(4),
        first_day: addDays(start, number(5)),
        last_day: addDays(start, number(6)),
        day_count: number(7),
        only_probe_asn: toAsn(number(8)),
        lone: number(9) === 1,
      };
    case 'throughput': {
      const event = (['slowdown', 'vanished'] as const).find((kind) => kind === cells[2]);
      return {
        witness,
        tests: number(0),
        mbps: numberOrNull(1),
        event: event ?? null,
        magnitude: numberOrNull(3),
        judged: number(4) === 1,
      };
    }
    case 'tools':
    case 'indicators': {
      const [name] = cells;
      if (typeof name !== 'string') return null;
      const event = (['surge', 'drop'] as const).find((kind) => kind === cells[2]) ?? null;
      const judgment = { event, magnitude: numberOrNull(3), judged: number(4) === 1 };
      return witness === 'tools'
        ? { witness, tool: name, clients: number(1), ...judgment }
        : { witness, indicator: name, value: number(1), ...judgment };
    }
  }
}

function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}
