/** What scoring says of one measurement: the publisher's flags, kept apart from the Atlas's merged outcome. */
import type { BlockingMethod, FailureClass, Outcome } from '../contract/vocabulary.ts';

/** The publisher's own reading, flag for flag (ooni/backend `fastpath`); a row can have several at once. */
export interface PublisherFlags {
  readonly anomaly: boolean;
  readonly confirmed: boolean;
  readonly failure: boolean;
  /** The publisher's string, e.g. `http-diff`; empty when it gives none. */
  readonly blockingType: string;
}

/** Numbers that performance and circumvention tests carry; null where the test has none. */
export interface Performance {
  readonly ndtDownloadMbps: number | null;
  readonly ndtUploadMbps: number | null;
  readonly ndtMinRttMs: number | null;
  readonly dashMedianBitrateMbps: number | null;
  readonly bootstrapTimeS: number | null;
}

export interface Verdict {
  readonly flags: PublisherFlags;
  /** failure > confirmed > anomaly > ok; `unscored` for tests that no rule judges. */
  readonly outcome: Outcome;
  /** Rules that fired, the deciding one first. Never empty. */
  readonly ruleIds: readonly [string, ...string[]];
  readonly blockingMethod: BlockingMethod | null;
  /** Publishable text only: service states, blocking type, fingerprint name and scope; never free text. */
  readonly blockingDetail: string | null;
  readonly failureClass: FailureClass | null;
  readonly confirmedInCountry: boolean;
  readonly performance: Performance;
}
