/** The kinds of series that the bench of detectors is made of, each with what is true of it. */
import type { StratumDay } from '../../data-build/rollup/detectors/series.ts';
import { addDays } from '../../data-build/contract/brands.ts';
import {
  between,
  makeDays,
  makeNetworks,
  type MadeNetwork,
  type MadeSeries,
  normal,
  type Random,
  SINCE,
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

export interface MadeKind {
  readonly name: string;
  readonly make: (random: Random) => MadeCase;
}

const DAYS = 365;

function plain(random: Random, base = between(random, 0.005, 0.08)): MadeSeries {
  return {
    networks: makeNetworks(random, 3 + Math.floor(8 * random()), base),
    days: DAYS,
    volume: Math.exp(between(random, Math.log(8), Math.log(300))),
    clumping: between(random, 0.005, 0.05),
    daily: between(random, 0.05, 0.35),
    wandering: between(random, 0, 0.35),
  };
}

const quiet = (series: MadeSeries, random: Random): MadeCase => ({
  rows: makeDays(series, random),
  days: series.days,
  start: null,
  end: null,
  step: null,
});

/** Networks hit by a block, so that at least `share` of the tests are theirs, and two of them. */
function pickHit(random: Random, networks: readonly MadeNetwork[], share: number): Set<number> {
  const order = networks.map((_, index) => index).sort(() => random() - 0.5);
  const hit = new Set<number>();
  let sum = 0;
  for (const index of order) {
    if (sum >= share && hit.size >= 2) break;
    hit.add(index);
    sum += networks[index]?.share ?? 0;
  }
  return hit;
}

interface Shape {
  readonly points: readonly [number, number];
  readonly volume: readonly [number, number];
  readonly length?: readonly [number, number];
  readonly base?: readonly [number, number];
}

function step(random: Random, shape: Shape): MadeCase {
  const base = plain(random, shape.base === undefined ? undefined : between(random, ...shape.base));
  const series = { ...base, volume: Math.exp(between(random, Math.log(shape.volume[0]), Math.log(shape.volume[1]))) };
  const hit = pickHit(random, series.networks, between(random, 0.4, 1));
  const share = [...hit].reduce((sum, index) => sum + (series.networks[index]?.share ?? 0), 0);
  const points = Math.min(between(random, ...shape.points), share * 0.9);
  const start = 80 + Math.floor(200 * random());
  const end = shape.length === undefined ? null : start + Math.floor(between(random, ...shape.length));
  const rows = makeDays(
    {
      ...series,
      rateOf: (network, day, usual) =>
        hit.has(network) && day >= start && (end === null || day < end)
          ? Math.min(0.99, usual + points / share)
          : usual,
    },
    random,
  );
  return { rows, days: series.days, start, end: end !== null && end < series.days ? end : null, step: null };
}

const steps = (points: readonly [number, number], volume: readonly [number, number]): MadeKind => ({
  name: `step of ${points.map((each) => Math.round(100 * each)).join('–')} points, ${volume.join('–')} tests a day`,
  make: (random) => step(random, { points, volume }),
});

/** Series in which nothing happens to the target. */
export const QUIET_KINDS: readonly MadeKind[] = [
  { name: 'quiet', make: (random) => quiet(plain(random), random) },
  {
    name: 'drift',
    make: (random) => {
      const from = between(random, 0.01, 0.06);
      const to = from + between(random, 0.05, 0.15);
      const series = plain(random, from);
      return quiet(
        { ...series, rateOf: (_, day, usual) => usual + ((to - from) * day) / DAYS },
        random,
      );
    },
  },
  {
    name: 'coverage jump',
    make: (random) => {
      const series = plain(random);
      const networks = series.networks.map((network, index) => (index === 0 ? { ...network, rate: between(random, 0.2, 0.7), share: 0.03 } : network));
      const [from, factor] = [60 + Math.floor(250 * random()), between(random, 10, 40)];
      return quiet(
        { ...series, networks, volumeOf: (network, day) => (network === 0 && day >= from ? factor : 1) },
        random,
      );
    },
  },
  {
    name: 'new network',
    make: (random) => {
      const series = plain(random);
      const networks = [...series.networks, { share: between(random, 0.3, 2), rate: between(random, 0.2, 0.95) }];
      const from = 60 + Math.floor(250 * random());
      return quiet(
        { ...series, networks, volumeOf: (network, day) => (network === networks.length - 1 && day < from ? 0 : 1) },
        random,
      );
    },
  },
  {
    name: 'burst of one network',
    make: (random) => {
      const series = plain(random);
      const bursts = Array.from({ length: 3 }, (_, index) => ({
        network: Math.floor(series.networks.length * random()),
        from: 60 + Math.floor(100 * (index + 0.8 * random())),
        length: 3 + Math.floor(4 * random()),
      }));
      return quiet(
        {
          ...series,
          rateOf: (network, day, usual) =>
            bursts.some((burst) => burst.network === network && day >= burst.from && day < burst.from + burst.length)
              ? 0.9
              : usual,
        },
        random,
      );
    },
  },
  { name: 'middling base', make: (random) => quiet(plain(random, between(random, 0.1, 0.3)), random) },
];

export const STEP_KINDS: readonly MadeKind[] = [
  steps([0.1, 0.15], [20, 60]),
  steps([0.1, 0.15], [60, 300]),
  steps([0.15, 0.25], [8, 20]),
  steps([0.15, 0.25], [20, 60]),
  steps([0.15, 0.25], [60, 300]),
  steps([0.25, 0.5], [8, 20]),
  steps([0.25, 0.5], [20, 60]),
  steps([0.25, 0.5], [60, 300]),
  steps([0.5, 0.9], [8, 20]),
  steps([0.5, 0.9], [20, 300]),
  {
    name: 'step of 20–40 points on a middling base',
    make: (random) => step(random, { points: [0.2, 0.4], volume: [20, 300], base: [0.1, 0.3] }),
  },
  {
    name: 'long event that ends',
    make: (random) => step(random, { points: [0.2, 0.9], volume: [15, 300], length: [60, 120] }),
  },
  {
    name: 'event of a week to a month',
    make: (random) => step(random, { points: [0.3, 0.9], volume: [15, 300], length: [7, 30] }),
  },
  {
    name: 'escalation',
    make: (random) => {
      const series = { ...plain(random), volume: Math.exp(between(random, Math.log(15), Math.log(300))) };
      const [first, second] = [between(random, 0.2, 0.4), between(random, 0.7, 0.9)];
      const start = 80 + Math.floor(60 * random());
      const further = start + 60 + Math.floor(80 * random());
      const rows = makeDays(
        {
          ...series,
          rateOf: (_, day, usual) =>
            day >= further ? Math.max(usual, second + 0.1) : day >= start ? usual + first : usual,
        },
        random,
      );
      return { rows, days: DAYS, start, end: null, step: further };
    },
  },
];

/** Steps on one network alone. */
export const NETWORK_KINDS: readonly MadeKind[] = (
  [
    [0.2, 0.35],
    [0.35, 0.9],
  ] as const
).map((points) => ({
  name: `one network: step of ${points.map((each) => Math.round(100 * each)).join('–')} points, 8–60 tests a day`,
  make: (random) => {
    const networks = [{ share: 1, rate: between(random, 0.01, 0.1) }];
    const start = 80 + Math.floor(200 * random());
    const rise = between(random, points[0], points[1]);
    const volume = Math.exp(between(random, Math.log(8), Math.log(60)));
    const rows = makeDays(
      {
        ...plain(random),
        networks,
        volume,
        rateOf: (_, day, usual) => (day >= start ? Math.min(0.99, usual + rise) : usual),
      },
      random,
    );
    return { rows, days: DAYS, start, end: null, step: null };
  },
}));

/** Daily use of a tool: `tests` stands for the estimated clients. */
function makeUse(random: Random, factorOf: (day: number) => number, days = 400): MadeCase['rows'] {
  const base = Math.exp(between(random, Math.log(80), Math.log(20_000)));
  const [rhythm, noise, trend] = [between(random, 0.02, 0.15), between(random, 0.03, 0.12), between(random, -0.0008, 0.0012)];
  let slow = 0;
  return Array.from({ length: days }, (_, day) => {
    slow = 0.95 * slow + 0.03 * normal(random);
    const log = Math.log(base) + trend * day + slow + noise * normal(random) + (day % 7 >= 5 ? -rhythm : 0);
    const tests = Math.round(Math.exp(log) * factorOf(day));
    return { day: addDays(SINCE, day), stratum: 0, tests, signs: 0 };
  });
}

const use = (name: string, factor: (random: Random) => number, length: readonly [number, number] | null): MadeKind => ({
  name,
  make: (random) => {
    const start = 60 + Math.floor(60 * random());
    const end = length === null ? null : start + Math.floor(between(random, length[0], length[1]));
    const times = factor(random);
    const rows = makeUse(random, (day) => (day >= start && (end === null || day < end) ? times : 1));
    return { rows, days: 400, start, end, step: null };
  },
});

export const USE_KINDS: readonly MadeKind[] = [
  {
    name: 'use: quiet',
    make: (random) => ({ rows: makeUse(random, () => 1), days: 400, start: null, end: null, step: null }),
  },
  use('use: surge of 4 days to 4 weeks', (random) => between(random, 3, 20), [4, 28]),
  use('use: surge of 5 weeks to 6 months', (random) => between(random, 3, 20), [35, 180]),
  use('use: drop of 5 weeks to 6 months', (random) => between(random, 0.05, 0.35), [35, 180]),
  use('use: new level', (random) => between(random, 3, 10), null),
];
