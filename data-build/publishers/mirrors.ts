/** What can be fetched, by the name that the command line gives it: one line each. */
import type { Mirror } from './mirror.ts';
import { MLAB_MIRROR } from './mlab/mirror.ts';
import { OONI_MIRROR } from './ooni/mirror.ts';
import { LISTS_MIRROR } from './test-lists/mirror.ts';
import { TOR_MIRROR } from './tor-metrics/mirror.ts';

export const MIRRORS: ReadonlyMap<string, Mirror> = new Map([
  ['ooni', OONI_MIRROR],
  ['mlab', MLAB_MIRROR],
  ['tor', TOR_MIRROR],
  ['lists', LISTS_MIRROR],
]);
