/** Daily statistics of speed tests in the form that M-Lab publishes, for a few places, with the slow days of the episodes. */
import type { Day } from '../contract/brands.ts';
import { phaseOn, worldEpisodes, type Episode } from './episodes.ts';
import { createRng, hashText } from './rng.ts';
import { sampleCountry, worldDays, type SampleWorld } from './world.ts';

/** Enough for a map that tells places apart; the others show what a place without speed tests looks like. */
const PLACES = ['UY', 'PT', 'JP', 'FI', 'MU'].map(sampleCountry);

/** Of the large sizes, too: each day is eight rows. */
const MOST_DAYS = 365;

/** Lower edges of the buckets, and the share of tests in each; 1 % lie below all of them. */
const BUCKETS = [0, 0.5, 1, 1.5, 2, 2.5, 3, 3.5] as const;
const SHARES = [0.02, 0.05, 0.13, 0.28, 0.31, 0.15, 0.04, 0.01] as const;

function slowness(episodes: readonly Episode[], cc: string, day: Day): number {
  const slow = episodes.find(
    (one) => one.cc === cc && one.throughput !== null && phaseOn(one, day) !== null,
  );
  return slow?.throughput ?? 1;
}

/** `histogram_daily_stats.json`: a row for each place, day and bucket. */
export function formatSpeedStatistics(world: SampleWorld, seed: number): string {
  const episodes = worldEpisodes(world);
  const places = world.places.filter(({ cc }) => PLACES.includes(cc));
  const round = (value: number): number => Math.round(value * 1000) / 1000;
  const rows = places.flatMap(({ cc }) =>
    worldDays(world)
      .slice(-MOST_DAYS)
      .flatMap((day) => {
        const rng = createRng(seed, 'speed', cc, day);
        const median = (20 + (hashText(cc) % 60)) * rng.factor(0.06) * slowness(episodes, cc, day);
        const tests = Math.round((160 + (hashText(`${cc} speed`) % 200)) * rng.factor(0.1));
        return BUCKETS.map((edge, index) => ({
          date: day,
          continent_code: '',
          country_code: cc,
          bucket_min: round(edge === 0 ? 0 : 10 ** (edge - 0.25)),
          bucket_max: round(10 ** (edge + 0.25)),
          dl_samples_bucket: Math.floor(tests * (SHARES[index] ?? 0)),
          dl_samples_day: tests,
          download_Q25: round(median * 0.45),
          download_MED: round(median),
          download_Q75: round(median * 1.9),
          download_minRTT_MED: round(24 + (hashText(cc) % 40)),
          ul_samples_day: tests,
          upload_Q25: round(median * 0.14),
          upload_MED: round(median * 0.3),
          upload_Q75: round(median * 0.6),
        }));
      }),
  );
  return `[\n${rows.map((row) => JSON.stringify(row)).join(',\n')}\n]\n`;
}
