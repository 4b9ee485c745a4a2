/** What one test's rules read from a measurement, before it is merged into a verdict. */
import { type RuleId, ruleById } from '../contract/rules.ts';
import type { BlockingMethod, FailureClass, Outcome } from '../contract/vocabulary.ts';
import type { JsonObject } from '../parse/json.ts';
import type { FingerprintMatcher } from './fingerprints.ts';
import type { Performance, Verdict } from './verdict.ts';

/** Began more than 365 days before, or more than an hour after the measurement was received. */
export type ClockFault = 'too_old' | 'from_future';

/** The part of the envelope that scoring needs; `Envelope` of `normalize/` has these fields. */
export interface ScoringContext {
  readonly testName: string;
  /** Upper case; `ZZ` where hidden, null where missing. */
  readonly probeCc: string | null;
  /** What is wrong with the probe's clock; null when nothing is known to be. */
  readonly clockFault: ClockFault | null;
}

export interface Reading {
  /** The publisher's `blocking_general`; above 0.5 the measurement is an anomaly. */
  readonly score: number;
  /** Rules that fired. Their outcomes give the failure and confirmed flags. */
  readonly rules: readonly [RuleId, ...RuleId[]];
  /** The publisher's string; empty when it gives none. */
  readonly blockingType: string;
  readonly detail: string | null;
  readonly failureClass: FailureClass | null;
  readonly confirmedInCountry: boolean;
  readonly performance: Performance;
}

/** Reads one measurement of one test. `keys` is its test_keys, empty when they are null. */
export type Scorer = (
  keys: JsonObject,
  raw: JsonObject,
  context: ScoringContext,
  fingerprints: FingerprintMatcher,
) => Reading;

export const NO_PERFORMANCE: Performance = {
  ndtDownloadMbps: null,
  ndtUploadMbps: null,
  ndtMinRttMs: null,
  dashMedianBitrateMbps: null,
  bootstrapTimeS: null,
};

/** A reading with the given parts; the rest says that nothing was seen. */
export function toReading(
  score: number,
  rules: readonly [RuleId, ...RuleId[]],
  parts: Partial<Omit<Reading, 'score' | 'rules'>> = {},
): Reading {
  return {
    score,
    rules,
    blockingType: '',
    detail: null,
    failureClass: null,
    confirmedInCountry: false,
    performance: NO_PERFORMANCE,
    ...parts,
  };
}

/** The reading of a line that has a shape its rule cannot read. */
export const UNREADABLE_READING: Reading = toReading(0, ['envelope.unreadable']);

/**
 * The method that the deciding rule stands for. Anomalies and confirmations whose rule leaves it open are
 * `other`; all other outcomes have none.
 */
function methodOf(ruleId: RuleId, outcome: Outcome): BlockingMethod | null {
  if (outcome !== 'anomaly' && outcome !== 'confirmed') return null;
  return ruleById(ruleId)?.method ?? 'other';
}

/** Merges a reading: failure before confirmed before anomaly before ok; unscored stands apart. */
export function toVerdict(reading: Reading): Verdict {
  const outcomes = reading.rules.map((id) => ruleById(id)?.outcome);
  const flags = {
    anomaly: reading.score > 0.5,
    confirmed: outcomes.includes('confirmed'),
    // The publisher marks what it has no rule for as failed; riseupvpn it leaves unmarked.
    failure: outcomes.includes('failure') || reading.rules.includes('unscored.no_rule'),
    blockingType: reading.blockingType,
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
  const deciding = reading.rules[outcomes.indexOf(outcome)];
  if (deciding === undefined)
    throw new Error(
      `No rule of ${reading.rules.join(', ')} has the outcome ${outcome}; name one in the scorer.`,
    );
  return {
    flags,
    outcome,
    ruleIds: [deciding, ...new Set(reading.rules.filter((id) => id !== deciding))],
    blockingMethod: methodOf(deciding, outcome),
    blockingDetail: reading.detail,
    failureClass: reading.failureClass,
    confirmedInCountry: outcome === 'confirmed' && reading.confirmedInCountry,
    performance: reading.performance,
  };
}
