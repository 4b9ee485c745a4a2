/**
 * Questions of the chart builder as SQL: one row per cell of the chart. Text that both DuckDB 1.5 and 0.9.1
 * understand; sums are DOUBLE so that both engines give plain numbers.
 *
 * Which table answers: `interference_country_daily` (it also holds the publisher's own counts), with networks or a
 * network filter `interference_network_daily`, and with websites or their categories `measurements`, the only table
 * that knows website, network and day together, so that networks are counted and not guessed.
 */
import { BLOCKING_METHODS, type TimeGrain } from '../../data-build/contract/vocabulary.ts';
import { toQuery } from './count.ts';
import { countsQuery } from './explore-counts.ts';
import type { ExploreQuestion } from './explore-question.ts';
import {
  answeringTable,
  chosenRows,
  END,
  MOST_CELLS,
  SPAN,
  type ExploreRow,
} from './explore-rows.ts';
import { isSpeed, SPEEDS, type SpeedMeasure } from '../state/measures.ts';
import { meanMedianSql } from './medians.ts';
import type { Query } from './query.ts';

/** Cells in order of x and series, at most {@link MOST_CELLS} and one. */
export function exploreQuery(question: ExploreQuestion, grain: TimeGrain): Query<ExploreRow> {
  const { measure } = question;
  if (isSpeed(measure)) return speedQuery(measure, question, grain);
  switch (measure) {
    case 'rate':
    case 'tests':
    case 'confirmed':
      return countsQuery(question, grain);
    case 'methods':
      return question.x === 'total' ? countsQuery(question, grain) : methodsQuery(question, grain);
    case 'tool_use':
      return toolUseQuery(question, grain);
  }
}

const NO_NETWORKS = 'NULL::DOUBLE AS networks, NULL::DOUBLE AS only_probe_asn';

/** Signs by method, with all signs of a known method in the same cell as their denominator. */
function methodsQuery(question: ExploreQuestion, grain: TimeGrain): Query<ExploreRow> {
  const from = answeringTable(question, grain);
  const { x, series, filter } = question;
  const along = x === 'blocking_method' ? (series ?? 'total') : x;
  const rows = chosenRows({ ...question, x: along, series: null }, from, grain);
  const days = '(count(DISTINCT the_day))::DOUBLE AS days';
  const counted =
    from.table === 'measurements'
      ? `SELECT x, blocking_method, count(*)::DOUBLE AS signs, ${days}, ${SPAN} FROM (${rows.sql}) AS chosen WHERE outcome IN ('anomaly', 'confirmed') AND blocking_method IS NOT NULL GROUP BY x, blocking_method`
      : [
          `SELECT * FROM (`,
          Object.keys(BLOCKING_METHODS)
            .map(
              (method) =>
                `SELECT x, '${method}' AS blocking_method, sum(${method}_count)::DOUBLE AS signs, ${days}, ${SPAN} FROM chosen WHERE ${method}_count > 0 GROUP BY x`,
            )
            .join(' UNION ALL '),
          `) AS methods`,
        ].join('');
  const chosen = from.table === 'measurements' ? '' : `chosen AS (${rows.sql}), `;
  const methods = filter.blocking_method.map((method) => `'${method}'`).join(', ');
  const axes =
    x === 'blocking_method'
      ? `blocking_method AS x, ${series === null ? 'NULL::VARCHAR' : 'x'} AS series`
      : 'x, blocking_method AS series';
  return {
    sql: [
      `WITH ${chosen}counted AS (${counted}),`,
      'shared AS (SELECT *, (sum(signs) OVER (PARTITION BY x))::DOUBLE AS tests FROM counted)',
      `SELECT ${axes}, tests, signs, 0::DOUBLE AS confirmed, 0::DOUBLE AS failures, 0::DOUBLE AS unscored, days,`,
      `${NO_NETWORKS}, NULL::DOUBLE AS value, first_day, last_day FROM shared`,
      methods === '' ? '' : `WHERE blocking_method IN (${methods})`,
      `ORDER BY 1, 2 LIMIT ${MOST_CELLS + 1}`,
    ].join(' '),
    params: rows.params,
    tables: [from.table],
  };
}

/** Published medians. */
function speedQuery(
  measure: SpeedMeasure,
  question: ExploreQuestion,
  grain: TimeGrain,
): Query<ExploreRow> {
  const from = answeringTable(question, grain);
  const rows = chosenRows(question, from, grain);
  const tests = `sum(${SPEEDS[measure].tests})`;
  return {
    sql: `SELECT x, series, ${figureColumns(tests, meanMedianSql(measure), 'the_last_day')} FROM (${rows.sql}) AS chosen GROUP BY x, series ${END}`,
    params: rows.params,
    tables: [from.table],
  };
}

/** Clients of a day, added over places only; the mean of the days that have a figure. */
function toolUseQuery(question: ExploreQuestion, grain: TimeGrain): Query<ExploreRow> {
  const from = answeringTable(question, grain);
  const rows = chosenRows(question, from, grain);
  return {
    sql: [
      `WITH days AS (SELECT x, series, the_day, sum(value) AS clients FROM (${rows.sql}) AS chosen GROUP BY x, series, the_day)`,
      `SELECT x, series, ${figureColumns('0', 'avg(clients)')} FROM days GROUP BY x, series ${END}`,
    ].join(' '),
    params: rows.params,
    tables: [from.table],
  };
}

/** Columns of a published figure, which has no outcomes. */
function figureColumns(tests: string, value: string, lastDay = 'the_day'): string {
  return [
    `${tests}::DOUBLE AS tests`,
    '0::DOUBLE AS signs, 0::DOUBLE AS confirmed, 0::DOUBLE AS failures, 0::DOUBLE AS unscored',
    'count(DISTINCT the_day)::DOUBLE AS days',
    NO_NETWORKS,
    `${value} AS value`,
    `min(the_day)::VARCHAR AS first_day, max(${lastDay})::VARCHAR AS last_day`,
  ].join(', ');
}

export interface NetworkName {
  readonly probe_asn: string;
  readonly name: string | null;
}

/** Names of networks, by number as text. */
export function networkNamesQuery(numbers: readonly number[]): Query<NetworkName> {
  return toQuery({
    kind: 'count',
    counted: {
      table: 'networks',
      where: [{ kind: 'in', column: 'probe_asn', type: 'UINTEGER', values: numbers }],
      by: [{ name: 'probe_asn', column: 'probe_asn', as: 'text' }],
      tallies: [{ kind: 'least', name: 'name', column: 'name' }],
    },
    seen: null,
    finish: 'keys',
  });
}

export interface ToolName {
  readonly tool: string;
}

/** Tools with published figures. */
export function toolsQuery(): Query<ToolName> {
  return {
    sql: "SELECT DISTINCT tool FROM circumvention_daily WHERE metric = 'users' ORDER BY tool",
    params: [],
    tables: ['circumvention_daily'],
  };
}
