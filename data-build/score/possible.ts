/** Figures of a probe's own tests that can be measured. */
import { SPEED_BOUNDS } from '../contract/columns.ts';
import type { Performance } from './verdict.ts';

const possible = (unit: keyof typeof SPEED_BOUNDS, value: number | null): number | null => {
  const [least, most] = SPEED_BOUNDS[unit];
  return value !== null && value >= least && value <= most ? value : null;
};

/** The figures without those that cannot be: a measurement keeps its outcome, since the speed does not decide it. */
export const keepPossible = (given: Performance): Performance => ({
  ndt_download_mbps: possible('mbps', given.ndt_download_mbps),
  ndt_upload_mbps: possible('mbps', given.ndt_upload_mbps),
  ndt_min_rtt_ms: possible('ms', given.ndt_min_rtt_ms),
  dash_median_bitrate_mbps: possible('mbps', given.dash_median_bitrate_mbps),
  bootstrap_time_s: possible('s', given.bootstrap_time_s),
});
