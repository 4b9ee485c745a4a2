/** Rows of a part into a Parquet file, by way of an in-process DuckDB that spills instead of growing. */
import {
  DuckDBDateValue,
  DuckDBTimestampValue,
  type DuckDBAppender,
  type DuckDBConnection,
} from '@duckdb/node-api';
import { DAY_MS } from '../contract/brands.ts';
import { quoteText } from '../contract/sql.ts';
import { openDuckDb } from '../duckdb.ts';
import type { Reason } from '../contract/problem.ts';
import { partColumns, type PartKind, type PartRow, type Selection } from '../parts.ts';

const FLUSH_EVERY = 20_000;

export interface PartWriter<K extends PartKind> {
  readonly append: (row: PartRow<K>) => void;
  readonly rows: number;
  /** Writes the rows in the order in which they came. The same rows give the same bytes. */
  finish(file: string): Promise<void>;
}

/** One database for all the parts that a worker writes, one after the other. */
export interface PartDatabase {
  openWriter<K extends PartKind>(kind: K): Promise<PartWriter<K>>;
  /** Column names of a Parquet file in their order, and its rows; rejects when it is none. */
  shapeOf(parquet: string): Promise<{ readonly columns: readonly string[]; readonly rows: number }>;
  /** Rows of one Parquet file as a part, without those that are refused. */
  copy(kind: PartKind, from: string, selection: Selection, target: string): Promise<Copied>;
  close(): Promise<void>;
}

export interface Copied {
  readonly rowsOut: number;
  readonly refused: readonly { readonly reason: Reason; readonly count: number }[];
}

type Append = (appender: DuckDBAppender, value: unknown) => void;

const APPEND: Readonly<Record<string, Append>> = {
  UTINYINT: (appender, value) => appender.appendUTinyInt(Number(value)),
  UINTEGER: (appender, value) => appender.appendUInteger(Number(value)),
  DOUBLE: (appender, value) => appender.appendDouble(Number(value)),
  VARCHAR: (appender, value) => appender.appendVarchar(String(value)),
  BOOLEAN: (appender, value) => appender.appendBoolean(value === true),
  DATE: (appender, value) =>
    appender.appendDate(new DuckDBDateValue(Date.parse(String(value)) / DAY_MS)),
  TIMESTAMP: (appender, value) =>
    appender.appendTimestamp(new DuckDBTimestampValue(BigInt(Date.parse(String(value))) * 1000n)),
};

/** `spillFolder` takes rows that do not fit into the memory limit. */
export async function openPartDatabase(spillFolder: string): Promise<PartDatabase> {
  const { connection, close } = await openDuckDb({
    spillDir: spillFolder,
    memoryLimit: '256MB',
    threads: 1,
  });
  return {
    openWriter: (kind) => openWriter(connection, kind),
    async shapeOf(parquet) {
      const from = `read_parquet(${quoteText(parquet)}, hive_partitioning = false)`;
      const result = await connection.run(`SELECT * FROM ${from} LIMIT 0`);
      const counted = await connection.runAndReadAll(`SELECT count(*) FROM ${from}`);
      return { columns: result.columnNames(), rows: Number(counted.getRows()[0]?.[0]) };
    },
    copy: (kind, from, selection, target) => copyRows(connection, kind, from, selection, target),
    close,
  };
}

async function copyRows(
  connection: DuckDBConnection,
  kind: PartKind,
  from: string,
  { columns: select, refusals }: Selection,
  target: string,
): Promise<Copied> {
  const columns = partColumns(kind)
    .map(({ name, type }) => `(${select.get(name) ?? 'NULL'})::${type} AS "${name}"`)
    .join(', ');
  const cases = refusals.map(([reason, condition]) => `WHEN ${condition} THEN '${reason}'`);
  await connection.run(`
    CREATE OR REPLACE TEMP VIEW judged AS SELECT *, CASE ${cases.join(' ')} END AS refused
    FROM (SELECT ${columns} FROM read_parquet(${quoteText(from)}, hive_partitioning = false))`);
  await connection.run(
    `COPY (SELECT * EXCLUDE (refused) FROM judged WHERE refused IS NULL)
    TO ${quoteText(target)} (FORMAT parquet, COMPRESSION zstd)`,
  );
  const counts = await connection.runAndReadAll(
    'SELECT refused, count(*) FROM judged GROUP BY refused ORDER BY refused',
  );
  const tally = new Map(counts.getRows().map(([reason, count]) => [reason, Number(count)]));
  const refused = [...new Set(refusals.map(([reason]) => reason))].flatMap((reason) => {
    const count = tally.get(reason) ?? 0;
    return count === 0 ? [] : [{ reason, count }];
  });
  return { rowsOut: tally.get(null) ?? 0, refused };
}

async function openWriter<K extends PartKind>(
  connection: DuckDBConnection,
  kind: K,
): Promise<PartWriter<K>> {
  const columns = partColumns(kind).map(({ name, type }) => {
    const append = APPEND[type];
    if (append === undefined) throw new Error(`No way to append ${type}; add one to part-writer.`);
    return { name, type, append };
  });
  const ddl = columns.map(({ name, type }) => `"${name}" ${type}`).join(', ');
  await connection.run(`CREATE OR REPLACE TABLE part (${ddl})`);
  const appender = await connection.createAppender('part');
  let rows = 0;
  return {
    append(row) {
      const cells: Readonly<Record<string, unknown>> = row;
      for (const { name, append } of columns) {
        const value = cells[name];
        if (value === null || value === undefined) appender.appendNull();
        else append(appender, value);
      }
      appender.endRow();
      rows += 1;
      if (rows % FLUSH_EVERY === 0) appender.flushSync();
    },
    get rows() {
      return rows;
    },
    async finish(file) {
      appender.closeSync();
      await connection.run(`COPY part TO ${quoteText(file)} (FORMAT parquet, COMPRESSION zstd)`);
      await connection.run('DROP TABLE part');
    },
  };
}
