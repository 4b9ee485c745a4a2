/** The part of a manifest that questions about one place need: the whole one grows with the world. */
import type { CountryCode } from '../../data-build/contract/brands.ts';
import type { Manifest, ManifestFile } from '../../data-build/contract/manifest.ts';
import { SLICED, type SliceFile } from '../../data-build/contract/slices.ts';
import type { TableName } from '../../data-build/contract/tables.ts';
import type { Query } from '../query/query.ts';
import { catalogFiles, type FileQuestion } from './files.ts';

/** In parts by website, not by place. */
const ELSEWHERE: TableName = 'domain_country_weekly';

/**
 * The manifest with the files that {@link isOfPlace} questions read, without its lists of dumps, which are most of it. Where
 * all places share a file, the slice of the place stands for it: `slices` are those of the place; none: the data have none.
 */
export function toPlaceFiles(
  manifest: Manifest,
  probeCc: CountryCode,
  slices: readonly SliceFile[],
): Manifest {
  const tables = [...new Set(manifest.files.map(({ table }) => table))];
  const files = tables
    .filter((table) => table !== ELSEWHERE)
    .flatMap((table) => catalogFiles(manifest, { table, probeCc }))
    .flatMap((file) => toOwnFile(file, probeCc, slices));
  const sources = manifest.sources.map((source) => ({ ...source, dumps: [], rejects: [] }));
  return { ...manifest, sources, files };
}

function toOwnFile(
  file: ManifestFile,
  probeCc: CountryCode,
  slices: readonly SliceFile[],
): readonly ManifestFile[] {
  const { table, licence, partition } = file;
  const isSliced = slices.length > 0 && SLICED.country.tables.includes(table);
  if (!isSliced || 'probe_cc' in partition) return [file];
  const slice = slices.find(
    (one) => one.format === 'parquet' && one.table === table && one.licence === licence,
  );
  // A place without a slice has no rows there.
  if (slice === undefined) return [];
  const { path, rows, bytes, sha256 } = slice;
  return [{ ...file, path, rows, bytes, sha256, partition: { ...partition, probe_cc: probeCc } }];
}

/** Whether the files of a place answer a question. */
export function isOfPlace(
  { tables }: Query<unknown>,
  scope: Omit<FileQuestion, 'table'> | undefined,
  probeCc: CountryCode,
): boolean {
  return scope?.probeCc === probeCc && !tables.includes(ELSEWHERE);
}
