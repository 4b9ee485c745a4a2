import { expect, it } from 'vitest';
import { keepPossible } from '../../data-build/normalize/speed-bounds.ts';
import { NO_PERFORMANCE } from '../../data-build/score/test-score.ts';

it('keeps speeds and times that can be measured, and no others', () => {
  const fast = { ...NO_PERFORMANCE, ndt_download_mbps: 100_000, ndt_min_rtt_ms: 60_000 };
  expect(keepPossible(fast)).toEqual(fast);
  const slow = { ...NO_PERFORMANCE, dash_median_bitrate_mbps: 0.1, bootstrap_time_s: 86_400 };
  expect(keepPossible(slow)).toEqual(slow);
  expect(
    keepPossible({
      ndt_download_mbps: 1e305,
      ndt_upload_mbps: 100_001,
      ndt_min_rtt_ms: 1e308,
      dash_median_bitrate_mbps: Infinity,
      bootstrap_time_s: 86_401,
    }),
  ).toEqual(NO_PERFORMANCE);
});
