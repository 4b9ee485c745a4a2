/** Slowdowns and vanished tests in M-Lab's statistics: by week where there are days, by month elsewhere. */
import { SOURCES } from '../contract/sources.ts';
import { type Database, numberIn, textIn } from './database.ts';
import {
  detectSlowdowns,
  detectVanished,
  SLOWDOWN_DETECTOR,
  type ThroughputGrain,
  type ThroughputPeriod,
  type ThroughputSpan,
  VANISHED_DETECTOR,
} from './detectors/throughput.ts';
import { countryFrom, dayFrom, type FoundEvent } from './events.ts';

interface Series {
  readonly probeCc: string;
  readonly probeAsn: number | null;
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
      if (series.probeAsn !== null) continue;
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
      const probeCc = textIn(row, 'probe_cc');
      const asn = row['probe_asn'];
      const probeAsn = typeof asn === 'number' ? asn : null;
      let series = all[all.length - 1];
      if (series?.probeCc !== probeCc || series.probeAsn !== probeAsn) {
        series = { probeCc, probeAsn, periods: [] };
        all.push(series);
      }
      const [median, rtt] = [row['median'], row['rtt']];
      series.periods.push({
        period: dayFrom(textIn(row, 'period')),
        tests: numberIn(row, 'tests'),
        downloadMedian: typeof median === 'number' ? median : null,
        minRttMedian: typeof rtt === 'number' ? rtt : null,
      });
    }
  }
  return all;
}

function toEvent(series: Series, span: ThroughputSpan, grain: ThroughputGrain): FoundEvent {
  return {
    source: 'mlab',
    licence: SOURCES.mlab.licence,
    witness: 'throughput',
    kind: span.kind,
    probeCc: countryFrom(series.probeCc),
    probeAsn: series.probeAsn,
    target: `throughput by ${grain}`,
    testName: null,
    domain: null,
    tool: null,
    metric: null,
    blockingMethod: null,
    lastNormal: span.lastNormal,
    firstSign: span.firstSign,
    lastSign: span.firstNormal === null ? null : span.lastSign,
    firstNormal: span.firstNormal,
    magnitude: span.magnitude,
    baseline: span.baseline,
    measurementCount: span.tests,
    anomalyCount: null,
    confirmedCount: null,
    networkCount: null,
    detectorId: span.kind === 'slowdown' ? SLOWDOWN_DETECTOR.id : VANISHED_DETECTOR.id,
    robust: null,
    global: false,
  };
}
