/** browser_web and the legacy tcp_connect, http_requests and dns_consistency. Rules: ooni/backend core.py. */
import type { RuleId } from '../contract/rules.ts';
import { type JsonObject, type JsonValue, isJsonObject } from '../parse/json.ts';
import { firstFailure, toFailureClass } from './failure-class.ts';
import { confirmsBlocking, isExpectedIn, localityOf } from './fingerprint.ts';
import {
  asObjects,
  hasKey,
  isMissing,
  isTruthy,
  listOrNull,
  objectOrNull,
  valueAt,
} from './python-values.ts';
import { type Scorer, UNREADABLE, toTestScore } from './test-score.ts';

/** Scores a page loaded in a browser. */
export const scoreBrowserWeb: Scorer = (keys) => {
  const result = valueAt(keys, 'result');
  if (result === 'ok') return toTestScore(0, ['browser_web.loaded']);
  if (result === 'error') return toTestScore(1, ['browser_web.load_failed']);
  return toTestScore(0, ['browser_web.no_verdict']);
};

const WEAK_FAILURES: readonly (JsonValue | undefined)[] = [
  'generic_timeout_error',
  'connection_refused_error',
  'connect_error',
  'tcp_timed_out_error',
];

/** Scores a legacy connection attempt; every failure is an anomaly, the common ones a weaker one. */
export const scoreTcpConnect: Scorer = (keys, raw) => {
  if (!isTruthy(valueAt(raw, 'input'))) return UNREADABLE;
  const connection = valueAt(keys, 'connection');
  if (connection === 'success') return toTestScore(0, ['tcp_connect.connected']);
  const failure_class = toFailureClass(connection);
  return toTestScore(
    WEAK_FAILURES.includes(connection) ? 0.8 : 1,
    [
      failure_class?.startsWith('dns_') === true
        ? 'tcp_connect.lookup_failed'
        : 'tcp_connect.connection_failed',
    ],
    { failure_class },
  );
};

/** Scores a legacy comparison of a page fetched directly and through Tor. */
export const scoreHttpRequests: Scorer = (keys, raw, context, fingerprints) => {
  const lengthMatch = valueAt(keys, 'body_length_match');
  const headersMatch = valueAt(keys, 'headers_match');
  const failure_class = firstFailure(
    valueAt(keys, 'experiment_failure'),
    valueAt(keys, 'control_failure'),
  );
  if (
    isTruthy(valueAt(raw, 'control_failure')) ||
    isTruthy(valueAt(raw, 'experiment_failure')) ||
    isMissing(lengthMatch) ||
    isMissing(headersMatch)
  )
    return toTestScore(0, ['http_requests.incomplete'], { failure_class });

  const responses = directResponses(keys);
  const found = responses === null ? null : fingerprints.matchResponses(responses);
  if (found?.kind !== 'matches') return UNREADABLE;
  const confirming = found.matches.filter((match) => confirmsBlocking(match, context.probe_cc));
  const differs = !isTruthy(lengthMatch) || !isTruthy(headersMatch);
  // A match of general locality sets the score that the difference would set; other localities are not added up.
  const score = differs || confirming.some((match) => localityOf(match) === 'general') ? 1 : 0;
  const fired: RuleId[] = [];
  if (confirming.some((match) => match.place === 'body'))
    fired.push('http_requests.confirmed_body');
  if (confirming.some((match) => match.place === 'header'))
    fired.push('http_requests.confirmed_header');
  fired.push(differs ? 'http_requests.response_differs' : 'http_requests.accessible');
  const [first = 'http_requests.accessible', ...rest] = fired;
  const names = new Set(confirming.map((match) => `fp:${match.name}:${match.scope}`));
  return toTestScore(score, [first, ...rest], {
    detail: names.size === 0 ? null : [...names].slice(0, 3).join(','),
    failure_class,
    confirmed_in_country: confirming.some((match) => isExpectedIn(match, context.probe_cc)),
  });
};

/** Responses to the requests not sent through Tor; null when a shape cannot be read. */
function directResponses(keys: JsonObject): readonly JsonValue[] | null {
  const entries = asObjects(listOrNull(keys, 'requests'));
  if (entries === null) return null;
  const responses: JsonValue[] = [];
  for (const entry of entries) {
    const request = objectOrNull(entry, 'request');
    const tor = request === null ? null : objectOrNull(request, 'tor');
    if (tor === null) return null;
    if (isTruthy(valueAt(tor, 'is_tor'))) continue;
    const response = hasKey(entry, 'response') ? entry['response'] : null;
    if (!isMissing(response) && !isJsonObject(response)) return null;
    responses.push(response ?? null);
  }
  return responses;
}

/** The publisher judges nothing here, so everything is ok. */
export const scoreDnsConsistency: Scorer = () => toTestScore(0, ['dns_consistency.not_judged']);
