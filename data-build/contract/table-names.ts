/** Tables with data of at least one publisher. Only those are published, described and queried. */
import { PUBLISHER_IDS, PUBLISHERS } from './publishers.ts';
import { TABLES, type TableName } from './tables.ts';

export function isTableName(name: string): name is TableName {
  return Object.hasOwn(TABLES, name);
}

/** In the order of the contract. */
export const TABLE_NAMES: readonly TableName[] = Object.keys(TABLES)
  .filter(isTableName)
  .filter((name) => PUBLISHER_IDS.some((id) => PUBLISHERS[id].tables.includes(name)));
