/** Names of networks as RIPE NCC lists them. */
import { toRows } from '../../convert/conversion.ts';
import { readNameList } from '../../convert/name-list.ts';
import type { DumpKinds } from '../dump-kind.ts';
import { NAME_LINE, normalizeNames } from './names.ts';

export const RIPE_NAMES_DUMPS: DumpKinds = {
  ripe_asnames: {
    signs: [
      ({ name, text }) =>
        /asnames/i.test(name) &&
        NAME_LINE.test(
          text.split(/\r?\n/, 400).find((line) => line !== '' && !line.startsWith('#')) ?? '',
        ),
    ],
    conversion: toRows({
      part: 'organizations',
      pathHint: (path) => path.slice(path.lastIndexOf('/') + 1),
      read: readNameList,
      normalize: (list, { hint }) => normalizeNames(list, hint),
    }),
  },
};
