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
  { table, relation, column, columns = tableColumns(table) }: ScannedColumn,
  value: string,
): Promise<string> {
  const has = new Set<string>(columns.map(({ name }) => name));
  const grain = TABLES[table].grain.filter((name) => name !== column && has.has(name));
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

/** Rows that have the columns of a table: the table itself, or `read_parquet(…)`. */
export interface Scanned {
  readonly table: TableName;
  readonly relation: string;
  /** Those that it has; absent: all of the table. */
  readonly columns?: ReturnType<typeof tableColumns>;
}

interface ScannedColumn extends Scanned {
  readonly column: string;
}

const valuesSql = ({ table, relation, column }: ScannedColumn, where = 'true'): string =>
  `SELECT DISTINCT ${quoteText(table)} AS relation, ${quoteText(column)} AS name, "${column}" AS value FROM ${relation} WHERE ${where}`;

const FEW = 'QUALIFY row_number() OVER (PARTITION BY relation, name ORDER BY value) <= 3';

/** SELECT of the first values of text columns that look private; each text is read once, and the shapes are told once. */
function textsSql(columns: readonly ScannedColumn[]): string {
  return `
    WITH texts AS MATERIALIZED (${columns.map((column) => valuesSql(column)).join(' UNION ALL ')}),
    private AS (
      SELECT value FROM (SELECT DISTINCT value FROM texts) WHERE ${holdsPrivateSql('value')})
    SELECT relation, name, value FROM texts SEMI JOIN private USING (value) ${FEW}`;
}

/** SELECT of the first values of columns of ids that are none. */
function idsSql(columns: readonly ScannedColumn[]): string {
  const values = columns.map((scanned) => {
    const shape = quoteText(ID_COLUMNS.get(scanned.column) ?? '');
    return valuesSql(scanned, `NOT regexp_matches("${scanned.column}", ${shape})`);
  });
  return `SELECT relation, name, value FROM (${values.join(' UNION ALL ')}) ${FEW}`;
}

/**
 * Scans every text column. Ids are held to their own shape instead. At most three hits per column, in the order of relations,
 * columns and values.
 */
export async function scanPrivacy(
  db: Database,
  scanned: readonly Scanned[],
): Promise<readonly PrivacyHit[]> {
  const columns = scanned.flatMap((each) =>
    (each.columns ?? tableColumns(each.table)).flatMap(({ name, type }) =>
      type === 'VARCHAR' ? [{ ...each, column: name }] : [],
    ),
  );
  const isId = ({ column }: ScannedColumn): boolean => ID_COLUMNS.has(column);
  const [ids, texts] = [columns.filter(isId), columns.filter((each) => !isId(each))];
  const found = [
    ...(texts.length === 0 ? [] : await db.all(textsSql(texts))),
    ...(ids.length === 0 ? [] : await db.all(idsSql(ids))),
  ];
  const hits: PrivacyHit[] = [];
  for (const scannedColumn of columns) {
    const { table, column } = scannedColumn;
    const values = found
      .filter((row) => row['relation'] === table && row['name'] === column)
      .map((row) => textIn(row, 'value'));
    for (const value of values.toSorted())
      hits.push({
        table,
        column,
        looksLike: ID_COLUMNS.has(column) ? 'not an id' : findPrivateShapes(value).join(', '),
        row: await nameRow(db, scannedColumn, value),
      });
  }
  return hits;
}

/** A hit as a line for people. */
export function formatHit({ table, column, looksLike, row }: PrivacyHit): string {
  return `${table}.${column} holds text shaped like ${looksLike} (${row})`;
}
