/**
 * The scoring rules as data: what readers see on the methods page and what `rule_id` in every row means.
 * The code that applies them is in `data-build/score/`; a test compares the two.
 */
import type { BlockingMethod, Outcome } from './vocabulary.ts';

export interface RuleSpec {
  /** Permanent: it is written into every row. `<test>.<what>`, words joined by `_`. */
  readonly id: string;
  /** `test_name`s it applies to; `*` for all. */
  readonly tests: readonly string[];
  readonly outcome: Outcome;
  /** Null where the outcome shows no interference, or where the row itself says which method. */
  readonly method: BlockingMethod | null;
  /** One sentence: what was seen, and why it leads to this outcome. */
  readonly reason: string;
  /** Where the rule comes from: publisher's code path, spec section, or `atlas`. */
  readonly source: string;
}

const CORE = 'ooni/backend fastpath/fastpath/core.py';

const WEB = ['web_connectivity'] as const;
const WEB_SOURCE = `${CORE} score_web_connectivity`;
const WHATSAPP = ['whatsapp'] as const;
const WHATSAPP_SOURCE = `${CORE} score_measurement_whatsapp`;
const TELEGRAM = ['telegram'] as const;
const TELEGRAM_SOURCE = `${CORE} score_measurement_telegram`;
const MESSENGER = ['facebook_messenger'] as const;
const MESSENGER_SOURCE = `${CORE} score_measurement_facebook_messenger`;
const SIGNAL = ['signal'] as const;
const SIGNAL_SOURCE = `${CORE} score_signal`;
const PSIPHON = ['psiphon'] as const;
const PSIPHON_SOURCE = `${CORE} score_psiphon`;
const TOR = ['tor'] as const;
const TOR_SOURCE = `${CORE} score_tor`;
const VANILLA_TOR = ['vanilla_tor'] as const;
const VANILLA_TOR_SOURCE = `${CORE} score_vanilla_tor`;
const TORSF = ['torsf'] as const;
const TORSF_SOURCE = `${CORE} score_torsf`;
const OPENVPN = ['openvpn'] as const;
const OPENVPN_SOURCE = `${CORE} score_openvpn`;
const MEEK = ['meek_fronted_requests_test'] as const;
const MEEK_SOURCE = `${CORE} score_meek_fronted_requests_test`;
const STUN = ['stunreachability'] as const;
const STUN_SOURCE = `${CORE} score_stunreachability`;
const REQUEST_LINE = ['http_invalid_request_line'] as const;
const REQUEST_LINE_SOURCE = `${CORE} score_http_invalid_request_line`;
const HEADERS = ['http_header_field_manipulation'] as const;
const HEADERS_SOURCE = `${CORE} score_measurement_hhfm`;
const NDT = ['ndt'] as const;
const DASH = ['dash'] as const;
const DASH_SOURCE = `${CORE} score_dash`;
const BROWSER = ['browser_web'] as const;
const BROWSER_SOURCE = `${CORE} score_browser_web`;
const TCP = ['tcp_connect'] as const;
const TCP_SOURCE = `${CORE} score_tcp_connect`;
const REQUESTS = ['http_requests'] as const;
const REQUESTS_SOURCE = `${CORE} score_http_requests`;
const ALL = ['*'] as const;
const STORED_SOURCE = 'public monthly export of the fastpath table';

export const RULES = [
  {
    id: 'envelope.too_old',
    tests: ALL,
    outcome: 'failure',
    method: null,
    reason:
      'The measurement says it began more than 365 days before it was received, so its clock is not believed.',
    source: `${CORE} flag_measurements_with_wrong_date`,
  },
  {
    id: 'envelope.from_future',
    tests: ALL,
    outcome: 'failure',
    method: null,
    reason:
      'The measurement says it began more than an hour, but at most 7 days, after it was received, so its clock is not believed.',
    source: `${CORE} flag_measurements_with_wrong_date`,
  },
  {
    id: 'envelope.unreadable',
    tests: ALL,
    outcome: 'failure',
    method: null,
    reason:
      'A part that the rule needs has a shape it cannot read; the publisher stores no verdict for such lines.',
    source: 'atlas',
  },
  {
    id: 'unscored.no_rule',
    tests: ALL,
    outcome: 'unscored',
    method: null,
    reason:
      'No rule judges this test. The publisher marks all of its measurements as failed, which says nothing about the network.',
    source: `${CORE} score_measurement`,
  },
  {
    id: 'unscored.riseupvpn',
    tests: ['riseupvpn'],
    outcome: 'unscored',
    method: null,
    reason:
      'The publisher stopped judging this test on 2023-10-17, because it nearly always reported blocking where there was none.',
    source: `${CORE} score_riseupvpn; ooni/backend issue 745`,
  },
  {
    id: 'fastpath.stored_ok',
    tests: ALL,
    outcome: 'ok',
    method: null,
    reason: 'The publisher’s table stores none of its flags for the measurement.',
    source: STORED_SOURCE,
  },
  {
    id: 'fastpath.stored_anomaly',
    tests: ALL,
    outcome: 'anomaly',
    method: null,
    reason: 'The publisher’s table stores the measurement as an anomaly.',
    source: STORED_SOURCE,
  },
  {
    id: 'fastpath.stored_confirmed',
    tests: ALL,
    outcome: 'confirmed',
    method: null,
    reason: 'The publisher’s table stores the measurement as confirmed by a fingerprint.',
    source: STORED_SOURCE,
  },
  {
    id: 'fastpath.stored_failure',
    tests: ALL,
    outcome: 'failure',
    method: null,
    reason: 'The publisher’s table stores the measurement as failed.',
    source: STORED_SOURCE,
  },

  {
    id: 'web_connectivity.confirmed_dns',
    tests: WEB,
    outcome: 'confirmed',
    method: 'dns',
    reason:
      'A DNS answer is an address known to be used for blocking, in this country or territory or by an ISP or a state.',
    source: `${CORE} match_fingerprints, is_confirmed`,
  },
  {
    id: 'web_connectivity.confirmed_body',
    tests: WEB,
    outcome: 'confirmed',
    method: 'http_diff',
    reason: 'A page that came back holds the text of a known block page.',
    source: `${CORE} match_http_body_fingerprints, is_confirmed`,
  },
  {
    id: 'web_connectivity.confirmed_header',
    tests: WEB,
    outcome: 'confirmed',
    method: 'http_diff',
    reason: 'A response carries a header value known from block pages.',
    source: `${CORE} match_http_headers_fingerprints, is_confirmed`,
  },
  {
    id: 'web_connectivity.blocking_dns',
    tests: WEB,
    outcome: 'anomaly',
    method: 'dns',
    reason:
      'The name did not resolve, or resolved differently than for the control, and the page differed or failed.',
    source: WEB_SOURCE,
  },
  {
    id: 'web_connectivity.blocking_tcp_ip',
    tests: WEB,
    outcome: 'anomaly',
    method: 'tcp_ip',
    reason: 'No address could be connected to, while the control could connect.',
    source: WEB_SOURCE,
  },
  {
    id: 'web_connectivity.blocking_tls',
    tests: WEB,
    outcome: 'anomaly',
    method: 'tls',
    reason:
      'The publisher says http-failure, and what failed was the TLS handshake: by its flag, by an ssl_ failure, or by a handshake for the same host that failed alike after the connection had opened.',
    source: `${WEB_SOURCE}; refinement: atlas`,
  },
  {
    id: 'web_connectivity.blocking_http_failure',
    tests: WEB,
    outcome: 'anomaly',
    method: 'http_failure',
    reason: 'The connection opened but the web request failed, while the control got an answer.',
    source: WEB_SOURCE,
  },
  {
    id: 'web_connectivity.blocking_http_diff',
    tests: WEB,
    outcome: 'anomaly',
    method: 'http_diff',
    reason: 'The page that came back differs from the one the control got.',
    source: WEB_SOURCE,
  },
  {
    id: 'web_connectivity.accessible',
    tests: WEB,
    outcome: 'ok',
    method: null,
    reason: 'The page came back as for the control.',
    source: WEB_SOURCE,
  },
  {
    id: 'web_connectivity.site_down',
    tests: WEB,
    outcome: 'ok',
    method: null,
    reason: 'Neither the probe nor the control could open the page: the website itself is down.',
    source: WEB_SOURCE,
  },
  {
    id: 'web_connectivity.known_page_only',
    tests: WEB,
    outcome: 'ok',
    method: null,
    reason:
      'The probe reached no verdict, but a page known to the fingerprint list came back, one that does not confirm blocking; the publisher keeps it as measured.',
    source: WEB_SOURCE,
  },
  {
    id: 'web_connectivity.invalid_title_match',
    tests: WEB,
    outcome: 'failure',
    method: null,
    reason: 'The comparison of page titles is neither true, false nor empty.',
    source: WEB_SOURCE,
  },
  {
    id: 'web_connectivity.no_verdict',
    tests: WEB,
    outcome: 'failure',
    method: null,
    reason:
      'The probe could not decide whether the page was blocked, most often for want of a control.',
    source: `${WEB_SOURCE}; ooni/backend issue 610`,
  },
  {
    id: 'web_connectivity.invalid_blocking',
    tests: WEB,
    outcome: 'failure',
    method: null,
    reason: 'The probe names a kind of blocking that is not in its vocabulary.',
    source: WEB_SOURCE,
  },
  {
    id: 'web_connectivity.unknown_failure',
    tests: WEB,
    outcome: 'failure',
    method: null,
    reason: 'A step failed in a way that the probe has no name for.',
    source: `${CORE} _detect_unknown_failure`,
  },
  {
    id: 'web_connectivity.accessibility_unknown',
    tests: WEB,
    outcome: 'failure',
    method: null,
    reason: 'The probe could not decide whether the page was accessible.',
    source: `${WEB_SOURCE}; ooni/backend issue 610`,
  },
  {
    id: 'web_connectivity.undecodable_body',
    tests: WEB,
    outcome: 'failure',
    method: null,
    reason: 'A response is marked as base64 but cannot be decoded.',
    source: `${CORE} score_web_connectivity_full`,
  },

  {
    id: 'telegram.endpoints_failed',
    tests: TELEGRAM,
    outcome: 'anomaly',
    method: 'tcp_ip',
    reason:
      'TCP connections to the app’s data centers failed, at least twice as often as web requests to them.',
    source: `${TELEGRAM_SOURCE}; method: atlas`,
  },
  {
    id: 'telegram.app_unreachable',
    tests: TELEGRAM,
    outcome: 'anomaly',
    method: 'app_endpoints',
    reason: 'Both TCP connections and web requests to the app’s data centers failed.',
    source: `${TELEGRAM_SOURCE}; method: atlas`,
  },
  {
    id: 'telegram.requests_failed',
    tests: TELEGRAM,
    outcome: 'anomaly',
    method: 'http_failure',
    reason:
      'Web requests to the app’s data centers failed, at least twice as often as TCP connections to them.',
    source: `${TELEGRAM_SOURCE}; method: atlas`,
  },
  {
    id: 'telegram.web_blocked',
    tests: TELEGRAM,
    outcome: 'anomaly',
    method: 'app_web',
    reason: 'The web version could not be used; the data centers answered.',
    source: `${TELEGRAM_SOURCE}; method: atlas`,
  },
  {
    id: 'telegram.nothing_measured',
    tests: TELEGRAM,
    outcome: 'anomaly',
    method: 'other',
    reason:
      'Too few connections are recorded; the publisher counts each missing kind as half failed, and so reads an anomaly.',
    source: TELEGRAM_SOURCE,
  },
  {
    id: 'telegram.reachable',
    tests: TELEGRAM,
    outcome: 'ok',
    method: null,
    reason:
      'The shares of failed TCP connections and failed web requests add up to at most one half, and the web version is not blocked.',
    source: TELEGRAM_SOURCE,
  },
  {
    id: 'telegram.request_without_url',
    tests: TELEGRAM,
    outcome: 'failure',
    method: null,
    reason: 'A request does not say which address it was sent to.',
    source: TELEGRAM_SOURCE,
  },

  {
    id: 'whatsapp.endpoints_failed',
    tests: WHATSAPP,
    outcome: 'anomaly',
    method: 'app_endpoints',
    reason: 'None of the app’s servers could be connected to.',
    source: WHATSAPP_SOURCE,
  },
  {
    id: 'whatsapp.registration_failed',
    tests: WHATSAPP,
    outcome: 'anomaly',
    method: 'app_registration',
    reason: 'The server that signs new devices up could not be reached.',
    source: WHATSAPP_SOURCE,
  },
  {
    id: 'whatsapp.web_failed',
    tests: WHATSAPP,
    outcome: 'anomaly',
    method: 'app_web',
    reason: 'The web version could not be opened.',
    source: WHATSAPP_SOURCE,
  },
  {
    id: 'whatsapp.reachable',
    tests: WHATSAPP,
    outcome: 'ok',
    method: null,
    reason:
      'Registration and the web version answered, and at least one of the app’s servers could be connected to.',
    source: WHATSAPP_SOURCE,
  },
  {
    id: 'whatsapp.unknown_failure',
    tests: WHATSAPP,
    outcome: 'failure',
    method: null,
    reason: 'A step failed in a way that the probe has no name for.',
    source: `${CORE} _detect_unknown_failure`,
  },
  {
    id: 'whatsapp.no_requests',
    tests: WHATSAPP,
    outcome: 'failure',
    method: null,
    reason: 'No web request is recorded.',
    source: WHATSAPP_SOURCE,
  },
  {
    id: 'whatsapp.requests_incomplete',
    tests: WHATSAPP,
    outcome: 'failure',
    method: null,
    reason: 'The request to the web version or to registration is missing.',
    source: WHATSAPP_SOURCE,
  },
  {
    id: 'whatsapp.no_endpoints',
    tests: WHATSAPP,
    outcome: 'failure',
    method: null,
    reason: 'No connection to the app’s servers is recorded.',
    source: WHATSAPP_SOURCE,
  },

  {
    id: 'facebook_messenger.dns_failed',
    tests: MESSENGER,
    outcome: 'anomaly',
    method: 'dns',
    reason:
      'At least two checks failed, and DNS answers outside the operator’s networks were no fewer than failed connections.',
    source: `${MESSENGER_SOURCE}; method: atlas`,
  },
  {
    id: 'facebook_messenger.tcp_failed',
    tests: MESSENGER,
    outcome: 'anomaly',
    method: 'tcp_ip',
    reason:
      'At least two checks failed, and failed connections were more than DNS answers outside the operator’s networks.',
    source: `${MESSENGER_SOURCE}; method: atlas`,
  },
  {
    id: 'facebook_messenger.reachable',
    tests: MESSENGER,
    outcome: 'ok',
    method: null,
    reason: 'At most one check failed, which the publisher does not take as a sign.',
    source: MESSENGER_SOURCE,
  },

  {
    id: 'signal.backend_dns',
    tests: SIGNAL,
    outcome: 'anomaly',
    method: 'dns',
    reason: 'The app’s servers count as blocked; what failed was the name lookup.',
    source: `${SIGNAL_SOURCE}; method: atlas`,
  },
  {
    id: 'signal.backend_tls',
    tests: SIGNAL,
    outcome: 'anomaly',
    method: 'tls',
    reason: 'The app’s servers count as blocked; what failed was the TLS handshake.',
    source: `${SIGNAL_SOURCE}; method: atlas`,
  },
  {
    id: 'signal.backend_blocked',
    tests: SIGNAL,
    outcome: 'anomaly',
    method: 'app_endpoints',
    reason: 'The app’s servers count as blocked.',
    source: SIGNAL_SOURCE,
  },
  {
    id: 'signal.reachable',
    tests: SIGNAL,
    outcome: 'ok',
    method: null,
    reason: 'The app’s servers answered.',
    source: SIGNAL_SOURCE,
  },
  {
    id: 'signal.test_failed',
    tests: SIGNAL,
    outcome: 'failure',
    method: null,
    reason: 'The test says that it failed itself, or does not say that it did not.',
    source: SIGNAL_SOURCE,
  },
  {
    id: 'signal.invalid_time_or_version',
    tests: SIGNAL,
    outcome: 'failure',
    method: null,
    reason:
      'The start time, test version or engine version is missing or unreadable, so faulty versions cannot be told apart.',
    source: SIGNAL_SOURCE,
  },
  {
    id: 'signal.faulty_version',
    tests: SIGNAL,
    outcome: 'failure',
    method: null,
    reason:
      'This version of the test reported blocking worldwide at that time: 0.2.4; up to 0.2.3 from 2023-11-07; before 0.2.2 from 2022-10-19.',
    source: `${SIGNAL_SOURCE}; ooni/probe issues 2344, 2627, 2636`,
  },
  {
    id: 'signal.faulty_engine',
    tests: SIGNAL,
    outcome: 'failure',
    method: null,
    reason:
      'Engines before 3.17.2 did not know the servers’ certificate of 2023-05-02 and reported blocking worldwide.',
    source: `${SIGNAL_SOURCE}; ooni/backend issue 679`,
  },
  {
    id: 'signal.no_status',
    tests: SIGNAL,
    outcome: 'failure',
    method: null,
    reason: 'The state of the app’s servers is neither ok nor blocked.',
    source: SIGNAL_SOURCE,
  },

  {
    id: 'psiphon.bootstrap_failed',
    tests: PSIPHON,
    outcome: 'anomaly',
    method: 'tool_bootstrap',
    reason: 'The tool could not start.',
    source: PSIPHON_SOURCE,
  },
  {
    id: 'psiphon.page_failed',
    tests: PSIPHON,
    outcome: 'anomaly',
    method: 'tool_bootstrap',
    reason: 'The tool started, but no page could be fetched through it.',
    source: PSIPHON_SOURCE,
  },
  {
    id: 'psiphon.works',
    tests: PSIPHON,
    outcome: 'ok',
    method: null,
    reason: 'The tool started and a page was fetched through it.',
    source: PSIPHON_SOURCE,
  },
  {
    id: 'psiphon.no_bootstrap_time',
    tests: PSIPHON,
    outcome: 'failure',
    method: null,
    reason: 'No failure is recorded, and no start either.',
    source: PSIPHON_SOURCE,
  },
  {
    id: 'psiphon.no_resolver',
    tests: PSIPHON,
    outcome: 'failure',
    method: null,
    reason:
      'The measurement does not name its resolver, which marks a faulty version of the probe.',
    source: PSIPHON_SOURCE,
  },

  {
    id: 'tor.targets_blocked',
    tests: TOR,
    outcome: 'anomaly',
    method: 'tool_bootstrap',
    reason: 'More than half of the directory servers, relays and bridges tried failed.',
    source: TOR_SOURCE,
  },
  {
    id: 'tor.targets_reachable',
    tests: TOR,
    outcome: 'ok',
    method: null,
    reason: 'At most half of the directory servers, relays and bridges tried failed.',
    source: TOR_SOURCE,
  },
  {
    id: 'tor.no_targets',
    tests: TOR,
    outcome: 'failure',
    method: null,
    reason: 'No directory server, relay or bridge is recorded.',
    source: TOR_SOURCE,
  },
  {
    id: 'tor.invalid_targets',
    tests: TOR,
    outcome: 'failure',
    method: null,
    reason: 'The targets are in the form of early experiments, or one lacks its result.',
    source: TOR_SOURCE,
  },
  {
    id: 'tor.nothing_run',
    tests: TOR,
    outcome: 'failure',
    method: null,
    reason: 'None of the targets was tried.',
    source: TOR_SOURCE,
  },

  {
    id: 'vanilla_tor.bootstrap_failed',
    tests: VANILLA_TOR,
    outcome: 'anomaly',
    method: 'tool_bootstrap',
    reason: 'Tor did not finish connecting.',
    source: VANILLA_TOR_SOURCE,
  },
  {
    id: 'vanilla_tor.works',
    tests: VANILLA_TOR,
    outcome: 'ok',
    method: null,
    reason: 'Tor finished connecting, by its log or by its progress.',
    source: VANILLA_TOR_SOURCE,
  },
  {
    id: 'vanilla_tor.no_log',
    tests: VANILLA_TOR,
    outcome: 'failure',
    method: null,
    reason: 'The log of Tor is missing.',
    source: VANILLA_TOR_SOURCE,
  },

  {
    id: 'torsf.bootstrap_failed',
    tests: TORSF,
    outcome: 'anomaly',
    method: 'tool_bootstrap',
    reason: 'Tor could not connect through Snowflake.',
    source: TORSF_SOURCE,
  },
  {
    id: 'torsf.works',
    tests: TORSF,
    outcome: 'ok',
    method: null,
    reason: 'Tor connected through Snowflake.',
    source: TORSF_SOURCE,
  },
  {
    id: 'torsf.faulty_version',
    tests: TORSF,
    outcome: 'failure',
    method: null,
    reason: 'Version 3.8.3 for Android could not run this test.',
    source: `${TORSF_SOURCE}; ooni/ooni.org issue 772`,
  },

  {
    id: 'openvpn.handshake_failed',
    tests: OPENVPN,
    outcome: 'anomaly',
    method: 'tool_bootstrap',
    reason: 'The tunnel could not be set up.',
    source: OPENVPN_SOURCE,
  },
  {
    id: 'openvpn.works',
    tests: OPENVPN,
    outcome: 'ok',
    method: null,
    reason: 'The tunnel was set up.',
    source: OPENVPN_SOURCE,
  },
  {
    id: 'openvpn.no_verdict',
    tests: OPENVPN,
    outcome: 'failure',
    method: null,
    reason: 'The test does not say whether the tunnel was set up.',
    source: OPENVPN_SOURCE,
  },

  {
    id: 'meek_fronted_requests_test.request_failed',
    tests: MEEK,
    outcome: 'anomaly',
    method: 'tool_bootstrap',
    reason: 'A bridge behind a large host got no answer, or one other than success.',
    source: MEEK_SOURCE,
  },
  {
    id: 'meek_fronted_requests_test.unexpected_server',
    tests: MEEK,
    outcome: 'anomaly',
    method: 'tool_bootstrap',
    reason: 'Two or more answers did not come from the expected kind of server.',
    source: MEEK_SOURCE,
  },
  {
    id: 'meek_fronted_requests_test.works',
    tests: MEEK,
    outcome: 'ok',
    method: null,
    reason: 'The bridges behind large hosts answered, at most one from an unexpected server.',
    source: MEEK_SOURCE,
  },
  {
    id: 'meek_fronted_requests_test.no_requests',
    tests: MEEK,
    outcome: 'failure',
    method: null,
    reason: 'No request is recorded.',
    source: MEEK_SOURCE,
  },

  {
    id: 'stunreachability.lookup_failed',
    tests: STUN,
    outcome: 'anomaly',
    method: 'dns',
    reason: 'The name of the STUN server did not resolve.',
    source: `${STUN_SOURCE}; method: atlas`,
  },
  {
    id: 'stunreachability.unreachable',
    tests: STUN,
    outcome: 'anomaly',
    method: 'other',
    reason:
      'The STUN server did not answer; some of these servers are down everywhere, so compare networks.',
    source: STUN_SOURCE,
  },
  {
    id: 'stunreachability.reachable',
    tests: STUN,
    outcome: 'ok',
    method: null,
    reason: 'The STUN server answered.',
    source: STUN_SOURCE,
  },

  {
    id: 'http_invalid_request_line.altered',
    tests: REQUEST_LINE,
    outcome: 'anomaly',
    method: 'middlebox',
    reason: 'A request sent to an echo server came back altered.',
    source: REQUEST_LINE_SOURCE,
  },
  {
    id: 'http_invalid_request_line.unaltered',
    tests: REQUEST_LINE,
    outcome: 'ok',
    method: null,
    reason: 'What was sent to an echo server came back unaltered.',
    source: REQUEST_LINE_SOURCE,
  },
  {
    id: 'http_invalid_request_line.nothing_sent',
    tests: REQUEST_LINE,
    outcome: 'failure',
    method: null,
    reason: 'Neither what was sent nor what came back is recorded.',
    source: REQUEST_LINE_SOURCE,
  },

  {
    id: 'http_header_field_manipulation.altered',
    tests: HEADERS,
    outcome: 'anomaly',
    method: 'middlebox',
    reason: 'The headers that arrived differ from those that were sent.',
    source: HEADERS_SOURCE,
  },
  {
    id: 'http_header_field_manipulation.replaced',
    tests: HEADERS,
    outcome: 'anomaly',
    method: 'middlebox',
    reason: 'The answer is missing or is not the test server’s.',
    source: HEADERS_SOURCE,
  },
  {
    id: 'http_header_field_manipulation.unaltered',
    tests: HEADERS,
    outcome: 'ok',
    method: null,
    reason: 'The headers arrived as they were sent.',
    source: HEADERS_SOURCE,
  },
  {
    id: 'http_header_field_manipulation.no_response',
    tests: HEADERS,
    outcome: 'failure',
    method: null,
    reason: 'No request, or no response to it, is recorded.',
    source: HEADERS_SOURCE,
  },

  {
    id: 'ndt.measured',
    tests: NDT,
    outcome: 'ok',
    method: null,
    reason: 'A speed test shows no interference by itself; the publisher never flags it.',
    source: `${CORE} score_ndt`,
  },
  {
    id: 'dash.measured',
    tests: DASH,
    outcome: 'ok',
    method: null,
    reason: 'The streaming test ran; it shows no interference by itself.',
    source: DASH_SOURCE,
  },
  {
    id: 'dash.failed',
    tests: DASH,
    outcome: 'failure',
    method: null,
    reason: 'The streaming test failed, or recorded nothing.',
    source: DASH_SOURCE,
  },

  {
    id: 'browser_web.load_failed',
    tests: BROWSER,
    outcome: 'anomaly',
    method: 'other',
    reason: 'The page did not load in the browser, which does not say why.',
    source: BROWSER_SOURCE,
  },
  {
    id: 'browser_web.loaded',
    tests: BROWSER,
    outcome: 'ok',
    method: null,
    reason: 'The page loaded in the browser.',
    source: BROWSER_SOURCE,
  },
  {
    id: 'browser_web.no_verdict',
    tests: BROWSER,
    outcome: 'failure',
    method: null,
    reason: 'The result is neither loaded nor failed.',
    source: BROWSER_SOURCE,
  },

  {
    id: 'tcp_connect.lookup_failed',
    tests: TCP,
    outcome: 'anomaly',
    method: 'dns',
    reason: 'The name did not resolve.',
    source: `${TCP_SOURCE}; method: atlas`,
  },
  {
    id: 'tcp_connect.connection_failed',
    tests: TCP,
    outcome: 'anomaly',
    method: 'tcp_ip',
    reason: 'The connection did not open.',
    source: TCP_SOURCE,
  },
  {
    id: 'tcp_connect.connected',
    tests: TCP,
    outcome: 'ok',
    method: null,
    reason: 'The connection opened.',
    source: TCP_SOURCE,
  },

  {
    id: 'http_requests.confirmed_body',
    tests: REQUESTS,
    outcome: 'confirmed',
    method: 'http_diff',
    reason: 'The page that came back without Tor holds the text of a known block page.',
    source: REQUESTS_SOURCE,
  },
  {
    id: 'http_requests.confirmed_header',
    tests: REQUESTS,
    outcome: 'confirmed',
    method: 'http_diff',
    reason: 'The response without Tor carries a header value known from block pages.',
    source: REQUESTS_SOURCE,
  },
  {
    id: 'http_requests.response_differs',
    tests: REQUESTS,
    outcome: 'anomaly',
    method: 'http_diff',
    reason: 'Length or headers differ between the page fetched directly and through Tor.',
    source: REQUESTS_SOURCE,
  },
  {
    id: 'http_requests.accessible',
    tests: REQUESTS,
    outcome: 'ok',
    method: null,
    reason: 'Length and headers agree between the page fetched directly and through Tor.',
    source: REQUESTS_SOURCE,
  },
  {
    id: 'http_requests.incomplete',
    tests: REQUESTS,
    outcome: 'failure',
    method: null,
    reason: 'One of the two fetches failed, or their comparison is missing.',
    source: REQUESTS_SOURCE,
  },

  {
    id: 'dns_consistency.not_judged',
    tests: ['dns_consistency'],
    outcome: 'ok',
    method: null,
    reason: 'The publisher counts every measurement of this early test as ok without judging it.',
    source: `${CORE} score_dns_consistency`,
  },
] as const satisfies readonly RuleSpec[];

/** The ids that code may write; anything else does not compile. */
export type RuleId = (typeof RULES)[number]['id'];

const RULES_BY_ID: ReadonlyMap<string, RuleSpec> = new Map(RULES.map((rule) => [rule.id, rule]));

/** The rule with this id, or null: rows of later versions may name rules not known here. */
export function ruleById(id: string): RuleSpec | null {
  return RULES_BY_ID.get(id) ?? null;
}

/** Raise by one when a change of code changes a verdict and no rule changes. */
const SCORING_REVISION = 2;

/** FNV-1a, 32 bits, over UTF-16 code units: a fingerprint of the rules, not a safeguard. */
function hashText(text: string): string {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1)
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return (hash >>> 0).toString(16).padStart(8, '0');
}

/** `<revision>-<hash of the rules>`: part of every cache key and of the manifest. */
export const RULES_VERSION = `${SCORING_REVISION}-${hashText(JSON.stringify(RULES))}`;
