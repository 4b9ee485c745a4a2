/** The result of one test's rules, before it is merged into a verdict. */
import type { Performance } from '../normalize/speed-bounds.ts';
import { type RuleId, ruleById } from '../contract/rules.ts';
import type { BlockingMethod, FailureClass, Outcome } from '../contract/vocabulary.ts';
import type { JsonObject } from '../parse/json.ts';
import type { FingerprintMatcher } from './fingerprints.ts';
import type { Verdict } from './verdict.ts';

/** Began more than 365 days before, or more than an hour after the measurement was received. */
export type ClockFault = 'too_old' | 'from_future';

/** The part of the envelope that scoring needs; the envelope of a measurement has these fields. */
export interface ScoringContext {
  readonly test_name: string;
  /** Upper case; `ZZ` where hidden, null where missing. */
  readonly probe_cc: string | null;
  /** The known fault of the probe's clock, or null. */
  readonly clockFault: ClockFault | null;
}

export interface TestScore {
  /** The publisher's `blocking_general`; above 0.5 the measurement is an anomaly. */
  readonly score: number;
  /** Rules that fired. Their outcomes give the failure and confirmed flags. */
  readonly rules: readonly [RuleId, ...RuleId[]];
  /** The publisher's string; empty when it gives none. */
  readonly blockingType: string;
  readonly detail: string | null;
  readonly failure_class: FailureClass | null;
  readonly confirmed_in_country: boolean;
  readonly performance: Performance;
}

/** Reads one measurement of one test. `keys` is its test_keys, empty when they are null. */
export type Scorer = (
  keys: JsonObject,
  raw: JsonObject,
  context: ScoringContext,
  fingerprints: FingerprintMatcher,
) => TestScore;

export const NO_PERFORMANCE: Performance = {
  ndt_download_mbps: null,
  ndt_upload_mbps: null,
  ndt_min_rtt_ms: null,
  dash_median_bitrate_mbps: null,
  bootstrap_time_s: null,
};

/** A score with the given parts; the others say that nothing was seen. */
export function toTestScore(
  score: number,
  rules: readonly [RuleId, ...RuleId[]],
  parts: Partial<Omit<TestScore, 'score' | 'rules'>> = {},
): TestScore {
  return {
    score,
    rules,
    blockingType: '',
    detail: null,
    failure_class: null,
    confirmed_in_country: false,
    performance: NO_PERFORMANCE,
    ...parts,
  };
}

/** The score of a line that has a shape its rule cannot read. */
export const UNREADABLE: TestScore = toTestScore(0, ['envelope.unreadable']);

/**
 * The method of the deciding rule. Anomalies and confirmations whose rule has none are
 * `other`; all other outcomes have none.
 */
function methodOf(ruleId: RuleId, outcome: Outcome): BlockingMethod | null {
  if (outcome !== 'anomaly' && outcome !== 'confirmed') return null;
  return ruleById(ruleId)?.method ?? 'other';
}

/** Merges a score: failure before confirmed before anomaly before ok; unscored stands apart. */
export function toVerdict(scored: TestScore): Verdict {
  const outcomes = scored.rules.map((id) => ruleById(id)?.outcome);
  const flags = {
    anomaly: scored.score > 0.5,
    confirmed: outcomes.includes('confirmed'),
    // The publisher marks what it has no rule for as failed; riseupvpn it leaves unmarked.
    failure: outcomes.includes('failure') || scored.rules.includes('unscored.no_rule'),
    blockingType: scored.blockingType,
  };
  const outcome: Outcome = outcomes.includes('unscored')
    ? 'unscored'
    : flags.failure
      ? 'failure'
      : flags.confirmed
        ? 'confirmed'
        : flags.anomaly
          ? 'anomaly'
          : 'ok';
  const deciding = scored.rules[outcomes.indexOf(outcome)];
  if (deciding === undefined)
    throw new Error(
      `No rule of ${scored.rules.join(', ')} has the outcome ${outcome}; name one in the scorer.`,
    );
  return {
    flags,
    outcome,
    ruleIds: [deciding, ...new Set(scored.rules.filter((id) => id !== deciding))],
    blocking_method: methodOf(deciding, outcome),
    blocking_detail: scored.detail,
    failure_class: scored.failure_class,
    confirmed_in_country: outcome === 'confirmed' && scored.confirmed_in_country,
    performance: scored.performance,
  };
}
