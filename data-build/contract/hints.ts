/**
 * `hints.json`: positions from the footers of large Parquet files, so that a reader over HTTP can ask
 * for just those bytes at once. An engine without it reads the same rows.
 */
import { pipe, readonly, tuple, type InferOutput } from 'valibot';
import type { ColumnName } from './columns.ts';
import { byName, count, list, record, text } from './shape.ts';
import { tableColumns, type TableName } from './tables.ts';

export const HINTS_FILE = 'hints.json';

/** Smaller files have no hints, since reading them whole is quicker. */
export const HINTED_BYTES = 262_144;

const ROW_GROUP_HINT = record({
  rows: count,
  /** Its first byte in the file. */
  offset: count,
  /** Bytes of each column, in the contract's order: they lie one after another from `offset` on. */
  columns: list(count),
  /** Least and greatest value of {@link hintedColumns}, as text; a column that is null throughout is missing. */
  range: byName(pipe(tuple([text, text]), readonly())),
});
export type RowGroupHint = InferOutput<typeof ROW_GROUP_HINT>;

export const FILE_HINT = record({
  /** As in the manifest. */
  path: text,
  /** First byte of the footer, which goes to the end of the file. */
  footer: count,
  row_groups: list(ROW_GROUP_HINT),
});
export type FileHint = InferOutput<typeof FILE_HINT>;

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
