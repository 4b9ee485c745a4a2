/** Rows that answer a question of the chart builder: from which table, under which conditions, along which dimensions. */
import type { Asn, Day } from '../../data-build/contract/brands.ts';
import type { TableName } from '../../data-build/contract/tables.ts';
import type { TimeGrain } from '../../data-build/contract/vocabulary.ts';
import {
  usesDimension,
  type Dimension,
  type ExploreFilter,
  type ExploreQuestion,
} from './explore-question.ts';
import { isSpeed } from '../state/measures.ts';
import { hasMedianSql } from './medians.ts';
import type { QueryParam } from './query.ts';

/** One cell. What a measure does not have is 0 or null. */
export interface ExploreRow {
  /** First day of the period, code, number, name; `` where it has none. */
  readonly x: string;
  readonly series: string | null;
  /** Measurements that reached a verdict; speed tests; for methods: signs with a known method. */
  readonly tests: number;
  /** Of these with signs of interference or confirmed; for methods: by this method. */
  readonly signs: number;
  readonly confirmed: number;
  readonly failures: number;
  readonly unscored: number;
  /** Different days with measurements; days with a figure. */
  readonly days: number;
  /** Different networks; null where the source does not name them all. */
  readonly networks: number | null;
  /** The network, where it is one alone; null: there are several, or it is not named. */
  readonly only_probe_asn: Asn | null;
  /** Median of speed tests; clients. Null for what is counted. */
  readonly value: number | null;
  readonly first_day: Day | null;
  readonly last_day: Day | null;
}

/** Most cells that are read; one more is asked for, to know that there are more. */
export const MOST_CELLS = 5_000;

export const END = `ORDER BY x, series LIMIT ${MOST_CELLS + 1}`;
export const SPAN = 'min(the_day)::VARCHAR AS first_day, max(the_day)::VARCHAR AS last_day';

interface AnsweringTable {
  readonly table: TableName;
  /** Expression of the UTC day; of a month its first. */
  readonly day: string;
  /** The last day that a row is of. */
  readonly lastDay: string;
}

interface Part {
  readonly sql: string;
  readonly params: readonly QueryParam[];
}

/** The table that can answer. */
export function answeringTable(question: ExploreQuestion, grain: TimeGrain): AnsweringTable {
  const { measure, filter } = question;
  const uses = (dimension: Dimension): boolean => usesDimension(question, dimension);
  if (isSpeed(measure))
    return grain === 'month' ? monthly('throughput_monthly') : daily('throughput_daily');
  if (measure === 'tool_use') return daily('circumvention_daily');
  const websites =
    uses('domain') ||
    uses('category_code') ||
    filter.domain.length + filter.category_code.length + filter.input.length > 0;
  // Counts by method do not say how many of them were confirmed.
  const confirmedByMethod = measure === 'confirmed' && filter.blocking_method.length > 0;
  if (websites || confirmedByMethod) return daily('measurements');
  const networks = uses('probe_asn') || filter.probe_asn.length > 0;
  return daily(networks ? 'interference_network_daily' : 'interference_country_daily');
}

function daily(table: TableName): AnsweringTable {
  return { table, day: 'day', lastDay: 'day' };
}

function monthly(table: TableName): AnsweringTable {
  const day = "(month || '-01')::DATE";
  return { table, day, lastDay: `last_day(${day})` };
}

/** Rows of a table with `x`, `series` and `the_day` beside their own columns. */
export function chosenRows(
  question: ExploreQuestion,
  from: AnsweringTable,
  grain: TimeGrain,
): Part {
  const x = dimensionOf(question.x, question, from, grain);
  const series =
    question.series === null
      ? { sql: 'NULL::VARCHAR', params: [] }
      : dimensionOf(question.series, question, from, grain);
  const where = conditionOf(question, from);
  return {
    sql: `SELECT *, ${x.sql} AS x, ${series.sql} AS series, ${from.day} AS the_day, ${from.lastDay} AS the_last_day FROM ${from.table} WHERE ${where.sql}`,
    params: [...x.params, ...series.params, ...where.params],
  };
}

function dimensionOf(
  dimension: Dimension,
  { pivot }: ExploreQuestion,
  { day }: AnsweringTable,
  grain: TimeGrain,
): Part {
  switch (dimension) {
    case 'measurement_start_day':
      return {
        sql: grain === 'day' ? `${day}::VARCHAR` : `date_trunc('${grain}', ${day})::DATE::VARCHAR`,
        params: [],
      };
    case 'comparison':
      return { sql: `CASE WHEN ${day} < ?::DATE THEN 'before' ELSE 'chosen' END`, params: [pivot] };
    case 'total':
      return { sql: "''", params: [] };
    case 'probe_asn':
      return { sql: 'probe_asn::VARCHAR', params: [] };
    case 'category_code':
      return { sql: "coalesce(category_code, '')", params: [] };
    case 'probe_cc':
    case 'test_name':
    case 'domain':
    case 'blocking_method':
    case 'tool':
      return { sql: dimension, params: [] };
  }
}

/** The reader's filters, and what a row must have to stand on the axes. */
function conditionOf(question: ExploreQuestion, from: AnsweringTable): Part {
  const { filter, measure } = question;
  const { day, lastDay, table } = from;
  const uses = (dimension: Dimension): boolean => usesDimension(question, dimension);
  const lists = [
    'probe_cc',
    'test_name',
    'domain',
    'input',
    'category_code',
    'tool',
  ] as const satisfies readonly (keyof ExploreFilter)[];
  const networks = uses('probe_asn') || filter.probe_asn.length > 0;
  const byNetwork = inList('probe_asn', 'UINTEGER', filter.probe_asn);
  const parts: readonly (Part | null)[] = [
    ...lists.map((name) => inList(name, 'VARCHAR', filter[name])),
    byNetwork,
    ...(isSpeed(measure)
      ? [bare(`probe_asn IS ${networks ? 'NOT ' : ''}NULL`), bare(hasMedianSql(measure))]
      : []),
    measure === 'tool_use' ? bare("value IS NOT NULL AND metric = 'users'") : null,
    uses('domain') || uses('category_code') ? bare('domain IS NOT NULL') : null,
    isSpeed(measure) && uses('probe_cc') ? bare('probe_cc IS NOT NULL') : null,
    // Published counts name no methods; in a share of one method they would count as tests without it.
    table.startsWith('interference_') &&
    (measure === 'methods' || filter.blocking_method.length > 0)
      ? bare("counts_from = 'measurements'")
      : null,
    filter.since === null ? null : { sql: `${day} >= ?::DATE`, params: [filter.since] },
    // A month that the chosen days cut is not in them.
    filter.until === null ? null : { sql: `${lastDay} < ?::DATE`, params: [filter.until] },
  ];
  const given = parts.filter((part) => part !== null);
  return {
    sql: given.length === 0 ? 'true' : given.map(({ sql }) => sql).join(' AND '),
    params: given.flatMap(({ params }) => params),
  };
}

function bare(sql: string): Part {
  return { sql, params: [] };
}

function inList(
  column: string,
  type: 'VARCHAR' | 'UINTEGER',
  values: readonly (string | number)[],
): Part | null {
  if (values.length === 0) return null;
  return { sql: `${column} IN (${values.map(() => `?::${type}`).join(', ')})`, params: values };
}
