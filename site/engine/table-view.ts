/** The view under which an engine sees the files of a table. */
import { quoteText } from '../../data-build/contract/sql.ts';
import { tableColumns, type TableName } from '../../data-build/contract/tables.ts';

/** A view over Parquet files, which takes partition columns from paths when `hive`; without files it is empty. */
export function tableView(table: TableName, paths: readonly string[], hive = false): string {
  const columns = tableColumns(table);
  const head = `CREATE OR REPLACE VIEW "${table}" AS SELECT`;
  if (paths.length === 0) {
    const empty = columns.map(({ name, type }) => `NULL::${type} AS "${name}"`);
    return `${head} ${empty.join(', ')} WHERE false`;
  }
  const names = columns.map(({ name }) => `"${name}"`);
  const options = `hive_partitioning = ${hive}${hive ? ', hive_types_autocast = 0' : ''}`;
  return `${head} ${names.join(', ')} FROM read_parquet([${paths.map(quoteText).join(', ')}], ${options})`;
}
