/** What a page writes beside a number so that a reader can check it: files with their checksums, and the SQL. */
import { hashOf } from '../../data-build/hash.ts';
import type { ManifestFile } from '../../data-build/contract/manifest.ts';
import { formatPlaceName } from '../../data-build/words/place.ts';
import type { FigureRequest } from '../figures/request.ts';
import type { MadeFigure } from './make-figure.ts';

export interface PublishedCheck {
  readonly request: FigureRequest;
  readonly files: readonly Pick<ManifestFile, 'path' | 'table' | 'bytes' | 'sha256'>[];
  readonly sql: readonly string[];
  /** Names of the places spoken of, as the page prints them: browsers have others for some. */
  readonly names: Readonly<Record<string, string>>;
}

/** More than this is no quick check; the console reads it. */
const MOST_FILES = 100;
const MOST_BYTES = 20_000_000;
const MOST_STATEMENTS = 40;

/**
 * Null where it rests on more than a reader would fetch for a check, or where there is nothing to check. `places` are
 * those that it speaks of, where these are not all or more than one.
 */
export function publishCheck(
  made: MadeFigure | null,
  places: readonly string[] = [],
): PublishedCheck | null {
  if (made === null) return null;
  const { request, asked } = made;
  const { sql } = asked;
  const files = narrow(asked.files, request, places);
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  if (files.length === 0 || files.length > MOST_FILES || bytes > MOST_BYTES) return null;
  if (sql.length > MOST_STATEMENTS) return null;
  return {
    request,
    files: files.map(({ path, table, bytes: size, sha256 }) => ({
      path,
      table,
      bytes: size,
      sha256,
    })),
    sql,
    names: Object.fromEntries(
      placesOf(request, places).map((probeCc) => [probeCc, formatPlaceName(probeCc)]),
    ),
  };
}

function placesOf({ subject }: FigureRequest, places: readonly string[]): readonly string[] {
  const own = 'probeCc' in subject && subject.probeCc !== null ? [subject.probeCc] : [];
  return [...new Set([...own, ...places])];
}

function narrow(
  files: readonly ManifestFile[],
  { subject }: FigureRequest,
  places: readonly string[],
): readonly ManifestFile[] {
  const bucket = subject.kind === 'domain' ? bucketOf(subject.domain) : null;
  return files.filter(({ partition }) => {
    const { probe_cc, domain_bucket } = partition;
    if (places.length > 0 && probe_cc !== undefined && !places.includes(probe_cc)) return false;
    return bucket === null || domain_bucket === undefined || domain_bucket === bucket;
  });
}

/** As `domain_bucket` in the contract. */
function bucketOf(domain: string): string {
  return hashOf(domain).slice(0, 2);
}
