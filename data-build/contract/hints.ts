/**
 * `hints.json`: positions from the footers of large Parquet files, so that a reader over HTTP can ask
 * for just those bytes at once. An engine without it reads the same rows.
 */
import type { ColumnName } from './columns.ts';
import { tableColumns, type TableName } from './tables.ts';

export const HINTS_FILE = 'hints.json';

/** Smaller files have no hints, since reading them whole is quicker. */
export const HINTED_BYTES = 262_144;

export interface RowGroupHint {
  readonly rows: number;
  /** Its first byte in the file. */
  readonly offset: number;
  /** Bytes of each column, in the contract's order: they lie one after another from `offset` on. */
  readonly columns: readonly number[];
  /** Least and greatest value of {@link hintedColumns}, as text; a column that is null throughout is missing. */
  readonly range: Readonly<Record<string, readonly [least: string, greatest: string]>>;
}

export interface FileHint {
  /** As in the manifest. */
  readonly path: string;
  /** First byte of the footer, which goes to the end of the file. */
  readonly footer: number;
  readonly row_groups: readonly RowGroupHint[];
}

const HINTED: ReadonlySet<ColumnName> = new Set<ColumnName>([
  'day',
  'week',
  'month',
  'probe_cc',
  'probe_asn',
  'test_name',
  'domain',
  'tool',
  'metric',
]);

/** Columns with a range: those that files are sorted by and questions are narrowed by. */
export function hintedColumns(table: TableName): readonly ColumnName[] {
  return tableColumns(table)
    .map(({ name }) => name)
    .filter((name) => HINTED.has(name));
}
