/** Spans of interference as events. */
import type { Asn } from '../contract/brands.ts';
import { PUBLISHERS, TESTS_FROM } from '../contract/publishers.ts';
import type { BlockingMethod } from '../contract/vocabulary.ts';
import { INTERFERENCE_DETECTOR, type InterferenceSpan } from './detectors/interference.ts';
import { sum } from './detectors/series.ts';
import type { FoundEvent } from './found-event.ts';
import type { Target, TargetDay } from './targets.ts';

/** What an event is about and what it rests on: all but its kind, its days and its detector. */
export type EventSubject = Pick<
  FoundEvent,
  | 'source'
  | 'licence'
  | 'probe_cc'
  | 'probe_asn'
  | 'target'
  | 'test_name'
  | 'domain'
  | 'category_code'
  | 'tool'
  | 'metric'
  | 'blocking_method'
  | 'measurement_count'
  | 'anomaly_count'
  | 'confirmed_count'
  | 'network_count'
  | 'robust'
>;

/** Spans as events: a beginning or a rise, and an end; `subjectOf` gives null for what is not to be told. */
export function toEvents(
  spans: readonly InterferenceSpan[],
  subjectOf: (span: InterferenceSpan) => EventSubject | null,
): readonly FoundEvent[] {
  const begun = new Map<InterferenceSpan, FoundEvent>();
  return spans.flatMap((span): FoundEvent[] => {
    const subject = subjectOf(span);
    if (subject === null) return [];
    const signs = (subject.anomaly_count ?? 0) + (subject.confirmed_count ?? 0);
    const common = {
      ...subject,
      last_normal: span.lastNormal,
      first_sign: span.firstSign,
      last_sign: span.lastSign,
      first_normal: span.firstNormal,
      magnitude: signs / (subject.measurement_count ?? 1),
      baseline: span.startSeen ? span.baseline : null,
      extreme_day: null,
      detector_id: INTERFERENCE_DETECTOR.id,
      coverage_ratio: span.startSeen ? span.coverage : null,
      follows: span.upon === null ? null : (begun.get(span.upon) ?? null),
      global: false,
    };
    if (span.upon !== null) {
      const rise: FoundEvent = { ...common, kind: 'interference_rise' };
      begun.set(span, rise);
      return [rise];
    }
    const start: FoundEvent = { ...common, kind: 'interference_start' };
    begun.set(span, start);
    const end: FoundEvent = { ...common, kind: 'interference_end' };
    return [...(span.startSeen ? [start] : []), ...(span.firstNormal === null ? [] : [end])];
  });
}

/** A target on some days, counted. */
export function countsOf(
  target: Pick<Target, 'probe_cc' | 'test_name' | 'domain'>,
  asn: Asn | null,
  days: readonly TargetDay[],
) {
  return {
    source: TESTS_FROM,
    licence: PUBLISHERS[TESTS_FROM].licence,
    probe_cc: target.probe_cc,
    probe_asn: asn,
    target: target.domain ?? target.test_name,
    test_name: target.test_name,
    domain: target.domain,
    category_code: null,
    tool: null,
    metric: null,
    blocking_method: leadingMethod(days),
    measurement_count: sum(days, ({ tests }) => tests),
    anomaly_count: sum(days, ({ anomalies }) => anomalies),
    confirmed_count: sum(days, ({ confirmed }) => confirmed),
  } as const;
}

function leadingMethod(days: readonly TargetDay[]): BlockingMethod | null {
  const totals = new Map<BlockingMethod, number>();
  for (const day of days) {
    for (const [method, count] of day.methods)
      totals.set(method, (totals.get(method) ?? 0) + count);
  }
  return [...totals].toSorted(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))[0]?.[0] ?? null;
}
