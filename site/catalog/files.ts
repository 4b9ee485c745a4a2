/** Which files of a build answer a question. */
import type { Day } from '../../data-build/contract/brands.ts';
import type { Manifest, ManifestFile } from '../../data-build/contract/manifest.ts';
import type { LicenceSlug } from '../../data-build/contract/publishers.ts';
import type { TableName } from '../../data-build/contract/tables.ts';

export interface FileQuestion {
  readonly table: TableName;
  /** Only rows of this country or territory are wanted; null or absent: all. */
  readonly probeCc?: string | null;
  /** Only rows under this licence are wanted; absent: all. */
  readonly licence?: LicenceSlug;
  /** First day wanted, inclusive; null or absent: from the beginning. */
  readonly since?: Day | null;
  /** First day not wanted any more, exclusive; null or absent: to the end. */
  readonly until?: Day | null;
}

/** Files that can hold a row of the answer, in the manifest's order. Empty: there is nothing to read. */
export function catalogFiles(
  manifest: Pick<Manifest, 'files'>,
  question: FileQuestion,
): readonly ManifestFile[] {
  return manifest.files.filter((file) => mayAnswer(file, question));
}

function mayAnswer(file: ManifestFile, question: FileQuestion): boolean {
  if (file.table !== question.table || file.rows === 0) return false;
  const probeCc = question.probeCc ?? null;
  const partition = file.partition['probe_cc'];
  if (probeCc !== null && partition !== undefined && partition !== probeCc) return false;
  const { licence } = question;
  const under = file.partition['licence'];
  if (licence !== undefined && under !== undefined && under !== licence) return false;
  const since = question.since ?? null;
  const until = question.until ?? null;
  // Days are YYYY-MM-DD, so text order is time order.
  if (since !== null && file.until !== null && file.until <= since) return false;
  return !(until !== null && file.since !== null && file.since >= until);
}

/** Bytes that reading these files costs; named to the reader before the engine is asked for. */
export function totalBytes(files: readonly ManifestFile[]): number {
  return files.reduce((sum, file) => sum + file.bytes, 0);
}
