/** Every word that appears as a value in the data, once. What readers call it stands in `data-build/words`. */
import { term, type Term } from '../words/term.ts';
import { translate } from '../words/translate.ts';
import type { WordKey } from '../words/words.ts';

/**
 * What one measurement says. The first four partition the scored measurements, with the publisher's
 * precedence: failure, then confirmed, then anomaly, then ok. `unscored` stands outside the partition.
 * Source: aggregation API of OONI (counts); see docs/ontology.md.
 */
export const OUTCOMES = {
  ok: term('outcome.ok'),
  anomaly: term('outcome.anomaly'),
  confirmed: term('outcome.confirmed'),
  failure: term('outcome.failure'),
  unscored: term('outcome.unscored'),
} as const satisfies Record<string, Term>;
export type Outcome = keyof typeof OUTCOMES;

export const SCORED_OUTCOMES = [
  'ok',
  'anomaly',
  'confirmed',
  'failure',
] as const satisfies Outcome[];
export type ScoredOutcome = (typeof SCORED_OUTCOMES)[number];

/** How interference showed. Only on anomaly and confirmed measurements. */
export const BLOCKING_METHODS = {
  dns: term('method.dns'),
  tcp_ip: term('method.tcp_ip'),
  tls: term('method.tls'),
  http_failure: term('method.http_failure'),
  http_diff: term('method.http_diff'),
  app_endpoints: term('method.app_endpoints'),
  app_web: term('method.app_web'),
  app_registration: term('method.app_registration'),
  tool_bootstrap: term('method.tool_bootstrap'),
  middlebox: term('method.middlebox'),
  other: term('method.other'),
} as const satisfies Record<string, Term>;
export type BlockingMethod = keyof typeof BLOCKING_METHODS;

export const TEST_GROUPS = {
  websites: term('test_group.websites'),
  apps: term('test_group.apps'),
  circumvention: term('test_group.circumvention'),
  middleboxes: term('test_group.middleboxes'),
  performance: term('test_group.performance'),
  experimental: term('test_group.experimental'),
} as const satisfies Record<string, Term>;
export type TestGroup = keyof typeof TEST_GROUPS;

export interface TestSpec {
  readonly label: string;
  readonly group: TestGroup;
  /** Whether a rule judges it. Unscored tests count in `unscored_count` alone. */
  readonly scored: boolean;
  /** Whether `input` names a website, so that a domain can be derived. */
  readonly websites: boolean;
}

/** Tests that the word files name. */
type NamedTest = WordKey extends infer Key
  ? Key extends `test_name.${infer Name}`
    ? Name
    : never
  : never;

const named = (name: NamedTest, spec: Omit<TestSpec, 'label'>): TestSpec => ({
  get label() {
    return translate(`test_name.${name}`);
  },
  ...spec,
});
const websites = (name: NamedTest): TestSpec =>
  named(name, { group: 'websites', scored: true, websites: true });
const scored = (name: NamedTest, group: TestGroup): TestSpec =>
  named(name, { group, scored: true, websites: false });
const unscored = (name: NamedTest, group: TestGroup = 'experimental'): TestSpec =>
  named(name, { group, scored: false, websites: false });

/**
 * Tests by `test_name`. Names not listed are kept and treated as unscored experiments.
 * Which are scored follows OONI's fastpath (ooni/backend `fastpath/fastpath/core.py`); see docs/sources.md.
 */
export const TESTS = {
  web_connectivity: websites('web_connectivity'),
  browser_web: websites('browser_web'),
  http_requests: websites('http_requests'),
  tcp_connect: scored('tcp_connect', 'websites'),
  dns_consistency: scored('dns_consistency', 'websites'),
  telegram: scored('telegram', 'apps'),
  whatsapp: scored('whatsapp', 'apps'),
  facebook_messenger: scored('facebook_messenger', 'apps'),
  signal: scored('signal', 'apps'),
  psiphon: scored('psiphon', 'circumvention'),
  tor: scored('tor', 'circumvention'),
  vanilla_tor: scored('vanilla_tor', 'circumvention'),
  torsf: scored('torsf', 'circumvention'),
  openvpn: scored('openvpn', 'circumvention'),
  meek_fronted_requests_test: scored('meek_fronted_requests_test', 'circumvention'),
  riseupvpn: unscored('riseupvpn', 'circumvention'),
  stunreachability: scored('stunreachability', 'circumvention'),
  http_invalid_request_line: scored('http_invalid_request_line', 'middleboxes'),
  http_header_field_manipulation: scored('http_header_field_manipulation', 'middleboxes'),
  ndt: scored('ndt', 'performance'),
  dash: scored('dash', 'performance'),
  dnscheck: unscored('dnscheck'),
  urlgetter: unscored('urlgetter'),
  echcheck: unscored('echcheck'),
  simplequicping: unscored('simplequicping'),
  quicping: unscored('quicping'),
  tlsping: unscored('tlsping'),
  tcpping: unscored('tcpping'),
  dnsping: unscored('dnsping'),
  tlsmiddlebox: unscored('tlsmiddlebox', 'middleboxes'),
  portfiltering: unscored('portfiltering'),
  sni_blocking: unscored('sni_blocking'),
  ddr: unscored('ddr'),
  shadowsocks: unscored('shadowsocks', 'circumvention'),
  http_host: unscored('http_host', 'middleboxes'),
  multi_protocol_traceroute: unscored('multi_protocol_traceroute'),
  bridge_reachability: unscored('bridge_reachability', 'circumvention'),
  openvpn_client_test: unscored('openvpn_client_test', 'circumvention'),
  stun_reachability: unscored('stun_reachability', 'circumvention'),
  /** Rarely seen names that are not in this list; see TEST_NAME_FLOOR. */
  unlisted_experiment: unscored('unlisted_experiment'),
} as const satisfies Record<string, TestSpec>;
export type TestName = keyof typeof TESTS;

/** Tests with a rule that probes of today no longer run: that they are missing says nothing. */
export const RETIRED_TESTS: ReadonlySet<string> = new Set([
  'http_requests',
  'tcp_connect',
  'dns_consistency',
  'meek_fronted_requests_test',
] satisfies TestName[]);

const TESTS_BY_NAME: ReadonlyMap<string, TestSpec> = new Map(Object.entries(TESTS));

/** What is known of a test; unknown names are unscored experiments labelled by their own name. */
export function testSpec(testName: string): TestSpec {
  return (
    TESTS_BY_NAME.get(testName) ?? {
      label: testName,
      group: 'experimental',
      scored: false,
      websites: false,
    }
  );
}

/** Probe software, folded to families; anything else is `other`. */
export const SOFTWARE_FAMILIES = {
  ooniprobe_android: term('software.ooniprobe_android'),
  ooniprobe_ios: term('software.ooniprobe_ios'),
  ooniprobe_desktop: term('software.ooniprobe_desktop'),
  ooniprobe_cli: term('software.ooniprobe_cli'),
  ooniprobe_web: term('software.ooniprobe_web'),
  ooniprobe_legacy: term('software.ooniprobe_legacy'),
  measurement_kit: term('software.measurement_kit'),
  miniooni: term('software.miniooni'),
  ithena: term('software.ithena'),
  other: term('software.other'),
} as const satisfies Record<string, Term>;
export type SoftwareFamily = keyof typeof SOFTWARE_FAMILIES;

/**
 * Failure strings that may be published. Anything else is cut to `unknown_failure`, since free text can
 * hold addresses. Source: ooni/spec df-007 and the strings of earlier probes.
 */
export const FAILURE_CLASSES = [
  'generic_timeout_error',
  'connection_reset',
  'connection_refused',
  'connection_aborted',
  'connection_already_closed',
  'eof_error',
  'host_unreachable',
  'network_unreachable',
  'network_down',
  'network_reset',
  'address_family_not_supported',
  'address_in_use',
  'address_not_available',
  'already_connected',
  'bad_address',
  'bad_file_descriptor',
  'destination_address_required',
  'invalid_argument',
  'message_size',
  'not_connected',
  'operation_would_block',
  'permission_denied',
  'protocol_not_supported',
  'timed_out',
  'wrong_protocol_type',
  'dns_nxdomain_error',
  'dns_no_answer',
  'dns_refused_error',
  'dns_servfail_error',
  'dns_server_misbehaving',
  'dns_temporary_failure',
  'dns_non_recoverable_failure',
  'dns_server_failure',
  'android_dns_cache_no_data',
  'dns_bogon_error',
  'dns_reply_with_wrong_query_id',
  'dns_lookup_error',
  'dns_name_error',
  'dns_reply_unmarshal_error',
  'dns_query_marshal_error',
  'ssl_failed_handshake',
  'ssl_invalid_hostname',
  'ssl_unknown_authority',
  'ssl_invalid_certificate',
  'ssl_error',
  'quic_incompatible_version',
  'http_request_failed',
  'http_unexpected_status_code',
  'http_unexpected_redirect_url',
  'http_invalid_redirect_location_host',
  'http_parse_error',
  'response_never_received',
  'interrupted',
  'json_parse_error',
  'json_processing_error',
  'http_nextlayer_error',
  'connect_error',
  'connection_refused_error',
  'connection_lost_error',
  'connection_reset_error',
  'tcp_timed_out_error',
  'deferred_timeout_error',
  'generic_error',
  'broken_pipe',
  'socks_error',
  'socks_host_unreachable',
  'socks_connection_refused',
  'socks_ttl_expired',
  'socks_general_failure',
  'socks_network_unreachable',
  'unknown_failure',
] as const;
export type FailureClass = (typeof FAILURE_CLASSES)[number];

/** Grains that a time axis can have. Weeks start on Monday; all are UTC. */
export const TIME_GRAINS = ['day', 'week', 'month'] as const;
export type TimeGrain = (typeof TIME_GRAINS)[number];

/** Where the counts of a cell came from. */
export const COUNT_ORIGINS = {
  measurements: term('counts_from.measurements'),
  aggregation: term('counts_from.aggregation'),
} as const satisfies Record<string, Term>;

/** Citizen Lab category codes. Source: the lists' own legend (meanings reworded). */
export const CATEGORY_CODES = {
  get ALDR() {
    return translate('category.ALDR');
  },
  get REL() {
    return translate('category.REL');
  },
  get PORN() {
    return translate('category.PORN');
  },
  get PROV() {
    return translate('category.PROV');
  },
  get POLR() {
    return translate('category.POLR');
  },
  get HUMR() {
    return translate('category.HUMR');
  },
  get ENV() {
    return translate('category.ENV');
  },
  get MILX() {
    return translate('category.MILX');
  },
  get HATE() {
    return translate('category.HATE');
  },
  get NEWS() {
    return translate('category.NEWS');
  },
  get XED() {
    return translate('category.XED');
  },
  get PUBH() {
    return translate('category.PUBH');
  },
  get GMB() {
    return translate('category.GMB');
  },
  get ANON() {
    return translate('category.ANON');
  },
  get DATE() {
    return translate('category.DATE');
  },
  get GRP() {
    return translate('category.GRP');
  },
  get LGBT() {
    return translate('category.LGBT');
  },
  get FILE() {
    return translate('category.FILE');
  },
  get HACK() {
    return translate('category.HACK');
  },
  get COMT() {
    return translate('category.COMT');
  },
  get MMED() {
    return translate('category.MMED');
  },
  get HOST() {
    return translate('category.HOST');
  },
  get SRCH() {
    return translate('category.SRCH');
  },
  get GAME() {
    return translate('category.GAME');
  },
  get CULTR() {
    return translate('category.CULTR');
  },
  get ECON() {
    return translate('category.ECON');
  },
  get GOVT() {
    return translate('category.GOVT');
  },
  get COMM() {
    return translate('category.COMM');
  },
  get CTRL() {
    return translate('category.CTRL');
  },
  get IGO() {
    return translate('category.IGO');
  },
  get MISC() {
    return translate('category.MISC');
  },
} as const satisfies Record<string, string>;
export type CategoryCode = keyof typeof CATEGORY_CODES;
