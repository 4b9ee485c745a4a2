/** Events that IODA exports. */
import { toRows } from '../../convert/conversion.ts';
import { readTable } from '../../convert/readers.ts';
import { hasColumns } from '../../read/look.ts';
import type { DumpKinds } from '../dump-kind.ts';
import { normalizeOutages } from './outages.ts';

export const IODA_DUMPS: DumpKinds = {
  ioda_events: {
    signs: [(look) => hasColumns(look, 'location', 'start', 'duration', 'datasource', 'score')],
    conversion: toRows({ part: 'records', read: readTable, normalize: normalizeOutages }),
  },
};
