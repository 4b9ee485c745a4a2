/** Tables of the database → Parquet files: one per partition, sorted, equal bytes for equal input. */
import { CONTRACT_VERSION, type ManifestFile } from '../contract/manifest.ts';
import type { LicenceSlug } from '../contract/publishers.ts';
import { tableColumns, TABLES, type TableName } from '../contract/tables.ts';
import { quoteText } from '../contract/sql.ts';
import {
  dayOrNullIn,
  numberIn,
  textIn,
  textOrNullIn,
  type Database,
  type SqlRow,
} from '../rollup/database.ts';
import { partitionsSql } from '../rollup/select.ts';
import { fileLicence, licenceNote } from './attribution.ts';
import { type FileLedger, NO_LEDGER } from './file-ledger.ts';

/** Rows per row group: DuckDB's own default, fixed so that it cannot change under us. */
const ROW_GROUP_SIZE = 122_880;

/** How Hive names the partition of rows whose key is null, e.g. statistics of a network wherever it is. */
export const HIVE_NULL = '__HIVE_DEFAULT_PARTITION__';

/** Facts of the release in a file's footer. Without the data version, so that unchanged rows keep their bytes and file name. */
export interface FileTag {
  readonly rulesVersion: string;
  readonly synthetic: boolean;
}

/** `KEY: 'value'` pairs for the footer of a file: which table, by which rules, whose, under which licence. */
export function footerTags(table: TableName, licence: LicenceSlug, tag: FileTag): string {
  const tags = {
    table,
    contract_version: CONTRACT_VERSION,
    rules_version: tag.rulesVersion,
    synthetic: String(tag.synthetic),
    ...licenceNote(table, licence, tag.synthetic),
  };
  return Object.entries(tags)
    .map(([key, value]) => `"${key}": ${quoteText(value)}`)
    .join(', ');
}

async function writePartition(
  run: Database['run'],
  table: TableName,
  row: SqlRow,
  open: () => Promise<OpenPiece>,
  folder: string,
  tag: FileTag,
  ledger: FileLedger,
): Promise<ManifestFile> {
  const keys = TABLES[table].partition;
  const values = keys.map((key) => ({ key, value: textOrNullIn(row, key) }));
  const partition = Object.fromEntries(values.map(({ key, value }) => [key, value ?? HIVE_NULL]));
  const licence = fileLicence(table, partition);
  const hive = Object.entries(partition)
    .map(([key, value]) => `${key}=${value}/`)
    .join('');
  const stem = [table, ...values.map(({ value }) => value ?? 'none')].join('-');
  // By name: a column that is not in the contract is not written.
  const columns = tableColumns(table)
    .map(({ name }) => `"${name}"`)
    .join(', ');
  const tags = footerTags(table, licence, tag);
  const made = await ledger.make(folder, {
    name: `${table}/${hive}${stem}.parquet`,
    print: `${textIn(row, 'print')} ${tags}`,
    head: '',
    write: async (target) => {
      const { relation, whereOf } = await open();
      await run(
        `COPY (SELECT ${columns} FROM ${relation} WHERE ${whereOf(row)}) TO ${quoteText(target)}
          (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE ${ROW_GROUP_SIZE}, KV_METADATA {${tags}})`,
      );
    },
    pathOf: (sha256) => `${table}/${hive}${stem}-${sha256.slice(0, 8)}.parquet`,
  });
  const since = dayOrNullIn(row, 'since');
  const until = dayOrNullIn(row, 'until');
  const { path, bytes, sha256 } = made;
  return {
    path,
    table,
    partition,
    rows: numberIn(row, 'rows'),
    bytes,
    sha256,
    since,
    until,
    licence,
  };
}

/** Rows of a table that lie together. */
export interface Piece {
  readonly rows: string;
  /** Their partitions: see `partitionsSql`. */
  readonly partitions: string;
}

/**
 * Writes a table whose pieces have the contract's order, one after the other, and share no partition; by default it is one piece.
 * `check` sees the rows of a piece before any of them is written. Returns its files in the order of their partitions; an empty
 * table has none.
 */
export async function writeParquet(
  db: Database,
  table: TableName,
  folder: string,
  tag: FileTag,
  ledger: FileLedger = NO_LEDGER,
  pieces: readonly Piece[] = [
    { rows: `"${table}"`, partitions: `(${partitionsSql(table, `"${table}"`)})` },
  ],
  check: (rows: string) => Promise<void> = () => Promise.resolve(),
): Promise<readonly ManifestFile[]> {
  const files: ManifestFile[] = [];
  for (const piece of pieces) {
    const keys = TABLES[table].partition.map((key) => `"${key}"`);
    const order = keys.length === 0 ? '' : `ORDER BY ${keys.join(', ')}`;
    const partitions = await db.all(`FROM ${piece.partitions} ${order}`);
    // One thread, so that the order of rows and the cut of row groups do not depend on the machine.
    await db.run('SET threads = 1');
    const open = openPiece(db, table, piece, check);
    files.push(
      ...(await db.spread(partitions, (row, run) =>
        writePartition(run, table, row, open, folder, tag, ledger),
      )),
    );
    await db.run('RESET threads');
  }
  return files;
}

/** The rows of a piece. */
interface OpenPiece {
  readonly relation: string;
  /** Condition for the rows of a partition. */
  whereOf(partition: SqlRow): string;
}

/** Gives the rows of a piece, which are checked, and read from files, when the first of them is written. */
function openPiece(
  db: Database,
  table: TableName,
  { rows }: Piece,
  check: (rows: string) => Promise<void>,
): () => Promise<OpenPiece> {
  let opened: Promise<OpenPiece> | null = null;
  const open = async (): Promise<OpenPiece> => {
    const isTable = rows.startsWith('"');
    if (!isTable) await db.run(`CREATE OR REPLACE TABLE piece AS FROM ${rows}`);
    const relation = isTable ? rows : 'piece';
    await check(relation);
    return { relation, whereOf: await findRows(db, table, relation) };
  };
  return () => (opened ??= open());
}

/**
 * Gives conditions for partitions. Rows that stand together are asked for by their places: looking for them by their keys costs
 * as much as writing them.
 */
async function findRows(
  db: Database,
  table: TableName,
  relation: string,
): Promise<OpenPiece['whereOf']> {
  const keys = TABLES[table].partition;
  if (keys.length === 0) return () => 'true';
  const nameOf = (row: SqlRow): string => JSON.stringify(keys.map((key) => textOrNullIn(row, key)));
  const found = await db.all(`
    SELECT ${keys.map((key) => `"${key}"`).join(', ')}, count(*) AS rows, min(rowid) AS first, max(rowid) AS last
    FROM ${relation} GROUP BY ALL`);
  const places = new Map(found.map((row) => [nameOf(row), row]));
  return (partition) => {
    const place = places.get(nameOf(partition));
    const [first, last] = [numberIn(place, 'first'), numberIn(place, 'last')];
    if (last - first + 1 === numberIn(place, 'rows')) return `rowid BETWEEN ${first} AND ${last}`;
    return keys
      .map((key) => {
        const value = textOrNullIn(partition, key);
        return `"${key}" ${value === null ? 'IS NULL' : `= ${quoteText(value)}`}`;
      })
      .join(' AND ');
  };
}
