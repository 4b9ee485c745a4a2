/** Made series of a group of websites: each has few tests, and a rate of its own. */
import { between, makeNetworks, type MadeSeries, type Random } from './event-series.ts';
import { type MadeKind, plain, type Range, spread, toCase, whole } from './made-case.ts';

/** Strata are websites, 12–60 of them. */
function websites(random: Random, volume: Range): MadeSeries {
  return {
    ...plain(random),
    networks: makeNetworks(random, whole(random, [12, 60]), between(random, 0.01, 0.1)),
    volume: spread(random, volume),
  };
}

const NONE = { group: { mostFalse: 0.2 } };

function fall(name: string, volume: Range, length: Range | null): MadeKind {
  return {
    name,
    views: {
      group: {
        mostFalse: 2,
        leastFound: 0.95,
        ...(length === null ? { mostFalseEnds: 0.02 } : { leastEnds: 0.95 }),
      },
    },
    make: (random) => {
      const series = websites(random, volume);
      const part = between(random, 0.6, 1);
      const hit = new Set(series.networks.flatMap((_, index) => (random() < part ? [index] : [])));
      const start = whole(random, [80, 279]);
      const end = length === null ? null : start + whole(random, length);
      const rise = between(random, 0.6, 0.9);
      const isHit = (website: number, day: number): boolean =>
        hit.has(website) && day >= start && (end === null || day < end);
      return toCase(
        {
          ...series,
          rateOf: (website, day, usual) =>
            isHit(website, day) ? Math.min(0.99, usual + rise) : usual,
        },
        random,
        { start, end },
      );
    },
  };
}

export const GROUP_KINDS: readonly MadeKind[] = [
  {
    name: 'websites: quiet, 3–60 tests a day',
    views: NONE,
    make: (random) => toCase(websites(random, [3, 60]), random),
  },
  {
    name: 'websites: one of them is blocked',
    views: NONE,
    make: (random) => {
      const series = websites(random, [10, 60]);
      const start = whole(random, [80, 279]);
      return toCase(
        {
          ...series,
          rateOf: (website, day, usual) => (website === 0 && day >= start ? 0.95 : usual),
        },
        random,
      );
    },
  },
  {
    name: 'websites: half of the list is changed for blocked ones',
    views: NONE,
    make: (random) => {
      const series = websites(random, [10, 60]);
      const start = whole(random, [80, 279]);
      const networks = series.networks.flatMap((each) => [
        each,
        { ...each, rate: between(random, 0.6, 0.95) },
      ]);
      return toCase(
        {
          ...series,
          networks,
          volumeOf: (website, day) => (website % 2 === 0 || day >= start ? 1 : 0),
        },
        random,
      );
    },
  },
  fall('websites: most fall together, 3–10 tests a day', [3, 10], null),
  fall('websites: most fall together, 10–60 tests a day', [10, 60], null),
  fall('websites: most fall together for 3–10 weeks, 5–60 tests a day', [5, 60], [21, 70]),
];
