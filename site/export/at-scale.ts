/**
 * Statements that put the `measurements` table before engines for large data, written from the contract. The table lies
 * in Hive layout (`measurements/month=2024-11/probe_cc=KE/…parquet`); the partition columns are inside the files, too.
 */
import { TABLES, tableColumns, type TableColumn } from '../../data-build/contract/tables.ts';
import type { ColumnType } from '../../data-build/contract/columns.ts';

export const BIG_TABLE = 'measurements';

export const LARGE_ENGINES = ['duckdb', 'spark', 'trino', 'clickhouse', 'bigquery'] as const;
export type LargeEngine = (typeof LARGE_ENGINES)[number];

/** Unsigned 32-bit whole numbers need 64 bits where an engine has signed ones alone. */
const TYPES: Readonly<
  Record<Exclude<LargeEngine, 'duckdb'>, Readonly<Record<ColumnType, string>>>
> = {
  spark: {
    VARCHAR: 'STRING',
    DATE: 'DATE',
    TIMESTAMP: 'TIMESTAMP_NTZ',
    UINTEGER: 'BIGINT',
    DOUBLE: 'DOUBLE',
    BOOLEAN: 'BOOLEAN',
  },
  trino: {
    VARCHAR: 'varchar',
    DATE: 'date',
    TIMESTAMP: 'timestamp(6)',
    UINTEGER: 'bigint',
    DOUBLE: 'double',
    BOOLEAN: 'boolean',
  },
  clickhouse: {
    VARCHAR: 'String',
    DATE: 'Date32',
    TIMESTAMP: "DateTime64(6, 'UTC')",
    UINTEGER: 'UInt32',
    DOUBLE: 'Float64',
    BOOLEAN: 'Bool',
  },
  bigquery: {
    VARCHAR: 'STRING',
    DATE: 'DATE',
    TIMESTAMP: 'DATETIME',
    UINTEGER: 'INT64',
    DOUBLE: 'FLOAT64',
    BOOLEAN: 'BOOL',
  },
};

const isPartition = ({ name }: TableColumn): boolean =>
  TABLES[BIG_TABLE].partition.some((key) => key === name);

function typeIn(engine: Exclude<LargeEngine, 'duckdb'>, { type, nullable }: TableColumn): string {
  const base = TYPES[engine][type];
  if (engine === 'clickhouse' && nullable) return `Nullable(${base})`;
  return engine === 'bigquery' && !nullable ? `${base} NOT NULL` : base;
}

function columnList(
  engine: Exclude<LargeEngine, 'duckdb'>,
  columns: readonly TableColumn[],
): string {
  return columns.map((column) => `  ${column.name} ${typeIn(engine, column)}`).join(',\n');
}

/** Columns of the table with those that it is partitioned by last, as two of the engines want. */
function partitionLast(): readonly TableColumn[] {
  const columns = tableColumns(BIG_TABLE);
  const keys = TABLES[BIG_TABLE].partition.flatMap((key) =>
    columns.filter(({ name }) => name === key),
  );
  return [...columns.filter((column) => !isPartition(column)), ...keys];
}

/** Placeholders for where a copy of the data folder lies, by engine; DuckDB reads the site itself. */
export const ROOTS: Readonly<Record<Exclude<LargeEngine, 'duckdb'>, string>> = {
  spark: 's3a://BUCKET/data',
  trino: 's3://BUCKET/data',
  clickhouse: 'https://BUCKET.s3.amazonaws.com/data',
  bigquery: 'gs://BUCKET/data',
};

const PARTITION = TABLES[BIG_TABLE].partition.join(', ');

/** SQL for one engine. `root` is where the data folder lies, without a slash at its end. */
export function largeStatement(engine: LargeEngine, root: string): string {
  switch (engine) {
    case 'duckdb':
      return [
        '-- Over HTTP files cannot be found by pattern: the manifest lists them, and only those wanted are read.',
        'SET VARIABLE files = (',
        `  SELECT list('${root}/' || file.path)`,
        `  FROM (SELECT unnest(files) AS file FROM read_json('${root}/manifest.json', maximum_object_size = 1000000000))`,
        `  WHERE file."table" = '${BIG_TABLE}' AND file.path LIKE '%/probe_cc=KE/%'`,
        ');',
        'SELECT test_name, outcome, count(*) AS measurements',
        "FROM read_parquet(getvariable('files'), hive_partitioning = false)",
        'GROUP BY ALL ORDER BY ALL;',
      ].join('\n');
    case 'spark':
      return [
        `CREATE TABLE ${BIG_TABLE} (\n${columnList('spark', partitionLast())}\n)`,
        'USING parquet',
        `PARTITIONED BY (${PARTITION})`,
        `LOCATION '${root}/${BIG_TABLE}';`,
        '',
        `MSCK REPAIR TABLE ${BIG_TABLE};`,
      ].join('\n');
    case 'trino':
      return [
        `CREATE TABLE hive.atlas.${BIG_TABLE} (\n${columnList('trino', partitionLast())}\n)`,
        'WITH (',
        "  format = 'PARQUET',",
        `  external_location = '${root}/${BIG_TABLE}/',`,
        `  partitioned_by = ARRAY[${TABLES[BIG_TABLE].partition.map((key) => `'${key}'`).join(', ')}]`,
        ');',
        '',
        `CALL hive.system.sync_partition_metadata('atlas', '${BIG_TABLE}', 'ADD');`,
      ].join('\n');
    case 'clickhouse':
      return [
        `CREATE TABLE ${BIG_TABLE} (\n${columnList('clickhouse', tableColumns(BIG_TABLE))}\n)`,
        `ENGINE = S3('${root}/${BIG_TABLE}/**.parquet', NOSIGN, 'Parquet');`,
      ].join('\n');
    case 'bigquery':
      return [
        `CREATE EXTERNAL TABLE atlas.${BIG_TABLE} (\n${columnList('bigquery', tableColumns(BIG_TABLE))}\n)`,
        'OPTIONS (',
        "  format = 'PARQUET',",
        `  uris = ['${root}/${BIG_TABLE}/*.parquet']`,
        ');',
      ].join('\n');
  }
}
