/**
 * The internal tables between parsing and roll-up: one Parquet part per dump file, named after the dump's
 * content, so that an unchanged dump is never read twice. Nothing here is published as it stands; the
 * roll-up takes from it only what the contract names.
 */
import type { Sha256 } from './contract/brands.ts';
import type { RejectSample } from './contract/manifest.ts';
import type { Problem, Reason } from './contract/problem.ts';
import type { SourceId } from './contract/sources.ts';

/** Forms in which one measurement can arrive; where two agree on its identity, the lower number is kept. */
export const FORM_PRECEDENCE = { jsonl: 1, postcan: 2, fastpath: 3 } as const;

/**
 * Part tables as DDL. `line_hash` (hex SHA-256 of the line's bytes) identifies measurements that have
 * neither uid nor report_id. Times are UTC.
 */
export const PART_TABLES = {
  measurements: {
    form: 'UTINYINT',
    measurement_uid: 'VARCHAR',
    report_id: 'VARCHAR',
    line_hash: 'VARCHAR',
    measurement_start_time: 'TIMESTAMP',
    probe_cc: 'VARCHAR',
    probe_asn: 'UINTEGER',
    probe_network_name: 'VARCHAR',
    test_name: 'VARCHAR',
    test_version: 'VARCHAR',
    input: 'VARCHAR',
    domain: 'VARCHAR',
    outcome: 'VARCHAR',
    blocking_method: 'VARCHAR',
    blocking_detail: 'VARCHAR',
    failure_class: 'VARCHAR',
    rule_id: 'VARCHAR',
    confirmed_in_country: 'BOOLEAN',
    software_family: 'VARCHAR',
    unattended: 'BOOLEAN',
    ndt_download_mbps: 'DOUBLE',
    ndt_upload_mbps: 'DOUBLE',
    ndt_min_rtt_ms: 'DOUBLE',
    dash_median_bitrate_mbps: 'DOUBLE',
    bootstrap_time_s: 'DOUBLE',
  },
  /** Published counts (aggregation API). probe_asn null: the reply named no networks. */
  counts: {
    day: 'DATE',
    probe_cc: 'VARCHAR',
    probe_asn: 'UINTEGER',
    test_name: 'VARCHAR',
    measurement_count: 'UINTEGER',
    ok_count: 'UINTEGER',
    anomaly_count: 'UINTEGER',
    confirmed_count: 'UINTEGER',
    failure_count: 'UINTEGER',
    reconciled: 'BOOLEAN',
  },
  /** Use of circumvention tools, as published: value null means withheld. */
  tool_use: {
    day: 'DATE',
    probe_cc: 'VARCHAR',
    tool: 'VARCHAR',
    metric: 'VARCHAR',
    value: 'DOUBLE',
    lower: 'DOUBLE',
    upper: 'DOUBLE',
    coverage: 'DOUBLE',
    source: 'VARCHAR',
    licence: 'VARCHAR',
  },
  /** Daily figures of publishers that give nothing else. */
  indicators: {
    day: 'DATE',
    probe_cc: 'VARCHAR',
    indicator: 'VARCHAR',
    value: 'DOUBLE',
    lower: 'DOUBLE',
    upper: 'DOUBLE',
    source: 'VARCHAR',
    licence: 'VARCHAR',
  },
  /** M-Lab's daily statistics. */
  throughput_days: {
    day: 'DATE',
    probe_cc: 'VARCHAR',
    probe_asn: 'UINTEGER',
    download_sample_count: 'UINTEGER',
    upload_sample_count: 'UINTEGER',
    download_mbps_p25: 'DOUBLE',
    download_mbps_p50: 'DOUBLE',
    download_mbps_p75: 'DOUBLE',
    upload_mbps_p25: 'DOUBLE',
    upload_mbps_p50: 'DOUBLE',
    upload_mbps_p75: 'DOUBLE',
    min_rtt_ms_p50: 'DOUBLE',
    below_0p56_mbps_ratio: 'DOUBLE',
  },
  /** M-Lab's monthly statistics (IQB), one direction a file; the inverted labels are put right. */
  throughput_months: {
    month: 'VARCHAR',
    probe_cc: 'VARCHAR',
    probe_asn: 'UINTEGER',
    name: 'VARCHAR',
    download_sample_count: 'UINTEGER',
    upload_sample_count: 'UINTEGER',
    download_mbps_p01: 'DOUBLE',
    download_mbps_p05: 'DOUBLE',
    download_mbps_p10: 'DOUBLE',
    download_mbps_p25: 'DOUBLE',
    download_mbps_p50: 'DOUBLE',
    download_mbps_p75: 'DOUBLE',
    download_mbps_p90: 'DOUBLE',
    download_mbps_p95: 'DOUBLE',
    download_mbps_p99: 'DOUBLE',
    upload_mbps_p01: 'DOUBLE',
    upload_mbps_p05: 'DOUBLE',
    upload_mbps_p10: 'DOUBLE',
    upload_mbps_p25: 'DOUBLE',
    upload_mbps_p50: 'DOUBLE',
    upload_mbps_p75: 'DOUBLE',
    upload_mbps_p90: 'DOUBLE',
    upload_mbps_p95: 'DOUBLE',
    upload_mbps_p99: 'DOUBLE',
    min_rtt_ms_p01: 'DOUBLE',
    min_rtt_ms_p05: 'DOUBLE',
    min_rtt_ms_p10: 'DOUBLE',
    min_rtt_ms_p25: 'DOUBLE',
    min_rtt_ms_p50: 'DOUBLE',
    min_rtt_ms_p75: 'DOUBLE',
    min_rtt_ms_p90: 'DOUBLE',
    min_rtt_ms_p95: 'DOUBLE',
    min_rtt_ms_p99: 'DOUBLE',
    loss_ratio_p01: 'DOUBLE',
    loss_ratio_p05: 'DOUBLE',
    loss_ratio_p10: 'DOUBLE',
    loss_ratio_p25: 'DOUBLE',
    loss_ratio_p50: 'DOUBLE',
    loss_ratio_p75: 'DOUBLE',
    loss_ratio_p90: 'DOUBLE',
    loss_ratio_p95: 'DOUBLE',
    loss_ratio_p99: 'DOUBLE',
  },
  /**
   * Valid single speed tests, and places of their clients, which have a uuid and no direction. The place of a test is
   * null until the two are joined.
   */
  ndt_tests: {
    day: 'DATE',
    uuid: 'VARCHAR',
    direction: 'VARCHAR',
    throughput_mbps: 'DOUBLE',
    min_rtt_ms: 'DOUBLE',
    loss_ratio: 'DOUBLE',
    probe_cc: 'VARCHAR',
    probe_asn: 'UINTEGER',
    name: 'VARCHAR',
  },
} as const;

export type PartKind = keyof typeof PART_TABLES;

interface Js {
  UTINYINT: number;
  UINTEGER: number;
  VARCHAR: string;
  DATE: string;
  TIMESTAMP: string;
  DOUBLE: number;
  BOOLEAN: boolean;
}
/** A part row; every column may be null, the writer checks nothing. */
export type PartRow<K extends PartKind> = {
  readonly [C in keyof (typeof PART_TABLES)[K]]: (typeof PART_TABLES)[K][C] extends keyof Js
    ? Js[(typeof PART_TABLES)[K][C]] | null
    : never;
};

/** What a normalizer makes of a piece of a dump. `line` is counted from 1. */
export interface Normalized<K extends PartKind> {
  readonly rows: readonly PartRow<K>[];
  readonly problems: readonly { readonly line: number; readonly problem: Problem }[];
}

export interface PartReject {
  readonly reason: Reason;
  readonly count: number;
  /** At most three; `file` is filled in when the part is used, since equal dumps can have several names. */
  readonly samples: readonly Omit<RejectSample, 'file'>[];
}

/** `part.json` beside the Parquet file. */
export interface Part {
  readonly kind: PartKind;
  readonly source: SourceId;
  /** Content hash of the dump as it lay on disk. */
  readonly dump_sha256: Sha256;
  readonly rows_in: number;
  readonly rows_out: number;
  readonly rejects: readonly PartReject[];
  /** Whether the dump says of itself that it was made by the sample generator. */
  readonly synthetic: boolean;
  /** File name of the Parquet part, in the same folder. */
  readonly parquet: string;
}

/** A part in use: where it is and which dump it stands for. */
export interface PlacedPart extends Part {
  readonly folder: string;
  /** Path of the dump relative to the `--dumps` folder given. */
  readonly dump: string;
}
