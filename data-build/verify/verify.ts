/** Checks a data folder as a reader could. It trusts only the contract. */
import { existsSync } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CORRECTIONS, CORRECTIONS_FILE } from '../contract/corrections.ts';
import { toKnownProblems } from '../contract/known-problems.ts';
import { readShape } from '../contract/shape.ts';
import { CONTRACT_VERSION, type Manifest, type ManifestFile } from '../contract/manifest.ts';
import { findPrivateShapes } from '../contract/privacy.ts';
import {
  EMBEDS_FOLDER,
  RELEASES_FILE,
  RELEASES_FOLDER,
  releaseFolder,
} from '../contract/releases.ts';
import { SLICE_KINDS } from '../contract/slices.ts';
import type { TableName } from '../contract/tables.ts';
import type { BuildEffects } from '../effects.ts';
import { readBytes } from '../read/byte-stream.ts';
import { createLineSplitter } from '../read/line-splitter.ts';
import { openDatabase, type Database } from '../rollup/database.ts';
import { hashFile } from '../hash.ts';
import { compareSums, listOwnFiles } from '../write/checksum.ts';
import { privateNames } from '../write/earlier-privacy.ts';
import { readReleaseIndex } from '../write/releases.ts';
import { checkHints } from './hints.ts';
import { readManifest, readSlices } from './manifest-file.ts';
import { openTableFiles, TABLE_CHECKS } from './table-checks.ts';

/** Most findings printed for one check. */
const SHOWN = 5;

type FolderCheck = (folder: string, manifest: Manifest) => Promise<readonly string[]>;

const checkVersion: FolderCheck = (_folder, manifest) =>
  Promise.resolve(
    manifest.contract_version === CONTRACT_VERSION
      ? []
      : [`the folder is of contract ${manifest.contract_version}, this is ${CONTRACT_VERSION}`],
  );

/** Every file has the checksum of `SHA256SUMS`, and none is missing there or on disk. */
const checkSums: FolderCheck = (folder) => compareSums(folder);

/** Whether embeds of the release, if any, are as the build of the site wrote them. */
async function checkEmbeds(folder: string): Promise<readonly string[]> {
  const home = join(folder, EMBEDS_FOLDER);
  if (!existsSync(home)) return [];
  return (await compareSums(home)).map((line) => `${EMBEDS_FOLDER}: ${line}`);
}

/** Earlier releases kept below the folder: each is listed once, is the one it is called, and holds its own checksums. */
const checkReleases: FolderCheck = async (folder, manifest) => {
  const home = join(folder, RELEASES_FOLDER);
  if (!existsSync(home)) return [`${RELEASES_FILE} is missing`];
  const listed = (await readReleaseIndex(folder)).map(({ data_version }) => data_version);
  const present = (await readdir(home, { withFileTypes: true }))
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);
  const wrong = present
    .filter((version) => !listed.includes(version))
    .map((version) => `${RELEASES_FOLDER}/${version} is not listed`);
  const all = [manifest.data_version, ...listed];
  if (new Set(all).size < all.length) wrong.push('a release is there twice');
  for (const version of listed) {
    const kept = join(folder, releaseFolder(version));
    const { data_version } = await readManifest(kept);
    if (data_version !== version) wrong.push(`${kept} holds release ${data_version}`);
    const sums = [...(await compareSums(kept)), ...(await checkEmbeds(kept))];
    wrong.push(...sums.map((line) => `${version}: ${line}`));
  }
  return wrong;
};

/** The Parquet files on disk are those of the manifest, with its sizes and checksums; names end in their hash. */
const checkFiles: FolderCheck = async (folder, manifest) => {
  const wrong: string[] = [];
  const listed = new Set(manifest.files.map((file) => file.path));
  const present = new Set(await listOwnFiles(folder));
  for (const path of present) {
    if (path.endsWith('.parquet') && !isSlicePath(path) && !listed.has(path))
      wrong.push(`${path} is not in the manifest`);
  }
  for (const file of manifest.files) {
    if (!present.has(file.path)) {
      wrong.push(`${file.path} is missing`);
      continue;
    }
    const path = join(folder, file.path);
    if ((await stat(path)).size !== file.bytes) wrong.push(`${file.path} has another size`);
    if ((await hashFile(path)) !== file.sha256) wrong.push(`${file.path} has another checksum`);
    if (!file.path.endsWith(`-${file.sha256.slice(0, 8)}.parquet`))
      wrong.push(`${file.path} does not end in the start of its checksum`);
  }
  return wrong;
};

/** Known problems of the manifest are those of the log of corrections, and theirs are days of the calendar in order. */
const checkProblems: FolderCheck = async (folder, manifest) => {
  const file = join(folder, CORRECTIONS_FILE);
  const json: unknown = existsSync(file) ? JSON.parse(await readFile(file, 'utf8')) : [];
  const read = readShape(CORRECTIONS, json, 'corrections');
  if (!read.ok) return [`${CORRECTIONS_FILE}: ${read.fault}`];
  const logged = JSON.stringify(toKnownProblems(read.value));
  return logged === JSON.stringify(manifest.known_problems ?? [])
    ? []
    : [`${CORRECTIONS_FILE} names other days than manifest.json`];
};

function isSlicePath(path: string): boolean {
  return SLICE_KINDS.some((kind) => path.startsWith(`${kind}/`));
}

/** The slices on disk are those of `slices.json`, with its sizes and checksums. */
const checkSlices: FolderCheck = async (folder) => {
  const wrong: string[] = [];
  const slices = await readSlices(folder);
  const listed = new Set(slices.map((slice) => slice.path));
  for (const path of await listOwnFiles(folder)) {
    if (isSlicePath(path) && !path.endsWith('/README.txt') && !listed.delete(path))
      wrong.push(`${path} is not listed`);
  }
  wrong.push(...[...listed].map((path) => `${path} is missing`));
  for (const { path, bytes, sha256 } of slices) {
    if (wrong.length > 0) break;
    const full = join(folder, path);
    if ((await stat(full)).size !== bytes) wrong.push(`${path} has another size`);
    else if ((await hashFile(full)) !== sha256) wrong.push(`${path} has another checksum`);
  }
  return wrong;
};

/** Slices, feeds and rejects hold nothing private either. */
const checkTexts: FolderCheck = async (folder) => {
  const wrong: string[] = [];
  for (const path of await listOwnFiles(folder)) {
    const scanned = isSlicePath(path) || path.startsWith('feeds/') || path === 'rejects.json';
    if (!scanned || path.endsWith('.parquet')) continue;
    const splitter = createLineSplitter({
      onLine(bytes, at) {
        const line = bytes.toString('utf8');
        const shapes = findPrivateShapes(path === 'rejects.json' ? detailOf(line) : line);
        if (shapes.length > 0) wrong.push(`${path}:${at} looks like ${shapes.join(', ')}`);
      },
      onTooLong: (at) => wrong.push(`${path}:${at} is too long to be searched`),
    });
    const failed = await readBytes(join(folder, path), splitter.push);
    splitter.end(failed === null);
    if (failed !== null) wrong.push(`${path} cannot be read to its end: ${failed.reason}`);
  }
  return wrong;
};

/** Dumps are named without addresses and secrets. */
const checkNames: FolderCheck = async (folder) =>
  (await privateNames(folder)).map((file) => `${file} names a dump by an address or a secret`);

/** File names of dumps may hold ids; what is quoted from inside them may not. */
function detailOf(line: string): string {
  return /^\s*"detail": (.*)$/.exec(line)?.[1] ?? '';
}

const FOLDER_CHECKS: Readonly<Record<string, FolderCheck>> = {
  'contract version': checkVersion,
  'SHA256SUMS lists every file, and every checksum holds': checkSums,
  'the manifest lists every Parquet file, with its size and checksum': checkFiles,
  'the manifest names the known problems of corrections.json': checkProblems,
  'slices.json lists every slice, with its size and checksum': checkSlices,
  'earlier releases are listed, and their checksums hold': checkReleases,
  'embeds made of the release, if any, have the checksums they were made with': checkEmbeds,
  'slices, feeds and rejects hold no address, e-mail or token': checkTexts,
  'names of dumps hold no address, e-mail or token': checkNames,
};

function groupFiles(files: readonly ManifestFile[]): ReadonlyMap<TableName, ManifestFile[]> {
  const groups = new Map<TableName, ManifestFile[]>();
  for (const file of files) {
    const group = groups.get(file.table);
    if (group === undefined) groups.set(file.table, [file]);
    else group.push(file);
  }
  return groups;
}

/** Prints one line for the check and the first findings; true when it holds. */
async function report(
  effects: BuildEffects,
  name: string,
  check: () => Promise<readonly string[]>,
): Promise<boolean> {
  let wrong: readonly string[];
  try {
    wrong = await check();
  } catch (error) {
    wrong = [error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error)];
  }
  effects.log(`${wrong.length === 0 ? 'ok    ' : 'WRONG '} ${name}`);
  for (const line of wrong.slice(0, SHOWN)) effects.log(`         ${line}`);
  if (wrong.length > SHOWN) effects.log(`         … and ${wrong.length - SHOWN} more`);
  return wrong.length === 0;
}

async function verifyTables(
  db: Database,
  folder: string,
  manifest: Manifest,
  effects: BuildEffects,
): Promise<boolean> {
  let holds = true;
  for (const [table, files] of groupFiles(manifest.files)) {
    const given = openTableFiles(folder, manifest, table, files);
    for (const [name, check] of Object.entries(TABLE_CHECKS)) {
      holds = (await report(effects, `${table}: ${name}`, () => check(db, given))) && holds;
    }
  }
  return holds;
}

/** Verifies the folder, printing one line per check. True when every check holds. Throws when there is no manifest. */
export async function verifyFolder(folder: string, effects: BuildEffects): Promise<boolean> {
  const manifest = await readManifest(folder);
  let holds = true;
  for (const [name, check] of Object.entries(FOLDER_CHECKS)) {
    holds = (await report(effects, name, () => check(folder, manifest))) && holds;
  }
  const db = await openDatabase({ spillDir: join(tmpdir(), `atlas-verify-${process.pid}`) });
  try {
    const hints = 'hints.json says of large files what their footers say';
    holds = (await report(effects, hints, () => checkHints(db, folder, manifest))) && holds;
    return (await verifyTables(db, folder, manifest, effects)) && holds;
  } finally {
    await db.close();
  }
}
