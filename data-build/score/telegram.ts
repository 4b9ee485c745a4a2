/** telegram. Rules: ooni/backend core.py, score_measurement_telegram; the method is the Atlas's own. */
import type { RuleId } from '../contract/rules.ts';
import { type JsonObject, type JsonValue, isJsonObject } from '../parse/json.ts';
import { type Tally, failedShare, formatTally, tallyTcpConnect } from './endpoints.ts';
import { commonFailure, toFailureClass } from './failure-class.ts';
import { asObjects, hasKey, isMissing, listOrNull, valueAt } from './python-values.ts';
import { type Scorer, UNREADABLE, toTestScore } from './test-score.ts';

const WEB_URLS: readonly JsonValue[] = ['https://web.telegram.org/', 'http://web.telegram.org/'];

/** What the publisher takes for the share of failures when nothing was tried. */
const UNTRIED_SHARE = 0.5;

/**
 * Scores Telegram: the share of failed TCP connections, plus the share of failed web requests to the data
 * centers, plus 1 when the web version is blocked; an anomaly above one half.
 */
export const scoreTelegram: Scorer = (keys) => {
  const tcp = tallyTcpConnect(keys);
  const requests = asObjects(listOrNull(keys, 'requests'));
  if (tcp === null || requests === null) return UNREADABLE;
  const http = tallyRequests(requests);
  if (http === 'unreadable') return UNREADABLE;
  if (http === 'no_url') return toTestScore(0, ['telegram.request_without_url']);

  const webStatus = valueAt(keys, 'telegram_web_status');
  const webBlocked = webStatus === 'blocked';
  const score =
    (isEmpty(tcp) ? UNTRIED_SHARE : failedShare(tcp)) +
    (isEmpty(http) ? UNTRIED_SHARE : failedShare(http)) +
    (webBlocked ? 1 : 0);
  const detail = [
    `endpoints_tcp=${formatTally(tcp)}`,
    `endpoints_http=${formatTally(http)}`,
    `web=${webBlocked ? 'blocked' : webStatus === 'ok' ? 'ok' : 'unknown'}`,
  ].join(',');
  const failure_class =
    commonFailure([...tcp.failures, ...http.failures]) ??
    toFailureClass(valueAt(keys, 'telegram_web_failure'));
  const fired =
    score > 0.5 ? anomalyRules(tcp, http, webBlocked) : (['telegram.reachable'] as const);
  return toTestScore(score, fired, { detail, failure_class });
};

/**
 * Which part of the app shows the interference. Where both TCP connections and requests fail, one kind
 * decides when its share is at least twice the other's.
 */
function anomalyRules(tcp: Tally, http: Tally, webBlocked: boolean): [RuleId, ...RuleId[]] {
  const tcpShare = failedShare(tcp);
  const httpShare = failedShare(http);
  const web: RuleId[] = webBlocked ? ['telegram.web_blocked'] : [];
  if (tcpShare === 0 && httpShare === 0)
    return webBlocked ? ['telegram.web_blocked'] : ['telegram.nothing_measured'];
  if (tcpShare >= 2 * httpShare) return ['telegram.endpoints_failed', ...web];
  if (httpShare >= 2 * tcpShare) return ['telegram.requests_failed', ...web];
  return ['telegram.app_unreachable', ...web];
}

function isEmpty(tally: Tally): boolean {
  return tally.reachable + tally.failed === 0;
}

/** Counts the requests to anything but the web version; `failure` null is a success. */
function tallyRequests(requests: readonly JsonObject[]): Tally | 'no_url' | 'unreadable' {
  let reachable = 0;
  const failures: (JsonValue | undefined)[] = [];
  for (const entry of requests) {
    if (!hasKey(entry, 'request')) return 'no_url';
    const request = entry['request'];
    if (!isJsonObject(request)) return 'unreadable';
    if (!hasKey(request, 'url')) return 'no_url';
    if (!hasKey(entry, 'failure')) return 'unreadable';
    if (WEB_URLS.includes(request['url'] ?? null)) continue;
    if (isMissing(entry['failure'])) reachable += 1;
    else failures.push(entry['failure']);
  }
  return { reachable, failed: failures.length, failures };
}
