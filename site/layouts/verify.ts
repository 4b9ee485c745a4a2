/** What a page writes beside a figure so that a reader can check it: files with their checksums, and the SQL. */
import { createHash } from 'node:crypto';
import type { ManifestFile } from '../../data-build/contract/manifest.ts';
import type { TableName } from '../../data-build/contract/tables.ts';
import { catalogFiles } from '../catalog/files.ts';
import type { BuildData } from '../engine/build-data.ts';
import { formatSql } from '../query/sql-text.ts';
import { computeFigure, type Check, type CheckSubject } from '../view/check.ts';

export interface PublishedCheck {
  readonly check: Check;
  readonly release: string;
  readonly files: readonly Pick<ManifestFile, 'path' | 'table' | 'bytes' | 'sha256'>[];
  /** In the order in which the view asks. */
  readonly sql: readonly string[];
}

/** More files than this are no quick check; the console reads them. */
const MOST_FILES = 100;
const MOST_BYTES = 20_000_000;

/** Null where the figure rests on more files than a reader would fetch for a check. `places`: where the subject was seen. */
export async function publishCheck(
  { manifest }: BuildData,
  check: Check,
  places: readonly string[] = [],
): Promise<PublishedCheck | null> {
  const sql: string[] = [];
  const tables = new Set<TableName>();
  // Only the questions are wanted here: nobody answers, and what is made of no rows is thrown away.
  await computeFigure((query) => {
    sql.push(formatSql(query));
    for (const table of query.tables) tables.add(table);
    return Promise.resolve([]);
  }, check);
  const files = [...tables].flatMap((table) => filesOf(manifest, table, check.subject, places));
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  if (files.length === 0 || files.length > MOST_FILES || bytes > MOST_BYTES) return null;
  return {
    check,
    release: manifest.data_version,
    files: files.map(({ path, table, bytes: size, sha256 }) => ({
      path,
      table,
      bytes: size,
      sha256,
    })),
    sql,
  };
}

function filesOf(
  manifest: BuildData['manifest'],
  table: TableName,
  subject: CheckSubject,
  places: readonly string[],
): readonly ManifestFile[] {
  if (subject.kind === 'country')
    return catalogFiles(manifest, { table, probeCc: subject.probeCc });
  const files = catalogFiles(manifest, { table });
  const bucket = subject.kind === 'domain' ? bucketOf(subject.domain) : null;
  return files.filter(({ partition }) => {
    const { probe_cc, domain_bucket } = partition;
    if (places.length > 0 && probe_cc !== undefined && !places.includes(probe_cc)) return false;
    return bucket === null || domain_bucket === undefined || domain_bucket === bucket;
  });
}

/** As `domain_bucket` in the contract. */
function bucketOf(domain: string): string {
  return createHash('sha256').update(domain).digest('hex').slice(0, 2);
}
