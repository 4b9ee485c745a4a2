/** Aggregation-API replies: counts by day and country, for places where only counts are known. */
import type { DumpObject } from './dump-json.ts';
import type { CountryCode } from '../contract/brands.ts';
import { createRng } from './rng.ts';
import { COUNTS_ONLY, sampleCountry, type SampleWorld, worldDays } from './world.ts';

/** Counted by the publisher as well as measured in the dumps: the counts of a cell must never be added up. */
const ALSO_MEASURED: readonly CountryCode[] = [sampleCountry('SM')];

/** One reply of the shape `axis_x=measurement_start_day&axis_y=probe_cc`, about web_connectivity. */
export function createCountsReply(world: SampleWorld, seed: number): DumpObject {
  const places = [...COUNTS_ONLY, ...ALSO_MEASURED];
  const result = worldDays(world).flatMap((day) =>
    places.flatMap((cc): DumpObject[] => {
      const rng = createRng(seed, 'counts', cc, day);
      const total = rng.poisson(cc === 'SM' ? 6 : 38);
      if (total === 0) return [];
      const failures = Math.min(total, rng.poisson(total * 0.03));
      const anomalies = Math.min(total - failures, rng.poisson(total * 0.04));
      return [
        {
          anomaly_count: anomalies,
          confirmed_count: 0,
          failure_count: failures,
          measurement_count: total,
          measurement_start_day: day,
          ok_count: total - failures - anomalies,
          probe_cc: cc,
        },
      ];
    }),
  );
  return {
    v: 0,
    dimension_count: 2,
    db_stats: { bytes: 0, elapsed_seconds: 0, row_count: 0, total_row_count: 0 },
    result,
  };
}
