/** What a table's Parquet files must hold, checked in DuckDB. Each check returns the faults that it found. */
import { join } from 'node:path';
import type { Manifest, ManifestFile } from '../contract/manifest.ts';
import { LICENCES } from '../contract/publishers.ts';
import { tableColumns, TABLES, type TableName } from '../contract/tables.ts';
import { SCORED_OUTCOMES } from '../contract/vocabulary.ts';
import { quoteText } from '../contract/sql.ts';
import { numberIn, textIn, textOrNullIn, type Database } from '../rollup/database.ts';
import { fileLicence } from '../write/attribution.ts';
import { HIVE_NULL } from '../write/parquet.ts';
import { formatHit, scanPrivacy } from '../write/privacy-gate.ts';

/** The files of one table, ready to be asked. */
export interface TableFiles {
  readonly table: TableName;
  readonly manifest: Manifest;
  readonly files: readonly ManifestFile[];
  /** Absolute path → the manifest's path. */
  readonly paths: ReadonlyMap<string, string>;
  /** `[…]` of quoted absolute paths. */
  readonly list: string;
}

export type TableCheck = (db: Database, given: TableFiles) => Promise<readonly string[]>;

export function openTableFiles(
  folder: string,
  manifest: Manifest,
  table: TableName,
  files: readonly ManifestFile[],
): TableFiles {
  const paths = new Map(files.map((file) => [join(folder, file.path), file.path]));
  const list = `[${[...paths.keys()].map(quoteText).join(', ')}]`;
  return { table, manifest, files, paths, list };
}

function relation({ list }: TableFiles): string {
  return `read_parquet(${list}, hive_partitioning = false, filename = 'the_file', file_row_number = true)`;
}

/** Names and types of columns, in order, in every file. */
export const checkColumns: TableCheck = async (db, given) => {
  const expected = tableColumns(given.table)
    .map(({ name, type }) => `${name} ${type}`)
    .join(', ');
  const wrong: string[] = [];
  for (const [absolute, path] of given.paths) {
    const columns = await db.all(
      `DESCRIBE SELECT * FROM read_parquet(${quoteText(absolute)}, hive_partitioning = false)`,
    );
    const found = columns
      .map((row) => `${textIn(row, 'column_name')} ${textIn(row, 'column_type')}`)
      .join(', ');
    if (found !== expected) wrong.push(`${path} has ${found}`);
  }
  return wrong;
};

export const checkNulls: TableCheck = async (db, given) => {
  const required = tableColumns(given.table).filter((column) => !column.nullable);
  const counts = required.map(({ name }) => `count(*) FILTER ("${name}" IS NULL) AS "${name}"`);
  const [row] = await db.all(`SELECT ${counts.join(', ')} FROM ${relation(given)}`);
  return required
    .filter(({ name }) => numberIn(row, name) > 0)
    .map(({ name }) => `${name} is null in ${numberIn(row, name)} rows`);
};

/** Row counts as the manifest says, file by file. */
export const checkRows: TableCheck = async (db, given) => {
  const rows = await db.all(`SELECT file_name, num_rows FROM parquet_file_metadata(${given.list})`);
  const found = new Map(
    rows.map((row) => [given.paths.get(textIn(row, 'file_name')), numberIn(row, 'num_rows')]),
  );
  return given.files
    .filter((file) => found.get(file.path) !== file.rows)
    .map((file) => `${file.path} has ${String(found.get(file.path))} rows, not ${file.rows}`);
};

/** The partition values in the path, in the manifest and in every row are the same. */
export const checkPartitions: TableCheck = async (db, given) => {
  const keys = TABLES[given.table].partition;
  if (keys.length === 0) return [];
  const wrong: string[] = [];
  for (const file of given.files) {
    const hive = keys.map((key) => `${key}=${String(file.partition[key])}/`).join('');
    if (!file.path.startsWith(`${given.table}/${hive}`))
      wrong.push(`${file.path} is not in ${hive}`);
  }
  const columns = keys.map((key) => `"${key}"`).join(', ');
  const rows = await db.all(`SELECT DISTINCT the_file, ${columns} FROM ${relation(given)}`);
  const byPath = new Map(given.files.map((file) => [file.path, file]));
  for (const row of rows) {
    const path = given.paths.get(textIn(row, 'the_file')) ?? '';
    const file = byPath.get(path);
    for (const key of keys) {
      const value = textOrNullIn(row, key) ?? HIVE_NULL;
      if (value !== file?.partition[key]) wrong.push(`${path} holds ${key} ${value}`);
    }
  }
  return wrong;
};

export const checkOrder: TableCheck = async (db, given) => {
  const order = TABLES[given.table].sort.map((name) => `"${name}" ASC NULLS LAST`).join(', ');
  const rows = await db.all(`
    SELECT the_file, count(*) AS misplaced FROM (
      SELECT the_file, file_row_number AS place,
        row_number() OVER (PARTITION BY the_file ORDER BY ${order}, file_row_number) - 1 AS due
      FROM ${relation(given)}
    ) WHERE place <> due GROUP BY the_file ORDER BY the_file`);
  return rows.map(
    (row) =>
      `${String(given.paths.get(textIn(row, 'the_file')))} has ${numberIn(row, 'misplaced')} rows out of order`,
  );
};

/** One row per combination of the grain. `measurements` may repeat: some have neither uid nor report. */
export const checkGrain: TableCheck = async (db, given) => {
  if (given.table === 'measurements') return [];
  const grain = TABLES[given.table].grain.map((name) => `"${name}"`).join(', ');
  const [row] = await db.all(`
    SELECT count(*) AS repeated FROM (
      SELECT 1 FROM ${relation(given)} GROUP BY ${grain} HAVING count(*) > 1)`);
  const repeated = numberIn(row, 'repeated');
  return repeated === 0 ? [] : [`${repeated} combinations of ${grain} stand in several rows`];
};

/** ok + anomaly + confirmed + failure = measurement, in every row. */
export const checkIdentity: TableCheck = async (db, given) => {
  if (!TABLES[given.table].counts) return [];
  const sum = SCORED_OUTCOMES.map((outcome) => `${outcome}_count`).join(' + ');
  const [row] = await db.all(
    `SELECT count(*) AS wrong FROM ${relation(given)} WHERE ${sum} <> measurement_count`,
  );
  const wrong = numberIn(row, 'wrong');
  return wrong === 0 ? [] : [`${wrong} rows whose outcomes do not add up to measurement_count`];
};

/** The footer of each file names the licence of the manifest and of the table; the versions and the notice too. */
export const checkLicences: TableCheck = async (db, given) => {
  const rows = await db.all(`
    SELECT file_name, decode(key) AS key, decode(value) AS value FROM parquet_kv_metadata(${given.list})`);
  const tags = new Map(
    rows.map((row) => [
      `${String(given.paths.get(textIn(row, 'file_name')))} ${textIn(row, 'key')}`,
      textIn(row, 'value'),
    ]),
  );
  const { rules_version: rules, synthetic, contract_version: contract } = given.manifest;
  return given.files.flatMap((file) => {
    const expected = {
      table: file.table,
      licence: LICENCES[fileLicence(file.table, file.partition)].spdx,
      rules_version: rules,
      contract_version: contract,
      synthetic: String(synthetic),
    };
    const listed =
      LICENCES[file.licence].spdx === expected.licence
        ? []
        : [`the manifest lists ${file.path} under ${file.licence}`];
    const wrong = Object.entries(expected)
      .filter(([key, value]) => tags.get(`${file.path} ${key}`) !== value)
      .map(
        ([key, value]) =>
          `${file.path} says ${key} ${String(tags.get(`${file.path} ${key}`))}, not ${value}`,
      );
    const unnamed = tags.has(`${file.path} attribution`) ? [] : [`${file.path} has no attribution`];
    return [...listed, ...wrong, ...unnamed];
  });
};

export const checkPrivate: TableCheck = async (db, given) =>
  (await scanPrivacy(db, [{ table: given.table, relation: relation(given) }])).map(formatHit);

/** What is checked of every table, by the words printed for it. */
export const TABLE_CHECKS: Readonly<Record<string, TableCheck>> = {
  'columns and types are those of the contract': checkColumns,
  'no null where the contract allows none': checkNulls,
  'row counts': checkRows,
  'partitions agree with paths and rows': checkPartitions,
  'rows are sorted': checkOrder,
  'one row per grain': checkGrain,
  'the four outcomes add up in every row': checkIdentity,
  'licence, version and attribution in every file': checkLicences,
  'no address, e-mail or token': checkPrivate,
};
