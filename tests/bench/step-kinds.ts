/** Made series in which interference begins, rises, ends. */
import { between, type MadeNetwork, type Random } from './event-series.ts';
import {
  DAYS,
  formatRange,
  type Aim,
  type MadeKind,
  pickHit,
  plain,
  type Range,
  spread,
  toCase,
  whole,
} from './made-case.ts';

const ENDS = { leastEnds: 0.95 };
const NEVER_BLIND: Aim = { leastFound: 1, isInsideEnough: true };
const LASTS = { mostFalseEnds: 0.02 };
/** From 25 effective points, from 15, and below: nothing is asked. */
const aimOf = (points: Range): Aim => ({
  mostFalse: 2,
  ...(points[0] >= 0.25
    ? { leastFound: 0.95, ...LASTS }
    : points[0] >= 0.15
      ? { leastFound: 0.8, ...LASTS }
      : {}),
});

interface Shape {
  readonly name: string;
  /** Effective: of all tests of a day. */
  readonly points: Range;
  readonly volume: Range;
  readonly length?: Range;
  readonly base?: Range;
  readonly views?: MadeKind['views'];
  readonly volumeOf?: (network: number, day: number) => number;
}

function makeStep(random: Random, shape: Shape) {
  const series = plain(random, shape.volume, shape.base);
  const hit = pickHit(
    random,
    series.networks,
    between(random, Math.max(0.4, shape.points[0] * 1.3), 1),
  );
  const share = [...hit].reduce((sum, index) => sum + (series.networks[index]?.share ?? 0), 0);
  const points = Math.min(between(random, ...shape.points), share * 0.9);
  const start = whole(random, [80, 279]);
  const end = shape.length === undefined ? null : start + whole(random, shape.length);
  const rateOf = (network: number, day: number, usual: number): number =>
    hit.has(network) && day >= start && (end === null || day < end)
      ? Math.min(0.99, usual + points / share)
      : usual;
  return toCase(
    { ...series, rateOf, ...(shape.volumeOf === undefined ? {} : { volumeOf: shape.volumeOf }) },
    random,
    { start, end },
  );
}

function step(shape: Shape): MadeKind {
  const aim = { ...aimOf(shape.points), ...(shape.length === undefined ? {} : ENDS) };
  return {
    name: shape.name,
    views: shape.views ?? { country: aim, 'networks unknown': aim },
    make: (random) => makeStep(random, shape),
  };
}

const lasting = (points: Range, volume: Range): MadeKind =>
  step({
    name: `step of ${formatRange(points, 100)} points, ${formatRange(volume)} tests a day`,
    points,
    volume,
  });

const onMiddling = (points: Range): MadeKind =>
  step({
    name: `step of ${formatRange(points, 100)} points on a base of 10–30 %`,
    points,
    volume: [20, 300],
    base: [0.1, 0.3],
  });

const ALL_STEPS = [
  [0.1, 0.15],
  [0.15, 0.25],
  [0.25, 0.5],
  [0.5, 0.9],
] as const satisfies readonly Range[];
const ALL_VOLUMES = [
  [8, 20],
  [20, 60],
  [60, 300],
  [300, 3000],
] as const satisfies readonly Range[];

/** Further steps: lasting ones, and ones that all end. */
function makeEscalation(random: Random, length: Range | null) {
  const series = plain(random, [15, 300]);
  const [first, second] = [between(random, 0.2, 0.4), between(random, 0.8, 0.95)];
  const start = whole(random, [80, 139]);
  const further = start + whole(random, [40, 100]);
  const end = length === null ? null : further + whole(random, length);
  const rateOf = (_: number, day: number, usual: number): number => {
    if (day < start || (end !== null && day >= end)) return usual;
    return day >= further ? Math.max(usual, second) : usual + first;
  };
  return toCase({ ...series, rateOf }, random, { start, step: further, end });
}

export const STEP_KINDS: readonly MadeKind[] = [
  ...ALL_STEPS.flatMap((points) => ALL_VOLUMES.map((volume) => lasting(points, volume))),
  onMiddling([0.15, 0.25]),
  onMiddling([0.25, 0.5]),
  step({
    name: 'step of 25–90 points, tested on one day a week',
    points: [0.25, 0.9],
    volume: [8, 100],
    volumeOf: (_, day) => (day % 7 === 2 ? 3 : 0),
    views: { country: { mostFalse: 2 }, 'networks unknown': { mostFalse: 2 } },
  }),
  step({
    name: 'event of 15–25 points that ends after 2–4 months',
    points: [0.15, 0.25],
    volume: [15, 300],
    length: [60, 120],
  }),
  step({
    name: 'event of 25–90 points that ends after 2–4 months',
    points: [0.25, 0.9],
    volume: [15, 300],
    length: [60, 120],
  }),
  step({
    name: 'event of 30–90 points, 10 days to a month',
    points: [0.3, 0.9],
    volume: [15, 300],
    length: [11, 30],
  }),
  step({
    name: 'event of 30–90 points, 7–10 days',
    points: [0.3, 0.9],
    volume: [15, 300],
    length: [7, 10],
    // Counts that name no networks take ten days: fewer let bursts of one network through.
    views: { country: { ...aimOf([0.3, 0.9]), ...ENDS }, 'networks unknown': { mostFalse: 2 } },
  }),
  ...[null, [30, 60] as const].map((length): MadeKind => {
    const aim = { mostFalse: 2, leastFound: 0.95, ...(length === null ? LASTS : ENDS) };
    return {
      name: length === null ? 'escalation that lasts' : 'escalation that ends',
      views: { country: aim, 'networks unknown': aim },
      make: (random) => makeEscalation(random, length),
    };
  }),
  {
    name: 'unrest for a year, then a total block',
    views: { country: NEVER_BLIND, 'networks unknown': NEVER_BLIND },
    make: (random) => {
      const series = { ...plain(random, [15, 100]), days: DAYS + 40 };
      const stretches = Array.from({ length: 12 }, () =>
        between(random, 0, random() < 0.5 ? 0.3 : 0.7),
      );
      const rateOf = (_: number, day: number): number =>
        day >= DAYS ? 1 : (stretches[Math.floor(day / 31)] ?? 0);
      return toCase({ ...series, rateOf }, random, { start: DAYS });
    },
  },
];

function oneNetwork(random: Random, points: Range, volume: Range) {
  const networks: readonly MadeNetwork[] = [{ share: 1, rate: between(random, 0.01, 0.1) }];
  const start = whole(random, [80, 279]);
  const rise = between(random, ...points);
  const rateOf = (_: number, day: number, usual: number): number =>
    day >= start ? Math.min(0.99, usual + rise) : usual;
  return toCase({ ...plain(random), networks, volume: spread(random, volume), rateOf }, random, {
    start,
  });
}

/** Steps on one network alone. */
export const NETWORK_KINDS: readonly MadeKind[] = (
  [
    [0.2, 0.35],
    [0.35, 0.9],
  ] as const
).map((points) => ({
  name: `one network: step of ${formatRange(points, 100)} points, 8–60 tests a day`,
  views: { 'one network': { mostFalse: 2, leastFound: points[0] >= 0.35 ? 0.95 : 0.8, ...LASTS } },
  make: (random) => oneNetwork(random, points, [8, 60]),
}));
