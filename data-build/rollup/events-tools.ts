/** Surges and drops in the use of circumvention tools. */
import { LICENCES, type LicenceSlug, type SourceId, SOURCES } from '../contract/sources.ts';
import { type Database, textIn } from './database.ts';
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
import { countryFrom, dayFrom, type FoundEvent } from './events.ts';

interface Series {
  readonly probeCc: string;
  readonly tool: string;
  readonly metric: string;
  readonly source: SourceId;
  readonly licence: LicenceSlug;
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
      const [probeCc, tool, metric] = [
        textIn(row, 'probe_cc'),
        textIn(row, 'tool'),
        textIn(row, 'metric'),
      ];
      const licence = textIn(row, 'licence');
      let series = all[all.length - 1];
      if (
        series?.probeCc !== probeCc ||
        series.tool !== tool ||
        series.metric !== metric ||
        series.licence !== licence
      ) {
        const source = textIn(row, 'source');
        if (!isSource(source) || !isLicence(licence))
          throw new Error(`${source} or ${licence} is not registered.`);
        series = { probeCc, tool, metric, source, licence, days: [] };
        all.push(series);
      }
      const figure = (name: string): number | null => {
        const value = row[name];
        return typeof value === 'number' ? value : null;
      };
      series.days.push({
        day: dayFrom(textIn(row, 'day')),
        value: figure('value'),
        lower: figure('lower'),
        upper: figure('upper'),
      });
    }
  }
  return all;
}

function isSource(text: string): text is SourceId {
  return text in SOURCES;
}

function isLicence(text: string): text is LicenceSlug {
  return text in LICENCES;
}

function overlap(one: ToolUseSpan, other: ToolUseSpan): boolean {
  return (
    one.turn === other.turn && one.firstSign <= other.lastSign && other.firstSign <= one.lastSign
  );
}

function toEvent(
  series: Series,
  span: ToolUseSpan,
  detectorId: FoundEvent['detectorId'],
  global: boolean,
): FoundEvent {
  return {
    source: series.source,
    licence: series.licence,
    witness: 'tools',
    kind: span.turn,
    probeCc: countryFrom(series.probeCc),
    probeAsn: null,
    target: `${series.tool} ${series.metric}`,
    testName: null,
    domain: null,
    tool: series.tool,
    metric: series.metric,
    blockingMethod: null,
    lastNormal: span.lastNormal,
    firstSign: span.firstSign,
    lastSign: span.firstNormal === null ? null : span.lastSign,
    firstNormal: span.firstNormal,
    magnitude: span.ratio,
    baseline: null,
    measurementCount: null,
    anomalyCount: null,
    confirmedCount: null,
    networkCount: null,
    detectorId,
    robust: null,
    global,
  };
}
