/** An empty DuckDB in memory, for tests that write files for it or read what was written. */
import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';

export async function connectDuckDb(): Promise<DuckDBConnection> {
  const instance = await DuckDBInstance.create(':memory:');
  return instance.connect();
}
