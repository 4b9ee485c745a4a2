import type { RejectSample } from '../contract/manifest.ts';
import type { Reason } from '../contract/problem.ts';
import type { SourceId } from '../contract/sources.ts';

/** Something that reached the roll-up and was not used; counted in rows of its part. */
export interface RollupReject {
  readonly reason: Reason;
  readonly source: SourceId | null;
  readonly count: number;
  readonly samples: readonly RejectSample[];
}
