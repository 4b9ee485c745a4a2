/** Surges and drops in published figures: the use of circumvention tools, and indicators. */
import type { Day } from '../contract/brands.ts';
import type { DetectedEvent } from '../contract/detected-event.ts';
import { LICENCES, PUBLISHERS } from '../contract/publishers.ts';
import { quoteText } from '../contract/sql.ts';
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
import type { FoundBefore } from './found-before.ts';
import type { FoundEvent } from './found-event.ts';
import { printSql } from './select.ts';

type Subject = Pick<
  DetectedEvent,
  'probe_cc' | 'target' | 'tool' | 'metric' | 'source' | 'licence'
>;

interface Series {
  readonly subject: Subject;
  readonly days: RangedValue[];
}

/** Figures of one name are judged together, wherever they are. */
export async function findFigureEvents(
  db: Database,
  before: FoundBefore,
): Promise<readonly FoundEvent[]> {
  const names = await db.all(`
    SELECT name, ${printSql(['target', 'tool', 'metric', 'probe_cc', 'source', 'day', 'value', 'lower', 'upper'])} AS print
    FROM (${FIGURES}) GROUP BY name ORDER BY name`);
  const events: FoundEvent[] = [];
  for (const row of names) {
    const name = textIn(row, 'name');
    const look = async () => lookThrough(await loadSeries(db, name));
    events.push(...(await before.events(`figures ${name}`, textIn(row, 'print'), look)));
  }
  return events;
}

/** `together`: all series of one name. */
function lookThrough(together: readonly Series[]): readonly FoundEvent[] {
  const events: FoundEvent[] = [];
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
  return events;
}

const FIGURES = `
  SELECT tool || ' ' || metric || ' ' || licence AS name, tool || ' ' || metric AS target, tool, metric,
    probe_cc, source, licence, strftime(day, '%Y-%m-%d') AS day, value, lower, upper FROM circumvention_daily
  UNION ALL BY NAME
  SELECT source || ' ' || indicator || ' ' || licence AS name, indicator AS target,
    probe_cc, source, licence, strftime(day, '%Y-%m-%d') AS day, value, lower, upper FROM indicators_daily`;

async function loadSeries(db: Database, name: string): Promise<readonly Series[]> {
  const all: Series[] = [];
  for await (const batch of db.batches(
    `SELECT * EXCLUDE (name) FROM (${FIGURES}) WHERE name = ${quoteText(name)} ORDER BY probe_cc, day`,
  )) {
    for (const row of batch) {
      const probe_cc = countryIn(row);
      let series = all[all.length - 1];
      if (series?.subject.probe_cc !== probe_cc) {
        const subject = {
          probe_cc,
          target: textIn(row, 'target'),
          tool: textOrNullIn(row, 'tool'),
          metric: textOrNullIn(row, 'metric'),
          source: wordIn(row, 'source', PUBLISHERS),
          licence: wordIn(row, 'licence', LICENCES),
        };
        series = { subject, days: [] };
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
    magnitude: span.extreme.ratio,
    baseline: span.extreme.usual,
    extreme_day: span.extreme.day,
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
