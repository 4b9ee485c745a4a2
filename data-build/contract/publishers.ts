/**
 * The registry of publishers and licences. A publisher that is not here is refused; every surface takes its
 * attribution from here. Rows under different licences never share a file.
 */
import { ACCESS_NOW } from '../publishers/access-now/publisher.ts';
import { CAIDA } from '../publishers/caida/publisher.ts';
import { IODA } from '../publishers/ioda/publisher.ts';
import { MLAB } from '../publishers/mlab/publisher.ts';
import { OONI } from '../publishers/ooni/publisher.ts';
import { PSIPHON } from '../publishers/psiphon/publisher.ts';
import type { Publisher } from '../publishers/publisher.ts';
import { REGISTRIES } from '../publishers/registries/publisher.ts';
import { RIPE_NAMES } from '../publishers/ripe-names/publisher.ts';
import { TEST_LISTS } from '../publishers/test-lists/publisher.ts';
import { TOR_METRICS } from '../publishers/tor-metrics/publisher.ts';
import { translate } from '../words/translate.ts';
import type { TableName } from './tables.ts';
import { WITNESSES, type Witness } from './witnesses.ts';

export interface Licence {
  /** SPDX identifier, or `LicenseRef-…`. */
  readonly spdx: string;
  /** Short name for paths and flags: `licence=<slug>/`. */
  readonly slug: string;
  readonly name: string;
  readonly url: string;
  /** One sentence: what a reader may do. */
  readonly use: string;
}

export const LICENCES = {
  cc0: {
    spdx: 'CC0-1.0',
    slug: 'cc0',
    name: 'CC0 1.0',
    url: 'https://creativecommons.org/publicdomain/zero/1.0/',
    get use() {
      return translate('licence.cc0.use');
    },
  },
  'cc-by-nc-sa': {
    spdx: 'CC-BY-NC-SA-4.0',
    slug: 'cc-by-nc-sa',
    name: 'CC BY-NC-SA 4.0',
    url: 'https://creativecommons.org/licenses/by-nc-sa/4.0/',
    get use() {
      return translate('licence.cc-by-nc-sa.use');
    },
  },
  'cc-by': {
    spdx: 'CC-BY-4.0',
    slug: 'cc-by',
    name: 'CC BY 4.0',
    url: 'https://creativecommons.org/licenses/by/4.0/',
    get use() {
      return translate('licence.cc-by.use');
    },
  },
  'ioda-permission': {
    spdx: 'LicenseRef-ioda-permission',
    slug: 'ioda-permission',
    get name() {
      return translate('licence.ioda-permission');
    },
    url: 'https://ioda.inetintel.cc.gatech.edu/',
    get use() {
      return translate('licence.ioda-permission.use');
    },
  },
  'caida-aua': {
    spdx: 'LicenseRef-caida-aua',
    slug: 'caida-aua',
    get name() {
      return translate('licence.caida-aua');
    },
    url: 'https://www.caida.org/about/legal/aua/',
    get use() {
      return translate('licence.caida-aua.use');
    },
  },
  'registry-terms': {
    spdx: 'LicenseRef-registry-terms',
    slug: 'registry-terms',
    get name() {
      return translate('licence.registry-terms');
    },
    url: 'https://www.nro.net/about/rirs/',
    get use() {
      return translate('licence.registry-terms.use');
    },
  },
  'psiphon-permission': {
    spdx: 'LicenseRef-psiphon-permission',
    slug: 'psiphon-permission',
    get name() {
      return translate('licence.psiphon-permission');
    },
    url: 'https://psiphon.ca/',
    get use() {
      return translate('licence.psiphon-permission.use');
    },
  },
} as const satisfies Record<string, Licence>;
export type LicenceSlug = keyof typeof LICENCES;

/** From free to strict. What is made of rows under several goes on under the strictest. */
export const LICENCES_BY_STRICTNESS: readonly LicenceSlug[] = [
  'cc0',
  'cc-by',
  'cc-by-nc-sa',
  'registry-terms',
  'caida-aua',
  'ioda-permission',
  'psiphon-permission',
];

/** The licence under which what is made of rows under these may go on; null of none. */
export function strictestLicence(slugs: Iterable<LicenceSlug>): LicenceSlug | null {
  const given = new Set(slugs);
  return LICENCES_BY_STRICTNESS.findLast((slug) => given.has(slug)) ?? null;
}

/** Everybody whose data the Atlas reads, by the id that stands in the column `source`: one line each. */
const BY_ID = {
  ooni: OONI,
  mlab: MLAB,
  'tor-metrics': TOR_METRICS,
  psiphon: PSIPHON,
  'test-lists': TEST_LISTS,
  'access-now': ACCESS_NOW,
  ioda: IODA,
  caida: CAIDA,
  registries: REGISTRIES,
  'ripe-names': RIPE_NAMES,
} as const satisfies Record<string, Publisher>;
export type PublisherId = keyof typeof BY_ID;
export const PUBLISHERS: Readonly<Record<PublisherId, Publisher>> = BY_ID;
export const PUBLISHER_IDS: readonly PublisherId[] = Object.keys(PUBLISHERS).filter(isPublisherId);

/** Publishers that speak for a witness. */
export function publishersOf(witness: Witness): readonly PublisherId[] {
  return PUBLISHER_IDS.filter((id) => PUBLISHERS[id].witness === witness);
}

/**
 * Whose the rows of tables without a column `source` are: counted tests, speeds, and categories of websites. Only one
 * publisher of each may be added before its tables get that column.
 */
export const TESTS_FROM = findOnly('interference', 'interference_country_daily');
export const SPEEDS_FROM = findOnly('throughput', 'throughput_daily');
export const CATEGORIES_FROM = findOnly(null, 'domains');

function findOnly(witness: Witness | null, table: TableName): PublisherId {
  const [id, ...others] = PUBLISHER_IDS.filter(
    (each) => PUBLISHERS[each].witness === witness && PUBLISHERS[each].tables.includes(table),
  );
  if (id !== undefined && others.length === 0) return id;
  throw new Error(`Not one publisher fills ${table}. It needs a column source first.`);
}

/** Witnesses for which a release of this edition can speak. */
export function witnessesOf(edition: 'all' | 'cc0'): readonly Witness[] {
  return WITNESSES.filter((witness) =>
    publishersOf(witness).some((id) => edition === 'all' || PUBLISHERS[id].licence === 'cc0'),
  );
}

/** Publishers whose data is in the rows of a table that stand under this licence. */
export function tablePublishers(table: TableName, licence: LicenceSlug): readonly PublisherId[] {
  const publishers = PUBLISHER_IDS.filter((id) => PUBLISHERS[id].tables.includes(table));
  const own = publishers.filter((id) => PUBLISHERS[id].licence === licence);
  return own.length > 0 ? own : publishers.filter((id) => PUBLISHERS[id].licenceByRow === true);
}

/** The licence of what a publisher publishes. */
export function licenceOf(source: PublisherId): Licence {
  return LICENCES[PUBLISHERS[source].licence];
}

export function isPublisherId(text: string): text is PublisherId {
  return Object.hasOwn(PUBLISHERS, text);
}
