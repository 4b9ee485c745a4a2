/** The yearly table of documented shutdowns of the #KeepItOn coalition. */
import { toRows } from '../../convert/conversion.ts';
import { readTable } from '../../convert/readers.ts';
import { hasColumns } from '../../read/look.ts';
import type { DumpKinds } from '../dump-kind.ts';
import { normalizeShutdowns } from './shutdowns.ts';

export const ACCESS_NOW_DUMPS: DumpKinds = {
  keepiton_shutdowns: {
    signs: [(look) => hasColumns(look, 'start_date', 'end_date', 'country', 'geo_scope')],
    conversion: toRows({ part: 'records', read: readTable, normalize: normalizeShutdowns }),
  },
};
