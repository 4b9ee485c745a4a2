/** Rows that view models are made from: what `site/query` returns, field by field. Counts are measurements. */
import type { Asn, Day } from '../../data-build/contract/brands.ts';
import type { BlockingMethod } from '../../data-build/contract/vocabulary.ts';

export interface OutcomeCounts {
  /** ok + anomaly + confirmed + failure. */
  readonly measurement_count: number;
  readonly ok_count: number;
  readonly anomaly_count: number;
  readonly confirmed_count: number;
  readonly failure_count: number;
}

/** One period of a time axis; `period` is its first day (weeks: Monday, months: the 1st). */
export interface OutcomePeriodRow extends OutcomeCounts {
  readonly period: Day;
  readonly unscored_count: number;
  /** Different networks in the period; null where the source names none. */
  readonly network_count: number | null;
  /** Different days with measurements. */
  readonly day_count: number;
}

export interface NetworkRow extends OutcomeCounts {
  readonly probe_asn: Asn;
  readonly name: string | null;
  readonly day_count: number;
  readonly first_day: Day;
  readonly last_day: Day;
}

export interface NetworkPeriodRow {
  readonly probe_asn: Asn;
  readonly period: Day;
  readonly measurement_count: number;
  readonly anomaly_count: number;
  readonly confirmed_count: number;
  readonly failure_count: number;
}

export interface TestRow extends OutcomeCounts {
  readonly test_name: string;
  readonly unscored_count: number;
  readonly network_count: number | null;
  readonly day_count: number;
}

export interface MethodPeriodRow {
  readonly period: Day;
  readonly blocking_method: BlockingMethod;
  /** Measurements with signs of interference or confirmed. */
  readonly count: number;
}
