/** Lists of networks and organizations that CAIDA publishes, as text and as JSON lines. */
import { toRows } from '../../convert/conversion.ts';
import { readNameList } from '../../convert/name-list.ts';
import { isJsonWith } from '../../read/look.ts';
import type { DumpKinds } from '../dump-kind.ts';
import { normalizeOrganizations } from './organizations.ts';

export const CAIDA_DUMPS: DumpKinds = {
  caida_as2org: {
    signs: [
      (look) =>
        /^#\s*format:\s*(?:org_id|aut)\|/m.test(look.text) ||
        isJsonWith(look, 'organizationId', 'changed'),
    ],
    conversion: toRows({
      part: 'organizations',
      pathHint: (path) => path.slice(path.lastIndexOf('/') + 1),
      read: readNameList,
      normalize: (list, { hint }) => normalizeOrganizations(list, hint),
    }),
  },
};
