/** Seeded daily series for detector tests: uneven counts, a weekly rhythm, more spread than a fair coin. */
import { addDays, type Day, toDay } from '../../../data-build/contract/brands.ts';
import type { DailyRate } from '../../../data-build/rollup/detectors/series.ts';

export function day(text: string): Day {
  const value = toDay(text);
  if (value === null) throw new Error(`${text} is no day.`);
  return value;
}

/** Numbers in [0, 1) from a 32-bit linear congruential generator. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 4_294_967_296;
  };
}

export interface SeriesShape {
  readonly days: number;
  /** Tests on an ordinary weekday. */
  readonly volume: number;
  /** Rate outside the episode. */
  readonly base: number;
  /** Day-to-day spread of the rate beyond chance. */
  readonly spread: number;
  readonly episode?: { readonly from: number; readonly length: number; readonly rate: number };
}

export function seriesOf(shape: SeriesShape, random: () => number): DailyRate[] {
  const since = day('2024-01-01');
  return Array.from({ length: shape.days }, (_, index) => {
    const weekend = index % 7 >= 5;
    const tests = Math.round(shape.volume * (weekend ? 0.6 : 1) * (0.7 + 0.6 * random()));
    const { episode } = shape;
    const inside =
      episode !== undefined && index >= episode.from && index < episode.from + episode.length;
    const rate = inside
      ? episode.rate
      : shape.base * (weekend ? 1.3 : 1) + shape.spread * (random() + random() + random() - 1.5);
    let signs = 0;
    for (let test = 0; test < tests; test++) if (random() < rate) signs++;
    return { day: addDays(since, index), signs, tests };
  });
}
