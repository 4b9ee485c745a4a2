/** Surges and drops in the use of circumvention tools. */
import type { DetectedEvent } from '../contract/detected-event.ts';
import { LICENCES, SOURCES } from '../contract/sources.ts';
import { countryIn, type Database, dayIn, numberOrNullIn, textIn, wordIn } from './database.ts';
import {
  detectOutsideRange,
  detectToolUse,
  findGlobalDays,
  judgeToolUse,
  PUBLISHER_RANGE_DETECTOR,
  type RangedValue,
  TOOL_USE_DETECTOR,
  type ToolUseSpan,
} from './detectors/tool-use.ts';
import type { FoundEvent } from './found-event.ts';

interface Series extends Pick<DetectedEvent, 'probe_cc' | 'source' | 'licence'> {
  readonly tool: string;
  readonly metric: string;
  readonly days: RangedValue[];
}

export async function findToolEvents(db: Database): Promise<readonly FoundEvent[]> {
  const all = await loadSeries(db);
  const events: FoundEvent[] = [];
  for (const together of Map.groupBy(
    all,
    (each) => `${each.tool} ${each.metric} ${each.licence}`,
  ).values()) {
    const judged = together.map((each) => judgeToolUse(each.days, { freeze: false }));
    const global = {
      surge: findGlobalDays(judged, 'surge'),
      drop: findGlobalDays(judged, 'drop'),
    };
    for (const series of together) {
      const spans = detectToolUse(series.days);
      for (const span of spans) {
        const isGlobal = global[span.turn].has(span.firstSign);
        events.push(toEvent(series, span, TOOL_USE_DETECTOR.id, isGlobal));
      }
      // What both detectors see is said once.
      for (const span of detectOutsideRange(series.days)) {
        if (!spans.some((other) => overlap(other, span)))
          events.push(toEvent(series, span, PUBLISHER_RANGE_DETECTOR.id, false));
      }
    }
  }
  return events;
}

async function loadSeries(db: Database): Promise<readonly Series[]> {
  const all: Series[] = [];
  for await (const batch of db.batches(`
    SELECT probe_cc, tool, metric, source, licence, strftime(day, '%Y-%m-%d') AS day, value, lower, upper
    FROM circumvention_daily ORDER BY tool, metric, licence, probe_cc, day`)) {
    for (const row of batch) {
      const own = {
        probe_cc: countryIn(row, 'probe_cc'),
        tool: textIn(row, 'tool'),
        metric: textIn(row, 'metric'),
        licence: wordIn(row, 'licence', LICENCES),
      };
      let series = all[all.length - 1];
      if (
        series?.probe_cc !== own.probe_cc ||
        series.tool !== own.tool ||
        series.metric !== own.metric ||
        series.licence !== own.licence
      ) {
        series = { ...own, source: wordIn(row, 'source', SOURCES), days: [] };
        all.push(series);
      }
      series.days.push({
        day: dayIn(row, 'day'),
        value: numberOrNullIn(row, 'value'),
        lower: numberOrNullIn(row, 'lower'),
        upper: numberOrNullIn(row, 'upper'),
      });
    }
  }
  return all;
}

function overlap(one: ToolUseSpan, other: ToolUseSpan): boolean {
  return (
    one.turn === other.turn && one.firstSign <= other.lastSign && other.firstSign <= one.lastSign
  );
}

function toEvent(
  series: Series,
  span: ToolUseSpan,
  detector_id: FoundEvent['detector_id'],
  global: boolean,
): FoundEvent {
  return {
    source: series.source,
    licence: series.licence,
    kind: span.turn,
    probe_cc: series.probe_cc,
    probe_asn: null,
    target: `${series.tool} ${series.metric}`,
    test_name: null,
    domain: null,
    tool: series.tool,
    metric: series.metric,
    blocking_method: null,
    last_normal: span.lastNormal,
    first_sign: span.firstSign,
    last_sign: span.firstNormal === null ? null : span.lastSign,
    first_normal: span.firstNormal,
    magnitude: span.ratio,
    baseline: null,
    measurement_count: null,
    anomaly_count: null,
    confirmed_count: null,
    network_count: null,
    detector_id,
    robust: null,
    global,
  };
}
