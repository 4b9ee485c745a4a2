/**
 * Questions about tables as values: which rows, in which groups, with which sums. One definition gives their SQL (here)
 * and their answer without an engine (`fold.ts`); a property test holds the two equal.
 */
import type { TableName } from '../../data-build/contract/tables.ts';
import {
  BLOCKING_METHODS,
  type Outcome,
  type TimeGrain,
} from '../../data-build/contract/vocabulary.ts';
import { assertNever } from '../../data-build/contract/problem.ts';
import { networksAs } from './breadth.ts';
import { toCondition, type Condition, type RowTest } from './condition.ts';
import { listSql, NAMED, type ListQuestion } from './list.ts';
import type { Query } from './query.ts';

/** A column that is computed over the rows of a group. */
export type Tally =
  /** Of all `plus` less all `minus`; 0 where there are none. */
  | {
      readonly kind: 'sum';
      readonly name: string;
      readonly plus: readonly string[];
      readonly minus?: readonly string[];
    }
  /** Different days with scored measurements. */
  | { readonly kind: 'days'; readonly name: string }
  /** How many networks have scored measurements, and as `only_probe_asn` which, where it is one alone. */
  | { readonly kind: 'networks'; readonly name: string }
  /** Rows of single measurements with one of these outcomes. */
  | { readonly kind: 'rows'; readonly name: string; readonly outcomes: readonly Outcome[] }
  /** Nothing: a number that such rows do not have. */
  | { readonly kind: 'none'; readonly name: string }
  /** The first text in order. */
  | { readonly kind: 'least'; readonly name: string; readonly column: string }
  | { readonly kind: 'different'; readonly name: string; readonly column: string }
  /** The last day. */
  | { readonly kind: 'latest'; readonly name: string }
  /** `first_day` and `last_day`. */
  | { readonly kind: 'span' };

/** The column that says how many tests there are: the first that counts. */
export function testsOf({ tallies }: Counting): string {
  const [first = ''] = tallies.flatMap((one) =>
    one.kind === 'sum' || one.kind === 'rows' ? one.name : [],
  );
  return first;
}

/** Columns of the networks of a group. */
export function knownOf({ tallies }: Counting): readonly string[] {
  return tallies.flatMap((tally) =>
    tally.kind === 'networks' ? [tally.name, 'only_probe_asn'] : [],
  );
}

/** What groups go by. */
export type GroupKey =
  | {
      readonly name: string;
      readonly column: string;
      /** A grain: the first day of the period, weeks beginning on Monday. `text`: a number as text. */
      readonly as?: TimeGrain | 'text';
    }
  /** The same for all rows: one group, which is there when there are rows. */
  | { readonly name: string; readonly constant: '' | null };

export interface Counting {
  readonly table: TableName;
  readonly where: readonly RowTest[];
  /** None: everything is one group, which is there even when it is empty. */
  readonly by: readonly GroupKey[];
  readonly tallies: readonly Tally[];
}

export interface CountQuestion {
  readonly kind: 'count';
  readonly counted: Counting;
  /** The same groups in the table that names networks: who measured is said only where it knows every measurement. */
  readonly seen: Counting | null;
  /** What of `counted` adds up to scored measurements; `seen` has them as `measured`. */
  readonly measured?: readonly string[];
  /**
   * `keys`: in order of the keys. `tests`: likewise, without groups that have none. `named`: networks with their names,
   * those with most measurements first. `methods`: a row for each method that occurred.
   */
  readonly finish: 'keys' | 'tests' | 'named' | 'methods';
  /** So many rows at most. */
  readonly most?: number;
}

export const METHOD_COLUMNS = Object.keys(BLOCKING_METHODS).map((method) => ({
  method,
  column: `${method}_count`,
}));

export const sumOf = (column: string, name = column): Tally => ({
  kind: 'sum',
  name,
  plus: [column],
});

function expressionOf(key: GroupKey): string {
  if ('constant' in key) return key.constant === null ? 'NULL::VARCHAR' : "''";
  const { column, as } = key;
  if (as === undefined) return column;
  return as === 'day' || as === 'text'
    ? `${column}::VARCHAR`
    : `date_trunc('${as}', ${column})::DATE::VARCHAR`;
}

/** Sums are DOUBLE so that both engines give plain numbers. */
function tallySql(tally: Tally): string {
  switch (tally.kind) {
    case 'sum': {
      const each = [tally.plus.join(' + '), ...(tally.minus ?? [])].join(' - ');
      return `coalesce(sum(${each}), 0)::DOUBLE AS ${tally.name}`;
    }
    case 'days':
      return `(count(DISTINCT day) FILTER (WHERE measurement_count > 0))::DOUBLE AS ${tally.name}`;
    case 'networks':
      return networksAs(tally.name);
    case 'rows': {
      const outcomes = tally.outcomes.map((outcome) => `'${outcome}'`).join(', ');
      return `(count(*) FILTER (WHERE outcome IN (${outcomes})))::DOUBLE AS ${tally.name}`;
    }
    case 'none':
      return `NULL::DOUBLE AS ${tally.name}`;
    case 'least':
      return `min(${tally.column}) AS ${tally.name}`;
    case 'latest':
      return `max(day)::VARCHAR AS ${tally.name}`;
    case 'different':
      return `count(DISTINCT ${tally.column})::DOUBLE AS ${tally.name}`;
    case 'span':
      return 'min(day)::VARCHAR AS first_day, max(day)::VARCHAR AS last_day';
    default:
      return assertNever(tally);
  }
}

function selectOf({ table, where, by, tallies }: Counting): Condition {
  const columns = [
    ...by.map((key) =>
      expressionOf(key) === key.name ? key.name : `${expressionOf(key)} AS ${key.name}`,
    ),
    ...tallies.map(tallySql),
  ];
  const { sql, params } = toCondition(where);
  const groups = by.length === 0 ? '' : ` GROUP BY ${by.map(expressionOf).join(', ')}`;
  return { sql: `SELECT ${columns.join(', ')} FROM ${table} WHERE ${sql}${groups}`, params };
}

/** The columns that add up to scored measurements. */
export function measuredOf({ measured = ['measurement_count'] }: CountQuestion): readonly string[] {
  return measured;
}

function countSql(question: CountQuestion): Condition {
  const { counted, seen, finish, most } = question;
  const rows = selectOf(counted);
  const keys = counted.by.map(({ name }) => name);
  const order = keys.length === 0 ? '' : ` ORDER BY ${keys.join(', ')}`;
  const limit = most === undefined ? '' : ` LIMIT ${Math.trunc(most)}`;
  switch (finish) {
    case 'keys': {
      if (seen === null) return { sql: `${rows.sql}${order}${limit}`, params: rows.params };
      const networks = selectOf(seen);
      const all = measuredOf(question).map((name) => `counted.${name}`);
      const known = knownOf(seen).map(
        (name) => `CASE WHEN seen.measured = ${all.join(' + ')} THEN seen.${name} END AS ${name}`,
      );
      const joined = keys
        .map((name) => `counted.${name} IS NOT DISTINCT FROM seen.${name}`)
        .join(' AND ');
      const join = joined === '' ? ', seen' : ` LEFT JOIN seen ON ${joined}`;
      return {
        sql: [
          `WITH counted AS (${rows.sql}), seen AS (${networks.sql})`,
          `SELECT counted.*, ${known.join(', ')} FROM counted${join}${order.replaceAll(/(?<=BY |, )/g, 'counted.')}${limit}`,
        ].join(' '),
        params: [...rows.params, ...networks.params],
      };
    }
    case 'tests': {
      return {
        sql: `SELECT * FROM (${rows.sql}) AS counted WHERE ${testsOf(counted)} > 0${order}`,
        params: rows.params,
      };
    }
    case 'named':
      return {
        sql: [
          `WITH counted AS (${rows.sql}), ${NAMED}`,
          'SELECT counted.*, named.name FROM counted LEFT JOIN named ON counted.probe_asn = named.probe_asn',
          'ORDER BY counted.measurement_count DESC, counted.probe_asn',
        ].join(' '),
        params: rows.params,
      };
    case 'methods': {
      const parts = METHOD_COLUMNS.map(
        ({ method, column }) =>
          `SELECT ${keys.join(', ')}, '${method}' AS blocking_method, ${column} AS count FROM counted WHERE ${column} > 0`,
      );
      return {
        sql: `WITH counted AS (${rows.sql}) SELECT * FROM (${parts.join(' UNION ALL ')}) AS methods${order}, blocking_method`,
        params: rows.params,
      };
    }
    default:
      return assertNever(finish);
  }
}

/** A question that needs no engine. */
export type PlainQuestion = CountQuestion | ListQuestion;

/** Tables that a question reads. */
function tablesOf(question: PlainQuestion): readonly TableName[] {
  if (question.kind === 'list') {
    const named = question.named === true ? (['networks'] as const) : [];
    return [...question.from.map(({ table }) => table), ...named];
  }
  const { counted, seen, finish } = question;
  const names = finish === 'named' ? (['networks'] as const) : [];
  const lists = counted.where.some(({ kind }) => kind === 'category') ? (['domains'] as const) : [];
  return [counted.table, ...(seen === null ? [] : [seen.table]), ...names, ...lists];
}

/** The question for an engine, and as the value that it is. */
export function toQuery<Row>(question: PlainQuestion): Query<Row> {
  const { sql, params } = question.kind === 'count' ? countSql(question) : listSql(question);
  return { sql, params, tables: tablesOf(question), plain: question };
}
