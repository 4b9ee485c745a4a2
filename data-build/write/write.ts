/** The published tables → a data folder: Parquet, slices, manifest, hints, dictionary, data package, catalogue, checksums. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CORRECTIONS_FILE, type Correction } from '../contract/corrections.ts';
import type { FeedNotes } from '../contract/feed-notes.ts';
import { HINTS_FILE } from '../contract/hints.ts';
import {
  CONTRACT_VERSION,
  type Manifest,
  type ManifestFile,
  type RejectEntry,
} from '../contract/manifest.ts';
import { SLICES_FILE, type SliceFile } from '../contract/slices.ts';
import type { TableName } from '../contract/tables.ts';
import type { KnownSums } from '../known-sums.ts';
import type { Database } from '../rollup/database.ts';
import { toCatalog } from './catalog.ts';
import { writeChecksums } from './checksum.ts';
import { toDatapackage } from './datapackage.ts';
import { toDictionary } from './dictionary.ts';
import type { FileLedger } from './file-ledger.ts';
import { formatHints, readHints } from './hints.ts';
import { type Piece, writeParquet } from './parquet.ts';
import { writeFeeds } from './feeds.ts';
import type { Folders } from './folder.ts';
import { formatHit, type PrivacyHit, scanPrivacy, strangeColumns } from './privacy-gate.ts';
import { writeSlices } from './slices.ts';

/** The manifest without the fields that only writing gives. */
export type Release = Omit<Manifest, 'contract_version' | 'files'>;

/** What lies beside the tables. */
interface Beside {
  readonly rejects: readonly RejectEntry[];
  readonly corrections: readonly Correction[];
  readonly feedNotes: FeedNotes;
  /** Where the site will be mounted, ending in a slash; null: links are relative. */
  readonly site: string | null;
  /** Measurements, in the order of days; their rows are checked when they are written, since unchanged ones were then. */
  readonly published: readonly Piece[];
  /** What the files of the release before were made from. */
  readonly ledger: FileLedger;
  /** Hears of every file. */
  readonly sums: KnownSums;
  /** The data folder of the release before. */
  readonly before: string;
  readonly folders: Folders;
}

/** Throws, naming each place, when a table has a column or a value that must not be published; values of some are looked at `later`. */
export async function checkPrivacy(
  db: Database,
  tables: readonly TableName[],
  later: readonly TableName[] = [],
): Promise<void> {
  for (const table of tables) {
    const strange = await strangeColumns(db, table);
    if (strange.length === 0) continue;
    throw new Error(
      `The table ${table} has columns that the contract does not name: ${strange.join(', ')}; nothing was published.\nThis is a fault of the Atlas: only columns in data-build/contract/columns.ts may leave the build.`,
    );
  }
  const now = tables.filter((table) => !later.includes(table));
  report(
    await scanPrivacy(
      db,
      now.map((table) => ({ table, relation: `"${table}"` })),
    ),
  );
}

/** Throws, naming each place, when there are hits. */
function report(hits: readonly PrivacyHit[]): void {
  if (hits.length === 0) return;
  throw new Error(
    `The privacy scan found ${hits.length} ${hits.length === 1 ? 'value' : 'values'}; nothing was published.\n${hits.map((hit) => `  ${formatHit(hit)}`).join('\n')}\nThis is a fault of the Atlas: the value should have been dropped before. Please report it with these lines.`,
  );
}

function formatJson(value: unknown): string {
  return `${JSON.stringify(value, null, 1)}\n`;
}

/** One slice a line. */
function formatSlices(dataVersion: string, slices: readonly SliceFile[]): string {
  const lines = slices.map((slice) => JSON.stringify(slice)).join(',\n');
  return `{"data_version":${JSON.stringify(dataVersion)},"files":[\n${lines}\n]}\n`;
}

/** Writes the whole folder. The tables stand in the database; the folder is empty. */
export async function writeRelease(
  db: Database,
  folder: string,
  tables: readonly TableName[],
  release: Release,
  beside: Beside,
): Promise<Manifest> {
  const { rejects, corrections, feedNotes, site, ledger, published, sums, folders } = beside;
  await checkPrivacy(db, tables, published.length > 0 ? ['measurements'] : []);
  const { data_version: dataVersion, rules_version: rulesVersion, synthetic } = release;
  const files: ManifestFile[] = [];
  const tag = { rulesVersion, synthetic };
  for (const table of tables) {
    const pieces = table === 'measurements' && published.length > 0 ? published : undefined;
    const check = async (relation: string): Promise<void> =>
      report(await scanPrivacy(db, [{ table, relation }]));
    files.push(...(await writeParquet(db, table, folder, tag, ledger, pieces, pieces && check)));
  }
  const cutTag = { ...tag, dataVersion };
  const slices = await writeSlices(db, folder, cutTag, release.edition, ledger, files);
  const feeds = await writeFeeds(db, folder, { ...release, site }, corrections, feedNotes, beside);
  const manifest: Manifest = { contract_version: CONTRACT_VERSION, ...release, files };
  const documents = {
    'manifest.json': manifest,
    'latest.json': { data_version: release.data_version },
    'dictionary.json': toDictionary(release.edition),
    'datapackage.json': toDatapackage(manifest, site),
    'catalog.jsonld': toCatalog(manifest, slices, site),
    'rejects.json': rejects,
    ...(corrections.length === 0 ? {} : { [CORRECTIONS_FILE]: corrections }),
  };
  for (const [name, value] of Object.entries(documents)) {
    await writeFile(join(folder, name), formatJson(value));
  }
  await writeFile(join(folder, SLICES_FILE), formatSlices(release.data_version, slices));
  const hints = await readHints(db, folder, files);
  await writeFile(join(folder, HINTS_FILE), formatHints(release.data_version, hints));
  folders.clear();
  await writeChecksums(
    folder,
    new Map([...feeds, ...[...files, ...slices].map((file) => [file.path, file.sha256] as const)]),
    sums,
  );
  return manifest;
}
