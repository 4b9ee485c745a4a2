/** Tor Metrics' estimates of clients. */
import { toRows } from '../../convert/conversion.ts';
import { readTable } from '../../convert/readers.ts';
import { hasColumns } from '../../read/look.ts';
import type { DumpKinds } from '../dump-kind.ts';
import { normalizeTorUse } from './userstats.ts';

export const TOR_DUMPS: DumpKinds = {
  tor_userstats: {
    signs: [(look) => hasColumns(look, 'date', 'country', 'users', 'frac')],
    conversion: toRows({
      part: 'tool_use',
      read: readTable,
      normalize: normalizeTorUse,
    }),
  },
};
