/** The narrow interface behind which a DuckDB stands: native at build and in tests, WebAssembly in the page. */

import type { ManifestFile } from '../../data-build/contract/manifest.ts';
import type { TableName } from '../../data-build/contract/tables.ts';
import type { Query } from '../query/query.ts';

/** What an engine has to know of a file. */
export type DataFile = Pick<ManifestFile, 'path' | 'bytes'> & Partial<Pick<ManifestFile, 'sha256'>>;

export interface Engine {
  /** Makes `table` stand for exactly these files; an empty list makes an empty table of the contract's shape. */
  open(table: TableName, files: readonly DataFile[]): Promise<void>;
  /** Dates come back as `YYYY-MM-DD`, timestamps as `YYYY-MM-DD HH:MM:SS`, every whole number as a number. */
  run<Row>(query: Query<Row>, signal?: AbortSignal): Promise<readonly Row[]>;
  close(): Promise<void>;
}

export interface ParquetColumn {
  readonly name: string;
  readonly type: 'number' | 'text';
}

/** An engine that also writes files. */
export interface WritingEngine extends Engine {
  /** CSV with a header, without comments → Parquet. An empty field is null. */
  toParquet(csv: string, columns: readonly ParquetColumn[]): Promise<Uint8Array>;
}
