/** Made series in which nothing happens to the target, though much may happen to who tests it. */
import { between, type Random } from './event-series.ts';
import { DAYS, type MadeKind, plain, type Range, toCase, whole } from './made-case.ts';

/** None in 100 years: the rate found is under half of that. */
const NONE = { mostFalse: 0.2 };
const FEW = { mostFalse: 2 };
const QUIET_VIEWS = { country: NONE, 'networks unknown': NONE, 'one network': NONE };
const MIXED_VIEWS = { country: FEW, 'networks unknown': FEW };

const quiet = (
  name: string,
  volume: Range,
  volumeOf?: (network: number, day: number) => number,
): MadeKind => ({
  name,
  views: QUIET_VIEWS,
  make: (random) =>
    toCase({ ...plain(random, volume), ...(volumeOf === undefined ? {} : { volumeOf }) }, random),
});

/** The 60th day or one of the 250 after it. */
const turnOf = (random: Random): number => whole(random, [60, 309]);

export const QUIET_KINDS: readonly MadeKind[] = [
  quiet('quiet, 8–300 tests a day', [8, 300]),
  quiet('quiet, 1–8 tests a day', [1, 8]),
  quiet('quiet, 300–3,000 tests a day', [300, 3000]),
  quiet('quiet, tested on one day a week', [8, 100], (_, day) => (day % 7 === 2 ? 3 : 0)),
  {
    name: 'drift of 5–15 points in a year',
    views: { ...QUIET_VIEWS, country: FEW, 'networks unknown': FEW, 'one network': FEW },
    make: (random) => {
      const from = between(random, 0.01, 0.06);
      const rise = between(random, 0.05, 0.15);
      return toCase(
        {
          ...plain(random, [8, 300], [from, from]),
          rateOf: (_, day, usual) => usual + (rise * day) / DAYS,
        },
        random,
      );
    },
  },
  {
    name: 'coverage jump: a network with signs tests 10–40 times as much',
    views: MIXED_VIEWS,
    make: (random) => {
      const series = plain(random);
      const networks = series.networks.map((network, index) =>
        index === 0 ? { ...network, rate: between(random, 0.2, 0.7), share: 0.03 } : network,
      );
      const [from, factor] = [turnOf(random), between(random, 10, 40)];
      return toCase(
        {
          ...series,
          networks,
          volumeOf: (network, day) => (network === 0 && day >= from ? factor : 1),
        },
        random,
      );
    },
  },
  {
    name: 'new network with a rate of its own',
    views: MIXED_VIEWS,
    make: (random) => {
      const series = plain(random);
      const networks = [
        ...series.networks,
        { share: between(random, 0.3, 2), rate: between(random, 0.2, 0.95) },
      ];
      const from = turnOf(random);
      return toCase(
        {
          ...series,
          networks,
          volumeOf: (network, day) => (network === networks.length - 1 && day < from ? 0 : 1),
        },
        random,
      );
    },
  },
  {
    name: 'three bursts of one network, 3–6 days each',
    views: { country: { mostFalse: 0.4 }, 'networks unknown': FEW },
    make: (random) => {
      const series = plain(random);
      const bursts = Array.from({ length: 3 }, (_, index) => ({
        network: whole(random, [0, series.networks.length - 1]),
        from: 60 + Math.floor(100 * (index + 0.8 * random())),
        length: whole(random, [3, 6]),
      }));
      const isIn = (network: number, day: number): boolean =>
        bursts.some(
          (burst) =>
            burst.network === network && day >= burst.from && day < burst.from + burst.length,
        );
      return toCase(
        { ...series, rateOf: (network, day, usual) => (isIn(network, day) ? 0.9 : usual) },
        random,
      );
    },
  },
  {
    name: 'one network blocked for 7–12 days',
    views: {
      country: { ...FEW, isSilent: true },
      'one network': { leastFound: 0.95, leastEnds: 0.95 },
    },
    make: (random) => {
      const series = plain(random, [30, 300]);
      const share = between(random, 0.15, 0.5);
      const rest = series.networks.slice(1).reduce((sum, network) => sum + network.share, 0);
      const networks = series.networks.map((network, index) => ({
        ...network,
        share: index === 0 ? share : (network.share * (1 - share)) / rest,
      }));
      const start = turnOf(random);
      const end = start + whole(random, [7, 12]);
      const rise = between(random, 0.4, 0.9);
      return toCase(
        {
          ...series,
          networks,
          rateOf: (network, day, usual) =>
            network === 0 && day >= start && day < end ? Math.min(0.99, usual + rise) : usual,
        },
        random,
        { start, end },
      );
    },
  },
  {
    name: 'middling base of 10–30 %',
    views: { country: FEW, 'networks unknown': FEW, 'one network': FEW },
    make: (random) => toCase(plain(random, [8, 300], [0.1, 0.3]), random),
  },
];
