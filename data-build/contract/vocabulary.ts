/** Every word that appears as a value in the data, once, with its meaning. */

export interface Term {
  readonly label: string;
  readonly about: string;
}

/**
 * What one measurement says. The first four partition the scored measurements, with the publisher's
 * precedence: failure, then confirmed, then anomaly, then ok. `unscored` stands outside the partition.
 * Source: aggregation API of OONI (counts); see docs/ontology.md.
 */
export const OUTCOMES = {
  ok: { label: 'no sign of interference', about: 'The test ran and nothing unusual was seen.' },
  anomaly: {
    label: 'signs of interference',
    about:
      'Something differed from an unhindered connection. It can be interference; it can be a fault.',
  },
  confirmed: {
    label: 'confirmed',
    about:
      'A known block page or known blocking address was served. Only websites can be confirmed.',
  },
  failure: {
    label: 'measurement failed',
    about: 'The test could not reach a verdict. It counts as a measurement, not as interference.',
  },
  unscored: {
    label: 'unscored',
    about: 'No rule judges this test; it is kept and counted apart, never as failed.',
  },
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
  dns: {
    label: 'DNS',
    about: 'The name did not resolve, or resolved to an address it should not have.',
  },
  tcp_ip: { label: 'TCP/IP', about: 'No connection could be opened to the address.' },
  tls: {
    label: 'TLS',
    about: 'The connection opened, but the encrypted handshake was broken off.',
  },
  http_failure: {
    label: 'HTTP failure',
    about: 'The connection opened, but the web request failed.',
  },
  http_diff: { label: 'HTTP difference', about: 'A page came back that is not the one expected.' },
  app_endpoints: {
    label: 'App endpoints',
    about: 'The servers that an app itself talks to could not be reached.',
  },
  app_web: { label: 'App website', about: 'The web version of an app could not be used.' },
  app_registration: {
    label: 'App registration',
    about: 'The server that signs new devices up could not be reached.',
  },
  tool_bootstrap: {
    label: 'Tool bootstrap',
    about: 'A circumvention tool could not start, or its relays and bridges could not be reached.',
  },
  middlebox: {
    label: 'Middlebox',
    about: 'Something between the probe and the test server altered the traffic.',
  },
  other: { label: 'Other', about: 'Interference signs without a finer description.' },
} as const satisfies Record<string, Term>;
export type BlockingMethod = keyof typeof BLOCKING_METHODS;

export const TEST_GROUPS = {
  websites: { label: 'Websites', about: 'Whether web pages could be opened.' },
  apps: { label: 'Messaging apps', about: 'Whether messaging apps could reach their servers.' },
  circumvention: {
    label: 'Circumvention tools',
    about: 'Whether tools that go around blocks worked.',
  },
  middleboxes: { label: 'Middleboxes', about: 'Whether something on the path altered traffic.' },
  performance: { label: 'Performance', about: 'Speed and streaming tests run by OONI probes.' },
  experimental: {
    label: 'Experimental and legacy',
    about: 'Tests without a rule that judges them.',
  },
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

const websites = (label: string): TestSpec => ({
  label,
  group: 'websites',
  scored: true,
  websites: true,
});
const scored = (label: string, group: TestGroup): TestSpec => ({
  label,
  group,
  scored: true,
  websites: false,
});
const unscored = (label: string, group: TestGroup = 'experimental'): TestSpec => ({
  label,
  group,
  scored: false,
  websites: false,
});

/**
 * Tests by `test_name`. Names not listed are kept and treated as unscored experiments.
 * Which are scored follows OONI's fastpath (ooni/backend `fastpath/fastpath/core.py`); see docs/sources.md.
 */
export const TESTS = {
  web_connectivity: websites('Websites'),
  browser_web: websites('Websites in a browser'),
  http_requests: websites('HTTP requests (legacy)'),
  tcp_connect: scored('TCP connect (legacy)', 'websites'),
  dns_consistency: scored('DNS consistency (legacy)', 'websites'),
  telegram: scored('Telegram', 'apps'),
  whatsapp: scored('WhatsApp', 'apps'),
  facebook_messenger: scored('Facebook Messenger', 'apps'),
  signal: scored('Signal', 'apps'),
  psiphon: scored('Psiphon', 'circumvention'),
  tor: scored('Tor', 'circumvention'),
  vanilla_tor: scored('Tor without bridges', 'circumvention'),
  torsf: scored('Tor Snowflake', 'circumvention'),
  openvpn: scored('OpenVPN', 'circumvention'),
  meek_fronted_requests_test: scored('Meek fronted requests (legacy)', 'circumvention'),
  riseupvpn: unscored('RiseupVPN', 'circumvention'),
  stunreachability: scored('STUN reachability', 'circumvention'),
  http_invalid_request_line: scored('HTTP invalid request line', 'middleboxes'),
  http_header_field_manipulation: scored('HTTP header field manipulation', 'middleboxes'),
  ndt: scored('NDT speed test (by OONI probes)', 'performance'),
  dash: scored('DASH streaming (by OONI probes)', 'performance'),
  dnscheck: unscored('DNS resolvers check'),
  urlgetter: unscored('URL getter'),
  echcheck: unscored('Encrypted Client Hello'),
  simplequicping: unscored('QUIC ping (simple)'),
  quicping: unscored('QUIC ping'),
  tlsping: unscored('TLS ping'),
  tcpping: unscored('TCP ping'),
  dnsping: unscored('DNS ping'),
  tlsmiddlebox: unscored('TLS middlebox', 'middleboxes'),
  portfiltering: unscored('Port filtering'),
  sni_blocking: unscored('SNI blocking'),
  ddr: unscored('Discovery of designated resolvers'),
  shadowsocks: unscored('Shadowsocks', 'circumvention'),
  http_host: unscored('HTTP host (legacy)', 'middleboxes'),
  multi_protocol_traceroute: unscored('Traceroute (legacy)'),
  bridge_reachability: unscored('Bridge reachability (legacy)', 'circumvention'),
  openvpn_client_test: unscored('OpenVPN client (legacy)', 'circumvention'),
  stun_reachability: unscored('STUN reachability (early name)', 'circumvention'),
  /** Rarely seen names that are not in this list; see TEST_NAME_FLOOR. */
  unlisted_experiment: unscored('Unlisted experiments'),
} as const satisfies Record<string, TestSpec>;
export type TestName = keyof typeof TESTS;

const TESTS_BY_NAME: ReadonlyMap<string, TestSpec> = new Map(Object.entries(TESTS));

/** What is known of a test; unknown names are unscored experiments labelled by their own name. */
export function testSpec(testName: string): TestSpec {
  return TESTS_BY_NAME.get(testName) ?? unscored(testName);
}

/** Probe software, folded to families; anything else is `other`. */
export const SOFTWARE_FAMILIES = {
  ooniprobe_android: { label: 'OONI Probe Android', about: 'Phones and tablets with Android.' },
  ooniprobe_ios: { label: 'OONI Probe iOS', about: 'Phones and tablets with iOS.' },
  ooniprobe_desktop: { label: 'OONI Probe Desktop', about: 'Windows and macOS.' },
  ooniprobe_cli: { label: 'OONI Probe CLI', about: 'Command line, often on small servers.' },
  ooniprobe_web: { label: 'OONI Probe Web', about: 'In a browser.' },
  ooniprobe_legacy: { label: 'ooniprobe (legacy)', about: 'The first, Python, generation.' },
  measurement_kit: { label: 'Measurement Kit', about: 'The second, C++, generation.' },
  miniooni: { label: 'miniooni', about: "The developers' research client." },
  ithena: { label: 'iThena', about: 'Measurements contributed through the iThena project.' },
  other: { label: 'Other', about: 'Any other client.' },
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
  measurements: { label: 'measurements', about: 'Counted by the Atlas from single measurements.' },
  aggregation: {
    label: 'published counts',
    about: "The publisher's own counts; networks may be unknown.",
  },
} as const satisfies Record<string, Term>;

/** Citizen Lab category codes. Source: the lists' own legend (meanings reworded). */
export const CATEGORY_CODES = {
  ALDR: 'Alcohol and drugs',
  REL: 'Religion',
  PORN: 'Pornography',
  PROV: 'Provocative attire',
  POLR: 'Political criticism',
  HUMR: 'Human rights',
  ENV: 'Environment',
  MILX: 'Terrorism and militants',
  HATE: 'Hate speech',
  NEWS: 'News media',
  XED: 'Sex education',
  PUBH: 'Public health',
  GMB: 'Gambling',
  ANON: 'Anonymization and circumvention',
  DATE: 'Online dating',
  GRP: 'Social networking',
  LGBT: 'LGBTQ+',
  FILE: 'File sharing',
  HACK: 'Hacking tools',
  COMT: 'Communication tools',
  MMED: 'Media sharing',
  HOST: 'Hosting and blogging',
  SRCH: 'Search engines',
  GAME: 'Gaming',
  CULTR: 'Culture',
  ECON: 'Economics',
  GOVT: 'Government',
  COMM: 'E-commerce',
  CTRL: 'Control content',
  IGO: 'Intergovernmental organizations',
  MISC: 'Miscellaneous',
} as const satisfies Record<string, string>;
export type CategoryCode = keyof typeof CATEGORY_CODES;
