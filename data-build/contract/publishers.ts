/** Whose data is in the rows of a table. */
import { SOURCES, type LicenceSlug, type SourceId } from './sources.ts';
import { tableColumns, type TableName } from './tables.ts';

/** Publishers by what their rows are about; tables of rows under several licences hold those of that licence. */
const PUBLISHERS: Readonly<Partial<Record<TableName, readonly SourceId[]>>> = {
  throughput_monthly: ['mlab'],
  throughput_daily: ['mlab'],
  circumvention_daily: ['tor-metrics', 'psiphon'],
  events: ['ooni', 'mlab', 'tor-metrics', 'psiphon'],
  networks: ['ooni', 'mlab'],
};

/** Publishers whose data is in the rows of a table that stand under this licence. */
export function tableSources(table: TableName, licence: LicenceSlug): readonly SourceId[] {
  const publishers = PUBLISHERS[table];
  if (publishers !== undefined) {
    const own = publishers.filter((id) => SOURCES[id].licence === licence);
    return own.length > 0 ? own : publishers.filter((id) => id === 'psiphon');
  }
  const hasCategory = tableColumns(table).some((column) => column.name === 'category_code');
  return hasCategory ? ['ooni', 'test-lists'] : ['ooni'];
}
