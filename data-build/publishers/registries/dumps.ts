/** Extended delegation statistics of the regional registries. */
import { toRows } from '../../convert/conversion.ts';
import { readNameList } from '../../convert/name-list.ts';
import type { DumpKinds } from '../dump-kind.ts';
import { normalizeDelegations } from './delegations.ts';

export const REGISTRY_DUMPS: DumpKinds = {
  rir_delegated: {
    signs: [
      ({ text }) => /^2(?:\.\d)?\|(?:afrinic|apnic|arin|lacnic|nro|ripencc)\|\d+\|/im.test(text),
    ],
    conversion: toRows({
      part: 'organizations',
      read: readNameList,
      normalize: normalizeDelegations,
    }),
  },
};
