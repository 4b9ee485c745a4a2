/** SQL pieces generated from the contract, so that a table's shape stands in one place. */
import type { ColumnName } from '../contract/columns.ts';
import { holdsPrivateSql } from '../contract/privacy.ts';
import { tableColumns, tableDdl, TABLES, type TableName } from '../contract/tables.ts';
import { BLOCKING_METHODS, SCORED_OUTCOMES, TESTS } from '../contract/vocabulary.ts';
import { quoteText } from '../contract/sql.ts';
import type { Database } from './database.ts';

export type Expressions = Readonly<Partial<Record<ColumnName, string>>>;

/** The columns of a table in order, each from its expression or, without one, from the column of that name. */
export function selectList(table: TableName, expressions: Expressions): string {
  return tableColumns(table)
    .map(({ name }) => `${expressions[name] ?? `"${name}"`} AS "${name}"`)
    .join(', ');
}

/**
 * Partition columns, then the sort order, then the grain: a total order, so equal input gives equal bytes. Measurements without
 * an id may share their grain, so every other column follows there.
 */
export function orderList(table: TableName): string {
  const spec = TABLES[table];
  const names = new Set<string>([
    ...spec.partition,
    ...spec.sort,
    ...spec.grain,
    ...(table === 'measurements' ? tableColumns(table).map((column) => column.name) : []),
  ]);
  return [...names].map((name) => `"${name}" ASC NULLS LAST`).join(', ');
}

/**
 * SQL for a text that changes with the rows of a group, or with those of them for which a condition holds: their number, and
 * two sums over 64-bit hashes of them.
 */
export function printSql(columns: readonly string[], among?: string): string {
  const row = `hash(${columns.map((name) => `"${name}"`).join(', ')})`;
  const filter = among === undefined ? '' : ` FILTER (${among})`;
  const parts = ['count(*)', `bit_xor(${row})`, `sum(hash(${row}, 1))`];
  return `concat_ws(' ', ${parts.map((part) => `${part}${filter}`).join(', ')})`;
}

/** Creates the table in the contract's shape, filled and sorted. `select` gives its columns, in any order. */
export async function fillTable(db: Database, table: TableName, select: string): Promise<void> {
  await db.run(tableDdl(table));
  await db.run(
    `INSERT INTO "${table}" BY NAME SELECT * FROM (${select}) ORDER BY ${orderList(table)}`,
  );
}

/** Counts of the outcomes over rows of `measurements`, by the contract's column names. */
export const OUTCOME_EXPRESSIONS: Expressions = {
  measurement_count: `count(*) FILTER (WHERE outcome IN (${SCORED_OUTCOMES.map(quoteText).join(', ')}))`,
  ...Object.fromEntries(
    SCORED_OUTCOMES.map((outcome) => [
      `${outcome}_count`,
      `count(*) FILTER (WHERE outcome = ${quoteText(outcome)})`,
    ]),
  ),
  unscored_count: "count(*) FILTER (WHERE outcome = 'unscored')",
};

/** Sums of these counts. */
export const OUTCOME_SUMS: Expressions = Object.fromEntries(
  Object.keys(OUTCOME_EXPRESSIONS).map((name) => [name, `sum("${name}")`]),
);

/** Counts by blocking method over rows of `measurements`. */
export const METHOD_EXPRESSIONS: Expressions = Object.fromEntries(
  Object.keys(BLOCKING_METHODS).map((method) => [
    `${method}_count`,
    `count(*) FILTER (WHERE blocking_method = ${quoteText(method)})`,
  ]),
);

/** Column names of the method counts. */
export const METHOD_COLUMNS: readonly string[] = Object.keys(METHOD_EXPRESSIONS);

/** Whether the test of a row `r` is in the vocabulary. */
export const IS_LISTED = `r.test_name IN (${Object.keys(TESTS).map(quoteText).join(', ')})`;

/** The text, or null when it holds what must not be published. */
export function publishable(expression: string): string {
  return `CASE WHEN ${holdsPrivateSql(expression)} THEN NULL ELSE ${expression} END`;
}

/** SQL for the first day that rows cover and the first day after them, as text, by the grain of the table; null when it has none. */
export function spanSql(table: TableName): { readonly since: string; readonly until: string } {
  const { since, until } = daysSql(table);
  const asText = (day: string): string => `strftime((${day})::DATE, '%Y-%m-%d')`;
  return { since: asText(since), until: asText(until) };
}

function daysSql(table: TableName): { readonly since: string; readonly until: string } {
  const names = new Set<string>(tableColumns(table).map((column) => column.name));
  if (names.has('day')) return { since: 'min(day)', until: 'max(day) + 1' };
  if (names.has('week')) return { since: 'min(week)', until: 'max(week) + 7' };
  if (names.has('month'))
    return {
      since: "min(month || '-01')::DATE",
      until: "max(month || '-01')::DATE + INTERVAL 1 MONTH",
    };
  if (names.has('first_sign')) return { since: 'min(first_sign)', until: 'max(first_sign) + 1' };
  return { since: 'NULL', until: 'NULL' };
}

/** SELECT of the partitions of a table: keys, `rows`, `print`, and the days that they cover (`since`, `until`). */
export function partitionsSql(table: TableName, rows: string): string {
  const keys = TABLES[table].partition.map((key) => `"${key}"`);
  const { since, until } = spanSql(table);
  return `
    SELECT ${[...keys, 'count(*) AS rows'].join(', ')}, ${printSql(tableColumns(table).map(({ name }) => name))} AS print,
      ${since} AS since, ${until} AS until
    FROM ${rows} ${keys.length === 0 ? 'HAVING count(*) > 0' : `GROUP BY ${keys.join(', ')}`}`;
}
