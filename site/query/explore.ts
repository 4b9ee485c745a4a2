/**
 * Questions of the chart builder as SQL: one row per cell of the chart. Text that both DuckDB 1.5 and 0.9.1
 * understand; sums are DOUBLE so that both engines give plain numbers.
 *
 * Which table answers: `interference_country_daily` (it also holds the publisher's own counts), with networks or a
 * network filter `interference_network_daily`, and with websites or their categories `measurements`, the only table
 * that knows website, network and day together, so that networks are counted and not guessed.
 */
import type { TableName } from '../../data-build/contract/tables.ts';
import { BLOCKING_METHODS, type TimeGrain } from '../../data-build/contract/vocabulary.ts';
import type { Asn, Day } from '../../data-build/contract/brands.ts';
import { assertNever } from '../../data-build/contract/problem.ts';
import {
  usesDimension,
  type Dimension,
  type ExploreFilter,
  type ExploreQuestion,
} from './explore-question.ts';
import { filterTests, type RowTest } from './condition.ts';
import { sumOf, toQuery, type CountQuestion, type GroupKey, type Tally } from './count.ts';
import type { Query, QueryParam } from './query.ts';

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
  /** Mbit/s; clients. Null for what is counted. */
  readonly value: number | null;
  readonly first_day: Day | null;
  readonly last_day: Day | null;
}

/** Most cells that are read; one more is asked for, to know that there are more. */
export const MOST_CELLS = 5_000;

interface Source {
  readonly table: TableName;
  /** Expression of the UTC day. */
  readonly day: string;
}

interface Part {
  readonly sql: string;
  readonly params: readonly QueryParam[];
}

/** The table that can answer. */
export function sourceOf(question: ExploreQuestion, grain: TimeGrain): Source {
  const { measure, filter } = question;
  const uses = (dimension: Dimension): boolean => usesDimension(question, dimension);
  if (measure === 'throughput')
    return grain === 'month'
      ? { table: 'throughput_monthly', day: "(month || '-01')::DATE" }
      : { table: 'throughput_daily', day: 'day' };
  if (measure === 'tool_use') return { table: 'circumvention_daily', day: 'day' };
  const websites =
    uses('domain') ||
    uses('category_code') ||
    filter.domain.length + filter.category_code.length + filter.input.length > 0;
  // Counts by method do not say how many of them were confirmed.
  const confirmedByMethod = measure === 'confirmed' && filter.blocking_method.length > 0;
  if (websites || confirmedByMethod) return { table: 'measurements', day: 'day' };
  const networks = uses('probe_asn') || filter.probe_asn.length > 0;
  return {
    table: networks ? 'interference_network_daily' : 'interference_country_daily',
    day: 'day',
  };
}

/** Cells in order of x and series, at most {@link MOST_CELLS} and one. */
export function exploreQuery(question: ExploreQuestion, grain: TimeGrain): Query<ExploreRow> {
  switch (question.measure) {
    case 'rate':
    case 'tests':
    case 'confirmed':
      return countsQuery(question, grain);
    case 'methods':
      return question.x === 'total' ? countsQuery(question, grain) : methodsQuery(question, grain);
    case 'throughput':
      return throughputQuery(question, grain);
    case 'tool_use':
      return toolUseQuery(question, grain);
  }
}

const END = `ORDER BY x, series LIMIT ${MOST_CELLS + 1}`;
const SPAN = 'min(the_day)::VARCHAR AS first_day, max(the_day)::VARCHAR AS last_day';

/** Rows of a table with `x`, `series` and `the_day` beside their own columns. */
function chosenRows(question: ExploreQuestion, source: Source, grain: TimeGrain): Part {
  const x = dimensionOf(question.x, question, source, grain);
  const series =
    question.series === null
      ? { sql: 'NULL::VARCHAR', params: [] }
      : dimensionOf(question.series, question, source, grain);
  const where = conditionOf(question, source);
  return {
    sql: `SELECT *, ${x.sql} AS x, ${series.sql} AS series, ${source.day} AS the_day FROM ${source.table} WHERE ${where.sql}`,
    params: [...x.params, ...series.params, ...where.params],
  };
}

function dimensionOf(
  dimension: Dimension,
  { pivot }: ExploreQuestion,
  { day }: Source,
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
function conditionOf(question: ExploreQuestion, source: Source): Part {
  const { filter, measure } = question;
  const { day, table } = source;
  const uses = (dimension: Dimension): boolean => usesDimension(question, dimension);
  const lists = [
    'probe_cc',
    'test_name',
    'domain',
    'input',
    'category_code',
    'tool',
  ] as const satisfies readonly (keyof ExploreFilter)[];
  const speed = measure === 'throughput';
  const networks = uses('probe_asn') || filter.probe_asn.length > 0;
  const byNetwork = inList('probe_asn', 'UINTEGER', filter.probe_asn);
  const parts: readonly (Part | null)[] = [
    ...lists.map((name) => inList(name, 'VARCHAR', filter[name])),
    byNetwork,
    speed ? bare(`probe_asn IS ${networks ? 'NOT ' : ''}NULL`) : null,
    speed ? bare('download_sample_count > 0 AND download_mbps_p50 IS NOT NULL') : null,
    measure === 'tool_use' ? bare("value IS NOT NULL AND metric = 'users'") : null,
    uses('domain') || uses('category_code') ? bare('domain IS NOT NULL') : null,
    speed && uses('probe_cc') ? bare('probe_cc IS NOT NULL') : null,
    // Published counts name no methods; in a share of one method they would count as tests without it.
    table.startsWith('interference_') &&
    (measure === 'methods' || filter.blocking_method.length > 0)
      ? bare("counts_from = 'measurements'")
      : null,
    filter.since === null ? null : { sql: `${day} >= ?::DATE`, params: [filter.since] },
    filter.until === null ? null : { sql: `${day} < ?::DATE`, params: [filter.until] },
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

function countsQuery(question: ExploreQuestion, grain: TimeGrain): Query<ExploreRow> {
  const source = sourceOf(question, grain);
  const rows = chosenRows(question, source, grain);
  if (source.table === 'measurements') {
    return {
      sql: `SELECT x, series, ${countedMeasurements(question)} FROM (${rows.sql}) AS chosen GROUP BY x, series ${END}`,
      params: rows.params,
      tables: [source.table],
    };
  }
  const plain = plainCounts(question, source.table, grain);
  if (plain !== null) return toQuery(plain);
  const counts = countedDays(question);
  if (source.table === 'interference_network_daily') {
    return {
      sql: `SELECT x, series, ${counts}, ${SEEN} FROM (${rows.sql}) AS chosen GROUP BY x, series ${END}`,
      params: rows.params,
      tables: [source.table],
    };
  }
  const byNetwork = chosenRows(question, { ...source, table: 'interference_network_daily' }, grain);
  return {
    sql: [
      `WITH counted AS (SELECT x, series, ${counts} FROM (${rows.sql}) AS chosen GROUP BY x, series),`,
      `seen AS (SELECT x, series, ${SEEN}, sum(measurement_count)::DOUBLE AS measured FROM (${byNetwork.sql}) AS chosen GROUP BY x, series)`,
      // Networks are said only where every counted measurement names one.
      `SELECT counted.*, ${['networks', 'only_probe_asn'].map((name) => `CASE WHEN seen.measured = counted.tests + counted.failures THEN seen.${name} END AS ${name}`).join(', ')}`,
      'FROM counted LEFT JOIN seen ON counted.x = seen.x AND counted.series IS NOT DISTINCT FROM seen.series',
      END.replace('x, series', 'counted.x, counted.series'),
    ].join(' '),
    params: [...rows.params, ...byNetwork.params],
    tables: ['interference_country_daily', 'interference_network_daily'],
  };
}

/** The question as a value, where daily counts answer by sums of their columns alone; null where they do not. */
function plainCounts(
  { measure, filter, x, series }: ExploreQuestion,
  table: TableName,
  grain: TimeGrain,
): CountQuestion | null {
  const by = [plainKey('x', x, grain), plainKey('series', series, grain)].filter(
    (key) => key !== null,
  );
  if (by.length < 2 || measure === 'methods' || filter.blocking_method.length > 0) return null;
  const tallies: readonly Tally[] = [
    { kind: 'sum', name: 'tests', plus: ['measurement_count'], minus: ['failure_count'] },
    { kind: 'sum', name: 'signs', plus: ['anomaly_count', 'confirmed_count'] },
    sumOf('confirmed_count', 'confirmed'),
    sumOf('failure_count', 'failures'),
    sumOf('unscored_count', 'unscored'),
    { kind: 'days', name: 'days' },
    { kind: 'none', name: 'value' },
    { kind: 'span' },
  ];
  const where = (known: boolean): readonly RowTest[] =>
    filterTests({ ...filter, probe_asn: known ? filter.probe_asn : [] }, known);
  const seen: Tally = { kind: 'networks', name: 'networks' };
  const ofNetworks = { table: 'interference_network_daily', where: where(true), by } as const;
  return {
    kind: 'count',
    ...(table === ofNetworks.table
      ? { counted: { ...ofNetworks, tallies: [...tallies, seen] }, seen: null }
      : {
          counted: { table: 'interference_country_daily', where: where(false), by, tallies },
          seen: { ...ofNetworks, tallies: [seen, sumOf('measurement_count', 'measured')] },
        }),
    measured: ['tests', 'failures'],
    finish: 'keys',
    most: MOST_CELLS + 1,
  };
}

/** Null: it takes more than a column of daily counts. */
function plainKey(name: string, dimension: Dimension | null, grain: TimeGrain): GroupKey | null {
  switch (dimension) {
    case null:
      return { name, constant: null };
    case 'measurement_start_day':
      return { name, column: 'day', as: grain };
    case 'probe_asn':
      return { name, column: 'probe_asn', as: 'text' };
    case 'probe_cc':
    case 'test_name':
      return { name, column: dimension };
    case 'total':
      return { name, constant: '' };
    case 'comparison':
    case 'domain':
    case 'category_code':
    case 'blocking_method':
    case 'tool':
      return null;
    default:
      return assertNever(dimension);
  }
}

/** On how many networks the rows are for which the condition holds, and on which where it is one alone. */
function networksWhere(condition: string): string {
  const seen = `FILTER (WHERE ${condition})`;
  const count = `count(DISTINCT probe_asn) ${seen}`;
  return `(${count})::DOUBLE AS networks, (CASE WHEN ${count} = 1 THEN min(probe_asn) ${seen} END)::DOUBLE AS only_probe_asn`;
}

const SEEN = networksWhere('measurement_count > 0');
const NO_NETWORKS = 'NULL::DOUBLE AS networks, NULL::DOUBLE AS only_probe_asn';

/** Columns over rows of `measurements`. Names of methods come from the vocabulary, never from the link. */
function countedMeasurements({ filter }: ExploreQuestion): string {
  const count = (condition: string): string => `(count(*) FILTER (WHERE ${condition}))::DOUBLE`;
  const methods = filter.blocking_method.map((method) => `'${method}'`).join(', ');
  const byMethod = methods === '' ? '' : ` AND blocking_method IN (${methods})`;
  return [
    `${count("outcome IN ('ok', 'anomaly', 'confirmed')")} AS tests`,
    `${count(`outcome IN ('anomaly', 'confirmed')${byMethod}`)} AS signs`,
    `${count(`outcome = 'confirmed'${byMethod}`)} AS confirmed`,
    `${count("outcome = 'failure'")} AS failures`,
    `${count("outcome = 'unscored'")} AS unscored`,
    "(count(DISTINCT the_day) FILTER (WHERE outcome <> 'unscored'))::DOUBLE AS days",
    networksWhere("outcome <> 'unscored'"),
    'NULL::DOUBLE AS value',
    SPAN,
  ].join(', ');
}

/** Columns over rows of daily counts. */
function countedDays({ filter }: ExploreQuestion): string {
  const sum = (expression: string): string => `coalesce(sum(${expression}), 0)::DOUBLE`;
  const signs =
    filter.blocking_method.length === 0
      ? 'anomaly_count + confirmed_count'
      : filter.blocking_method.map((method) => `coalesce(${method}_count, 0)`).join(' + ');
  return [
    `${sum('measurement_count - failure_count')} AS tests`,
    `${sum(signs)} AS signs`,
    `${sum('confirmed_count')} AS confirmed`,
    `${sum('failure_count')} AS failures`,
    `${sum('unscored_count')} AS unscored`,
    '(count(DISTINCT the_day) FILTER (WHERE measurement_count > 0))::DOUBLE AS days',
    'NULL::DOUBLE AS value',
    SPAN,
  ].join(', ');
}

/** Signs by method, with all signs of a known method in the same cell as their denominator. */
function methodsQuery(question: ExploreQuestion, grain: TimeGrain): Query<ExploreRow> {
  const source = sourceOf(question, grain);
  const { x, series, filter } = question;
  const along = x === 'blocking_method' ? (series ?? 'total') : x;
  const rows = chosenRows({ ...question, x: along, series: null }, source, grain);
  const days = '(count(DISTINCT the_day))::DOUBLE AS days';
  const counted =
    source.table === 'measurements'
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
  const chosen = source.table === 'measurements' ? '' : `chosen AS (${rows.sql}), `;
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
    tables: [source.table],
  };
}

/** Published medians; where a cell holds several, their mean weighted by tests. */
function throughputQuery(question: ExploreQuestion, grain: TimeGrain): Query<ExploreRow> {
  const source = sourceOf(question, grain);
  const rows = chosenRows(question, source, grain);
  const columns = [
    'sum(download_sample_count)::DOUBLE AS tests',
    NOTHING,
    'count(DISTINCT the_day)::DOUBLE AS days',
    NO_NETWORKS,
    'sum(download_mbps_p50 * download_sample_count) / sum(download_sample_count) AS value',
    SPAN,
  ];
  return {
    sql: `SELECT x, series, ${columns.join(', ')} FROM (${rows.sql}) AS chosen GROUP BY x, series ${END}`,
    params: rows.params,
    tables: [source.table],
  };
}

/** Clients of a day, added over places only; the mean of the days that have a figure. */
function toolUseQuery(question: ExploreQuestion, grain: TimeGrain): Query<ExploreRow> {
  const source = sourceOf(question, grain);
  const rows = chosenRows(question, source, grain);
  const columns = [
    '0::DOUBLE AS tests',
    NOTHING,
    'count(DISTINCT the_day)::DOUBLE AS days',
    NO_NETWORKS,
    'avg(clients) AS value',
    SPAN,
  ];
  return {
    sql: [
      `WITH days AS (SELECT x, series, the_day, sum(value) AS clients FROM (${rows.sql}) AS chosen GROUP BY x, series, the_day)`,
      `SELECT x, series, ${columns.join(', ')} FROM days GROUP BY x, series ${END}`,
    ].join(' '),
    params: rows.params,
    tables: [source.table],
  };
}

const NOTHING =
  '0::DOUBLE AS signs, 0::DOUBLE AS confirmed, 0::DOUBLE AS failures, 0::DOUBLE AS unscored';

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
