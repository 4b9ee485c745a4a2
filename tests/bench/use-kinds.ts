/** Made series of the daily use of a tool: `tests` stands for the estimated clients. */
import { addDays } from '../../data-build/contract/brands.ts';
import { between, normal, type Random, SINCE } from './event-series.ts';
import { type Aim, type MadeCase, type MadeKind, type Range, spread } from './made-case.ts';

const DAYS = 400;

function makeUse(random: Random, factorOf: (day: number) => number): MadeCase['rows'] {
  const base = spread(random, [80, 20_000]);
  const [rhythm, noise, trend] = [
    between(random, 0.02, 0.15),
    between(random, 0.03, 0.12),
    between(random, -0.0008, 0.0012),
  ];
  let slow = 0;
  return Array.from({ length: DAYS }, (_, day) => {
    slow = 0.95 * slow + 0.03 * normal(random);
    const log =
      Math.log(base) + trend * day + slow + noise * normal(random) + (day % 7 >= 5 ? -rhythm : 0);
    const tests = Math.round(Math.exp(log) * factorOf(day));
    return { day: addDays(SINCE, day), stratum: 0, tests, signs: 0 };
  });
}

const use = (name: string, aim: Aim, factor: Range | null, length: Range | null): MadeKind => ({
  name: `use: ${name}`,
  views: { 'tool use': aim },
  make: (random) => {
    const start = factor === null ? null : 60 + Math.floor(60 * random());
    const end =
      start === null || length === null ? null : start + Math.floor(between(random, ...length));
    const times = factor === null ? 1 : between(random, ...factor);
    const rows = makeUse(random, (day) =>
      start !== null && day >= start && (end === null || day < end) ? times : 1,
    );
    return { rows, days: DAYS, start, end, step: null };
  },
});

const FOUND = { mostFalse: 2, leastFound: 0.95 };
const ENDS = { ...FOUND, leastEnds: 0.95 };

export const USE_KINDS: readonly MadeKind[] = [
  use('quiet', { mostFalse: 0.2 }, null, null),
  use('surge of 4 days to 4 weeks', ENDS, [3, 20], [4, 28]),
  use('surge of 5 weeks to 6 months', ENDS, [3, 20], [35, 180]),
  use('drop of 5 weeks to 6 months', ENDS, [0.05, 0.35], [35, 180]),
  use('new level', { ...FOUND, mostFalseEnds: 0.02 }, [3, 10], null),
];
