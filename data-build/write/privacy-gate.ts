/** The last check before publication: no text may have the shape of an address, e-mail or token. */
import { findPrivateShapes, holdsPrivateSql, ID_SHAPES } from '../contract/privacy.ts';
import { tableColumns, TABLES, type TableName } from '../contract/tables.ts';
import { quoteText } from '../contract/sql.ts';
import { textIn, textOrNullIn, type Database } from '../rollup/database.ts';

export interface PrivacyHit {
  readonly table: TableName;
  readonly column: string;
  /** What it looks like: a private shape, or `not an id`. The value itself is not repeated. */
  readonly looksLike: string;
  /** The row, by the other columns of its grain. */
  readonly row: string;
}

const ID_COLUMNS: ReadonlyMap<string, string> = new Map(Object.entries(ID_SHAPES));

/** Columns of a table in the database that the contract does not give it. */
export async function strangeColumns(db: Database, table: TableName): Promise<readonly string[]> {
  const allowed = new Set<string>(tableColumns(table).map(({ name }) => name));
  const columns = await db.all(`SELECT column_name FROM (DESCRIBE "${table}")`);
  return columns.map((row) => textIn(row, 'column_name')).filter((name) => !allowed.has(name));
}

async function nameRow(
  db: Database,
  table: TableName,
  relation: string,
  column: string,
  value: string,
): Promise<string> {
  const grain = TABLES[table].grain.filter((name) => name !== column);
  const [row] = await db.all(
    `SELECT ${["''", ...grain.map((name) => `CAST("${name}" AS VARCHAR) AS "${name}"`)].join(', ')}
    FROM ${relation} WHERE "${column}" = ${quoteText(value)} LIMIT 1`,
  );
  return grain
    .flatMap((name) => {
      const text = textOrNullIn(row, name);
      return text === null || findPrivateShapes(text).length > 0 ? [] : [`${name} ${text}`];
    })
    .join(', ');
}

/** SELECT of the first values of text columns that look private; the shapes are told once, since reading them costs more than most tables. */
function textsSql(columns: readonly string[], relation: string): string {
  const values = columns.map(
    (name) => `SELECT DISTINCT ${quoteText(name)} AS name, "${name}" AS value FROM ${relation}`,
  );
  return `
    WITH texts AS MATERIALIZED (${values.join(' UNION ALL ')})
    SELECT name, value FROM texts WHERE ${holdsPrivateSql('value')}
    QUALIFY row_number() OVER (PARTITION BY name ORDER BY value) <= 3
    ORDER BY name, value`;
}

/** SELECT of the first values of a column of ids that are none. */
const idsSql = (name: string, shape: string, relation: string): string => `
  SELECT DISTINCT ${quoteText(name)} AS name, "${name}" AS value FROM ${relation}
  WHERE "${name}" IS NOT NULL AND NOT regexp_matches("${name}", ${quoteText(shape)}) ORDER BY value LIMIT 3`;

/**
 * Scans every text column of a relation that has the table's columns: a table, or `read_parquet(…)`. Ids are
 * held to their own shape instead. At most three hits per column.
 */
export async function scanPrivacy(
  db: Database,
  table: TableName,
  relation: string,
): Promise<readonly PrivacyHit[]> {
  const columns = tableColumns(table).flatMap(({ name, type }): readonly string[] =>
    type === 'VARCHAR' ? [name] : [],
  );
  const texts = columns.filter((name) => !ID_COLUMNS.has(name));
  const found = texts.length === 0 ? [] : [...(await db.all(textsSql(texts, relation)))];
  for (const name of columns) {
    const shape = ID_COLUMNS.get(name);
    if (shape !== undefined) found.push(...(await db.all(idsSql(name, shape, relation))));
  }
  const hits: PrivacyHit[] = [];
  for (const row of columns.flatMap((name) => found.filter((each) => each['name'] === name))) {
    const [column, value] = [textIn(row, 'name'), textIn(row, 'value')];
    hits.push({
      table,
      column,
      looksLike: ID_COLUMNS.has(column) ? 'not an id' : findPrivateShapes(value).join(', '),
      row: await nameRow(db, table, relation, column, value),
    });
  }
  return hits;
}

/** A hit as a line for people. */
export function formatHit({ table, column, looksLike, row }: PrivacyHit): string {
  return `${table}.${column} holds text shaped like ${looksLike} (${row})`;
}
