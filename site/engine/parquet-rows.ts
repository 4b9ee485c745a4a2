/** Rows of Parquet files, read without an engine. */
import { decompress } from 'fzstd';
import { parquetMetadata, parquetRead, type Compressors } from 'hyparquet';
import { dayOfMillis } from '../../data-build/contract/brands.ts';
import { tableColumns, type TableName } from '../../data-build/contract/tables.ts';
import type { TableRows, Value } from '../query/fold-groups.ts';

const COMPRESSORS: Compressors = {
  ZSTD: (input, length) => decompress(input, new Uint8Array(length)),
};
const DAY_MS = 86_400_000;
/** Rows of a file from which on its columns are read one at a time. */
const MANY_ROWS = 50_000;

type Columns = ReadonlyMap<string, readonly Value[]>;

function toValue(value: unknown): Value {
  switch (typeof value) {
    case 'string':
    case 'number':
    case 'boolean':
      return value;
    case 'bigint':
      return Number(value);
    default:
      if (value === null || value === undefined) return null;
      throw new TypeError('A column holds what is neither text, number nor day.');
  }
}

/** The columns of the table in one file. Throws when the file is none, or is packed in a way that is not known here. */
async function readColumns(table: TableName, bytes: ArrayBuffer): Promise<Columns> {
  const columns = new Map<string, Value[]>();
  const metadata = parquetMetadata(bytes);
  const options: Parameters<typeof parquetRead>[0] = {
    file: bytes,
    metadata,
    compressors: COMPRESSORS,
    parsers: {
      dateFromDays(count) {
        // The library passes on what is null.
        return typeof count === 'number' ? dayOfMillis(count * DAY_MS) : null;
      },
    },
    onChunk({ columnName, columnData, rowStart }) {
      const values = columns.get(columnName) ?? [];
      columns.set(columnName, values);
      for (let at = 0; at < columnData.length; at += 1)
        values[rowStart + at] = toValue(columnData[at]);
    },
  };
  // No question counts by the time of day.
  const names = tableColumns(table)
    .filter(({ type }) => type !== 'TIMESTAMP')
    .map(({ name }) => name);
  if (metadata.num_rows < MANY_ROWS) await parquetRead({ ...options, columns: names });
  else
    for (const name of names) {
      await parquetRead({ ...options, columns: [name] });
      // A page that decodes all at once would not follow the reader meanwhile.
      await new Promise((breathed) => setTimeout(breathed));
    }
  return columns;
}

/** The rows of some files of a table, one file after another. */
export async function readRows(
  table: TableName,
  files: readonly ArrayBuffer[],
): Promise<TableRows> {
  const read: Columns[] = [];
  for (const file of files) read.push(await readColumns(table, file));
  const first = tableColumns(table)[0]?.name ?? '';
  const joined = new Map<string, readonly Value[]>();
  const column = (name: string): readonly Value[] => {
    const known = joined.get(name);
    if (known !== undefined) return known;
    // Without files a table has no rows and any column.
    const parts = read.map((columns) => {
      const values = columns.get(name);
      if (values === undefined) throw new Error(`A file of ${table} has no column ${name}.`);
      return values;
    });
    const [only = [], ...others] = parts;
    const values = others.length === 0 ? only : parts.flat();
    joined.set(name, values);
    return values;
  };
  return { length: column(first).length, column };
}
