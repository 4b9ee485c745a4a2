/** Whose rows files hold, and under which licence what is made of them may go on. */
import type { Manifest, ManifestFile } from '../../data-build/contract/manifest.ts';
import {
  LICENCES,
  SOURCES,
  type Licence,
  type LicenceSlug,
  type SourceId,
} from '../../data-build/contract/sources.ts';
import type { TableName } from '../../data-build/contract/tables.ts';

export interface Provenance {
  readonly sources: readonly SourceId[];
  /** Of the rows read, the freest first. */
  readonly licences: readonly LicenceSlug[];
  /** The strictest of them, which holds for the whole; null when nothing was read. */
  readonly licence: Licence | null;
}

/** From free to strict. What joins rows of several goes under the strictest. */
const STRICTNESS: readonly LicenceSlug[] = ['cc0', 'cc-by', 'cc-by-nc-sa', 'psiphon-permission'];

const PUBLISHERS: Readonly<Record<TableName, readonly SourceId[]>> = {
  measurements: ['ooni', 'test-lists'],
  interference_country_daily: ['ooni'],
  interference_network_daily: ['ooni'],
  interference_domain_daily: ['ooni', 'test-lists'],
  interference_network_domain_weekly: ['ooni'],
  domain_country_weekly: ['ooni', 'test-lists'],
  throughput_monthly: ['mlab'],
  throughput_daily: ['mlab'],
  circumvention_daily: ['tor-metrics', 'psiphon'],
  events: ['ooni', 'mlab', 'tor-metrics', 'psiphon'],
  networks: ['ooni', 'mlab'],
  domains: ['test-lists', 'ooni'],
};

/** Of files that lie apart by licence, only publishers under that licence are named. */
export function toProvenance(
  { sources }: Pick<Manifest, 'sources'>,
  files: readonly Pick<ManifestFile, 'table' | 'licence'>[],
): Provenance {
  const named = new Set(
    files.flatMap(({ table, licence }) =>
      PUBLISHERS[table].filter((id) => SOURCES[id].licence === licence),
    ),
  );
  const found = new Set(files.map(({ licence }) => licence));
  const licences = STRICTNESS.filter((slug) => found.has(slug));
  const strictest = licences.at(-1);
  return {
    sources: sources.map(({ id }) => id).filter((id) => named.has(id)),
    licences,
    licence: strictest === undefined ? null : LICENCES[strictest],
  };
}
