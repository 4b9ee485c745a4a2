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

/** What a test is judged by: a function of the publisher's scorer. */
function judgedBy(code: string, test = '*') {
  return { tests: [test], source: `ooni/backend fastpath/fastpath/core.py ${code}` };
}

const OF_DATES = judgedBy('flag_measurements_with_wrong_date');
const STORED = { tests: ['*'], source: 'public monthly export of the fastpath table' };
const WEB = judgedBy('score_web_connectivity', 'web_connectivity');
const TELEGRAM = judgedBy('score_measurement_telegram', 'telegram');
const WHATSAPP = judgedBy('score_measurement_whatsapp', 'whatsapp');
const MESSENGER = judgedBy('score_measurement_facebook_messenger', 'facebook_messenger');
const SIGNAL = judgedBy('score_signal', 'signal');
const PSIPHON = judgedBy('score_psiphon', 'psiphon');
const TOR = judgedBy('score_tor', 'tor');
const VANILLA_TOR = judgedBy('score_vanilla_tor', 'vanilla_tor');
const TORSF = judgedBy('score_torsf', 'torsf');
const OPENVPN = judgedBy('score_openvpn', 'openvpn');
const MEEK = judgedBy('score_meek_fronted_requests_test', 'meek_fronted_requests_test');
const STUN = judgedBy('score_stunreachability', 'stunreachability');
const REQUEST_LINE = judgedBy('score_http_invalid_request_line', 'http_invalid_request_line');
const HEADERS = judgedBy('score_measurement_hhfm', 'http_header_field_manipulation');
const DASH = judgedBy('score_dash', 'dash');
const BROWSER = judgedBy('score_browser_web', 'browser_web');
const TCP = judgedBy('score_tcp_connect', 'tcp_connect');
const REQUESTS = judgedBy('score_http_requests', 'http_requests');

type Listed = readonly [
  id: string,
  of: Pick<RuleSpec, 'tests' | 'source'>,
  outcome: Outcome,
  method?: BlockingMethod | null,
  /** What its source says beside the code. */
  note?: string,
];

const LISTED = [
  ['envelope.too_old', OF_DATES, 'failure'],
  ['envelope.from_future', OF_DATES, 'failure'],
  ['envelope.unreadable', { tests: ['*'], source: 'atlas' }, 'failure'],
  ['unscored.no_rule', judgedBy('score_measurement'), 'unscored'],
  [
    'unscored.riseupvpn',
    judgedBy('score_riseupvpn', 'riseupvpn'),
    'unscored',
    null,
    'ooni/backend issue 745',
  ],
  ['fastpath.stored_ok', STORED, 'ok'],
  ['fastpath.stored_anomaly', STORED, 'anomaly'],
  ['fastpath.stored_confirmed', STORED, 'confirmed'],
  ['fastpath.stored_failure', STORED, 'failure'],

  [
    'web_connectivity.confirmed_dns',
    judgedBy('match_fingerprints, is_confirmed', 'web_connectivity'),
    'confirmed',
    'dns',
  ],
  [
    'web_connectivity.confirmed_body',
    judgedBy('match_http_body_fingerprints, is_confirmed', 'web_connectivity'),
    'confirmed',
    'http_diff',
  ],
  [
    'web_connectivity.confirmed_header',
    judgedBy('match_http_headers_fingerprints, is_confirmed', 'web_connectivity'),
    'confirmed',
    'http_diff',
  ],
  ['web_connectivity.blocking_dns', WEB, 'anomaly', 'dns'],
  ['web_connectivity.blocking_tcp_ip', WEB, 'anomaly', 'tcp_ip'],
  ['web_connectivity.blocking_tls', WEB, 'anomaly', 'tls', 'refinement: atlas'],
  ['web_connectivity.blocking_http_failure', WEB, 'anomaly', 'http_failure'],
  ['web_connectivity.blocking_http_diff', WEB, 'anomaly', 'http_diff'],
  ['web_connectivity.accessible', WEB, 'ok'],
  ['web_connectivity.site_down', WEB, 'ok'],
  ['web_connectivity.known_page_only', WEB, 'ok'],
  ['web_connectivity.invalid_title_match', WEB, 'failure'],
  ['web_connectivity.no_verdict', WEB, 'failure', null, 'ooni/backend issue 610'],
  ['web_connectivity.invalid_blocking', WEB, 'failure'],
  [
    'web_connectivity.unknown_failure',
    judgedBy('_detect_unknown_failure', 'web_connectivity'),
    'failure',
  ],
  ['web_connectivity.accessibility_unknown', WEB, 'failure', null, 'ooni/backend issue 610'],
  [
    'web_connectivity.undecodable_body',
    judgedBy('score_web_connectivity_full', 'web_connectivity'),
    'failure',
  ],

  ['telegram.endpoints_failed', TELEGRAM, 'anomaly', 'tcp_ip', 'method: atlas'],
  ['telegram.app_unreachable', TELEGRAM, 'anomaly', 'app_endpoints', 'method: atlas'],
  ['telegram.requests_failed', TELEGRAM, 'anomaly', 'http_failure', 'method: atlas'],
  ['telegram.web_blocked', TELEGRAM, 'anomaly', 'app_web', 'method: atlas'],
  ['telegram.nothing_measured', TELEGRAM, 'anomaly', 'other'],
  ['telegram.reachable', TELEGRAM, 'ok'],
  ['telegram.request_without_url', TELEGRAM, 'failure'],

  ['whatsapp.endpoints_failed', WHATSAPP, 'anomaly', 'app_endpoints'],
  ['whatsapp.registration_failed', WHATSAPP, 'anomaly', 'app_registration'],
  ['whatsapp.web_failed', WHATSAPP, 'anomaly', 'app_web'],
  ['whatsapp.reachable', WHATSAPP, 'ok'],
  ['whatsapp.unknown_failure', judgedBy('_detect_unknown_failure', 'whatsapp'), 'failure'],
  ['whatsapp.no_requests', WHATSAPP, 'failure'],
  ['whatsapp.requests_incomplete', WHATSAPP, 'failure'],
  ['whatsapp.no_endpoints', WHATSAPP, 'failure'],

  ['facebook_messenger.dns_failed', MESSENGER, 'anomaly', 'dns', 'method: atlas'],
  ['facebook_messenger.tcp_failed', MESSENGER, 'anomaly', 'tcp_ip', 'method: atlas'],
  ['facebook_messenger.reachable', MESSENGER, 'ok'],

  ['signal.backend_dns', SIGNAL, 'anomaly', 'dns', 'method: atlas'],
  ['signal.backend_tls', SIGNAL, 'anomaly', 'tls', 'method: atlas'],
  ['signal.backend_blocked', SIGNAL, 'anomaly', 'app_endpoints'],
  ['signal.reachable', SIGNAL, 'ok'],
  ['signal.test_failed', SIGNAL, 'failure'],
  ['signal.invalid_time_or_version', SIGNAL, 'failure'],
  ['signal.faulty_version', SIGNAL, 'failure', null, 'ooni/probe issues 2344, 2627, 2636'],
  ['signal.faulty_engine', SIGNAL, 'failure', null, 'ooni/backend issue 679'],
  ['signal.no_status', SIGNAL, 'failure'],

  ['psiphon.bootstrap_failed', PSIPHON, 'anomaly', 'tool_bootstrap'],
  ['psiphon.page_failed', PSIPHON, 'anomaly', 'tool_bootstrap'],
  ['psiphon.works', PSIPHON, 'ok'],
  ['psiphon.no_bootstrap_time', PSIPHON, 'failure'],
  ['psiphon.no_resolver', PSIPHON, 'failure'],

  ['tor.targets_blocked', TOR, 'anomaly', 'tool_bootstrap'],
  ['tor.targets_reachable', TOR, 'ok'],
  ['tor.no_targets', TOR, 'failure'],
  ['tor.invalid_targets', TOR, 'failure'],
  ['tor.nothing_run', TOR, 'failure'],

  ['vanilla_tor.bootstrap_failed', VANILLA_TOR, 'anomaly', 'tool_bootstrap'],
  ['vanilla_tor.works', VANILLA_TOR, 'ok'],
  ['vanilla_tor.no_log', VANILLA_TOR, 'failure'],

  ['torsf.bootstrap_failed', TORSF, 'anomaly', 'tool_bootstrap'],
  ['torsf.works', TORSF, 'ok'],
  ['torsf.faulty_version', TORSF, 'failure', null, 'ooni/ooni.org issue 772'],

  ['openvpn.handshake_failed', OPENVPN, 'anomaly', 'tool_bootstrap'],
  ['openvpn.works', OPENVPN, 'ok'],
  ['openvpn.no_verdict', OPENVPN, 'failure'],

  ['meek_fronted_requests_test.request_failed', MEEK, 'anomaly', 'tool_bootstrap'],
  ['meek_fronted_requests_test.unexpected_server', MEEK, 'anomaly', 'tool_bootstrap'],
  ['meek_fronted_requests_test.works', MEEK, 'ok'],
  ['meek_fronted_requests_test.no_requests', MEEK, 'failure'],

  ['stunreachability.lookup_failed', STUN, 'anomaly', 'dns', 'method: atlas'],
  ['stunreachability.unreachable', STUN, 'anomaly', 'other'],
  ['stunreachability.reachable', STUN, 'ok'],

  ['http_invalid_request_line.altered', REQUEST_LINE, 'anomaly', 'middlebox'],
  ['http_invalid_request_line.unaltered', REQUEST_LINE, 'ok'],
  ['http_invalid_request_line.nothing_sent', REQUEST_LINE, 'failure'],

  ['http_header_field_manipulation.altered', HEADERS, 'anomaly', 'middlebox'],
  ['http_header_field_manipulation.replaced', HEADERS, 'anomaly', 'middlebox'],
  ['http_header_field_manipulation.unaltered', HEADERS, 'ok'],
  ['http_header_field_manipulation.no_response', HEADERS, 'failure'],

  ['ndt.measured', judgedBy('score_ndt', 'ndt'), 'ok'],

  ['dash.measured', DASH, 'ok'],
  ['dash.failed', DASH, 'failure'],

  ['browser_web.load_failed', BROWSER, 'anomaly', 'other'],
  ['browser_web.loaded', BROWSER, 'ok'],
  ['browser_web.no_verdict', BROWSER, 'failure'],

  ['tcp_connect.lookup_failed', TCP, 'anomaly', 'dns', 'method: atlas'],
  ['tcp_connect.connection_failed', TCP, 'anomaly', 'tcp_ip'],
  ['tcp_connect.connected', TCP, 'ok'],

  ['http_requests.confirmed_body', REQUESTS, 'confirmed', 'http_diff'],
  ['http_requests.confirmed_header', REQUESTS, 'confirmed', 'http_diff'],
  ['http_requests.response_differs', REQUESTS, 'anomaly', 'http_diff'],
  ['http_requests.accessible', REQUESTS, 'ok'],
  ['http_requests.incomplete', REQUESTS, 'failure'],

  ['dns_consistency.not_judged', judgedBy('score_dns_consistency', 'dns_consistency'), 'ok'],
] as const satisfies readonly Listed[];

/** The ids that code may write; anything else does not compile. */
export type RuleId = (typeof LISTED)[number][0];

export const RULES: readonly RuleSpec[] = LISTED.map((listed) => {
  const [id] = listed;
  const [, { tests, source }, outcome, method = null, note]: Listed = listed;
  return {
    id,
    tests,
    outcome,
    method,
    get reason() {
      return translate(`rule.${id}`);
    },
    source: note === undefined ? source : `${source}; ${note}`,
  };
});

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
