/** The result of scoring: the publisher's flags, and separately the Atlas's merged outcome. */
import type { Performance } from '../normalize/speed-bounds.ts';
import type { RowOf } from '../contract/tables.ts';

/** The publisher's own verdict, flag for flag (ooni/backend `fastpath`); a row can have several at once. */
export interface PublisherFlags {
  readonly anomaly: boolean;
  readonly confirmed: boolean;
  readonly failure: boolean;
  /** The publisher's string, e.g. `http-diff`; empty when it gives none. */
  readonly blockingType: string;
}

type Measurement = RowOf<'measurements'>;

/**
 * Outcome: failure before confirmed before anomaly before ok; `unscored` for tests that no rule judges. The detail is
 * publishable text only: service states, blocking type, fingerprint name and scope; never free text.
 */
export interface Verdict extends Pick<
  Measurement,
  'outcome' | 'blocking_method' | 'blocking_detail' | 'failure_class' | 'confirmed_in_country'
> {
  readonly flags: PublisherFlags;
  /** Rules that fired, the deciding one first. Never empty. */
  readonly ruleIds: readonly [string, ...string[]];
  readonly performance: Performance;
}
