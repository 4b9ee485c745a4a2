/** Slowdowns and vanished tests in statistics of speed: by week where there are days, by month elsewhere. */
import type { DetectedEvent } from '../contract/detected-event.ts';
import { PUBLISHERS, SPEEDS_FROM } from '../contract/publishers.ts';
import {
  countryIn,
  type Database,
  dayIn,
  networkIn,
  numberIn,
  numberOrNullIn,
} from './database.ts';
import {
  detectSlowdowns,
  detectVanished,
  SLOWDOWN_DETECTOR,
  targetOf,
  type ThroughputGrain,
  type ThroughputPeriod,
  type ThroughputSpan,
  VANISHED_DETECTOR,
} from './detectors/throughput.ts';
import type { FoundEvent } from './found-event.ts';

interface Series extends Pick<DetectedEvent, 'probe_cc' | 'probe_asn'> {
  readonly periods: ThroughputPeriod[];
}

/** The weekly median is the geometric mean of the daily medians, weighted by their tests. */
const WEEKS = `
  SELECT probe_cc, probe_asn, strftime(date_trunc('week', day), '%Y-%m-%d') AS period,
    sum(download_sample_count) AS tests,
    exp(sum(ln(download_mbps_p50) * download_sample_count) / sum(download_sample_count)) AS median,
    sum(min_rtt_ms_p50 * download_sample_count) / sum(download_sample_count) AS rtt
  FROM throughput_daily
  WHERE probe_cc IS NOT NULL AND download_mbps_p50 > 0 AND download_sample_count > 0
  GROUP BY probe_cc, probe_asn, date_trunc('week', day)`;

const MONTHS = `
  SELECT probe_cc, probe_asn, month || '-01' AS period, download_sample_count AS tests,
    download_mbps_p50 AS median, min_rtt_ms_p50 AS rtt
  FROM throughput_monthly WHERE download_sample_count IS NOT NULL`;

export async function findThroughputEvents(db: Database): Promise<readonly FoundEvent[]> {
  const events: FoundEvent[] = [];
  for (const [grain, sql] of [
    ['week', WEEKS],
    ['month', MONTHS],
  ] as const) {
    for (const series of await loadSeries(db, sql)) {
      for (const span of detectSlowdowns(series.periods, grain))
        events.push(toEvent(series, span, grain));
      if (series.probe_asn !== null) continue;
      for (const span of detectVanished(series.periods, grain))
        events.push(toEvent(series, span, grain));
    }
  }
  return events;
}

async function loadSeries(db: Database, sql: string): Promise<readonly Series[]> {
  const all: Series[] = [];
  for await (const batch of db.batches(
    `SELECT * FROM (${sql}) ORDER BY probe_cc, probe_asn NULLS FIRST, period`,
  )) {
    for (const row of batch) {
      const probe_cc = countryIn(row);
      const probe_asn = networkIn(row);
      let series = all[all.length - 1];
      if (series?.probe_cc !== probe_cc || series.probe_asn !== probe_asn) {
        series = { probe_cc, probe_asn, periods: [] };
        all.push(series);
      }
      series.periods.push({
        period: dayIn(row, 'period'),
        tests: numberIn(row, 'tests'),
        downloadMedian: numberOrNullIn(row, 'median'),
        minRttMedian: numberOrNullIn(row, 'rtt'),
      });
    }
  }
  return all;
}

function toEvent(series: Series, span: ThroughputSpan, grain: ThroughputGrain): FoundEvent {
  return {
    source: SPEEDS_FROM,
    licence: PUBLISHERS[SPEEDS_FROM].licence,
    kind: span.kind,
    probe_cc: series.probe_cc,
    probe_asn: series.probe_asn,
    target: targetOf(grain),
    test_name: null,
    domain: null,
    category_code: null,
    tool: null,
    metric: null,
    blocking_method: null,
    last_normal: span.lastNormal,
    first_sign: span.firstSign,
    last_sign: span.firstNormal === null ? null : span.lastSign,
    first_normal: span.firstNormal,
    magnitude: span.magnitude,
    baseline: span.baseline,
    measurement_count: span.tests,
    anomaly_count: null,
    confirmed_count: null,
    network_count: null,
    detector_id: span.kind === 'slowdown' ? SLOWDOWN_DETECTOR.id : VANISHED_DETECTOR.id,
    robust: null,
    coverage_ratio: null,
    follows: null,
    global: false,
  };
}
