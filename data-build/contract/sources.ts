/**
 * The registry of publishers and licences. A source that is not here is refused; every surface takes its
 * attribution from here. Rows under different licences never share a file.
 */
import { MLAB } from '../publishers/mlab/publisher.ts';
import { OONI } from '../publishers/ooni/publisher.ts';
import { PSIPHON } from '../publishers/psiphon/publisher.ts';
import type { Publisher } from '../publishers/publisher.ts';
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
  'psiphon-permission',
];

/** The licence under which what is made of rows under these may go on; null of none. */
export function strictestLicence(slugs: Iterable<LicenceSlug>): LicenceSlug | null {
  const given = new Set(slugs);
  return LICENCES_BY_STRICTNESS.findLast((slug) => given.has(slug)) ?? null;
}

/** Everybody whose data the Atlas reads, by the id that stands in the column `source`: one line each. */
const PUBLISHERS = {
  ooni: OONI,
  mlab: MLAB,
  'tor-metrics': TOR_METRICS,
  psiphon: PSIPHON,
  'test-lists': TEST_LISTS,
} as const satisfies Record<string, Publisher>;
export type SourceId = keyof typeof PUBLISHERS;
export const SOURCES: Readonly<Record<SourceId, Publisher>> = PUBLISHERS;
export const SOURCE_IDS: readonly SourceId[] = Object.keys(SOURCES).filter(isSourceId);

/** Publishers that speak for a witness. */
export function publishersOf(witness: Witness): readonly SourceId[] {
  return SOURCE_IDS.filter((id) => SOURCES[id].witness === witness);
}

/**
 * Whose the rows of tables without a column `source` are: counted tests, speeds, and categories of websites. Only one
 * publisher of each may be added before its tables get that column.
 */
export const TESTS_FROM = findOnly('interference');
export const SPEEDS_FROM = findOnly('throughput');
export const CATEGORIES_FROM = findOnly(null);

function findOnly(witness: Witness | null): SourceId {
  const [id, ...others] = SOURCE_IDS.filter((each) => SOURCES[each].witness === witness);
  if (id !== undefined && others.length === 0) return id;
  throw new Error(
    `Not one publisher speaks for ${witness ?? 'categories'}. Its tables need a column source first.`,
  );
}

/** Witnesses for which a release of this edition can speak. */
export function witnessesOf(edition: 'all' | 'cc0'): readonly Witness[] {
  return WITNESSES.filter((witness) =>
    publishersOf(witness).some((id) => edition === 'all' || SOURCES[id].licence === 'cc0'),
  );
}

/** Publishers whose data is in the rows of a table that stand under this licence. */
export function tableSources(table: TableName, licence: LicenceSlug): readonly SourceId[] {
  const publishers = SOURCE_IDS.filter((id) => SOURCES[id].tables.includes(table));
  const own = publishers.filter((id) => SOURCES[id].licence === licence);
  return own.length > 0 ? own : publishers.filter((id) => SOURCES[id].licenceByRow === true);
}

/** The licence of what a publisher publishes. */
export function licenceOf(source: SourceId): Licence {
  return LICENCES[SOURCES[source].licence];
}

export function isSourceId(text: string): text is SourceId {
  return Object.hasOwn(SOURCES, text);
}
