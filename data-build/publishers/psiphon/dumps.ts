/** The table of tool use with Psiphon's figures. It may hold others; each row names its source. */
import { toRows } from '../../convert/conversion.ts';
import { readTable } from '../../convert/readers.ts';
import { hasColumns } from '../../read/look.ts';
import type { DumpKinds } from '../dump-kind.ts';
import { normalizeUsage } from './usage.ts';

export const PSIPHON_DUMPS: DumpKinds = {
  tool_usage: {
    signs: [(look) => hasColumns(look, 'tool', 'metric', 'value')],
    conversion: toRows({
      part: 'tool_use',
      read: readTable,
      normalize: normalizeUsage,
    }),
  },
};
