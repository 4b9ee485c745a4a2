/**
 * Every column that can leave the build. A column that is not here cannot be published: this is the
 * allow-list, and so the privacy rule. Row types, DDL, Parquet, headers and the dictionary come from here;
 * what is said of a column, from `data-build/words`.
 */
import type { WordKey } from '../words/words.ts';
import type { Asn, CountryCode, Day } from './brands.ts';
import type { Agreement, DetectorId, EventKind } from './events.ts';
import type { LicenceSlug, PublisherId } from './publishers.ts';
import type { RecordKind, RecordScope } from './records.ts';
import type {
  BlockingMethod,
  CategoryCode,
  FailureClass,
  Outcome,
  SoftwareFamily,
} from './vocabulary.ts';

export type ColumnType = 'VARCHAR' | 'DATE' | 'TIMESTAMP' | 'UINTEGER' | 'DOUBLE' | 'BOOLEAN';

type NamesOf<Area extends string> = WordKey extends infer Key
  ? Key extends `${Area}.${infer Name}`
    ? Name
    : never
  : never;
type Unit = NamesOf<'unit'>;
/** Fields by the names that publishers or tables give them, or the word for what makes the value. */
type Origin = readonly string[] | Exclude<NamesOf<'origin'>, 'quantile'>;

export interface ColumnSpec {
  readonly type: ColumnType;
  /** Unit of a number; null where it has none. Counts are in the thing they count. */
  readonly unit: Unit | null;
  /** Where the value comes from. */
  readonly from: Origin;
}

/** A column with the type of its values. */
interface Typed<S extends ColumnType, Value> extends ColumnSpec {
  readonly type: S;
  /** Never there: it carries the type alone. */
  readonly value?: Value;
}

const text = <Word extends string = string>(from: Origin): Typed<'VARCHAR', Word> => ({
  type: 'VARCHAR',
  unit: null,
  from,
});
const date = (from: Origin): Typed<'DATE', Day> => ({ type: 'DATE', unit: null, from });
const time = (from: Origin): Typed<'TIMESTAMP', string> => ({
  type: 'TIMESTAMP',
  unit: null,
  from,
});
const flag = (from: Origin): Typed<'BOOLEAN', boolean> => ({ type: 'BOOLEAN', unit: null, from });
const whole = <Value extends number = number>(
  unit: Unit | null,
  from: Origin,
): Typed<'UINTEGER', Value> => ({ type: 'UINTEGER', unit, from });
const count = (unit: Unit, from: Origin = 'counted') => whole(unit, from);
const real = (unit: Unit | null, from: Origin): Typed<'DOUBLE', number> => ({
  type: 'DOUBLE',
  unit,
  from,
});
/**
 * What a speed test can measure, by the unit of its columns: speeds up to ten times those of the fastest servers, a round
 * trip within the minute that the longest test takes, a start of a tool within a day, a part of what was sent. Beyond, a
 * value was read or made wrongly.
 */
export const SPEED_BOUNDS = {
  mbps: [0, 100_000],
  ms: [0, 60_000],
  s: [0, 86_400],
  ratio: [0, 1],
} as const satisfies Partial<Record<Unit, readonly [least: number, most: number]>>;
/** Of M-Lab's speed tests; each measure has one message for all its percentiles. */
const quantile = <Speed extends keyof typeof SPEED_BOUNDS>(unit: Speed) => ({
  ...real(unit, ['M-Lab']),
  unit,
});

export const COLUMNS = {
  measurement_uid: text(['OONI measurement_uid']),
  report_id: text(['OONI report_id']),
  measurement_start_time: time(['OONI measurement_start_time']),
  day: date('day'),
  week: date(['day']),
  month: text('month'),
  probe_cc: text<CountryCode>(['OONI probe_cc', 'M-Lab country_code', 'Tor country']),
  probe_asn: whole<Asn>(null, ['OONI probe_asn', 'M-Lab asn']),
  test_name: text(['OONI test_name']),
  test_version: text(['OONI test_version']),
  input: text(['OONI input']),
  domain: text(['input']),
  domain_bucket: text(['domain']),
  category_code: text<CategoryCode>('test_lists'),
  test_list: text('test_lists'),
  outcome: text<Outcome>('rule'),
  blocking_method: text<BlockingMethod>('rule'),
  blocking_detail: text('rule'),
  failure_class: text<FailureClass>(['test_keys failures']),
  rule_id: text('rules'),
  confirmed_in_country: flag(['fingerprints expected_countries']),
  software_family: text<SoftwareFamily>(['OONI software_name']),
  unattended: flag(['OONI software_name']),
  ndt_download_mbps: real('mbps', ['OONI ndt summary.download']),
  ndt_upload_mbps: real('mbps', ['OONI ndt summary.upload']),
  ndt_min_rtt_ms: real('ms', 'min_rtt'),
  dash_median_bitrate_mbps: real('mbps', ['OONI dash simple.median_bitrate']),
  bootstrap_time_s: real('s', ['OONI test_keys.bootstrap_time']),

  measurement_count: count('measurements'),
  ok_count: count('measurements'),
  anomaly_count: count('measurements'),
  confirmed_count: count('measurements'),
  failure_count: count('measurements'),
  unscored_count: count('measurements'),
  dns_count: count('measurements', ['blocking_method']),
  tcp_ip_count: count('measurements', ['blocking_method']),
  tls_count: count('measurements', ['blocking_method']),
  http_failure_count: count('measurements', ['blocking_method']),
  http_diff_count: count('measurements', ['blocking_method']),
  app_endpoints_count: count('measurements', ['blocking_method']),
  app_web_count: count('measurements', ['blocking_method']),
  app_registration_count: count('measurements', ['blocking_method']),
  tool_bootstrap_count: count('measurements', ['blocking_method']),
  middlebox_count: count('measurements', ['blocking_method']),
  other_count: count('measurements', ['blocking_method']),
  network_count: count('networks'),
  only_probe_asn: whole<Asn>(null, ['OONI probe_asn']),
  report_count: count('reports'),
  domain_count: count('domains'),
  counts_from: text('rollup'),
  reconciled: flag('rollup'),

  download_sample_count: count('tests', ['M-Lab']),
  upload_sample_count: count('tests', ['M-Lab']),
  download_mbps_p01: quantile('mbps'),
  download_mbps_p05: quantile('mbps'),
  download_mbps_p10: quantile('mbps'),
  download_mbps_p25: quantile('mbps'),
  download_mbps_p50: quantile('mbps'),
  download_mbps_p75: quantile('mbps'),
  download_mbps_p90: quantile('mbps'),
  download_mbps_p95: quantile('mbps'),
  download_mbps_p99: quantile('mbps'),
  upload_mbps_p01: quantile('mbps'),
  upload_mbps_p05: quantile('mbps'),
  upload_mbps_p10: quantile('mbps'),
  upload_mbps_p25: quantile('mbps'),
  upload_mbps_p50: quantile('mbps'),
  upload_mbps_p75: quantile('mbps'),
  upload_mbps_p90: quantile('mbps'),
  upload_mbps_p95: quantile('mbps'),
  upload_mbps_p99: quantile('mbps'),
  min_rtt_ms_p01: quantile('ms'),
  min_rtt_ms_p05: quantile('ms'),
  min_rtt_ms_p10: quantile('ms'),
  min_rtt_ms_p25: quantile('ms'),
  min_rtt_ms_p50: quantile('ms'),
  min_rtt_ms_p75: quantile('ms'),
  min_rtt_ms_p90: quantile('ms'),
  min_rtt_ms_p95: quantile('ms'),
  min_rtt_ms_p99: quantile('ms'),
  loss_ratio_p01: quantile('ratio'),
  loss_ratio_p05: quantile('ratio'),
  loss_ratio_p10: quantile('ratio'),
  loss_ratio_p25: quantile('ratio'),
  loss_ratio_p50: quantile('ratio'),
  loss_ratio_p75: quantile('ratio'),
  loss_ratio_p90: quantile('ratio'),
  loss_ratio_p95: quantile('ratio'),
  loss_ratio_p99: quantile('ratio'),
  below_0p56_mbps_ratio: real('ratio', ['1 − Σ dl_samples_bucket ÷ dl_samples_day']),

  tool: text('tool_use'),
  metric: text('tool_use'),
  indicator: text('registry'),
  value: real(null, ['users', 'value']),
  lower: real(null, ['lower']),
  upper: real(null, ['upper']),
  coverage: real('percent', ['frac', 'coverage']),
  source: text<PublisherId>('registry'),
  licence: text<LicenceSlug>('registry'),

  record_kind: text<RecordKind>(['#KeepItOn table', 'IODA event export']),
  record_scope: text<RecordScope>(['geo_scope']),
  first_day: date(['start_date', 'start']),
  last_day: date(['end_date', 'start + duration']),
  url: text(['source_url', 'IODA page']),

  event_id: text('detector'),
  kind: text<EventKind>('detector'),
  target: text('detector'),
  last_normal: date('detector'),
  first_sign: date('detector'),
  last_sign: date('detector'),
  first_normal: date('detector'),
  magnitude: real('ratio', 'detector'),
  baseline: real(null, 'detector'),
  extreme_day: date('detector'),
  agreement: text<Agreement>('agreement'),
  detector_id: text<DetectorId>('detectors'),
  robust: flag('without_network'),
  coverage_ratio: real('ratio', 'detector'),
  follows_event_id: text('detector'),

  name: text(['M-Lab as_name', 'OONI probe_network_name', 'aut_name', 'asnames.txt']),
  organization: text(['org_name']),
  organization_id: text(['org_id', 'opaque-id']),
  name_day: date(['file name', 'header', '.meta.json']),
  country_list: text('counted'),
} as const satisfies Record<string, ColumnSpec>;

export type ColumnName = keyof typeof COLUMNS;
export type Quantile = Extract<ColumnName, `${string}_p${number}`>;

export function isColumnName(name: string): name is ColumnName {
  return Object.hasOwn(COLUMNS, name);
}

export const COLUMN_NAMES: readonly ColumnName[] = Object.keys(COLUMNS).filter(isColumnName);

/** What a column holds where it is not null. */
export type ColumnValue<C> = C extends ColumnName
  ? NonNullable<(typeof COLUMNS)[C]['value']>
  : never;

/** Percentiles of speed tests that are published, as in column names. */
export const PERCENTILES = ['01', '05', '10', '25', '50', '75', '90', '95', '99'] as const;

const percentilesOf = <Measure extends string>(measure: Measure) =>
  PERCENTILES.map((percentile) => `${measure}_p${percentile}` as const);

export const THROUGHPUT_COLUMNS = [
  'download_sample_count',
  'upload_sample_count',
  ...percentilesOf('download_mbps'),
  ...percentilesOf('upload_mbps'),
  ...percentilesOf('min_rtt_ms'),
  ...percentilesOf('loss_ratio'),
  'below_0p56_mbps_ratio',
] as const satisfies ColumnName[];
