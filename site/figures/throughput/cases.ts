/** Speed by day with gaps, few tests and a break, by month, and of one month alone. */
import { addDays } from '../../../data-build/contract/brands.ts';
import type { ThroughputRow } from '../../query/witnesses.ts';
import { toPeriods } from '../../view/time-frame.ts';
import { DAYS, day, MONTHS, type FigureCase } from '../case-rows.ts';
import { toThroughput, type ThroughputView } from './view.ts';

/** A percentile that the publisher leaves out where it counts by the day. */
function speed(
  period: ThroughputRow['period'],
  grain: ThroughputRow['grain'],
  tests: number,
  mbps: number | null,
): ThroughputRow {
  const times = (factor: number): number | null => (mbps === null ? null : mbps * factor);
  return {
    period,
    grain,
    download_sample_count: tests,
    download_mbps_p10: grain === 'day' ? null : times(0.2),
    download_mbps_p25: times(0.5),
    download_mbps_p50: mbps,
    download_mbps_p75: times(1.8),
    download_mbps_p90: grain === 'day' ? null : times(3.1),
    upload_sample_count: tests > 25 ? Math.round(tests * 0.8) : null,
    upload_mbps_p50: tests > 25 ? times(0.3) : null,
    min_rtt_ms_p50: 38,
    // Of days the publisher gives no loss.
    loss_ratio_p50: grain === 'day' ? null : 0.004,
  };
}

const DAYS_OF_SPEED = toPeriods(DAYS).flatMap(({ start }, index) => {
  if (index === 4 || index === 5) return [];
  const tests = index === 15 ? 7 : index > 19 ? 30 : 120 + ((index * 37) % 90);
  return [speed(start, 'day', tests, index === 17 ? null : index < 9 ? 14 + (index % 4) : 5.5)];
});
const MONTHS_OF_SPEED = toPeriods(MONTHS).map(({ start }, index) =>
  speed(start, 'month', index === 20 ? 22 : 4_000 + index * 310, 6 + index * 1.1),
);

function made(rows: readonly ThroughputRow[]): ThroughputView {
  const view = toThroughput(rows, { place: 'Examplia', dataUntil: addDays(day('2024-03-24'), 1) });
  if (view === null) throw new Error('The case has nothing to draw.');
  return view;
}

export const CASES: readonly FigureCase<ThroughputView>[] = [
  { name: 'throughput-days', view: made(DAYS_OF_SPEED) },
  { name: 'throughput-months', view: made(MONTHS_OF_SPEED) },
  { name: 'throughput-one-month', view: made(MONTHS_OF_SPEED.slice(0, 1)) },
];
