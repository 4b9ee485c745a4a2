/** signal. Rules: ooni/backend core.py, score_signal. */
import type { RuleId } from '../contract/rules.ts';
import type { FailureClass } from '../contract/vocabulary.ts';
import type { JsonObject, JsonValue } from '../parse/json.ts';
import { toFailureClass } from './failure-class.ts';
import { hasKey, isMissing, isTruthy, objectOrNull, valueAt } from './python-values.ts';
import { type Scorer, toTestScore } from './test-score.ts';
import { compareVersions, parseVersion } from './version.ts';

/** A test version that was wrong at all times (ooni/probe issue 2636). */
const BROKEN_VERSION = '0.2.4';
/** Endpoints were removed (ooni/probe issue 2627); versions up to this one kept asking for them. */
const LAST_WITH_OLD_ENDPOINTS = '0.2.3';
const ENDPOINTS_REMOVED = Date.UTC(2023, 10, 7);
/** A new certificate authority (ooni/probe issue 2344), known from this version on. */
const FIRST_WITH_NEW_AUTHORITY = '0.2.2';
const AUTHORITY_CHANGED = Date.UTC(2022, 9, 19);
/** A new certificate (ooni/backend issue 679), known from this engine on. */
const FIRST_ENGINE_WITH_CERTIFICATE = '3.17.2';
const CERTIFICATE_CHANGED = Date.UTC(2023, 4, 2);

const START_TIME = /^(\d{4})-(\d{1,2})-(\d{1,2})\s+(\d{1,2}):(\d{1,2}):(\d{1,2})$/;

/** Scores Signal; versions known to report blocking worldwide at the time are failures. */
export const scoreSignal: Scorer = (keys, raw) => {
  const failedItself =
    !hasKey(keys, 'failed_operation') ||
    isTruthy(keys['failed_operation']) ||
    !hasKey(keys, 'failure') ||
    isTruthy(keys['failure']);
  const fired: RuleId[] = failedItself ? ['signal.test_failed'] : [];
  const fault = findFault(raw);
  if (fault !== null) return toTestScore(0, [fault, ...fired]);

  const status = valueAt(keys, 'signal_backend_status');
  const failure_class = toFailureClass(valueAt(keys, 'signal_backend_failure'));
  if (status === 'blocked')
    return toTestScore(1, [blockedRule(failure_class), ...fired], {
      detail: 'backend=blocked',
      failure_class,
    });
  const [first, ...rest]: RuleId[] = [
    ...fired,
    status === 'ok' ? 'signal.reachable' : 'signal.no_status',
  ];
  return toTestScore(0, [first ?? 'signal.no_status', ...rest], {
    detail: status === 'ok' ? 'backend=ok' : null,
    failure_class: failure_class ?? toFailureClass(valueAt(keys, 'failure')),
  });
};

/** The rule for blocked servers that the kind of failure leads to. */
export function blockedRule(failure: FailureClass | null): RuleId {
  if (failure?.startsWith('dns_') === true || failure === 'android_dns_cache_no_data')
    return 'signal.backend_dns';
  return failure?.startsWith('ssl_') === true ? 'signal.backend_tls' : 'signal.backend_blocked';
}

/** Why the measurement cannot be trusted, by its version and time; null when it can. */
function findFault(raw: JsonObject): RuleId | null {
  const start = parseStartTime(valueAt(raw, 'measurement_start_time'));
  if (start === null) return 'signal.invalid_time_or_version';
  const testVersion = valueAt(raw, 'test_version');
  if (testVersion === BROKEN_VERSION) return 'signal.faulty_version';
  const test = versionOf(testVersion);
  if (test === null) return 'signal.invalid_time_or_version';
  if (compareVersions(test, LAST_WITH_OLD_ENDPOINTS) <= 0 && start >= ENDPOINTS_REMOVED)
    return 'signal.faulty_version';
  if (compareVersions(test, FIRST_WITH_NEW_AUTHORITY) < 0 && start >= AUTHORITY_CHANGED)
    return 'signal.faulty_version';
  const annotations = objectOrNull(raw, 'annotations');
  const engine = annotations === null ? null : versionOf(valueAt(annotations, 'engine_version'));
  if (engine === null) return 'signal.invalid_time_or_version';
  return compareVersions(engine, FIRST_ENGINE_WITH_CERTIFICATE) < 0 && start >= CERTIFICATE_CHANGED
    ? 'signal.faulty_engine'
    : null;
}

/** A missing version counts as 0.0.0. */
function versionOf(value: JsonValue | undefined): string | null {
  if (isMissing(value)) return '0.0.0';
  return typeof value === 'string' ? parseVersion(value) : null;
}

/** Milliseconds since 1970 of `YYYY-MM-DD hh:mm:ss` UTC, or null. Source: Python's strptime. */
function parseStartTime(value: JsonValue | undefined): number | null {
  const match = typeof value === 'string' ? START_TIME.exec(value) : null;
  if (match === null) return null;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match
    .slice(1)
    .map(Number);
  if (hour > 23 || minute > 59 || second > 61) return null;
  const midnight = new Date(Date.UTC(year, month - 1, day));
  if (midnight.getUTCMonth() !== month - 1 || midnight.getUTCDate() !== day) return null;
  return midnight.getTime() + ((hour * 60 + minute) * 60 + second) * 1000;
}
