/** Whose rows files hold, and under which licence what is made of them may go on. */
import type { Manifest, ManifestFile } from '../../data-build/contract/manifest.ts';
import {
  LICENCES,
  LICENCES_BY_STRICTNESS,
  strictestLicence,
  tablePublishers,
  type Licence,
  type LicenceSlug,
  type PublisherId,
} from '../../data-build/contract/publishers.ts';

export interface Provenance {
  readonly sources: readonly PublisherId[];
  /** Of the rows read, the freest first. */
  readonly licences: readonly LicenceSlug[];
  /** The strictest of them, which holds for the whole; null when nothing was read. */
  readonly licence: Licence | null;
}

/** Of files that lie apart by licence, only publishers under that licence are named. */
export function toProvenance(
  { sources }: Pick<Manifest, 'sources'>,
  files: readonly Pick<ManifestFile, 'table' | 'licence'>[],
): Provenance {
  const named = new Set(files.flatMap(({ table, licence }) => tablePublishers(table, licence)));
  const found = new Set(files.map(({ licence }) => licence));
  const strictest = strictestLicence(found);
  return {
    sources: sources.map(({ id }) => id).filter((id) => named.has(id)),
    licences: LICENCES_BY_STRICTNESS.filter((slug) => found.has(slug)),
    licence: strictest === null ? null : LICENCES[strictest],
  };
}
