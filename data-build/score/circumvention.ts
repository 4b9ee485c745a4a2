/**
 * psiphon, torsf, vanilla_tor, openvpn, riseupvpn, meek_fronted_requests_test and stunreachability.
 * Rules: ooni/backend core.py, score_psiphon and so on.
 */
import type { Performance } from '../normalize/speed-bounds.ts';
import type { RuleId } from '../contract/rules.ts';
import { type JsonObject, type JsonValue, isJsonObject } from '../parse/json.ts';
import { toFailureClass } from './failure-class.ts';
import {
  hasKey,
  isJsonArray,
  isMissing,
  isTruthy,
  listIfTruthy,
  valueAt,
} from './python-values.ts';
import { type Scorer, NO_PERFORMANCE, UNREADABLE, toTestScore } from './test-score.ts';

function bootstrapPerformance(keys: JsonObject): Performance {
  const seconds = valueAt(keys, 'bootstrap_time');
  return {
    ...NO_PERFORMANCE,
    bootstrap_time_s:
      typeof seconds === 'number' && seconds > 0 && seconds < 86_400 ? seconds : null,
  };
}

/** Scores Psiphon: any failure is an anomaly, whether starting or fetching a page failed. */
export const scorePsiphon: Scorer = (keys, raw) => {
  const failure = valueAt(keys, 'failure');
  const time = hasKey(keys, 'bootstrap_time') ? keys['bootstrap_time'] : 0;
  const neverStarted = time === 0 || time === false;
  const faulty: RuleId[] = hasKey(raw, 'resolver_ip') ? [] : ['psiphon.no_resolver'];
  if (isMissing(failure))
    return neverStarted
      ? toTestScore(0, ['psiphon.no_bootstrap_time', ...faulty])
      : toTestScore(0, ['psiphon.works', ...faulty], {
          detail: 'bootstrap=ok',
          performance: bootstrapPerformance(keys),
        });
  const started = typeof time === 'number' && time > 0;
  return toTestScore(1, [started ? 'psiphon.page_failed' : 'psiphon.bootstrap_failed', ...faulty], {
    detail: started ? 'bootstrap=ok,page=failed' : 'bootstrap=failed',
    failure_class: toFailureClass(failure) ?? 'unknown_failure',
  });
};

/** Scores Tor over Snowflake. */
export const scoreTorsf: Scorer = (keys, raw) => {
  const version = valueAt(raw, 'software_version');
  const name = valueAt(raw, 'software_name');
  if (version === '3.8.3' && !isMissing(name)) {
    if (typeof name !== 'string') return UNREADABLE;
    if (name.startsWith('ooniprobe-android')) return toTestScore(0, ['torsf.faulty_version']);
  }
  const failure = valueAt(keys, 'failure');
  return isTruthy(failure)
    ? toTestScore(1, ['torsf.bootstrap_failed'], {
        detail: 'bootstrap=failed',
        failure_class: toFailureClass(failure),
      })
    : toTestScore(0, ['torsf.works'], {
        detail: 'bootstrap=ok',
        performance: bootstrapPerformance(keys),
      });
};

const DONE_LINES = ['Bootstrapped 100%: Done', 'Bootstrapped 100% (done): Done'];

/** Whether a log says that Tor finished; a list of lines must hold the words alone as a line. */
function saysDone(log: JsonValue): boolean | null {
  if (typeof log === 'string') return DONE_LINES.some((line) => log.includes(line));
  if (isJsonArray(log)) return DONE_LINES.some((line) => log.includes(line));
  return isJsonObject(log) ? DONE_LINES.some((line) => hasKey(log, line)) : null;
}

const FLOAT = /^[+-]?(\d+(_\d+)*\.?(\d+(_\d+)*)?|\.\d+(_\d+)*)(e[+-]?\d+(_\d+)*)?$/i;

/** Progress in percent as Python's float() would read it; null where it would refuse. */
function readProgress(keys: JsonObject): number | null {
  const value = hasKey(keys, 'tor_progress') ? keys['tor_progress'] : 0;
  const number =
    typeof value === 'boolean'
      ? Number(value)
      : typeof value === 'string'
        ? parseFloatText(value)
        : value;
  return typeof number === 'number' ? Math.min(100, Math.max(0, number)) : null;
}

/** A text that Python's float() accepts, such as `inf` and `1_000`; not a number counts as 0. */
function parseFloatText(text: string): number | null {
  const trimmed = text.trim();
  if (/^[+-]?nan$/i.test(trimmed)) return 0;
  if (/^[+-]?inf(inity)?$/i.test(trimmed)) return trimmed.startsWith('-') ? 0 : Infinity;
  return FLOAT.test(trimmed) ? Number(trimmed.replaceAll('_', '')) : null;
}

/** Scores Tor without bridges: anything short of finishing is an anomaly. */
export const scoreVanillaTor: Scorer = (keys) => {
  const logs = valueAt(keys, 'tor_logs');
  const log = isTruthy(logs) ? logs : valueAt(keys, 'tor_log');
  if (isMissing(log)) return toTestScore(0, ['vanilla_tor.no_log']);
  const done = saysDone(log);
  if (done === null) return UNREADABLE;
  const progress = done ? 100 : readProgress(keys);
  if (progress === null) return UNREADABLE;
  return progress === 100
    ? toTestScore(0, ['vanilla_tor.works'], {
        detail: 'bootstrap=100',
        performance: bootstrapPerformance(keys),
      })
    : toTestScore(1 - progress * 0.004, ['vanilla_tor.bootstrap_failed'], {
        detail: `bootstrap=${Math.floor(progress)}`,
        failure_class: toFailureClass(valueAt(keys, 'failure')),
      });
};

/** Scores OpenVPN by its own `success`. */
export const scoreOpenvpn: Scorer = (keys) => {
  const success = valueAt(keys, 'success');
  if (isMissing(success)) return toTestScore(0, ['openvpn.no_verdict']);
  return success === false
    ? toTestScore(1, ['openvpn.handshake_failed'], {
        detail: 'bootstrap=failed',
        failure_class: toFailureClass(valueAt(keys, 'failure')),
      })
    : toTestScore(0, ['openvpn.works'], {
        detail: 'bootstrap=ok',
        performance: bootstrapPerformance(keys),
      });
};

/** Scores legacy meek requests; servers of the expected network name themselves `ECAcc …`. */
export const scoreMeekFrontedRequests: Scorer = (keys) => {
  const requests = listIfTruthy(keys, 'requests');
  if (requests === null) return UNREADABLE;
  if (requests.length === 0) return toTestScore(1, ['meek_fronted_requests_test.no_requests']);
  let score = 0;
  // The first request that failed decides, whatever follows it.
  for (const request of requests) {
    if (!isJsonObject(request)) return UNREADABLE;
    const response = hasKey(request, 'response') ? request['response'] : {};
    if (response === null)
      return toTestScore(1, ['meek_fronted_requests_test.request_failed'], {
        failure_class: toFailureClass(valueAt(request, 'failure')),
      });
    if (!isJsonObject(response)) return UNREADABLE;
    if (valueAt(response, 'code') !== 200)
      return toTestScore(1, ['meek_fronted_requests_test.request_failed']);
    const server = readServer(hasKey(response, 'headers') ? response['headers'] : {});
    if (server === null) return UNREADABLE;
    if (!server.startsWith('ECAcc ')) score += 0.5;
  }
  return toTestScore(score, [
    score > 0.5
      ? 'meek_fronted_requests_test.unexpected_server'
      : 'meek_fronted_requests_test.works',
  ]);
};

/** The Server header of a map of headers, or of a list of name and values; empty when absent. */
function readServer(headers: JsonValue | undefined): string | null {
  if (isJsonArray(headers)) {
    let server = '';
    for (const entry of headers) {
      if (!isTruthy(entry)) continue;
      const [name, values] = isJsonArray(entry) || typeof entry === 'string' ? entry : [];
      const value = isJsonArray(values) || typeof values === 'string' ? values[0] : undefined;
      if (value === undefined || isJsonArray(name) || isJsonObject(name)) return null;
      if (name !== 'Server') continue;
      if (typeof value !== 'string') return null;
      server = value;
    }
    return server;
  }
  if (!isJsonObject(headers)) return null;
  const server = hasKey(headers, 'Server') ? headers['Server'] : '';
  return typeof server === 'string' ? server : null;
}

/** Scores STUN servers: any failure is an anomaly. */
export const scoreStunReachability: Scorer = (keys) => {
  const failure = valueAt(keys, 'failure');
  if (!isTruthy(failure)) return toTestScore(0, ['stunreachability.reachable']);
  const failure_class = toFailureClass(failure);
  return toTestScore(
    1,
    [
      failure_class?.includes('dns_') === true
        ? 'stunreachability.lookup_failed'
        : 'stunreachability.unreachable',
    ],
    { failure_class },
  );
};
