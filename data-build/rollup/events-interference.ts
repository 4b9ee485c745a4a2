/** Interference that began, rose or ended: per country × target, per network × target and per group of websites. */
import { addDays, type Day, daysBetween } from '../contract/brands.ts';
import { type Floor, FLOORS, meetsFloor } from '../contract/floors.ts';
import type { Database } from './database.ts';
import {
  detectInterference,
  INTERFERENCE_NEEDS,
  type InterferenceSpan,
} from './detectors/interference.ts';
import { sum, type StratumDay } from './detectors/series.ts';
import type { FoundEvent } from './found-event.ts';
import { markGlobal } from './events-global.ts';
import { findGroupEvents } from './events-groups.ts';
import { findMethodEvents } from './events-methods.ts';
import { countsOf, toEvents } from './span-events.ts';
import {
  countedDays,
  LEAST_SIGNS,
  makeTargetDays,
  readTargets,
  type Target,
  type TargetDay,
} from './targets.ts';

/** How far a start may move when a network is left out and still be the same start, in days. */
const SAME_START_DAYS = 7;

export async function findInterferenceEvents(db: Database): Promise<readonly FoundEvent[]> {
  const batches = await makeTargetDays(db);
  const events: FoundEvent[] = [];
  const own = new Set<number>();
  for await (const target of readTargets(db, batches)) {
    const inCountry = countryEvents(target);
    if (inCountry.some(({ kind }) => kind === 'interference_start')) own.add(target.id);
    events.push(...inCountry, ...findMethodEvents(target), ...networkEvents(target));
  }
  const all = await markGlobal(db, [...events, ...(await findGroupEvents(db, batches, own))]);
  await db.run('DROP VIEW target_days; DROP TABLE targets');
  return all;
}

/** Days as the detector takes them, a stratum for each network. */
function toStrata(days: readonly TargetDay[]): readonly StratumDay[] {
  const strata = new Map<number | null, number>();
  return days.map(({ day, asn, tests, anomalies, confirmed }) => {
    const stratum = strata.get(asn) ?? strata.size;
    strata.set(asn, stratum);
    return { day, stratum, tests, signs: anomalies + confirmed };
  });
}

/** Days without regard to networks. */
function toWhole(days: readonly TargetDay[]): readonly StratumDay[] {
  return [...Map.groupBy(days, ({ day }) => day)].map(([day, rows]) => ({
    day,
    stratum: 0,
    tests: sum(rows, ({ tests }) => tests),
    signs: sum(rows, ({ anomalies, confirmed }) => anomalies + confirmed),
  }));
}

/**
 * What tests show that name their network is told from them. Counts that name none are judged without networks, together with
 * the rest: they add what these tests do not show, and ends that lie after the last of them.
 */
function detectInCountry(days: readonly TargetDay[]): readonly InterferenceSpan[] {
  const named = days.filter(({ asn }) => asn !== null);
  const found = detectInterference(toStrata(named), INTERFERENCE_NEEDS.country);
  if (named.length === days.length) return found;
  const whole = detectInterference(toWhole(countedDays(days)), INTERFERENCE_NEEDS.unknown);
  return joinSpans(found, whole, named.at(-1)?.day ?? null);
}

/** `last`: the last day on which `found` rests. */
function joinSpans(
  found: readonly InterferenceSpan[],
  whole: readonly InterferenceSpan[],
  last: Day | null,
): readonly InterferenceSpan[] {
  const joined = new Map<InterferenceSpan, InterferenceSpan>();
  for (const span of found) {
    const upon = span.upon === null ? null : (joined.get(span.upon) ?? null);
    const end =
      span.firstNormal === null
        ? whole.find(
            (other) =>
              doOverlap(span, other) &&
              other.firstNormal !== null &&
              last !== null &&
              other.firstNormal > last,
          )
        : undefined;
    joined.set(
      span,
      end === undefined
        ? { ...span, upon }
        : { ...span, upon, lastSign: end.lastSign, firstNormal: end.firstNormal },
    );
  }
  const added: InterferenceSpan[] = [];
  for (const span of whole) {
    const isKnown = span.upon !== null && !added.includes(span.upon);
    if (!isKnown && ![...joined.values()].some((other) => doOverlap(span, other))) added.push(span);
  }
  // A rise comes after what it rose upon, and both begin in this order.
  return [...joined.values(), ...added].sort((a, b) => (a.firstSign < b.firstSign ? -1 : 1));
}

function doOverlap(one: InterferenceSpan, other: InterferenceSpan): boolean {
  const begins = (span: InterferenceSpan): Day =>
    span.lastNormal === null ? span.firstSign : addDays(span.lastNormal, 1);
  return (
    (one.firstNormal === null || begins(other) < one.firstNormal) &&
    (other.firstNormal === null || begins(one) < other.firstNormal)
  );
}

function countryEvents(target: Target): readonly FoundEvent[] {
  const days = countedDays(target.days);
  if (!mayTell(days, FLOORS.country)) return [];
  const found = detectInCountry(target.days);
  return toEvents(found, (span) => {
    const inside = daysInside(days, span);
    const known = inside.every(({ asn }) => asn !== null);
    const networks = new Set(inside.map(({ asn }) => asn)).size;
    if (!meetsFloor(FLOORS.country, { ...sizeOf(inside), networks: known ? networks : null }))
      return null;
    return {
      ...countsOf(target, null, inside),
      network_count: known ? networks : null,
      robust: isRobust(target, span),
    };
  });
}

function networkEvents(target: Target): readonly FoundEvent[] {
  const byNetwork = Map.groupBy(target.days, ({ asn }) => asn);
  return [...byNetwork].flatMap(([asn, days]) =>
    asn === null || !mayTell(days, FLOORS.network)
      ? []
      : toEvents(detectInterference(toStrata(days), INTERFERENCE_NEEDS.network), (span) => {
          const inside = daysInside(days, span);
          const isEnough = meetsFloor(FLOORS.network, { ...sizeOf(inside), networks: null });
          return isEnough
            ? { ...countsOf(target, asn, inside), network_count: 1, robust: null }
            : null;
        }),
  );
}

/** Whether any of the days may be told as an event: most series of one network are too thin to look into. */
function mayTell(days: readonly TargetDay[], floor: Floor): boolean {
  const signs = sum(days, ({ anomalies, confirmed }) => anomalies + confirmed);
  return signs >= LEAST_SIGNS && meetsFloor(floor, { ...sizeOf(days), networks: null });
}

function sizeOf(days: readonly TargetDay[]): { readonly tests: number; readonly days: number } {
  return { tests: sum(days, ({ tests }) => tests), days: new Set(days.map(({ day }) => day)).size };
}

function daysInside(
  days: readonly TargetDay[],
  { firstSign, firstNormal }: InterferenceSpan,
): readonly TargetDay[] {
  return days.filter(({ day }) => day >= firstSign && (firstNormal === null || day < firstNormal));
}

/** Whether the same beginning is found without any one of the networks; null where networks are not known. */
function isRobust(target: Target, span: InterferenceSpan): boolean | null {
  const inside = daysInside(countedDays(target.days), span);
  if (inside.some(({ asn }) => asn === null)) return null;
  const signed = inside.filter(({ anomalies, confirmed }) => anomalies + confirmed > 0);
  return [...new Set(signed.map(({ asn }) => asn))].every((asn) =>
    detectInCountry(target.days.filter((day) => day.asn !== asn)).some(
      (other) => Math.abs(daysBetween(other.firstSign, span.firstSign)) <= SAME_START_DAYS,
    ),
  );
}
