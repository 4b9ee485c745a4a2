/** Starts with one target in many places at once: a fault of the target or the test, not of the places. */
import { addDays, type Day, daysBetween } from '../contract/brands.ts';
import type { FoundEvent } from './found-event.ts';

/**
 * Starts in so many countries and territories at once are a fault of the target or the test: in five and a fifth of
 * those that test it, or in three and more than half of them. `days`: how far apart the brackets of two may lie.
 */
const GLOBAL = { share: 0.2, countries: 5, mostShare: 0.5, mostCountries: 3, days: 2 } as const;
/** Days from the end of one bracket of a start to the beginning of the other; 0 where they overlap. */
function daysApart(one: FoundEvent, other: FoundEvent): number {
  const begin = (event: FoundEvent): Day =>
    event.last_normal === null ? event.first_sign : addDays(event.last_normal, 1);
  return Math.max(
    0,
    daysBetween(one.first_sign, begin(other)),
    daysBetween(other.first_sign, begin(one)),
  );
}

const isBeginning = ({ kind }: FoundEvent): boolean =>
  kind === 'interference_start' || kind === 'interference_rise';

/** Starts with one target at the same time in most places that test it say something of the target. */
export function markGlobal(
  events: readonly FoundEvent[],
  placesByTarget: ReadonlyMap<string, number>,
): readonly FoundEvent[] {
  const starts = events.filter((event) => isBeginning(event) && event.probe_asn === null);
  const startsByTarget = Map.groupBy(starts, (event) => event.target);
  return events.map((event) => {
    const near = (startsByTarget.get(event.target) ?? []).filter(
      (other) => daysApart(event, other) <= GLOBAL.days,
    );
    const places = placesByTarget.get(event.target) ?? 0;
    const together = new Set(near.map((other) => other.probe_cc)).size;
    const share = together / places;
    const global =
      (together >= GLOBAL.countries && share >= GLOBAL.share) ||
      (together >= GLOBAL.mostCountries && share > GLOBAL.mostShare);
    return { ...event, global };
  });
}
