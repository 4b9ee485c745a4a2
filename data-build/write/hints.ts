/** The hints about large Parquet files, read from their own footers. */
import { join } from 'node:path';
import {
  HINTED_BYTES,
  hintedColumns,
  type FileHint,
  type RowGroupHint,
} from '../contract/hints.ts';
import type { ManifestFile } from '../contract/manifest.ts';
import { tableColumns } from '../contract/tables.ts';
import { quoteText } from '../contract/sql.ts';
import { numberIn, textIn, textOrNullIn, type Database, type SqlRow } from '../rollup/database.ts';

/** One entry per file that is large enough, in the order given. */
export async function readHints(
  db: Database,
  folder: string,
  files: readonly ManifestFile[],
): Promise<readonly FileHint[]> {
  const hints: FileHint[] = [];
  for (const file of files)
    if (file.bytes >= HINTED_BYTES) hints.push(await readHint(db, folder, file));
  return hints;
}

async function readHint(db: Database, folder: string, file: ManifestFile): Promise<FileHint> {
  const name = quoteText(join(folder, file.path));
  const [whole] = await db.all(
    `SELECT file_size_bytes - footer_size - 8 AS footer FROM parquet_file_metadata(${name})`,
  );
  const chunks = await db.all(`
    SELECT row_group_id AS group_id, row_group_num_rows AS rows, path_in_schema AS name,
      least(coalesce(dictionary_page_offset, data_page_offset), data_page_offset) AS offset,
      total_compressed_size AS bytes, stats_min_value AS least, stats_max_value AS greatest
    FROM parquet_metadata(${name}) ORDER BY row_group_id, column_id`);
  const groups = Map.groupBy(chunks, (chunk) => numberIn(chunk, 'group_id'));
  return {
    path: file.path,
    footer: numberIn(whole, 'footer'),
    row_groups: [...groups.values()].map((group) => toRowGroup(file, group)),
  };
}

function toRowGroup({ path, table }: ManifestFile, chunks: readonly SqlRow[]): RowGroupHint {
  const [first] = chunks;
  const offset = numberIn(first, 'offset');
  let next = offset;
  for (const [index, { name }] of tableColumns(table).entries()) {
    const chunk = chunks[index];
    if (chunk === undefined || textIn(chunk, 'name') !== name || numberIn(chunk, 'offset') !== next)
      throw new Error(
        `${path}: the column ${name} does not lie where the hints would say.\nThis is a fault of the Atlas: DuckDB lays out columns in another way than data-build/write/hints.ts expects.`,
      );
    next += numberIn(chunk, 'bytes');
  }
  const hinted: ReadonlySet<string> = new Set(hintedColumns(table));
  const range = chunks.flatMap((chunk): [string, [string, string]][] => {
    const name = textIn(chunk, 'name');
    const least = textOrNullIn(chunk, 'least');
    const greatest = textOrNullIn(chunk, 'greatest');
    return hinted.has(name) && least !== null && greatest !== null
      ? [[name, [least, greatest]]]
      : [];
  });
  return {
    rows: numberIn(first, 'rows'),
    offset,
    columns: chunks.map((chunk) => numberIn(chunk, 'bytes')),
    range: Object.fromEntries(range),
  };
}

/** One file a line. */
export function formatHints(dataVersion: string, hints: readonly FileHint[]): string {
  const lines = hints.map((hint) => JSON.stringify(hint)).join(',\n');
  return `{"data_version":${JSON.stringify(dataVersion)},"files":[\n${lines}\n]}\n`;
}
