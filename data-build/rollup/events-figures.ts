/** Surges and drops in published figures: the use of circumvention tools, and indicators. */
import { type Day, DAY_MS, dayOfMillis } from '../contract/brands.ts';
import type { DetectedEvent } from '../contract/detected-event.ts';
import { LICENCES, PUBLISHERS } from '../contract/publishers.ts';
import { quoteText } from '../contract/sql.ts';
import {
  countryIn,
  type Database,
  numberIn,
  numbersIn,
  numbersOrNullsIn,
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
import { detectToolUse, type ToolUseSpan } from './detectors/tool-use.ts';
import { judgeToolUse, TOOL_USE_DETECTOR, type Turn } from './detectors/use-days.ts';
import type { FoundBefore } from './found-before.ts';
import type { FoundEvent } from './found-event.ts';
import { printSql } from './select.ts';

type Subject = Pick<
  DetectedEvent,
  'probe_cc' | 'target' | 'tool' | 'metric' | 'source' | 'licence'
>;

interface Series {
  readonly subject: Subject;
  readonly days: readonly RangedValue[];
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
  const own = `(SELECT * FROM (${FIGURES}) WHERE name = ${quoteText(name)})`;
  const places = await db.all(`
    SELECT probe_cc, count(*) AS days, any_value(target) AS target, any_value(tool) AS tool, any_value(metric) AS metric,
      arg_min(source, day) AS source, any_value(licence) AS licence
    FROM ${own} GROUP BY probe_cc ORDER BY probe_cc`);
  const days: RangedValue[] = [];
  for await (const columns of db.columns(`
    SELECT (day::DATE - DATE '1970-01-01')::INTEGER, value, lower, upper FROM ${own} ORDER BY probe_cc, day`)) {
    const [values, lower, upper] = [1, 2, 3].map((at) => numbersOrNullsIn(columns, at));
    for (const [at, day] of numbersIn(columns, 0).entries())
      days.push({
        day: dayOfMillis(day * DAY_MS),
        value: values?.[at] ?? null,
        lower: lower?.[at] ?? null,
        upper: upper?.[at] ?? null,
      });
  }
  let from = 0;
  return places.map((row) => {
    const first = from;
    from += numberIn(row, 'days');
    const subject = {
      probe_cc: countryIn(row),
      target: textIn(row, 'target'),
      tool: textOrNullIn(row, 'tool'),
      metric: textOrNullIn(row, 'metric'),
      source: wordIn(row, 'source', PUBLISHERS),
      licence: wordIn(row, 'licence', LICENCES),
    };
    return { subject, days: days.slice(first, from) };
  });
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
