/** Rows that the queries give. Counts are numbers of measurements; days are `YYYY-MM-DD`. */
import type { Asn, CountryCode, Day } from '../../data-build/contract/brands.ts';
import type { RowOf } from '../../data-build/contract/tables.ts';
import type { BlockingMethod } from '../../data-build/contract/vocabulary.ts';

export type OutcomeCounts = Pick<
  RowOf<'interference_country_daily'>,
  'measurement_count' | 'ok_count' | 'anomaly_count' | 'confirmed_count' | 'failure_count'
>;

interface Breadth {
  readonly unscored_count: number;
  /** Different networks with scored measurements; null where the source names none. */
  readonly network_count: number | null;
  /** The network of all of them; null: several, or not known. */
  readonly only_probe_asn?: Asn | null;
  /** Different days with scored measurements. */
  readonly day_count: number;
}

export interface OutcomePeriodRow extends OutcomeCounts, Breadth {
  /** First day of the day, week or month. */
  readonly period: Day;
}

export interface TestRow extends OutcomeCounts, Breadth {
  readonly test_name: string;
}

export interface NetworkRow extends OutcomeCounts {
  readonly probe_asn: Asn;
  readonly name: string | null;
  readonly day_count: number;
  readonly first_day: Day;
  readonly last_day: Day;
}

export interface NetworkPeriodRow extends Omit<OutcomeCounts, 'ok_count'> {
  readonly probe_asn: Asn;
  readonly period: Day;
}

export interface MethodPeriodRow {
  readonly period: Day;
  readonly blocking_method: BlockingMethod;
  readonly count: number;
}

export interface CountryRow extends OutcomeCounts, Breadth {
  readonly probe_cc: CountryCode;
  readonly test_count: number;
  readonly first_day: Day;
  readonly last_day: Day;
}

/** One row: everything the filter lets through. Days are null when nothing is left. */
export interface TotalRow extends OutcomeCounts, Breadth {
  readonly test_count: number;
  readonly country_count: number;
  readonly first_day: Day | null;
  readonly last_day: Day | null;
}
