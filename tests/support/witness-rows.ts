/** Rows of speed and tool use, as hand-written tests of the witnesses need them. */
import { addDays, type Day } from '../../data-build/contract/brands.ts';
import type { ThroughputRow, ToolUseRow } from '../../site/query/witnesses.ts';

export const daysFrom = (first: Day, count: number): Day[] =>
  Array.from({ length: count }, (_, index) => addDays(first, index));

export function throughputRow(period: Day, tests: number, mbps: number | null): ThroughputRow {
  return {
    period,
    grain: 'day',
    download_sample_count: tests,
    download_mbps_p10: null,
    download_mbps_p25: mbps === null ? null : mbps / 2,
    download_mbps_p50: mbps,
    download_mbps_p75: mbps === null ? null : mbps * 2,
    download_mbps_p90: null,
    upload_sample_count: null,
    upload_mbps_p50: null,
    min_rtt_ms_p50: null,
    loss_ratio_p50: null,
  };
}

export function toolRow(
  at: Day,
  value: number | null,
  changes: Partial<ToolUseRow> = {},
): ToolUseRow {
  return {
    day: at,
    tool: 'tor-bridge',
    metric: 'users',
    value,
    lower: null,
    upper: null,
    coverage: 0.8,
    source: 'tor-metrics',
    licence: 'cc0',
    ...changes,
  };
}
