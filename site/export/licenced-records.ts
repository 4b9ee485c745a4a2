/** What a figure displays, as records by licence: CC0 and other rows are never in one file. */
import {
  PUBLISHERS,
  strictestLicence,
  type LicenceSlug,
  type PublisherId,
} from '../../data-build/contract/publishers.ts';
import type { Chart } from '../figures/figure.ts';
import { pickColumns, type Records } from './records.ts';

/** Records that may stand in one file: all under one licence. */
export interface LicencedRecords {
  readonly licence: LicenceSlug;
  readonly sources: readonly PublisherId[];
  readonly records: Records;
}

/**
 * A chart of one licence is one part, and so is one whose columns are everybody's, under the strictest licence. Where
 * columns are told apart, one goes with the strictest of its publishers that are there, and what is nobody's with the
 * strictest of all.
 */
export function splitByLicence(
  records: Records,
  ownersOf: Chart['publishersOf'],
  sources: readonly PublisherId[],
): readonly LicencedRecords[] {
  const licences = [...new Set(sources.map((id) => PUBLISHERS[id].licence))];
  const strictest = strictestLicence(licences) ?? licences[0];
  if (strictest === undefined) return [];
  if (licences.length === 1 || ownersOf === undefined)
    return [{ licence: strictest, sources, records }];
  return licences.flatMap((licence): readonly LicencedRecords[] => {
    const own = records.columns.slice(1).filter(({ key, of = key }) => {
      const owners = ownersOf(of);
      // A column whose owner nobody named may be anybody's.
      if (owners.length === 0) return licence === strictest;
      const there = owners.filter((id) => sources.includes(id));
      return strictestLicence(there.map((id) => PUBLISHERS[id].licence)) === licence;
    });
    if (own.length === 0) return [];
    // The first names the rows.
    const picked = pickColumns(
      records,
      (column) => column === records.columns[0] || own.includes(column),
    );
    const rows = picked.rows.filter((row) => row.slice(1).some((value) => value !== null));
    const named = new Set(own.flatMap(({ key, of = key }) => ownersOf(of)));
    return [
      {
        licence,
        sources: sources.filter((id) => named.has(id)),
        records: { columns: picked.columns, rows },
      },
    ];
  });
}
