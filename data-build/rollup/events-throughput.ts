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

/**
 * Days or months for which the data speak of the whole world: with at least half as many places as any within a month of days or
 * half a year of months. A place without tests there had none; elsewhere nobody knows.
 */
const WORLD = { places: 20, share: 0.5 } as const;
const worldSql = (rows: string, days: number): string => `
  SELECT day FROM (
    SELECT day, places, max(places) OVER (ORDER BY day RANGE BETWEEN INTERVAL ${days} DAYS PRECEDING AND INTERVAL ${days} DAYS FOLLOWING) AS most
    FROM (SELECT day, count(DISTINCT probe_cc) AS places FROM ${rows} WHERE probe_cc IS NOT NULL AND download_sample_count > 0 GROUP BY day))
  WHERE places >= ${WORLD.places} AND places >= ${WORLD.share} * most`;

/**
 * Rows of periods, and a row without tests for a place where the world has one and the place none, from its first to the last of all.
 * `rows`: probe_cc, probe_asn, period; `world`: period, n.
 */
const withNone = (rows: string, world: string, least: number): string => `
  FROM ${rows} UNION ALL BY NAME
  SELECT p.probe_cc, w.period, 0 AS tests, w.n AS days
  FROM (SELECT probe_cc, min(period) AS since FROM ${rows} WHERE probe_asn IS NULL GROUP BY probe_cc) p
    JOIN ${world} w ON w.period > p.since AND w.n >= ${least}
  WHERE NOT EXISTS (FROM ${rows} r WHERE r.probe_cc = p.probe_cc AND r.probe_asn IS NULL AND r.period = w.period)`;

/** Days of a week that must be known for it to be judged. */
const LEAST_DAYS = 4;

/** The weekly median is the geometric mean of the daily medians, weighted by their tests. A day is known that has a row, or on which the data speak of the world. */
const WEEKS = `
  WITH world_days AS (${worldSql('throughput_daily', 30)}),
    world AS (SELECT date_trunc('week', day)::DATE AS period, count(*) AS n FROM world_days GROUP BY ALL),
    days AS (FROM throughput_daily WHERE probe_cc IS NOT NULL AND download_mbps_p50 > 0 AND download_sample_count > 0),
    rows AS (
      SELECT probe_cc, probe_asn, date_trunc('week', day)::DATE AS period, sum(download_sample_count) AS tests,
        count(*) FILTER (day NOT IN (FROM world_days)) AS own,
        exp(sum(ln(download_mbps_p50) * download_sample_count) / sum(download_sample_count)) AS median,
        sum(min_rtt_ms_p50 * download_sample_count) / sum(download_sample_count) FILTER (min_rtt_ms_p50 IS NOT NULL) AS rtt
      FROM days GROUP BY ALL),
    known AS (SELECT rows.* EXCLUDE (own), own + coalesce(n, 0) AS days FROM rows LEFT JOIN world USING (period))
  SELECT * EXCLUDE (days), days / 7 AS covered FROM (${withNone('known', 'world', LEAST_DAYS)}) WHERE days >= ${LEAST_DAYS}`;

const MONTHS = `
  WITH months AS (SELECT *, (month || '-01')::DATE AS day FROM throughput_monthly),
    world AS (SELECT day AS period, 1 AS n FROM (${worldSql('months', 183)})),
    known AS (
      SELECT probe_cc, probe_asn, day AS period, download_sample_count AS tests, 1 AS days, download_mbps_p50 AS median, min_rtt_ms_p50 AS rtt
      FROM months WHERE probe_cc IS NOT NULL AND download_sample_count IS NOT NULL)
  SELECT * EXCLUDE (days), days AS covered FROM (${withNone('known', 'world', 1)})`;

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
    `SELECT * REPLACE (strftime(period, '%Y-%m-%d') AS period, covered::DOUBLE AS covered) FROM (${sql}) ORDER BY probe_cc, probe_asn NULLS FIRST, period`,
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
        covered: numberIn(row, 'covered'),
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
    extreme_day: span.extremePeriod,
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
