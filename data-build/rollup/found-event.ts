/** What the detectors hand over. */
import type { DetectedEvent } from '../contract/detected-event.ts';

/** An event before the witnesses are compared. */
export interface FoundEvent extends Omit<
  DetectedEvent,
  'event_id' | 'agreement' | 'follows_event_id'
> {
  /** The event that a rise stands on. */
  readonly follows: FoundEvent | null;
  /** Many places changed on the same days; then nothing else is said of agreement. */
  readonly global: boolean;
}
