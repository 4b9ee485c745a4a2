/** Every kind of dump file that the Atlas knows, by publisher: one line each. */
import { PUBLISHER_IDS, type PublisherId } from '../contract/publishers.ts';
import type { DumpKinds } from './dump-kind.ts';
import { ACCESS_NOW_DUMPS } from './access-now/dumps.ts';
import { CAIDA_DUMPS } from './caida/dumps.ts';
import { IODA_DUMPS } from './ioda/dumps.ts';
import { MLAB_DUMPS } from './mlab/dumps.ts';
import { OONI_DUMPS } from './ooni/dumps.ts';
import { PSIPHON_DUMPS } from './psiphon/dumps.ts';
import { REGISTRY_DUMPS } from './registries/dumps.ts';
import { RIPE_NAMES_DUMPS } from './ripe-names/dumps.ts';
import { TEST_LIST_DUMPS } from './test-lists/dumps.ts';
import { TOR_DUMPS } from './tor-metrics/dumps.ts';

const BY_PUBLISHER: Readonly<Record<PublisherId, DumpKinds>> = {
  ooni: OONI_DUMPS,
  mlab: MLAB_DUMPS,
  'tor-metrics': TOR_DUMPS,
  psiphon: PSIPHON_DUMPS,
  'test-lists': TEST_LIST_DUMPS,
  'access-now': ACCESS_NOW_DUMPS,
  ioda: IODA_DUMPS,
  caida: CAIDA_DUMPS,
  registries: REGISTRY_DUMPS,
  'ripe-names': RIPE_NAMES_DUMPS,
};

export const DUMP_KINDS: DumpKinds = Object.fromEntries(
  PUBLISHER_IDS.flatMap((id) => Object.entries(BY_PUBLISHER[id])),
);

/** Whose files are of this kind. */
export function publisherOf(kind: string): PublisherId {
  const found = PUBLISHER_IDS.find((id) => Object.hasOwn(BY_PUBLISHER[id], kind));
  if (found === undefined) throw new Error(`No publisher has files of the kind ${kind}.`);
  return found;
}
