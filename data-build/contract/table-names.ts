/** Tables with data of at least one publisher. Only those are published, described and queried. */
import { SOURCE_IDS, SOURCES } from './sources.ts';
import { TABLES, type TableName } from './tables.ts';

export function isTableName(name: string): name is TableName {
  return Object.hasOwn(TABLES, name);
}

/** In the order of the contract. */
export const TABLE_NAMES: readonly TableName[] = Object.keys(TABLES)
  .filter(isTableName)
  .filter((name) => SOURCE_IDS.some((id) => SOURCES[id].tables.includes(name)));
