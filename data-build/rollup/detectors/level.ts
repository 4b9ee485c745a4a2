/** A level that a target's rate rose to, and what the series is on while it is read. */
import type { Reference } from './reference.ts';
import type { RatePoint } from './series.ts';

export interface Level {
  /** Index of its first point, and of the first point after it; null while it goes on. */
  readonly since: number;
  until: number | null;
  /** What it was before; null where the series begins inside. */
  readonly before: Reference | null;
  readonly rise: number;
  /** The level that it stands on, if that is a rise as well. */
  readonly on: Level | null;
  /** Tests of a day since, divided by those before. */
  readonly coverage: number;
}

export interface Standing {
  readonly level: Level | null;
  readonly members: RatePoint[];
}
