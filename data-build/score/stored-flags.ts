/** Verdicts from flags that the publisher stored (monthly export), without the measurement. */
import { type RuleId, ruleById } from '../contract/rules.ts';
import {
  type BlockingMethod,
  type FailureClass,
  type Outcome,
  testSpec,
} from '../contract/vocabulary.ts';
import {
  type JsonObject,
  arrayAt,
  isJsonObject,
  numberAt,
  objectAt,
  stringAt,
} from '../parse/json.ts';
import { toFailureClass } from './failure-class.ts';
import { publishableName, publishableScope } from './fingerprint.ts';
import { NO_PERFORMANCE } from './test-score.ts';
import { SCORED_TESTS } from './score.ts';
import { blockedRule } from './signal.ts';
import type { Verdict } from './verdict.ts';

export interface StoredFlags {
  readonly test_name: string;
  /** Upper case; null where missing. */
  readonly probe_cc: string | null;
  readonly anomaly: boolean;
  readonly confirmed: boolean;
  readonly failure: boolean;
  /** Column `blocking_type`; empty in older rows. */
  readonly blockingType: string;
  /** Column `scores`, parsed; empty when it cannot be. */
  readonly scores: JsonObject;
}

const METHODS_BY_TYPE: ReadonlyMap<string, BlockingMethod> = new Map([
  ['dns', 'dns'],
  ['tcp_ip', 'tcp_ip'],
  ['http-failure', 'http_failure'],
  ['http-diff', 'http_diff'],
]);

const RULES_BY_OUTCOME = {
  ok: 'fastpath.stored_ok',
  anomaly: 'fastpath.stored_anomaly',
  confirmed: 'fastpath.stored_confirmed',
  failure: 'fastpath.stored_failure',
} as const satisfies Partial<Record<Outcome, RuleId>>;

/**
 * The verdict of stored flags. Tests without a rule are unscored, whatever is stored. The method
 * comes from the stored scores where they have it. They cannot tell TLS from other http-failures.
 */
export function scoreStoredFlags(stored: StoredFlags): Verdict {
  const analysis = objectAt(stored.scores, 'analysis');
  const blockingType = stored.blockingType || (stringAt(analysis, 'blocking_type') ?? '');
  const flags = {
    anomaly: stored.anomaly,
    confirmed: stored.confirmed,
    failure: stored.failure,
    blockingType: stored.blockingType,
  };
  const shared = { flags, failure_class: null, performance: performanceOf(stored) };
  if (!SCORED_TESTS.includes(stored.test_name)) {
    return {
      ...shared,
      outcome: 'unscored',
      ruleIds: [stored.test_name === 'riseupvpn' ? 'unscored.riseupvpn' : 'unscored.no_rule'],
      blocking_method: null,
      blocking_detail: null,
      confirmed_in_country: false,
    };
  }
  const outcome = stored.failure
    ? 'failure'
    : stored.confirmed
      ? 'confirmed'
      : stored.anomaly
        ? 'anomaly'
        : 'ok';
  const shown = outcome === 'confirmed' || outcome === 'anomaly';
  const fingerprints = arrayAt(stored.scores, 'fingerprints').filter((item) => isJsonObject(item));
  const names = fingerprints.map(
    (item) =>
      `fp:${publishableName(stringAt(item, 'name') ?? '')}:${publishableScope(stringAt(item, 'scope') ?? '')}`,
  );
  const type = METHODS_BY_TYPE.has(blockingType) ? [blockingType] : [];
  const detail = [...type, ...[...new Set(names)].slice(0, 3)].join(',');
  return {
    ...shared,
    outcome,
    ruleIds: [RULES_BY_OUTCOME[outcome]],
    blocking_method: shown ? methodOf(stored, outcome, blockingType, fingerprints) : null,
    blocking_detail: shown && detail !== '' ? detail : null,
    failure_class: shown ? failureOf(stored) : null,
    confirmed_in_country:
      outcome === 'confirmed' &&
      stored.probe_cc !== null &&
      fingerprints.some(
        (item) =>
          stringAt(item, 'scope') !== 'fp' &&
          arrayAt(item, 'expected_countries').includes(stored.probe_cc ?? ''),
      ),
  };
}

function methodOf(
  stored: StoredFlags,
  outcome: 'anomaly' | 'confirmed',
  blockingType: string,
  fingerprints: readonly JsonObject[],
): BlockingMethod {
  if (outcome === 'confirmed' && fingerprints.length > 0)
    return fingerprints.some((item) => stringAt(item, 'location_found') === 'dns')
      ? 'dns'
      : 'http_diff';
  const byType = METHODS_BY_TYPE.get(blockingType);
  if (byType !== undefined) return byType;
  switch (stored.test_name) {
    case 'telegram':
      return telegramMethod(stored.scores);
    case 'whatsapp':
      // The state of the services is stored only when registration and web version answered.
      return hasFalse(objectAt(stored.scores, 'analysis'), ['whatsapp_endpoints_accessible'])
        ? 'app_endpoints'
        : 'other';
    case 'signal':
      return ruleById(blockedRule(failureOf(stored)))?.method ?? 'other';
    case 'facebook_messenger':
      return messengerMethod(stored.scores);
    case 'tcp_connect':
      return 'tcp_ip';
    case 'http_requests':
      return 'http_diff';
    case 'stunreachability':
      return failureOf(stored)?.startsWith('dns_') === true ? 'dns' : 'other';
    default: {
      const { group } = testSpec(stored.test_name);
      if (group === 'circumvention') return 'tool_bootstrap';
      return group === 'middleboxes' ? 'middlebox' : 'other';
    }
  }
}

function hasFalse(object: JsonObject, keys: readonly string[]): boolean {
  return keys.some((key) => object[key] === false);
}

/** As in telegram.ts, from the four stored counts. */
function telegramMethod(scores: JsonObject): BlockingMethod {
  const share = (failed: string, reached: string) => {
    const bad = numberAt(scores, failed) ?? 0;
    const tried = bad + (numberAt(scores, reached) ?? 0);
    return tried > 0 ? bad / tried : 0;
  };
  const tcp = share('unreachable_endpoints', 'accessible_endpoints');
  const http = share('http_failure_cnt', 'http_success_cnt');
  if (tcp === 0 && http === 0)
    return (numberAt(scores, 'blocking_general') ?? 0) > 1 ? 'app_web' : 'other';
  if (tcp >= 2 * http) return 'tcp_ip';
  return http >= 2 * tcp ? 'http_failure' : 'app_endpoints';
}

/** As in facebook-messenger.ts: the export stores the checks that failed. */
function messengerMethod(scores: JsonObject): BlockingMethod {
  let dns = scores['facebook_dns_blocking'] === true ? 1 : 0;
  let tcp = scores['facebook_tcp_blocking'] === true ? 1 : 0;
  for (const [key, value] of Object.entries(scores)) {
    if (value !== false) continue;
    if (key.endsWith('_dns_consistent')) dns += 1;
    else if (key.endsWith('_reachable')) tcp += 1;
  }
  if (dns + tcp === 0) return 'other';
  return dns >= tcp ? 'dns' : 'tcp_ip';
}

function failureOf(stored: StoredFlags): FailureClass | null {
  return (
    toFailureClass(objectAt(stored.scores, 'analysis')['signal_backend_failure']) ??
    toFailureClass(objectAt(stored.scores, 'extra')['failure']) ??
    toFailureClass(stored.scores['web_failure'])
  );
}

function performanceOf(stored: StoredFlags): Verdict['performance'] {
  const seconds = numberAt(objectAt(stored.scores, 'extra'), 'bootstrap_time');
  const started = seconds !== null && seconds > 0 && !stored.anomaly && !stored.failure;
  return { ...NO_PERFORMANCE, bootstrap_time_s: started ? seconds : null };
}
