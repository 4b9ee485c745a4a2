/** Questions of the chart builder that count tests. */
import { assertNever } from '../../data-build/contract/problem.ts';
import type { TableName } from '../../data-build/contract/tables.ts';
import type { TimeGrain } from '../../data-build/contract/vocabulary.ts';
import { filterTests, type RowTest } from './condition.ts';
import { sumOf, toQuery, type CountQuestion, type GroupKey, type Tally } from './count.ts';
import type { Dimension, ExploreQuestion } from './explore-question.ts';
import {
  answeringTable,
  chosenRows,
  END,
  MOST_CELLS,
  SPAN,
  type ExploreRow,
} from './explore-rows.ts';
import type { Query } from './query.ts';

/** By outcome: networks are said where the rows name them. */
export function countsQuery(question: ExploreQuestion, grain: TimeGrain): Query<ExploreRow> {
  const from = answeringTable(question, grain);
  const rows = chosenRows(question, from, grain);
  if (from.table === 'measurements') {
    return {
      sql: `SELECT x, series, ${countedMeasurements(question)} FROM (${rows.sql}) AS chosen GROUP BY x, series ${END}`,
      params: rows.params,
      tables: [from.table],
    };
  }
  const plain = plainCounts(question, from.table, grain);
  if (plain !== null) return toQuery(plain);
  const counts = countedDays(question);
  if (from.table === 'interference_network_daily') {
    return {
      sql: `SELECT x, series, ${counts}, ${SEEN} FROM (${rows.sql}) AS chosen GROUP BY x, series ${END}`,
      params: rows.params,
      tables: [from.table],
    };
  }
  const byNetwork = chosenRows(question, { ...from, table: 'interference_network_daily' }, grain);
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
