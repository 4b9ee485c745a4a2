/** A detected event: who saw it, when it was, how strong it is. */
import { addDays, type Day } from './brands.ts';
import { assertNever } from './problem.ts';
import type { Indicator } from '../publishers/publisher.ts';
import { PUBLISHERS } from './publishers.ts';
import type { RowOf } from './tables.ts';
import { testSpec } from './vocabulary.ts';
import type { Witness } from './witnesses.ts';

export type DetectedEvent = RowOf<'events'>;

/** Whose row of the time axis an event stands in. Figures of tool use may come from anybody. */
export function witnessOf({ source, tool }: Pick<DetectedEvent, 'source' | 'tool'>): Witness {
  const { witness, name } = PUBLISHERS[source];
  if (tool !== null) return 'tools';
  if (witness === null) throw new Error(`${name} speaks for no witness, but has an event.`);
  return witness;
}

/** What an event of an indicator is about; null for events of other witnesses. */
export function indicatorOf({
  source,
  target,
}: Pick<DetectedEvent, 'source' | 'target'>): Indicator | null {
  return PUBLISHERS[source].indicators?.[target] ?? null;
}

/** Step of the series of speed tests that an event was found in. */
export function speedStep({ target }: Pick<DetectedEvent, 'target'>): 'week' | 'month' {
  return target.endsWith('month') ? 'month' : 'week';
}

/** Whether the days of an event touch `since` (inclusive) … `until` (exclusive). */
export function touchesDays(event: DetectedEvent, since: Day, until: Day): boolean {
  return event.first_sign < until && (event.first_normal === null || event.first_normal > since);
}

/** The figures that a surge, drop, slowdown or vanished tests are told by. */
export interface EventFigures {
  readonly usual: number;
  /** Farthest from the usual. */
  readonly extreme: number;
  /** Day of the extreme; of tests by week or month the first of it. */
  readonly day: Day;
}

/** Null for events of tests. Of a slowdown the magnitude is the part that is lost. */
export function eventFigures(event: DetectedEvent): EventFigures | null {
  const { kind, magnitude, baseline: usual, extreme_day: day } = event;
  if (usual === null || day === null) return null;
  return { usual, extreme: usual * (kind === 'slowdown' ? 1 - magnitude : magnitude), day };
}

/** First day after an event; null while it goes on. A change of method is its two weeks. */
export function eventUntil(event: DetectedEvent): Day | null {
  if (event.kind === 'method_change') return addDays(event.first_sign, 14);
  return event.first_normal ?? (event.last_sign === null ? null : addDays(event.last_sign, 1));
}

/**
 * How strong an event is, for ordering alone: witnesses that agree first, changes in many places at once last;
 * within that by size, those that hang on one network or on unknown ones counted half. No unit; never printed.
 */
export function eventStrength(event: DetectedEvent): number {
  const isWeak = event.robust === false || isWithoutNetworks(event);
  const size = sizeOf(event) * (isWeak ? 0.5 : 1) * (event.probe_asn === null ? 1 : 0.5);
  switch (event.agreement) {
    case 'interference_and_surge':
    case 'outage_like':
      return 2 + size;
    case 'alone':
    case 'surge_alone':
      return 1 + size;
    case 'global_change':
      return size / 10;
    default:
      return assertNever(event.agreement);
  }
}

/** Whether it is of counts that name no networks: then who tests may have changed. */
export function isWithoutNetworks(event: DetectedEvent): boolean {
  return (
    witnessOf(event) === 'interference' && event.probe_asn === null && event.network_count === null
  );
}

/** Whether it is about the websites of a category, or all that are tested, in one. */
export function isGroup({
  test_name,
  domain,
}: Pick<DetectedEvent, 'test_name' | 'domain'>): boolean {
  return test_name !== null && domain === null && testSpec(test_name).group === 'websites';
}

/** Size 0–1: a rise in rate, or how many doublings or halvings, five of them being the most. */
function sizeOf(event: DetectedEvent): number {
  if (witnessOf(event) === 'interference')
    return Math.max(0, event.magnitude - (event.baseline ?? 0));
  if (event.kind === 'slowdown') return Math.min(1, event.magnitude);
  return Math.min(1, Math.abs(Math.log2(Math.max(event.magnitude, 1 / 32))) / 5);
}
