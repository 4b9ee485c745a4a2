/** Sums that the questions of networks, websites and tests have in common. Counts are DOUBLE so that both engines give plain numbers. */
import type { Asn, Day } from '../../data-build/contract/brands.ts';
import { BLOCKING_METHODS } from '../../data-build/contract/vocabulary.ts';
import { type QueryParam } from './query.ts';
import type { OutcomeCounts } from './rows.ts';

export interface Counted extends OutcomeCounts {
  readonly unscored_count: number;
}

export interface Spanned extends Counted {
  /** Different days with scored measurements. */
  readonly day_count: number;
  readonly first_day: Day;
  readonly last_day: Day;
}

/** The network of all of it; null: several. */
export interface OnNetworks {
  readonly network_count: number;
  readonly only_probe_asn?: Asn | null;
}

export const sum = (column: string): string => `coalesce(sum(${column}), 0)::DOUBLE AS ${column}`;

/** The five counts of the scored, summed under their own names. */
export const COUNTS = [
  'measurement_count',
  'ok_count',
  'anomaly_count',
  'confirmed_count',
  'failure_count',
]
  .map(sum)
  .join(', ');

export const ALL_COUNTS = `${COUNTS}, ${sum('unscored_count')}`;

export const DAY_COUNT =
  '(count(DISTINCT day) FILTER (WHERE measurement_count > 0))::DOUBLE AS day_count';
export const DAY_SPAN = 'min(day)::VARCHAR AS first_day, max(day)::VARCHAR AS last_day';
export const SPAN = `${DAY_COUNT}, ${DAY_SPAN}`;

/** Sums of the method columns as one text, so that a row stays narrow. */
export const METHODS = `concat_ws('|', ${Object.keys(BLOCKING_METHODS)
  .map(
    (method) =>
      `CASE WHEN sum(${method}_count) > 0 THEN '${method} ' || sum(${method}_count)::BIGINT::VARCHAR END`,
  )
  .join(', ')}) AS methods`;

export function places(values: readonly QueryParam[], type: 'VARCHAR' | 'UINTEGER'): string {
  return values.length === 0 ? 'NULL' : values.map(() => `?::${type}`).join(', ');
}
