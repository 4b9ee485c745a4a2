/** The view under which an engine sees the files of a table. */
import { quoteText } from '../../data-build/contract/sql.ts';
import { CONTRACT_VERSION } from '../../data-build/contract/manifest.ts';
import {
  TABLES,
  tableColumns,
  type TableName,
  type TableSpec,
} from '../../data-build/contract/tables.ts';
import { hasAddition } from '../../data-build/contract/version.ts';

interface Files {
  /** Partition columns are taken from paths. */
  readonly hive?: boolean;
  /** The contract that the files follow; columns that came later are null. */
  readonly contract?: string;
}

/** A view over Parquet files; without files it is empty. */
export function tableView(
  table: TableName,
  paths: readonly string[],
  { hive = false, contract = CONTRACT_VERSION }: Files = {},
): string {
  const columns = tableColumns(table);
  const head = `CREATE OR REPLACE VIEW "${table}" AS SELECT`;
  if (paths.length === 0) {
    const empty = columns.map(({ name, type }) => `NULL::${type} AS "${name}"`);
    return `${head} ${empty.join(', ')} WHERE false`;
  }
  const { added = {} }: TableSpec = TABLES[table];
  const names = columns.map(({ name, type }) =>
    hasAddition(contract, added[name] ?? contract) ? `"${name}"` : `NULL::${type} AS "${name}"`,
  );
  const options = `hive_partitioning = ${hive}${hive ? ', hive_types_autocast = 0' : ''}`;
  return `${head} ${names.join(', ')} FROM read_parquet([${paths.map(quoteText).join(', ')}], ${options})`;
}
