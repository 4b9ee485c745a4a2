/** web_connectivity, versions 0.4 and 0.5 alike. Rules: ooni/backend core.py, score_web_connectivity. */
import type { RuleId } from '../contract/rules.ts';
import type { FailureClass } from '../contract/vocabulary.ts';
import { type JsonObject, isJsonObject, numberAt, objectAt, stringAt } from '../parse/json.ts';
import { commonFailure, firstFailure, toFailureClass } from './failure-class.ts';
import { type Fingerprint, confirmsBlocking, isExpectedIn, localityOf } from './fingerprint.ts';
import type { FingerprintMatcher, FingerprintMatches } from './fingerprints.ts';
import {
  asObjects,
  equalsFalse,
  equalsTrue,
  hasKey,
  isJsonArray,
  isMissing,
  isTruthy,
  listOrNull,
  valueAt,
} from './python-values.ts';
import { type TestScore, type Scorer, UNREADABLE, toTestScore } from './test-score.ts';

/** Bit of `x_blocking_flags` that means TLS. Source: ooni/probe-cli webconnectivitylte analysis. */
const TLS_FLAG = 4;

const CONFIRMED_RULES = {
  dns: 'web_connectivity.confirmed_dns',
  body: 'web_connectivity.confirmed_body',
  header: 'web_connectivity.confirmed_header',
} as const satisfies Record<Fingerprint['place'], RuleId>;

/** Scores a website measurement; `confirmed` needs the fingerprint lists. */
export const scoreWebConnectivity: Scorer = (keys, raw, context, fingerprints) => {
  const found = matchFingerprints(keys, fingerprints);
  if (found.kind === 'unreadable') return UNREADABLE;
  const matches = found.kind === 'matches' ? found.matches : [];
  const confirming = matches.filter((match) => confirmsBlocking(match, context.probe_cc));
  const blocking = valueAt(keys, 'blocking');
  const fired: RuleId[] = [];
  if (found.kind === 'undecodable') fired.push('web_connectivity.undecodable_body');

  for (const place of ['dns', 'body', 'header'] as const)
    if (confirming.some((match) => match.place === place)) fired.push(CONFIRMED_RULES[place]);
  const localities = new Set(confirming.map(localityOf));
  let score = localities.has('general') ? 1 : 0;
  const confirmed_in_country = confirming.some((match) => isExpectedIn(match, context.probe_cc));

  const titleMatch = valueAt(keys, 'title_match');
  if (!isMissing(titleMatch) && !equalsTrue(titleMatch) && !equalsFalse(titleMatch)) {
    // The publisher stops here, before localities are added up: a confirmed row may be no anomaly.
    return toTestScore(score, ['web_connectivity.invalid_title_match', ...fired], {
      confirmed_in_country,
    });
  }

  let blockingType = '';
  const blockingRule = ruleOfBlocking(blocking, keys, raw);
  if (blockingRule !== null) {
    score = 1;
    blockingType = typeof blocking === 'string' ? blocking : '';
    fired.push(blockingRule);
  } else if (isMissing(blocking)) {
    if (matches.length === 0) fired.push('web_connectivity.no_verdict');
  } else if (!equalsFalse(blocking)) {
    fired.push('web_connectivity.invalid_blocking');
  }

  const unknown = hasUnknownFailure(keys);
  if (unknown === null) return UNREADABLE;
  if (unknown) fired.push('web_connectivity.unknown_failure');
  for (const locality of localities) if (locality !== 'general') score += 1;
  if (hasKey(keys, 'accessible') && keys['accessible'] === null && matches.length === 0)
    fired.push('web_connectivity.accessibility_unknown');

  if (fired.length === 0)
    fired.push(
      isMissing(blocking)
        ? 'web_connectivity.known_page_only'
        : valueAt(keys, 'accessible') === false
          ? 'web_connectivity.site_down'
          : 'web_connectivity.accessible',
    );
  const [first = 'web_connectivity.accessible', ...rest] = fired;
  return toTestScore(score, [first, ...rest], {
    blockingType,
    detail: score > 0.5 ? toDetail(blockingType, matches, confirming) : null,
    failure_class: failureOf(keys, blockingRule),
    confirmed_in_country,
  });
};

/**
 * Whether any key ending in `_failure` holds a text beginning `unknown_failure`; null when one holds what
 * the publisher's scorer cannot read. Source: core.py, _detect_unknown_failure.
 */
export function hasUnknownFailure(keys: JsonObject): boolean | null {
  for (const key in keys) {
    if (!key.endsWith('_failure') || !Object.hasOwn(keys, key)) continue;
    const value = keys[key];
    if (!isTruthy(value)) continue;
    if (typeof value !== 'string') return null;
    if (value.startsWith('unknown_failure')) return true;
  }
  return false;
}

function matchFingerprints(keys: JsonObject, fingerprints: FingerprintMatcher): FingerprintMatches {
  const queries = listOrNull(keys, 'queries');
  if (queries === null) return { kind: 'unreadable' };
  const dns = fingerprints.matchQueries(queries);
  if (dns.kind !== 'matches') return dns;
  const requests = asObjects(listOrNull(keys, 'requests'));
  if (requests === null) return { kind: 'unreadable' };
  const http = fingerprints.matchResponses(requests.map((request) => valueAt(request, 'response')));
  if (http.kind !== 'matches') return http;
  return { kind: 'matches', matches: [...dns.matches, ...http.matches] };
}

function ruleOfBlocking(
  blocking: JsonObject[string],
  keys: JsonObject,
  raw: JsonObject,
): RuleId | null {
  switch (blocking) {
    case 'dns':
      return 'web_connectivity.blocking_dns';
    case 'tcp_ip':
      return 'web_connectivity.blocking_tcp_ip';
    case 'http-diff':
      return 'web_connectivity.blocking_http_diff';
    case 'http-failure':
      return isTlsFailure(keys, raw)
        ? 'web_connectivity.blocking_tls'
        : 'web_connectivity.blocking_http_failure';
    default:
      return null;
  }
}

/** Whether an http-failure was a failure of TLS; see the rule `web_connectivity.blocking_tls`. */
function isTlsFailure(keys: JsonObject, raw: JsonObject): boolean {
  const blockingFlags = numberAt(keys, 'x_blocking_flags');
  if (blockingFlags !== null && (blockingFlags & TLS_FLAG) !== 0) return true;
  const failure = stringAt(keys, 'http_experiment_failure');
  if (failure === null) return false;
  if (failure.startsWith('ssl_')) return true;
  if (!['connection_reset', 'generic_timeout_error', 'eof_error'].includes(failure)) return false;
  const host = hostOf(stringAt(raw, 'input') ?? '');
  const connected = objectsAt(keys, 'tcp_connect').filter(
    (connect) => objectAt(connect, 'status')['success'] === true,
  );
  return objectsAt(keys, 'tls_handshakes').some((handshake) => {
    if (valueAt(handshake, 'failure') !== failure) return false;
    if (stringAt(handshake, 'server_name')?.toLowerCase() !== host) return false;
    const address = stringAt(handshake, 'address');
    return connected.some((connect) => address === null || addressOf(connect) === address);
  });
}

function objectsAt(object: JsonObject, key: string): readonly JsonObject[] {
  const list = valueAt(object, key);
  return isJsonArray(list) ? list.filter((item) => isJsonObject(item)) : [];
}

/** `ip:port`, with IPv6 in brackets, as tls_handshakes write it. */
function addressOf(connect: JsonObject): string {
  const ip = stringAt(connect, 'ip') ?? '';
  return `${ip.includes(':') ? `[${ip}]` : ip}:${numberAt(connect, 'port') ?? 443}`;
}

/** Host of a URL, lower case, without user, port and the brackets of an IPv6 address; empty when there is none. */
function hostOf(url: string): string {
  const authority = /^[a-z][a-z0-9+.-]*:\/\/([^/?#]*)/i.exec(url)?.[1] ?? '';
  return authority
    .slice(authority.lastIndexOf('@') + 1)
    .replace(/:\d*$/, '')
    .replace(/^\[(.*)\]$/, '$1')
    .toLowerCase();
}

/** At most three fingerprints, the confirming ones first. */
function toDetail(
  blockingType: string,
  matches: readonly Fingerprint[],
  confirming: readonly Fingerprint[],
): string | null {
  const names = new Set(
    [...confirming, ...matches].map((match) => `fp:${match.name}:${match.scope}`),
  );
  const parts = [...(blockingType === '' ? [] : [blockingType]), ...[...names].slice(0, 3)];
  return parts.length === 0 ? null : parts.join(',');
}

function failureOf(
  keys: JsonObject,
  blockingRule: TestScore['rules'][0] | null,
): FailureClass | null {
  const dns = valueAt(keys, 'dns_experiment_failure');
  const http = valueAt(keys, 'http_experiment_failure');
  if (blockingRule === 'web_connectivity.blocking_dns') return firstFailure(dns, http);
  if (blockingRule === 'web_connectivity.blocking_tcp_ip') {
    const connects = objectsAt(keys, 'tcp_connect');
    return (
      commonFailure(connects.map((connect) => objectAt(connect, 'status')['failure'])) ??
      firstFailure(http, dns)
    );
  }
  return firstFailure(http, dns) ?? toFailureClass(valueAt(keys, 'control_failure'));
}
