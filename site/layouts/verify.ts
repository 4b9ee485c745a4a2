/** What a page writes beside a number so that a reader can check it: files with their checksums, and the SQL. */
import { createHash } from 'node:crypto';
import type { ManifestFile } from '../../data-build/contract/manifest.ts';
import type { BuildData } from '../engine/build-data.ts';
import { formatPlaceName } from '../i18n/place.ts';
import type { Check } from '../view/check.ts';
import { computeCheck } from '../view/compute-check.ts';
import { recordAsk, type Asked } from './asked.ts';

export interface PublishedCheck {
  readonly check: Check;
  readonly release: string;
  readonly files: readonly Pick<ManifestFile, 'path' | 'table' | 'bytes' | 'sha256'>[];
  readonly sql: readonly string[];
  /** Names of the places spoken of, as the page prints them: browsers have others for some. */
  readonly names: Readonly<Record<string, string>>;
}

/** More than this is no quick check; the console reads it. */
const MOST_FILES = 100;
const MOST_BYTES = 20_000_000;
const MOST_STATEMENTS = 40;

export interface CheckBasis {
  /** What the page asked for it; left out where the questions do not depend on answers. */
  readonly asked?: Asked | undefined;
  /** Countries and territories that it speaks of, where these are not all or more than one. */
  readonly places?: readonly string[];
}

/** Null where it rests on more than a reader would fetch for a check. */
export async function publishCheck(
  data: BuildData,
  check: Check,
  { asked, places = [] }: CheckBasis = {},
): Promise<PublishedCheck | null> {
  const { sql, files: all } = asked ?? (await listQuestions(data, check));
  const files = narrow(all, check, places);
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  if (files.length === 0 || files.length > MOST_FILES || bytes > MOST_BYTES) return null;
  if (sql.length > MOST_STATEMENTS) return null;
  return {
    check,
    release: data.manifest.data_version,
    files: files.map(({ path, table, bytes: size, sha256 }) => ({
      path,
      table,
      bytes: size,
      sha256,
    })),
    sql,
    names: Object.fromEntries(
      placesOf(check, places).map((probeCc) => [probeCc, formatPlaceName(probeCc)]),
    ),
  };
}

function placesOf(check: Check, places: readonly string[]): readonly string[] {
  if ('probeCc' in check) return [check.probeCc];
  if (check.chart === 'safe') return [check.subject.probeCc];
  return places;
}

/** The questions alone: nobody answers, and what is made of no rows is thrown away. */
async function listQuestions({ manifest }: BuildData, check: Check): Promise<Asked> {
  const { ask, asked } = recordAsk({ manifest, ask: () => Promise.resolve([]) });
  await computeCheck(ask, check);
  return asked();
}

function narrow(
  files: readonly ManifestFile[],
  check: Check,
  places: readonly string[],
): readonly ManifestFile[] {
  const subject = 'context' in check ? check.subject : null;
  const bucket = subject?.kind === 'domain' ? bucketOf(subject.domain) : null;
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
