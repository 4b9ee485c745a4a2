/** Counts all input that was not used, by stage, reason and source. */
import type { RejectEntry, RejectSample } from './contract/manifest.ts';
import { REASONS, STAGES, type Reason } from './contract/problem.ts';
import type { PublisherId } from './contract/publishers.ts';
import { redactName } from './normalize/redact-detail.ts';

/** A file, line or row that was not used. The stage follows from the reason. */
export interface Reject {
  readonly reason: Reason;
  readonly source: PublisherId | null;
  readonly count: number;
  readonly samples: readonly RejectSample[];
}

const SAMPLES = 3;

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function compareSamples(a: RejectSample, b: RejectSample): number {
  return (
    compareText(a.file, b.file) || (a.line ?? 0) - (b.line ?? 0) || compareText(a.detail, b.detail)
  );
}

/**
 * One entry per reason and source, in the order of the stages, with the first three samples by file and line.
 * The order in which rejects come in makes no difference.
 */
export function tallyRejects(rejects: readonly Reject[]): readonly RejectEntry[] {
  const entries = new Map<string, Reject>();
  for (const reject of rejects) {
    if (reject.count === 0) continue;
    const key = `${reject.reason} ${reject.source ?? ''}`;
    const before = entries.get(key);
    entries.set(key, {
      reason: reject.reason,
      source: reject.source,
      count: (before?.count ?? 0) + reject.count,
      samples: [...(before?.samples ?? []), ...reject.samples]
        .toSorted(compareSamples)
        .slice(0, SAMPLES),
    });
  }
  return [...entries.values()]
    .map(({ reason, source, count, samples }) => ({
      stage: REASONS[reason].stage,
      reason,
      source,
      count,
      samples: samples.map((sample) => ({ ...sample, detail: sample.detail.slice(0, 80) })),
    }))
    .toSorted(
      (a, b) =>
        STAGES.indexOf(a.stage) - STAGES.indexOf(b.stage) ||
        b.count - a.count ||
        compareText(a.reason, b.reason) ||
        compareText(a.source ?? '', b.source ?? ''),
    );
}

/** As they are published; the terminal of whoever builds names the files as they are. */
export function toPublished(entries: readonly RejectEntry[]): readonly RejectEntry[] {
  return entries.map((entry) => ({
    ...entry,
    samples: entry.samples.map((sample) => ({ ...sample, file: redactName(sample.file) })),
  }));
}
