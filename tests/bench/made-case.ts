/** A made series with what is true of it, and the pieces that the kinds of such series share. */
import type { StratumDay } from '../../data-build/rollup/detectors/series.ts';
import {
  between,
  makeDays,
  makeNetworks,
  type MadeNetwork,
  type MadeSeries,
  type Random,
} from './event-series.ts';

/** A made series and the days, counted from its first, on which it truly turned. */
export interface MadeCase {
  readonly rows: readonly StratumDay[];
  readonly days: number;
  /** First day of interference; null: none. */
  readonly start: number | null;
  /** First day after it; null: it lasts. */
  readonly end: number | null;
  /** Day of a further lasting step. */
  readonly step: number | null;
}

/** How a series is looked at. */
export type View = 'country' | 'networks unknown' | 'one network' | 'group' | 'tool use';

/** What is asked of a kind in one view; what is not named is not asked. */
export interface Aim {
  /** Most false events in 40 series-years. */
  readonly mostFalse?: number;
  /** Least share of the true turns that are found. */
  readonly leastFound?: number;
  /** Least share of the true ends that are found within three days. */
  readonly leastEnds?: number;
  /** Most of the found turns that are declared over while they last, as a share. */
  readonly mostFalseEnds?: number;
  /** What happened is not this view's to tell: whatever is found is false. */
  readonly isSilent?: true;
  /** An event that is open when it turns is enough. */
  readonly isInsideEnough?: true;
}

export interface MadeKind {
  readonly name: string;
  readonly views: Readonly<Partial<Record<View, Aim>>>;
  readonly make: (random: Random) => MadeCase;
}

export const DAYS = 365;

export type Range = readonly [number, number];

/** A number whose logarithm is uniform. */
export function spread(random: Random, [low, high]: Range): number {
  return Math.exp(between(random, Math.log(low), Math.log(high)));
}

export const whole = (random: Random, [low, high]: Range): number =>
  Math.floor(between(random, low, high + 1));

/** A country's series in which nothing happens: its usual rate is low unless another is given. */
export function plain(
  random: Random,
  volume: Range = [8, 300],
  base: Range = [0.005, 0.08],
): MadeSeries {
  return {
    networks: makeNetworks(random, whole(random, [3, 10]), between(random, ...base)),
    days: DAYS,
    volume: spread(random, volume),
    clumping: between(random, 0.005, 0.05),
    daily: between(random, 0.05, 0.35),
    wandering: between(random, 0, 0.35),
  };
}

/** The same series as the truth tells it. */
export function toCase(
  series: MadeSeries,
  random: Random,
  truth: Partial<Pick<MadeCase, 'start' | 'end' | 'step'>> = {},
): MadeCase {
  const { start = null, end = null, step = null } = truth;
  return {
    rows: makeDays(series, random),
    days: series.days,
    start,
    end: end !== null && end < series.days ? end : null,
    step,
  };
}

/** Networks hit by a block, so that at least `share` of the tests are theirs, and two of them. */
export function pickHit(
  random: Random,
  networks: readonly MadeNetwork[],
  share: number,
): ReadonlySet<number> {
  const order = networks
    .map((_, index) => ({ index, place: random() }))
    .toSorted((a, b) => a.place - b.place);
  const hit = new Set<number>();
  let sum = 0;
  for (const { index } of order) {
    if (sum >= share && hit.size >= 2) break;
    hit.add(index);
    sum += networks[index]?.share ?? 0;
  }
  return hit;
}

/** `15–25`. */
export const formatRange = ([low, high]: Range, factor = 1): string =>
  `${Math.round(factor * low).toLocaleString('en')}–${Math.round(factor * high).toLocaleString('en')}`;
