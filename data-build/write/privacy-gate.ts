/** The last check before publication: no text may have the shape of an address, e-mail or token. */
import { findPrivateShapes, ID_SHAPES, PRIVATE_TEXT } from '../contract/privacy.ts';
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

/**
 * Scans every text column of a relation that has the table's columns: a table, or `read_parquet(…)`. Ids are
 * held to their own shape instead. At most three hits per column.
 */
export async function scanPrivacy(
  db: Database,
  table: TableName,
  relation: string,
): Promise<readonly PrivacyHit[]> {
  const hits: PrivacyHit[] = [];
  for (const { name: column, type } of tableColumns(table)) {
    if (type !== 'VARCHAR') continue;
    const idShape = ID_COLUMNS.get(column);
    const wrong =
      idShape === undefined
        ? `regexp_matches(value, ${quoteText(PRIVATE_TEXT)}, 'i')`
        : `NOT regexp_matches(value, ${quoteText(idShape)})`;
    const found = await db.all(`
      SELECT value FROM (SELECT DISTINCT "${column}" AS value FROM ${relation})
      WHERE value IS NOT NULL AND ${wrong} ORDER BY value LIMIT 3`);
    for (const row of found) {
      const value = textIn(row, 'value');
      hits.push({
        table,
        column,
        looksLike: idShape === undefined ? findPrivateShapes(value).join(', ') : 'not an id',
        row: await nameRow(db, table, relation, column, value),
      });
    }
  }
  return hits;
}

/** A hit as a line for people. */
export function formatHit({ table, column, looksLike, row }: PrivacyHit): string {
  return `${table}.${column} holds text shaped like ${looksLike} (${row})`;
}
