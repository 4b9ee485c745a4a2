/**
 * The scoring rules as data: what readers see on the methods page and what `rule_id` in every row means.
 * The code that applies them is in `data-build/score/`; a test compares the two.
 */
import { FIRST_LANGUAGE } from '../words/language.ts';
import { fillMessage } from '../words/messages.ts';
import { translate } from '../words/translate.ts';
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

const LISTED = [
  {
    id: 'envelope.too_old',
    tests: ALL,
    outcome: 'failure',
    method: null,
    source: `${CORE} flag_measurements_with_wrong_date`,
  },
  {
    id: 'envelope.from_future',
    tests: ALL,
    outcome: 'failure',
    method: null,
    source: `${CORE} flag_measurements_with_wrong_date`,
  },
  {
    id: 'envelope.unreadable',
    tests: ALL,
    outcome: 'failure',
    method: null,
    source: 'atlas',
  },
  {
    id: 'unscored.no_rule',
    tests: ALL,
    outcome: 'unscored',
    method: null,
    source: `${CORE} score_measurement`,
  },
  {
    id: 'unscored.riseupvpn',
    tests: ['riseupvpn'],
    outcome: 'unscored',
    method: null,
    source: `${CORE} score_riseupvpn; ooni/backend issue 745`,
  },
  {
    id: 'fastpath.stored_ok',
    tests: ALL,
    outcome: 'ok',
    method: null,
    source: STORED_SOURCE,
  },
  {
    id: 'fastpath.stored_anomaly',
    tests: ALL,
    outcome: 'anomaly',
    method: null,
    source: STORED_SOURCE,
  },
  {
    id: 'fastpath.stored_confirmed',
    tests: ALL,
    outcome: 'confirmed',
    method: null,
    source: STORED_SOURCE,
  },
  {
    id: 'fastpath.stored_failure',
    tests: ALL,
    outcome: 'failure',
    method: null,
    source: STORED_SOURCE,
  },

  {
    id: 'web_connectivity.confirmed_dns',
    tests: WEB,
    outcome: 'confirmed',
    method: 'dns',
    source: `${CORE} match_fingerprints, is_confirmed`,
  },
  {
    id: 'web_connectivity.confirmed_body',
    tests: WEB,
    outcome: 'confirmed',
    method: 'http_diff',
    source: `${CORE} match_http_body_fingerprints, is_confirmed`,
  },
  {
    id: 'web_connectivity.confirmed_header',
    tests: WEB,
    outcome: 'confirmed',
    method: 'http_diff',
    source: `${CORE} match_http_headers_fingerprints, is_confirmed`,
  },
  {
    id: 'web_connectivity.blocking_dns',
    tests: WEB,
    outcome: 'anomaly',
    method: 'dns',
    source: WEB_SOURCE,
  },
  {
    id: 'web_connectivity.blocking_tcp_ip',
    tests: WEB,
    outcome: 'anomaly',
    method: 'tcp_ip',
    source: WEB_SOURCE,
  },
  {
    id: 'web_connectivity.blocking_tls',
    tests: WEB,
    outcome: 'anomaly',
    method: 'tls',
    source: `${WEB_SOURCE}; refinement: atlas`,
  },
  {
    id: 'web_connectivity.blocking_http_failure',
    tests: WEB,
    outcome: 'anomaly',
    method: 'http_failure',
    source: WEB_SOURCE,
  },
  {
    id: 'web_connectivity.blocking_http_diff',
    tests: WEB,
    outcome: 'anomaly',
    method: 'http_diff',
    source: WEB_SOURCE,
  },
  {
    id: 'web_connectivity.accessible',
    tests: WEB,
    outcome: 'ok',
    method: null,
    source: WEB_SOURCE,
  },
  {
    id: 'web_connectivity.site_down',
    tests: WEB,
    outcome: 'ok',
    method: null,
    source: WEB_SOURCE,
  },
  {
    id: 'web_connectivity.known_page_only',
    tests: WEB,
    outcome: 'ok',
    method: null,
    source: WEB_SOURCE,
  },
  {
    id: 'web_connectivity.invalid_title_match',
    tests: WEB,
    outcome: 'failure',
    method: null,
    source: WEB_SOURCE,
  },
  {
    id: 'web_connectivity.no_verdict',
    tests: WEB,
    outcome: 'failure',
    method: null,
    source: `${WEB_SOURCE}; ooni/backend issue 610`,
  },
  {
    id: 'web_connectivity.invalid_blocking',
    tests: WEB,
    outcome: 'failure',
    method: null,
    source: WEB_SOURCE,
  },
  {
    id: 'web_connectivity.unknown_failure',
    tests: WEB,
    outcome: 'failure',
    method: null,
    source: `${CORE} _detect_unknown_failure`,
  },
  {
    id: 'web_connectivity.accessibility_unknown',
    tests: WEB,
    outcome: 'failure',
    method: null,
    source: `${WEB_SOURCE}; ooni/backend issue 610`,
  },
  {
    id: 'web_connectivity.undecodable_body',
    tests: WEB,
    outcome: 'failure',
    method: null,
    source: `${CORE} score_web_connectivity_full`,
  },

  {
    id: 'telegram.endpoints_failed',
    tests: TELEGRAM,
    outcome: 'anomaly',
    method: 'tcp_ip',
    source: `${TELEGRAM_SOURCE}; method: atlas`,
  },
  {
    id: 'telegram.app_unreachable',
    tests: TELEGRAM,
    outcome: 'anomaly',
    method: 'app_endpoints',
    source: `${TELEGRAM_SOURCE}; method: atlas`,
  },
  {
    id: 'telegram.requests_failed',
    tests: TELEGRAM,
    outcome: 'anomaly',
    method: 'http_failure',
    source: `${TELEGRAM_SOURCE}; method: atlas`,
  },
  {
    id: 'telegram.web_blocked',
    tests: TELEGRAM,
    outcome: 'anomaly',
    method: 'app_web',
    source: `${TELEGRAM_SOURCE}; method: atlas`,
  },
  {
    id: 'telegram.nothing_measured',
    tests: TELEGRAM,
    outcome: 'anomaly',
    method: 'other',
    source: TELEGRAM_SOURCE,
  },
  {
    id: 'telegram.reachable',
    tests: TELEGRAM,
    outcome: 'ok',
    method: null,
    source: TELEGRAM_SOURCE,
  },
  {
    id: 'telegram.request_without_url',
    tests: TELEGRAM,
    outcome: 'failure',
    method: null,
    source: TELEGRAM_SOURCE,
  },

  {
    id: 'whatsapp.endpoints_failed',
    tests: WHATSAPP,
    outcome: 'anomaly',
    method: 'app_endpoints',
    source: WHATSAPP_SOURCE,
  },
  {
    id: 'whatsapp.registration_failed',
    tests: WHATSAPP,
    outcome: 'anomaly',
    method: 'app_registration',
    source: WHATSAPP_SOURCE,
  },
  {
    id: 'whatsapp.web_failed',
    tests: WHATSAPP,
    outcome: 'anomaly',
    method: 'app_web',
    source: WHATSAPP_SOURCE,
  },
  {
    id: 'whatsapp.reachable',
    tests: WHATSAPP,
    outcome: 'ok',
    method: null,
    source: WHATSAPP_SOURCE,
  },
  {
    id: 'whatsapp.unknown_failure',
    tests: WHATSAPP,
    outcome: 'failure',
    method: null,
    source: `${CORE} _detect_unknown_failure`,
  },
  {
    id: 'whatsapp.no_requests',
    tests: WHATSAPP,
    outcome: 'failure',
    method: null,
    source: WHATSAPP_SOURCE,
  },
  {
    id: 'whatsapp.requests_incomplete',
    tests: WHATSAPP,
    outcome: 'failure',
    method: null,
    source: WHATSAPP_SOURCE,
  },
  {
    id: 'whatsapp.no_endpoints',
    tests: WHATSAPP,
    outcome: 'failure',
    method: null,
    source: WHATSAPP_SOURCE,
  },

  {
    id: 'facebook_messenger.dns_failed',
    tests: MESSENGER,
    outcome: 'anomaly',
    method: 'dns',
    source: `${MESSENGER_SOURCE}; method: atlas`,
  },
  {
    id: 'facebook_messenger.tcp_failed',
    tests: MESSENGER,
    outcome: 'anomaly',
    method: 'tcp_ip',
    source: `${MESSENGER_SOURCE}; method: atlas`,
  },
  {
    id: 'facebook_messenger.reachable',
    tests: MESSENGER,
    outcome: 'ok',
    method: null,
    source: MESSENGER_SOURCE,
  },

  {
    id: 'signal.backend_dns',
    tests: SIGNAL,
    outcome: 'anomaly',
    method: 'dns',
    source: `${SIGNAL_SOURCE}; method: atlas`,
  },
  {
    id: 'signal.backend_tls',
    tests: SIGNAL,
    outcome: 'anomaly',
    method: 'tls',
    source: `${SIGNAL_SOURCE}; method: atlas`,
  },
  {
    id: 'signal.backend_blocked',
    tests: SIGNAL,
    outcome: 'anomaly',
    method: 'app_endpoints',
    source: SIGNAL_SOURCE,
  },
  {
    id: 'signal.reachable',
    tests: SIGNAL,
    outcome: 'ok',
    method: null,
    source: SIGNAL_SOURCE,
  },
  {
    id: 'signal.test_failed',
    tests: SIGNAL,
    outcome: 'failure',
    method: null,
    source: SIGNAL_SOURCE,
  },
  {
    id: 'signal.invalid_time_or_version',
    tests: SIGNAL,
    outcome: 'failure',
    method: null,
    source: SIGNAL_SOURCE,
  },
  {
    id: 'signal.faulty_version',
    tests: SIGNAL,
    outcome: 'failure',
    method: null,
    source: `${SIGNAL_SOURCE}; ooni/probe issues 2344, 2627, 2636`,
  },
  {
    id: 'signal.faulty_engine',
    tests: SIGNAL,
    outcome: 'failure',
    method: null,
    source: `${SIGNAL_SOURCE}; ooni/backend issue 679`,
  },
  {
    id: 'signal.no_status',
    tests: SIGNAL,
    outcome: 'failure',
    method: null,
    source: SIGNAL_SOURCE,
  },

  {
    id: 'psiphon.bootstrap_failed',
    tests: PSIPHON,
    outcome: 'anomaly',
    method: 'tool_bootstrap',
    source: PSIPHON_SOURCE,
  },
  {
    id: 'psiphon.page_failed',
    tests: PSIPHON,
    outcome: 'anomaly',
    method: 'tool_bootstrap',
    source: PSIPHON_SOURCE,
  },
  {
    id: 'psiphon.works',
    tests: PSIPHON,
    outcome: 'ok',
    method: null,
    source: PSIPHON_SOURCE,
  },
  {
    id: 'psiphon.no_bootstrap_time',
    tests: PSIPHON,
    outcome: 'failure',
    method: null,
    source: PSIPHON_SOURCE,
  },
  {
    id: 'psiphon.no_resolver',
    tests: PSIPHON,
    outcome: 'failure',
    method: null,
    source: PSIPHON_SOURCE,
  },

  {
    id: 'tor.targets_blocked',
    tests: TOR,
    outcome: 'anomaly',
    method: 'tool_bootstrap',
    source: TOR_SOURCE,
  },
  {
    id: 'tor.targets_reachable',
    tests: TOR,
    outcome: 'ok',
    method: null,
    source: TOR_SOURCE,
  },
  {
    id: 'tor.no_targets',
    tests: TOR,
    outcome: 'failure',
    method: null,
    source: TOR_SOURCE,
  },
  {
    id: 'tor.invalid_targets',
    tests: TOR,
    outcome: 'failure',
    method: null,
    source: TOR_SOURCE,
  },
  {
    id: 'tor.nothing_run',
    tests: TOR,
    outcome: 'failure',
    method: null,
    source: TOR_SOURCE,
  },

  {
    id: 'vanilla_tor.bootstrap_failed',
    tests: VANILLA_TOR,
    outcome: 'anomaly',
    method: 'tool_bootstrap',
    source: VANILLA_TOR_SOURCE,
  },
  {
    id: 'vanilla_tor.works',
    tests: VANILLA_TOR,
    outcome: 'ok',
    method: null,
    source: VANILLA_TOR_SOURCE,
  },
  {
    id: 'vanilla_tor.no_log',
    tests: VANILLA_TOR,
    outcome: 'failure',
    method: null,
    source: VANILLA_TOR_SOURCE,
  },

  {
    id: 'torsf.bootstrap_failed',
    tests: TORSF,
    outcome: 'anomaly',
    method: 'tool_bootstrap',
    source: TORSF_SOURCE,
  },
  {
    id: 'torsf.works',
    tests: TORSF,
    outcome: 'ok',
    method: null,
    source: TORSF_SOURCE,
  },
  {
    id: 'torsf.faulty_version',
    tests: TORSF,
    outcome: 'failure',
    method: null,
    source: `${TORSF_SOURCE}; ooni/ooni.org issue 772`,
  },

  {
    id: 'openvpn.handshake_failed',
    tests: OPENVPN,
    outcome: 'anomaly',
    method: 'tool_bootstrap',
    source: OPENVPN_SOURCE,
  },
  {
    id: 'openvpn.works',
    tests: OPENVPN,
    outcome: 'ok',
    method: null,
    source: OPENVPN_SOURCE,
  },
  {
    id: 'openvpn.no_verdict',
    tests: OPENVPN,
    outcome: 'failure',
    method: null,
    source: OPENVPN_SOURCE,
  },

  {
    id: 'meek_fronted_requests_test.request_failed',
    tests: MEEK,
    outcome: 'anomaly',
    method: 'tool_bootstrap',
    source: MEEK_SOURCE,
  },
  {
    id: 'meek_fronted_requests_test.unexpected_server',
    tests: MEEK,
    outcome: 'anomaly',
    method: 'tool_bootstrap',
    source: MEEK_SOURCE,
  },
  {
    id: 'meek_fronted_requests_test.works',
    tests: MEEK,
    outcome: 'ok',
    method: null,
    source: MEEK_SOURCE,
  },
  {
    id: 'meek_fronted_requests_test.no_requests',
    tests: MEEK,
    outcome: 'failure',
    method: null,
    source: MEEK_SOURCE,
  },

  {
    id: 'stunreachability.lookup_failed',
    tests: STUN,
    outcome: 'anomaly',
    method: 'dns',
    source: `${STUN_SOURCE}; method: atlas`,
  },
  {
    id: 'stunreachability.unreachable',
    tests: STUN,
    outcome: 'anomaly',
    method: 'other',
    source: STUN_SOURCE,
  },
  {
    id: 'stunreachability.reachable',
    tests: STUN,
    outcome: 'ok',
    method: null,
    source: STUN_SOURCE,
  },

  {
    id: 'http_invalid_request_line.altered',
    tests: REQUEST_LINE,
    outcome: 'anomaly',
    method: 'middlebox',
    source: REQUEST_LINE_SOURCE,
  },
  {
    id: 'http_invalid_request_line.unaltered',
    tests: REQUEST_LINE,
    outcome: 'ok',
    method: null,
    source: REQUEST_LINE_SOURCE,
  },
  {
    id: 'http_invalid_request_line.nothing_sent',
    tests: REQUEST_LINE,
    outcome: 'failure',
    method: null,
    source: REQUEST_LINE_SOURCE,
  },

  {
    id: 'http_header_field_manipulation.altered',
    tests: HEADERS,
    outcome: 'anomaly',
    method: 'middlebox',
    source: HEADERS_SOURCE,
  },
  {
    id: 'http_header_field_manipulation.replaced',
    tests: HEADERS,
    outcome: 'anomaly',
    method: 'middlebox',
    source: HEADERS_SOURCE,
  },
  {
    id: 'http_header_field_manipulation.unaltered',
    tests: HEADERS,
    outcome: 'ok',
    method: null,
    source: HEADERS_SOURCE,
  },
  {
    id: 'http_header_field_manipulation.no_response',
    tests: HEADERS,
    outcome: 'failure',
    method: null,
    source: HEADERS_SOURCE,
  },

  {
    id: 'ndt.measured',
    tests: NDT,
    outcome: 'ok',
    method: null,
    source: `${CORE} score_ndt`,
  },
  {
    id: 'dash.measured',
    tests: DASH,
    outcome: 'ok',
    method: null,
    source: DASH_SOURCE,
  },
  {
    id: 'dash.failed',
    tests: DASH,
    outcome: 'failure',
    method: null,
    source: DASH_SOURCE,
  },

  {
    id: 'browser_web.load_failed',
    tests: BROWSER,
    outcome: 'anomaly',
    method: 'other',
    source: BROWSER_SOURCE,
  },
  {
    id: 'browser_web.loaded',
    tests: BROWSER,
    outcome: 'ok',
    method: null,
    source: BROWSER_SOURCE,
  },
  {
    id: 'browser_web.no_verdict',
    tests: BROWSER,
    outcome: 'failure',
    method: null,
    source: BROWSER_SOURCE,
  },

  {
    id: 'tcp_connect.lookup_failed',
    tests: TCP,
    outcome: 'anomaly',
    method: 'dns',
    source: `${TCP_SOURCE}; method: atlas`,
  },
  {
    id: 'tcp_connect.connection_failed',
    tests: TCP,
    outcome: 'anomaly',
    method: 'tcp_ip',
    source: TCP_SOURCE,
  },
  {
    id: 'tcp_connect.connected',
    tests: TCP,
    outcome: 'ok',
    method: null,
    source: TCP_SOURCE,
  },

  {
    id: 'http_requests.confirmed_body',
    tests: REQUESTS,
    outcome: 'confirmed',
    method: 'http_diff',
    source: REQUESTS_SOURCE,
  },
  {
    id: 'http_requests.confirmed_header',
    tests: REQUESTS,
    outcome: 'confirmed',
    method: 'http_diff',
    source: REQUESTS_SOURCE,
  },
  {
    id: 'http_requests.response_differs',
    tests: REQUESTS,
    outcome: 'anomaly',
    method: 'http_diff',
    source: REQUESTS_SOURCE,
  },
  {
    id: 'http_requests.accessible',
    tests: REQUESTS,
    outcome: 'ok',
    method: null,
    source: REQUESTS_SOURCE,
  },
  {
    id: 'http_requests.incomplete',
    tests: REQUESTS,
    outcome: 'failure',
    method: null,
    source: REQUESTS_SOURCE,
  },

  {
    id: 'dns_consistency.not_judged',
    tests: ['dns_consistency'],
    outcome: 'ok',
    method: null,
    source: `${CORE} score_dns_consistency`,
  },
] as const satisfies readonly Omit<RuleSpec, 'reason'>[];

/** The ids that code may write; anything else does not compile. */
export type RuleId = (typeof LISTED)[number]['id'];

export const RULES = LISTED.map(({ id, tests, outcome, method, source }) => ({
  id,
  tests,
  outcome,
  method,
  get reason() {
    return translate(`rule.${id}`);
  },
  source,
})) satisfies readonly RuleSpec[];

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

/** `<revision>-<hash of the rules with their reasons in English>`: part of every cache key and of the manifest. */
export const RULES_VERSION = `${SCORING_REVISION}-${hashText(
  JSON.stringify(
    RULES.map((rule) => ({ ...rule, reason: fillMessage(FIRST_LANGUAGE, `rule.${rule.id}`) })),
  ),
)}`;
