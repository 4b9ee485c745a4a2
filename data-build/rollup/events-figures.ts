/** Surges and drops in published figures: the use of circumvention tools, and indicators. */
import type { Day } from '../contract/brands.ts';
import type { DetectedEvent } from '../contract/detected-event.ts';
import { LICENCES, PUBLISHERS } from '../contract/publishers.ts';
import {
  countryIn,
  type Database,
  dayIn,
  numberOrNullIn,
  textIn,
  textOrNullIn,
  wordIn,
} from './database.ts';
import { findGlobalDays } from './detectors/global-days.ts';
import {
  detectOutsideRange,
  PUBLISHER_RANGE_DETECTOR,
  type RangedValue,
} from './detectors/publisher-range.ts';
import {
  detectToolUse,
  judgeToolUse,
  TOOL_USE_DETECTOR,
  type ToolUseSpan,
  type Turn,
} from './detectors/tool-use.ts';
import type { FoundEvent } from './found-event.ts';

type Subject = Pick<
  DetectedEvent,
  'probe_cc' | 'target' | 'tool' | 'metric' | 'source' | 'licence'
>;

interface Series {
  /** What it is of, wherever it is. */
  readonly name: string;
  readonly subject: Subject;
  readonly days: RangedValue[];
}

export async function findFigureEvents(db: Database): Promise<readonly FoundEvent[]> {
  const all = await loadSeries(db);
  const events: FoundEvent[] = [];
  for (const together of Map.groupBy(all, ({ name }) => name).values()) {
    const judged = new Map(together.map((each) => [each, judgeToolUse(each.days)]));
    const changed = {
      surge: findGlobalDays(judged.values(), 'surge'),
      drop: findGlobalDays(judged.values(), 'drop'),
    };
    for (const [series, days] of judged) {
      const isGlobal = (turn: Turn, day: Day): boolean => changed[turn].has(day);
      const spans = detectToolUse(series.days, isGlobal, days);
      for (const span of spans) {
        const global = isGlobal(span.turn, span.firstSign);
        events.push(toEvent(series, span, TOOL_USE_DETECTOR.id, global));
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
    SELECT tool || ' ' || metric || ' ' || licence AS name, tool || ' ' || metric AS target, tool, metric,
      probe_cc, source, licence, strftime(day, '%Y-%m-%d') AS day, value, lower, upper FROM circumvention_daily
    UNION ALL BY NAME
    SELECT source || ' ' || indicator || ' ' || licence AS name, indicator AS target,
      probe_cc, source, licence, strftime(day, '%Y-%m-%d') AS day, value, lower, upper FROM indicators_daily
    ORDER BY name, probe_cc, day`)) {
    for (const row of batch) {
      const name = textIn(row, 'name');
      const probe_cc = countryIn(row);
      let series = all[all.length - 1];
      if (series?.name !== name || series.subject.probe_cc !== probe_cc) {
        const subject = {
          probe_cc,
          target: textIn(row, 'target'),
          tool: textOrNullIn(row, 'tool'),
          metric: textOrNullIn(row, 'metric'),
          source: wordIn(row, 'source', PUBLISHERS),
          licence: wordIn(row, 'licence', LICENCES),
        };
        series = { name, subject, days: [] };
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
  { subject }: Series,
  span: ToolUseSpan,
  detector_id: FoundEvent['detector_id'],
  global: boolean,
): FoundEvent {
  return {
    ...subject,
    kind: span.turn,
    probe_asn: null,
    test_name: null,
    domain: null,
    category_code: null,
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
    coverage_ratio: null,
    follows: null,
    global,
  };
}
