/** A DuckDB in this process that spills to a folder of its own instead of growing. */
import { mkdir, rm } from 'node:fs/promises';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';

export interface DuckDbOptions {
  /** Folder for intermediate results that do not fit into memory; removed on close. */
  readonly spillDir: string;
  /** Most memory DuckDB may take, e.g. `2GB`. */
  readonly memoryLimit?: string;
  readonly threads?: number;
}

export interface DuckDb {
  readonly connection: DuckDBConnection;
  /** Another connection to the same database; temporary tables are not seen from it. */
  connect(): Promise<DuckDBConnection>;
  close(): Promise<void>;
}

/** Opens an empty in-memory database. Throws when the spill folder cannot be made. */
export async function openDuckDb(options: DuckDbOptions): Promise<DuckDb> {
  await mkdir(options.spillDir, { recursive: true });
  const instance = await DuckDBInstance.create(':memory:', {
    temp_directory: options.spillDir,
    memory_limit: options.memoryLimit ?? '2GB',
    ...(options.threads === undefined ? {} : { threads: String(options.threads) }),
  });
  const connect = async (): Promise<DuckDBConnection> => {
    const connection = await instance.connect();
    await connection.run("SET TimeZone = 'UTC'");
    return connection;
  };
  const connection = await connect();
  return {
    connection,
    connect,
    async close() {
      connection.closeSync();
      instance.closeSync();
      await rm(options.spillDir, { recursive: true, force: true });
    },
  };
}
