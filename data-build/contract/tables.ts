/** Every published table: columns in order, grain, sort order, partition, licence. */

import {
  COLUMNS,
  isColumnName,
  type ColumnName,
  type ColumnSpec,
  type ColumnType,
  type ColumnValue,
  THROUGHPUT_COLUMNS,
} from './columns.ts';
import type { LicenceSlug } from './publishers.ts';

/** A column of a table; a trailing `?` makes it nullable there. */
export type ColumnRef = ColumnName | `${ColumnName}?`;

export interface TableSpec {
  readonly columns: readonly ColumnRef[];
  /** One row per combination of these. */
  readonly grain: readonly ColumnName[];
  readonly sort: readonly ColumnName[];
  /** Hive partition columns, outermost first; also inside the files. */
  readonly partition: readonly ColumnName[];
  /** Fixed licence, or `row`: the table is partitioned by its `licence` column. */
  readonly licence: LicenceSlug | 'row';
  /** Whether it holds the four outcomes, so that the partition identity is checked. */
  readonly counts: boolean;
  /** The contract that a column came with, where that is not the first; it may be null. */
  readonly added?: Partial<Record<ColumnName, string>>;
}

const OUTCOME_COUNTS = [
  'measurement_count',
  'ok_count',
  'anomaly_count',
  'confirmed_count',
  'failure_count',
  'unscored_count',
] as const satisfies ColumnName[];

const METHOD_COUNTS = [
  'dns_count?',
  'tcp_ip_count?',
  'tls_count?',
  'http_failure_count?',
  'http_diff_count?',
  'app_endpoints_count?',
  'app_web_count?',
  'app_registration_count?',
  'tool_bootstrap_count?',
  'middlebox_count?',
  'other_count?',
] as const satisfies ColumnRef[];

const THROUGHPUT = THROUGHPUT_COLUMNS.map((name) => `${name}?` as const);

export const TABLES = {
  measurements: {
    columns: [
      'month',
      'day',
      'measurement_start_time',
      'probe_cc',
      'probe_asn',
      'test_name',
      'test_version?',
      'input?',
      'domain?',
      'category_code?',
      'outcome',
      'blocking_method?',
      'blocking_detail?',
      'failure_class?',
      'rule_id',
      'confirmed_in_country',
      'software_family',
      'unattended',
      'ndt_download_mbps?',
      'ndt_upload_mbps?',
      'ndt_min_rtt_ms?',
      'dash_median_bitrate_mbps?',
      'bootstrap_time_s?',
      'measurement_uid?',
      'report_id?',
    ],
    grain: ['measurement_uid', 'report_id', 'input', 'measurement_start_time', 'test_name'],
    sort: [
      'measurement_start_time',
      'test_name',
      'probe_asn',
      'domain',
      'report_id',
      'measurement_uid',
      'input',
    ],
    partition: ['month', 'probe_cc'],
    licence: 'cc-by-nc-sa',
    counts: false,
  },
  interference_country_daily: {
    columns: [
      'day',
      'probe_cc',
      'test_name',
      ...OUTCOME_COUNTS,
      ...METHOD_COUNTS,
      'network_count?',
      'only_probe_asn?',
      'report_count?',
      'counts_from',
      'reconciled',
    ],
    grain: ['day', 'probe_cc', 'test_name'],
    sort: ['probe_cc', 'test_name', 'day'],
    partition: [],
    licence: 'cc-by-nc-sa',
    counts: true,
  },
  interference_network_daily: {
    columns: [
      'day',
      'probe_cc',
      'probe_asn',
      'test_name',
      ...OUTCOME_COUNTS,
      ...METHOD_COUNTS,
      'report_count?',
      'counts_from',
      'reconciled',
    ],
    grain: ['day', 'probe_cc', 'probe_asn', 'test_name'],
    sort: ['test_name', 'probe_asn', 'day'],
    partition: ['probe_cc'],
    licence: 'cc-by-nc-sa',
    counts: true,
  },
  interference_domain_daily: {
    columns: [
      'day',
      'probe_cc',
      'domain',
      'category_code?',
      'test_name',
      ...OUTCOME_COUNTS,
      ...METHOD_COUNTS,
      'network_count?',
      'only_probe_asn?',
      'report_count?',
    ],
    grain: ['day', 'probe_cc', 'domain', 'test_name'],
    sort: ['domain', 'test_name', 'day'],
    partition: ['probe_cc'],
    licence: 'cc-by-nc-sa',
    counts: true,
  },
  interference_network_domain_weekly: {
    columns: [
      'week',
      'probe_cc',
      'probe_asn',
      'test_name',
      'domain?',
      'blocking_method?',
      'measurement_count',
      'ok_count',
      'anomaly_count',
      'confirmed_count',
      'failure_count',
    ],
    grain: ['week', 'probe_cc', 'probe_asn', 'test_name', 'domain', 'blocking_method'],
    sort: ['test_name', 'domain', 'probe_asn', 'week', 'blocking_method'],
    partition: ['probe_cc'],
    licence: 'cc-by-nc-sa',
    counts: true,
  },
  domain_country_weekly: {
    columns: [
      'domain_bucket',
      'week',
      'domain',
      'category_code?',
      'probe_cc',
      ...OUTCOME_COUNTS,
      'network_count',
    ],
    grain: ['week', 'domain', 'probe_cc'],
    sort: ['domain', 'probe_cc', 'week'],
    partition: ['domain_bucket'],
    licence: 'cc-by-nc-sa',
    counts: true,
  },
  throughput_monthly: {
    columns: ['month', 'probe_cc', 'probe_asn?', ...THROUGHPUT],
    grain: ['month', 'probe_cc', 'probe_asn'],
    sort: ['probe_cc', 'probe_asn', 'month'],
    partition: [],
    licence: 'cc0',
    counts: false,
  },
  throughput_daily: {
    columns: ['day', 'probe_cc?', 'probe_asn?', ...THROUGHPUT],
    grain: ['day', 'probe_cc', 'probe_asn'],
    sort: ['probe_asn', 'day'],
    partition: ['probe_cc'],
    licence: 'cc0',
    counts: false,
  },
  circumvention_daily: {
    columns: [
      'day',
      'probe_cc',
      'tool',
      'metric',
      'value?',
      'lower?',
      'upper?',
      'coverage?',
      'source',
      'licence',
    ],
    grain: ['day', 'probe_cc', 'tool', 'metric'],
    sort: ['probe_cc', 'tool', 'metric', 'day'],
    partition: ['licence'],
    licence: 'row',
    counts: false,
  },
  indicators_daily: {
    columns: ['day', 'probe_cc', 'indicator', 'value?', 'lower?', 'upper?', 'source', 'licence'],
    grain: ['day', 'probe_cc', 'source', 'indicator'],
    sort: ['probe_cc', 'source', 'indicator', 'day'],
    partition: ['licence'],
    licence: 'row',
    counts: false,
  },
  events: {
    columns: [
      'event_id',
      'source',
      'kind',
      'probe_cc',
      'probe_asn?',
      'target',
      'test_name?',
      'domain?',
      'category_code?',
      'tool?',
      'metric?',
      'blocking_method?',
      'last_normal?',
      'first_sign',
      'last_sign?',
      'first_normal?',
      'magnitude',
      'baseline?',
      'extreme_day?',
      'measurement_count?',
      'anomaly_count?',
      'confirmed_count?',
      'network_count?',
      'agreement',
      'detector_id',
      'robust?',
      'coverage_ratio?',
      'follows_event_id?',
      'licence',
    ],
    grain: ['event_id'],
    sort: ['first_sign', 'event_id'],
    partition: ['licence'],
    licence: 'row',
    counts: false,
    added: { extreme_day: '1.1.0' },
  },
  recorded_elsewhere: {
    columns: [
      'probe_cc',
      'record_kind',
      'record_scope?',
      'first_day',
      'last_day?',
      'url',
      'source',
      'licence',
    ],
    grain: ['source', 'probe_cc', 'record_kind', 'first_day', 'url'],
    sort: ['probe_cc', 'first_day', 'source', 'record_kind', 'url'],
    partition: ['licence'],
    licence: 'row',
    counts: false,
  },
  networks: {
    columns: [
      'probe_asn',
      'name?',
      'country_list',
      'measurement_count?',
      'download_sample_count?',
      'source',
      'licence',
    ],
    grain: ['probe_asn', 'source'],
    sort: ['probe_asn', 'source'],
    partition: ['licence'],
    licence: 'row',
    counts: false,
  },
  network_organizations: {
    columns: [
      'probe_asn',
      'name?',
      'organization?',
      'organization_id?',
      'name_day',
      'source',
      'licence',
    ],
    grain: ['probe_asn', 'source'],
    sort: ['probe_asn', 'source'],
    partition: ['licence'],
    licence: 'row',
    counts: false,
  },
  domains: {
    columns: ['domain', 'category_code?', 'measurement_count', 'country_list'],
    grain: ['domain'],
    sort: ['domain'],
    partition: [],
    licence: 'cc-by-nc-sa',
    counts: false,
  },
  listed_websites: {
    columns: ['test_list', 'input', 'domain', 'category_code?'],
    grain: ['test_list', 'input'],
    sort: ['test_list', 'input'],
    partition: [],
    licence: 'cc-by-nc-sa',
    counts: false,
  },
} as const satisfies Record<string, TableSpec>;

export type TableName = keyof typeof TABLES;

type Bare<R extends string> = R extends `${infer C}?` ? C : R;
/** A row as engines return it: dates as `YYYY-MM-DD`, timestamps as `YYYY-MM-DD HH:MM:SS`, counts as numbers. */
export type RowOf<T extends TableName> = {
  readonly [R in (typeof TABLES)[T]['columns'][number] as Bare<R>]: R extends `${string}?`
    ? ColumnValue<Bare<R>> | null
    : ColumnValue<R>;
};

export interface TableColumn extends ColumnSpec {
  readonly name: ColumnName;
  readonly type: ColumnType;
  readonly nullable: boolean;
}

/** The columns of a table in order, with what the contract says of each. */
export function tableColumns(table: TableName): readonly TableColumn[] {
  return TABLES[table].columns.map((ref) => {
    const nullable = ref.endsWith('?');
    const name = nullable ? ref.slice(0, -1) : ref;
    if (!isColumnName(name))
      throw new Error(`Table ${table} names column ${name}, which columns.ts lacks.`);
    return { ...COLUMNS[name], name, nullable };
  });
}

/** `CREATE TABLE` for an empty copy; used by query-binding tests and to shape what is written. */
export function tableDdl(table: TableName): string {
  const columns = tableColumns(table).map(
    (column) => `"${column.name}" ${column.type}${column.nullable ? '' : ' NOT NULL'}`,
  );
  return `CREATE TABLE "${table}" (${columns.join(', ')})`;
}
