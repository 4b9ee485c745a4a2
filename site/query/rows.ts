/** Rows that the queries give. Counts are numbers of measurements; days are `YYYY-MM-DD`. */

interface OutcomeCounts {
  readonly measurement_count: number;
  readonly ok_count: number;
  readonly anomaly_count: number;
  readonly confirmed_count: number;
  readonly failure_count: number;
}

interface Breadth {
  readonly unscored_count: number;
  /** Different networks with scored measurements; null where the source names none. */
  readonly network_count: number | null;
  /** Different days with scored measurements. */
  readonly day_count: number;
}

export interface OutcomePeriodRow extends OutcomeCounts, Breadth {
  /** First day of the day, week or month. */
  readonly period: string;
}

export interface TestRow extends OutcomeCounts, Breadth {
  readonly test_name: string;
}

export interface NetworkRow extends OutcomeCounts {
  readonly probe_asn: number;
  readonly name: string | null;
  readonly day_count: number;
  readonly first_day: string;
  readonly last_day: string;
}

export interface NetworkPeriodRow {
  readonly probe_asn: number;
  readonly period: string;
  readonly measurement_count: number;
  readonly anomaly_count: number;
  readonly confirmed_count: number;
  readonly failure_count: number;
}

export interface MethodPeriodRow {
  readonly period: string;
  readonly blocking_method: string;
  readonly count: number;
}

export interface CountryRow extends OutcomeCounts, Breadth {
  readonly probe_cc: string;
  readonly test_count: number;
  readonly first_day: string;
  readonly last_day: string;
}

/** One row: everything the filter lets through. Days are null when nothing is left. */
export interface TotalRow extends OutcomeCounts, Breadth {
  readonly test_count: number;
  readonly country_count: number;
  readonly first_day: string | null;
  readonly last_day: string | null;
}
