/**
 * Every column that can leave the build. A column that is not here cannot be published: this is the
 * allow-list, and so the privacy rule. Row types, DDL, Parquet, headers and the dictionary come from here.
 */
import type { Asn, CountryCode, Day } from './brands.ts';
import type { Agreement, DetectorId, EventKind } from './events.ts';
import { type LicenceSlug, SOURCE_IDS, type SourceId, SOURCES } from './sources.ts';
import type {
  BlockingMethod,
  CategoryCode,
  FailureClass,
  Outcome,
  SoftwareFamily,
} from './vocabulary.ts';

export type ColumnType = 'VARCHAR' | 'DATE' | 'TIMESTAMP' | 'UINTEGER' | 'DOUBLE' | 'BOOLEAN';

export interface ColumnSpec {
  readonly type: ColumnType;
  /** Unit of a number; null where it has none. Counts are in the thing they count. */
  readonly unit: string | null;
  readonly about: string;
  /** Where the value comes from: the publisher's field, or the rule that makes it. */
  readonly from: string;
}

/** A column with the type of its values. */
interface Typed<S extends ColumnType, Value> extends ColumnSpec {
  readonly type: S;
  /** Never there: it carries the type alone. */
  readonly value?: Value;
}

const text = <Word extends string = string>(
  about: string,
  from: string,
): Typed<'VARCHAR', Word> => ({
  type: 'VARCHAR',
  unit: null,
  about,
  from,
});
const date = (about: string, from: string): Typed<'DATE', Day> => ({
  type: 'DATE',
  unit: null,
  about,
  from,
});
const time = (about: string, from: string): Typed<'TIMESTAMP', string> => ({
  type: 'TIMESTAMP',
  unit: null,
  about,
  from,
});
const flag = (about: string, from: string): Typed<'BOOLEAN', boolean> => ({
  type: 'BOOLEAN',
  unit: null,
  about,
  from,
});
const whole = <Value extends number = number>(
  about: string,
  unit: string | null,
  from: string,
): Typed<'UINTEGER', Value> => ({ type: 'UINTEGER', unit, about, from });
const count = (about: string, unit: string, from = 'counted') => whole(about, unit, from);
const real = (about: string, unit: string | null, from: string): Typed<'DOUBLE', number> => ({
  type: 'DOUBLE',
  unit,
  about,
  from,
});

const methodCount = (label: string) =>
  count(
    `Measurements with signs of interference or confirmed, by ${label}.`,
    'measurements',
    'blocking_method',
  );

const downloadQuantile = (p: number) =>
  real(`Download throughput: ${p} % of tests were slower.`, 'Mbit/s', `M-Lab download_p${p}`);
const uploadQuantile = (p: number) =>
  real(`Upload throughput: ${p} % of tests were slower.`, 'Mbit/s', `M-Lab upload_p${p}`);
const rttQuantile = (p: number) =>
  real(
    `Lowest round-trip time: ${p} % of tests were quicker.`,
    'ms',
    `M-Lab latency_p${100 - p} (its label is inverted)`,
  );
const lossQuantile = (p: number) =>
  real(
    `Share of bytes sent again: ${p} % of tests had less.`,
    'ratio',
    `M-Lab loss_p${100 - p} (its label is inverted)`,
  );

export const COLUMNS = {
  measurement_uid: text(
    'The publisher’s id of the measurement; leads to its page.',
    'OONI measurement_uid',
  ),
  report_id: text(
    'The publisher’s id of the run; with input it leads to the measurement’s page.',
    'OONI report_id',
  ),
  measurement_start_time: time(
    'When the measurement began, UTC, by the probe’s clock.',
    'OONI measurement_start_time',
  ),
  day: date('The UTC day.', 'measurement_start_time, or the publisher’s date'),
  week: date('The Monday of the week, UTC.', 'day'),
  month: text('The month, `YYYY-MM`.', 'day, or the publisher’s period'),
  probe_cc: text<CountryCode>(
    'Country or territory of the probe or client, two letters.',
    'OONI probe_cc; M-Lab country_code; Tor country',
  ),
  probe_asn: whole<Asn>(
    'Network (autonomous system) number. Null: the whole country or territory.',
    null,
    'OONI probe_asn; M-Lab asn',
  ),
  test_name: text('Which test was run.', 'OONI test_name'),
  test_version: text('Version of the test.', 'OONI test_version'),
  input: text(
    'The URL or address tested; kept only when on a test list or widely tested.',
    'OONI input',
  ),
  domain: text('Host name of the input, without www; scheme and path folded.', 'input'),
  domain_bucket: text(
    'First two hexadecimal digits of the SHA-256 of the domain; the partition key.',
    'domain',
  ),
  category_code: text<CategoryCode>(
    'Category of the website on the Citizen Lab lists.',
    'test lists',
  ),
  outcome: text<Outcome>(
    'ok, anomaly, confirmed, failure or unscored; see the methods page.',
    'rule',
  ),
  blocking_method: text<BlockingMethod>('How interference showed; null when it did not.', 'rule'),
  blocking_detail: text(
    'Finer description: the publisher’s blocking type, service, or the fingerprint matched.',
    'rule',
  ),
  failure_class: text<FailureClass>(
    'Failure seen, in the publisher’s vocabulary; free text is cut to unknown_failure.',
    'test_keys failures',
  ),
  rule_id: text('The rule that decided the outcome.', 'rules'),
  confirmed_in_country: flag(
    'Confirmed by a fingerprint that is expected in this very country or territory.',
    'fingerprints expected_countries',
  ),
  software_family: text<SoftwareFamily>('Family of the probe software.', 'OONI software_name'),
  unattended: flag('Run on a schedule rather than by a person.', 'OONI software_name'),
  ndt_download_mbps: real(
    'Download throughput of the probe’s own NDT run.',
    'Mbit/s',
    'OONI ndt summary.download',
  ),
  ndt_upload_mbps: real(
    'Upload throughput of the probe’s own NDT run.',
    'Mbit/s',
    'OONI ndt summary.upload',
  ),
  ndt_min_rtt_ms: real(
    'Lowest round-trip time of the probe’s own NDT run.',
    'ms',
    'OONI ndt summary.min_rtt or ping',
  ),
  dash_median_bitrate_mbps: real(
    'Median bitrate of the streaming test.',
    'Mbit/s',
    'OONI dash simple.median_bitrate',
  ),
  bootstrap_time_s: real(
    'Time a circumvention tool took to start.',
    's',
    'OONI test_keys.bootstrap_time',
  ),

  measurement_count: count(
    'Scored measurements: ok, anomaly, confirmed and failure together.',
    'measurements',
  ),
  ok_count: count('Measurements without a sign of interference.', 'measurements'),
  anomaly_count: count('Measurements with signs of interference, not confirmed.', 'measurements'),
  confirmed_count: count('Confirmed measurements.', 'measurements'),
  failure_count: count('Measurements that reached no verdict.', 'measurements'),
  unscored_count: count(
    'Measurements of tests that no rule judges; in none of the other counts.',
    'measurements',
  ),
  dns_count: methodCount('DNS'),
  tcp_ip_count: methodCount('TCP/IP'),
  tls_count: methodCount('TLS'),
  http_failure_count: methodCount('HTTP failure'),
  http_diff_count: methodCount('HTTP difference'),
  app_endpoints_count: methodCount('an app’s own endpoints'),
  app_web_count: methodCount('an app’s website'),
  app_registration_count: methodCount('an app’s registration server'),
  tool_bootstrap_count: methodCount('a tool’s bootstrap'),
  middlebox_count: methodCount('a middlebox'),
  other_count: methodCount('other signs'),
  network_count: count('Different networks; null where the source names none.', 'networks'),
  only_probe_asn: whole<Asn>(
    'The network that all of it rests on; null: several, or the source names none.',
    null,
    'OONI probe_asn',
  ),
  report_count: count(
    'Different reports (runs of a probe); null where the source names none.',
    'reports',
  ),
  domain_count: count('Different domains.', 'domains'),
  counts_from: text('measurements, or aggregation: the publisher’s own counts.', 'rollup'),
  reconciled: flag(
    'The publisher’s counts overlapped and were restored to a partition by precedence.',
    'rollup',
  ),

  download_sample_count: count('Download tests.', 'tests', 'M-Lab'),
  upload_sample_count: count('Upload tests.', 'tests', 'M-Lab'),
  download_mbps_p01: downloadQuantile(1),
  download_mbps_p05: downloadQuantile(5),
  download_mbps_p10: downloadQuantile(10),
  download_mbps_p25: downloadQuantile(25),
  download_mbps_p50: downloadQuantile(50),
  download_mbps_p75: downloadQuantile(75),
  download_mbps_p90: downloadQuantile(90),
  download_mbps_p95: downloadQuantile(95),
  download_mbps_p99: downloadQuantile(99),
  upload_mbps_p01: uploadQuantile(1),
  upload_mbps_p05: uploadQuantile(5),
  upload_mbps_p10: uploadQuantile(10),
  upload_mbps_p25: uploadQuantile(25),
  upload_mbps_p50: uploadQuantile(50),
  upload_mbps_p75: uploadQuantile(75),
  upload_mbps_p90: uploadQuantile(90),
  upload_mbps_p95: uploadQuantile(95),
  upload_mbps_p99: uploadQuantile(99),
  min_rtt_ms_p01: rttQuantile(1),
  min_rtt_ms_p05: rttQuantile(5),
  min_rtt_ms_p10: rttQuantile(10),
  min_rtt_ms_p25: rttQuantile(25),
  min_rtt_ms_p50: rttQuantile(50),
  min_rtt_ms_p75: rttQuantile(75),
  min_rtt_ms_p90: rttQuantile(90),
  min_rtt_ms_p95: rttQuantile(95),
  min_rtt_ms_p99: rttQuantile(99),
  loss_ratio_p01: lossQuantile(1),
  loss_ratio_p05: lossQuantile(5),
  loss_ratio_p10: lossQuantile(10),
  loss_ratio_p25: lossQuantile(25),
  loss_ratio_p50: lossQuantile(50),
  loss_ratio_p75: lossQuantile(75),
  loss_ratio_p90: lossQuantile(90),
  loss_ratio_p95: lossQuantile(95),
  loss_ratio_p99: lossQuantile(99),
  below_0p56_mbps_ratio: real(
    'Share of clients slower than 0.5623 Mbit/s downstream.',
    'ratio',
    '1 − Σ dl_samples_bucket ÷ dl_samples_day',
  ),

  tool: text('Circumvention tool.', 'Tor Metrics; usage CSV'),
  metric: text('What is counted: users, connections, bytes, …', 'Tor Metrics; usage CSV'),
  indicator: text(
    'What the figure tells, by the name that its publisher’s record gives.',
    'registry',
  ),
  value: real(
    'The publisher’s figure. Null: not published or withheld, never zero.',
    null,
    'users; value',
  ),
  lower: real('Lower end of the range the publisher expects.', null, 'lower'),
  upper: real('Upper end of the range the publisher expects.', null, 'upper'),
  coverage: real('Share of relays or bridges the estimate rests on.', 'percent', 'frac; coverage'),
  source: text<SourceId>('The witness the row comes from.', 'registry'),
  licence: text<LicenceSlug>('Licence of the row (short name).', 'registry'),

  event_id: text('Permanent id of the detected event.', 'detector'),
  kind: text<EventKind>(
    'interference_start, interference_end, method_change, slowdown, surge, drop or vanished.',
    'detector',
  ),
  target: text('What changed: a test, a domain, a tool, or throughput.', 'detector'),
  last_normal: date('Last day that looked as before.', 'detector'),
  first_sign: date('First day that looked different.', 'detector'),
  last_sign: date('Last day that looked different.', 'detector'),
  first_normal: date('First day that looked as before again.', 'detector'),
  magnitude: real(
    'How far it moved: rate during the event, or ratio to the baseline.',
    'ratio',
    'detector',
  ),
  baseline: real('The same before the event.', 'ratio', 'detector'),
  agreement: text<Agreement>('Whether other witnesses moved too.', 'agreement rule'),
  detector_id: text<DetectorId>('The detector that found it.', 'detectors'),
  robust: flag('It is found without any single network as well.', 'leave-one-network-out'),
  coverage_ratio: real(
    'Tests of a day since it began, divided by those before.',
    'ratio',
    'detector',
  ),
  follows_event_id: text('The event that a further rise stands on.', 'detector'),

  name: text('Name of the network’s operator.', 'M-Lab as_name; OONI probe_network_name'),
  country_list: text('Countries and territories it was seen in, comma separated.', 'counted'),
} as const satisfies Record<string, ColumnSpec>;

export type ColumnName = keyof typeof COLUMNS;

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

/** Where a column comes from, without what an edition leaves out. */
export function originIn(from: string, edition: 'all' | 'cc0'): string {
  if (edition === 'all') return from;
  const left = SOURCE_IDS.filter((id) => SOURCES[id].licence !== edition);
  return from
    .split('; ')
    .filter((origin) => !left.some((id) => origin.startsWith(SOURCES[id].name)))
    .join('; ');
}
