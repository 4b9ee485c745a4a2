/** Rows of a part into a Parquet file, by way of an in-process DuckDB that spills instead of growing. */
import { DuckDBDateValue, DuckDBInstance, DuckDBTimestampValue } from '@duckdb/node-api';
import type { DuckDBAppender, DuckDBConnection } from '@duckdb/node-api';
import { PART_TABLES } from '../parts.ts';
import type { PartKind, PartRow } from '../parts.ts';

const FLUSH_EVERY = 20_000;
const DAY_MS = 86_400_000;

export interface PartWriter<K extends PartKind> {
  append(row: PartRow<K>): void;
  readonly rows: number;
  /** Writes the rows in the order in which they came. The same rows give the same bytes. */
  finish(file: string): Promise<void>;
}

/** One database for all the parts that a worker writes, one after the other. */
export interface PartDatabase {
  openWriter<K extends PartKind>(kind: K): Promise<PartWriter<K>>;
  close(): void;
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

/** `spillFolder` is where rows go that do not fit into the memory limit. */
export async function openPartDatabase(spillFolder: string): Promise<PartDatabase> {
  const instance = await DuckDBInstance.create(':memory:', {
    threads: '1',
    memory_limit: '256MB',
    temp_directory: spillFolder,
    preserve_insertion_order: 'true',
  });
  const connection = await instance.connect();
  return {
    openWriter: (kind) => openWriter(connection, kind),
    close() {
      connection.closeSync();
      instance.closeSync();
    },
  };
}

async function openWriter<K extends PartKind>(
  connection: DuckDBConnection,
  kind: K,
): Promise<PartWriter<K>> {
  const columns = Object.entries<string>(PART_TABLES[kind]).map(([name, type]) => {
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
      const target = file.replaceAll("'", "''");
      await connection.run(`COPY part TO '${target}' (FORMAT parquet, COMPRESSION zstd)`);
      await connection.run('DROP TABLE part');
    },
  };
}
