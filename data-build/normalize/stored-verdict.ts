/** The publisher's stored flags as an outcome, for rows that come without what was measured. */
import { testSpec, type BlockingMethod, type Outcome } from '../contract/vocabulary.ts';
import { numberAt, objectAt } from '../parse/json.ts';
import type { FastpathRecord } from '../parse/fastpath-record.ts';

export interface StoredVerdict {
  readonly outcome: Outcome;
  readonly ruleId: string;
  readonly blockingMethod: BlockingMethod | null;
  readonly blockingDetail: string | null;
  /** Seconds a tool needed to start; null when it did not, or when the row does not say. */
  readonly bootstrapTimeS: number | null;
}

/** blocking_type as stored by the publisher; anything else is `other`. */
const METHODS: ReadonlyMap<string, BlockingMethod> = new Map([
  ['dns', 'dns'],
  ['tcp_ip', 'tcp_ip'],
  ['tls', 'tls'],
  ['http-failure', 'http_failure'],
  ['http-diff', 'http_diff'],
]);

/** Precedence of the aggregation API: failure, then confirmed, then anomaly, then ok. */
export function normalizeStoredVerdict(record: FastpathRecord, testName: string): StoredVerdict {
  const outcome = outcomeOf(record, testName);
  const interfered = outcome === 'anomaly' || outcome === 'confirmed';
  const method = METHODS.get(record.blockingType) ?? methodOfTest(record, testName);
  const bootstrap = numberAt(objectAt(record.scores, 'extra'), 'bootstrap_time');
  return {
    outcome,
    ruleId: ruleOf(outcome, testName),
    blockingMethod: interfered ? method : null,
    blockingDetail: interfered && METHODS.has(record.blockingType) ? record.blockingType : null,
    bootstrapTimeS: bootstrap !== null && bootstrap > 0 ? bootstrap : null,
  };
}

function outcomeOf(record: FastpathRecord, testName: string): Outcome {
  if (!testSpec(testName).scored) return 'unscored';
  if (record.failure) return 'failure';
  if (record.confirmed) return 'confirmed';
  return record.anomaly ? 'anomaly' : 'ok';
}

function ruleOf(outcome: Outcome, testName: string): string {
  if (outcome !== 'unscored') return `fastpath.stored_${outcome}`;
  return testName === 'riseupvpn' ? 'unscored.riseupvpn' : 'unscored.no_rule';
}

function methodOfTest(record: FastpathRecord, testName: string): BlockingMethod {
  const analysis = objectAt(record.scores, 'analysis');
  if (analysis['registration_server_accessible'] === false) return 'app_registration';
  if (analysis['whatsapp_endpoints_accessible'] === false) return 'app_endpoints';
  if (analysis['whatsapp_web_accessible'] === false) return 'app_web';
  switch (testSpec(testName).group) {
    case 'circumvention':
      return 'tool_bootstrap';
    case 'middleboxes':
      return 'middlebox';
    default:
      return 'other';
  }
}
