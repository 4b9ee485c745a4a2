/**
 * The internal tables between parsing and roll-up: one Parquet part per dump file, named after the dump's
 * content, so that an unchanged dump is never read twice. Nothing here is published as it stands; the
 * roll-up takes from it only what the contract names.
 */
import type { Sha256 } from './contract/brands.ts';
import { COLUMNS, type ColumnValue, THROUGHPUT_COLUMNS } from './contract/columns.ts';
import type { RejectSample } from './contract/manifest.ts';
import type { Problem, Reason } from './contract/problem.ts';
import type { PublisherId } from './contract/publishers.ts';

/** Forms in which one measurement can arrive; where two agree on its identity, the lower number is kept. */
export const FORM_PRECEDENCE = { jsonl: 1, postcan: 2, fastpath: 3 } as const;

/** Columns that parts have and nothing published has. `line_hash` identifies a measurement that has neither uid nor report_id. */
const PART_COLUMNS = {
  form: { type: 'UTINYINT' },
  /** Hexadecimal SHA-256 of the line's bytes. */
  line_hash: { type: 'VARCHAR' },
  probe_network_name: { type: 'VARCHAR' },
  /** Joins a speed test with the place of its client. */
  uuid: { type: 'VARCHAR' },
  direction: { type: 'VARCHAR' },
  throughput_mbps: { type: 'DOUBLE', unit: 'mbps' },
  min_rtt_ms: { type: 'DOUBLE', unit: 'ms' },
  loss_ratio: { type: 'DOUBLE', unit: 'ratio' },
} as const;
const ALL_COLUMNS = { ...COLUMNS, ...PART_COLUMNS };

/** Part tables. Every column may be null; times are UTC. */
const PART_TABLES = {
  measurements: [
    'form',
    'measurement_uid',
    'report_id',
    'line_hash',
    'measurement_start_time',
    'probe_cc',
    'probe_asn',
    'probe_network_name',
    'test_name',
    'test_version',
    'input',
    'domain',
    'outcome',
    'blocking_method',
    'blocking_detail',
    'failure_class',
    'rule_id',
    'confirmed_in_country',
    'software_family',
    'unattended',
    'ndt_download_mbps',
    'ndt_upload_mbps',
    'ndt_min_rtt_ms',
    'dash_median_bitrate_mbps',
    'bootstrap_time_s',
  ],
  /** Published counts (aggregation API). probe_asn null: the reply named no networks. */
  counts: [
    'day',
    'probe_cc',
    'probe_asn',
    'test_name',
    'measurement_count',
    'ok_count',
    'anomaly_count',
    'confirmed_count',
    'failure_count',
    'reconciled',
  ],
  /** Use of circumvention tools, as published: value null means withheld. */
  tool_use: [
    'day',
    'probe_cc',
    'tool',
    'metric',
    'value',
    'lower',
    'upper',
    'coverage',
    'source',
    'licence',
  ],
  /** Daily figures of publishers that give nothing else. */
  indicators: ['day', 'probe_cc', 'indicator', 'value', 'lower', 'upper', 'source', 'licence'],
  /** What others recorded of shutdowns and outages. */
  records: [
    'probe_cc',
    'record_kind',
    'record_scope',
    'first_day',
    'last_day',
    'url',
    'source',
    'licence',
  ],
  /** Names of networks and their organizations, as lists give them. */
  organizations: [
    'probe_asn',
    'name',
    'organization',
    'organization_id',
    'name_day',
    'source',
    'licence',
  ],
  /** M-Lab's daily statistics. */
  throughput_days: [
    'day',
    'probe_cc',
    'probe_asn',
    'download_sample_count',
    'upload_sample_count',
    'download_mbps_p25',
    'download_mbps_p50',
    'download_mbps_p75',
    'upload_mbps_p25',
    'upload_mbps_p50',
    'upload_mbps_p75',
    'min_rtt_ms_p50',
    'below_0p56_mbps_ratio',
  ],
  /** M-Lab's monthly statistics (IQB), one direction a file; the inverted labels are put right. */
  throughput_months: ['month', 'probe_cc', 'probe_asn', 'name', ...THROUGHPUT_COLUMNS],
  /**
   * Valid single speed tests, and places of their clients, which have a uuid and no direction. The place of a test is
   * null until the two are joined.
   */
  ndt_tests: [
    'day',
    'uuid',
    'direction',
    'throughput_mbps',
    'min_rtt_ms',
    'loss_ratio',
    'probe_cc',
    'probe_asn',
    'name',
  ],
} as const satisfies Record<string, readonly (keyof typeof ALL_COLUMNS)[]>;

export type PartKind = keyof typeof PART_TABLES;
export const PART_KINDS = Object.keys(PART_TABLES).filter(isPartKind);

export function isPartKind(kind: string): kind is PartKind {
  return Object.hasOwn(PART_TABLES, kind);
}

/** Names, types and units of a part’s columns, in order. */
export function partColumns(
  kind: PartKind,
): readonly { readonly name: string; readonly type: string; readonly unit: string | null }[] {
  return PART_TABLES[kind].map((name: keyof typeof ALL_COLUMNS) => {
    const column = ALL_COLUMNS[name];
    return { name, type: column.type, unit: 'unit' in column ? column.unit : null };
  });
}

/** Values of the part columns, by type. */
interface Held {
  readonly UTINYINT: number;
  readonly VARCHAR: string;
  readonly DOUBLE: number;
}
type PartValue<C> = C extends keyof typeof PART_COLUMNS
  ? Held[(typeof PART_COLUMNS)[C]['type']]
  : ColumnValue<C>;

/** A part row; the writer checks nothing. */
export type PartRow<K extends PartKind> = {
  readonly [C in (typeof PART_TABLES)[K][number]]: PartValue<C> | null;
};

/** What a normalizer makes of a piece of a dump. `line` is counted from 1. */
export interface Normalized<K extends PartKind> {
  readonly rows: readonly PartRow<K>[];
  readonly problems: readonly { readonly line: number; readonly problem: Problem }[];
}

/** Which rows that DuckDB reads are not used, and why: conditions over the columns of the part. The first that holds counts. */
export type Refusals = readonly (readonly [reason: Reason, condition: string])[];

/** What becomes of the rows of a Parquet file. */
export interface Selection {
  /** Expressions over the file’s columns, by part column; a column without one is null. */
  readonly columns: ReadonlyMap<string, string>;
  readonly refusals: Refusals;
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
  readonly source: PublisherId;
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
