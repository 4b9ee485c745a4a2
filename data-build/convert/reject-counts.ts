/** Counts the rejects of a dump by reason, with the first three places. */
import type { Problem, Reason } from '../contract/problem.ts';
import { redactDetail } from '../normalize/redact-detail.ts';
import type { PartReject } from '../parts.ts';

const SAMPLES = 3;

export interface RejectCounts {
  /** `line` is counted from 1; null when the whole file is meant. `count` rows have the problem, or one. */
  readonly add: (problem: Problem, line: number | null, count?: number) => void;
  /** In the order in which the reasons first occurred. */
  list(): readonly PartReject[];
}

/** Details are blanked here, before they are written anywhere. */
export function createRejectCounts(): RejectCounts {
  const entries = new Map<
    Reason,
    { count: number; samples: { line: number | null; detail: string }[] }
  >();
  return {
    add({ reason, detail }, line, count = 1) {
      const entry = entries.get(reason) ?? { count: 0, samples: [] };
      entries.set(reason, entry);
      entry.count += count;
      if (entry.samples.length < SAMPLES)
        entry.samples.push({ line, detail: redactDetail(detail) });
    },
    list() {
      return [...entries].map(([reason, { count, samples }]) => ({ reason, count, samples }));
    },
  };
}
