/**
 * Daily tests of one target in one country, made up for the bench of detectors: several networks of uneven size with
 * rates of their own, a weekly rhythm, days that scatter more than chance, days without tests. It shares nothing with the
 * sample's generator. Seeds are fixed.
 */
import { addDays, type Day, toDay } from '../../data-build/contract/brands.ts';
import type { StratumDay } from '../../data-build/rollup/detectors/series.ts';

export type Random = () => number;

/** Uniform in [0, 1): mulberry32. */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export function between(random: Random, low: number, high: number): number {
  return low + (high - low) * random();
}

export function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

function gamma(random: Random, shape: number): number {
  if (shape < 1) return gamma(random, shape + 1) * (1 - random()) ** (1 / shape);
  const d = shape - 1 / 3;
  for (;;) {
    const x = normal(random);
    const v = (1 + x / Math.sqrt(9 * d)) ** 3;
    if (v > 0 && Math.log(1 - random()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v;
  }
}

function count(random: Random, mean: number): number {
  if (mean > 50) return Math.max(0, Math.round(mean + Math.sqrt(mean) * normal(random)));
  let [found, product] = [-1, 1];
  const limit = Math.exp(-mean);
  while (product >= limit) [found, product] = [found + 1, product * random()];
  return Math.max(0, found);
}

function binomial(random: Random, tests: number, rate: number): number {
  if (tests > 500) {
    const spread = Math.sqrt(tests * rate * (1 - rate));
    return Math.min(tests, Math.max(0, Math.round(tests * rate + spread * normal(random))));
  }
  let signs = 0;
  for (let test = 0; test < tests; test++) if (random() < rate) signs++;
  return signs;
}

const logit = (rate: number): number => Math.log(rate / (1 - rate));
const inverse = (value: number): number => 1 / (1 + Math.exp(-value));

/** One network: its share of the tests and its rate, before chance. */
export interface MadeNetwork {
  readonly share: number;
  readonly rate: number;
}

export interface MadeSeries {
  readonly networks: readonly MadeNetwork[];
  readonly days: number;
  /** Tests of a day. */
  readonly volume: number;
  /** Factor on the tests of a network on a day. */
  readonly volumeOf?: (network: number, day: number) => number;
  /** Rate of a network on a day, from its usual one. */
  readonly rateOf?: (network: number, day: number, usual: number) => number;
  /** Intraclass correlation of a network's tests of one day. */
  readonly clumping: number;
  /** Spread of the log odds: of a day, and of the slow wandering common to all. */
  readonly daily: number;
  readonly wandering: number;
}

export const SINCE: Day = toDay('2022-01-03') ?? missing();

function missing(): never {
  throw new Error('2022-01-03 is a day.');
}

/** Networks with uneven shares and rates around the base. */
export function makeNetworks(random: Random, size: number, base: number): readonly MadeNetwork[] {
  const raw = Array.from({ length: size }, () => gamma(random, 1.5) + 0.05);
  const total = raw.reduce((sum, each) => sum + each, 0);
  return raw.map((each) => ({
    share: each / total,
    rate: inverse(logit(base) + 0.5 * normal(random)),
  }));
}

export function makeDays(series: MadeSeries, random: Random): readonly StratumDay[] {
  const rows: StratumDay[] = [];
  let drift = 0;
  for (let day = 0; day < series.days; day++) {
    drift = 0.9 * drift + Math.sqrt(1 - 0.81) * series.wandering * normal(random);
    const common = drift + series.daily * normal(random);
    const week = day % 7 >= 5 ? 0.7 : 1.1;
    const busy = Math.exp(0.25 * normal(random)) * (random() < 0.02 ? 0 : week);
    series.networks.forEach(({ share, rate }, network) => {
      const mean = series.volume * share * busy * (series.volumeOf?.(network, day) ?? 1);
      const tests = count(random, mean);
      if (tests === 0) return;
      const usual = inverse(logit(rate) + common);
      const expected = Math.min(0.995, series.rateOf?.(network, day, usual) ?? usual);
      const size = 1 / series.clumping - 1;
      const a = gamma(random, Math.max(0.001, expected * size));
      const b = gamma(random, Math.max(0.001, (1 - expected) * size));
      const actual = a + b === 0 ? expected : a / (a + b);
      rows.push({
        day: addDays(SINCE, day),
        stratum: network,
        tests,
        signs: binomial(random, tests, actual),
      });
    });
  }
  return rows;
}
