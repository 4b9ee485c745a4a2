/**
 * Carries earlier releases, with the embeds made of them, over into the next data folder, so that what was cited can be
 * looked up. Until that takes its place the old folder is only read.
 */
import { copyFileSync, existsSync, linkSync, rmSync } from 'node:fs';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isFields } from '../contract/fields.ts';
import type { Manifest } from '../contract/manifest.ts';
import { majorOf } from '../contract/version.ts';
import {
  chooseKept,
  EMBEDS_FOLDER,
  RELEASES_FILE,
  RELEASES_FOLDER,
  releaseFolder,
  parseReleaseIndex,
  toKeptRelease,
  type KeepRule,
  type KeptRelease,
  type ReleaseIndex,
} from '../contract/releases.ts';
import { listFiles } from './checksum.ts';

/** What decides whether two releases may lie in one folder. */
type Beside = Pick<Manifest, 'edition' | 'synthetic' | 'contract_version'>;

interface Candidate {
  readonly kept: KeptRelease;
  /** Where its files are now. */
  readonly folder: string;
}

/** Null: there is no such file, or it is not JSON. */
export async function readJson(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, 'utf8'));
  } catch {
    return null;
  }
}

/**
 * The release in a folder, when it may stand beside the new one: of the same edition, and synthetic only beside
 * synthetic, so that no kept file is under another licence than the new ones or passes for real; and of a contract
 * that the site can read.
 */
async function readCandidate(folder: string, beside: Beside): Promise<Candidate | null> {
  const json = await readJson(join(folder, 'manifest.json'));
  if (!isFields(json)) return null;
  if (json['edition'] !== beside.edition || json['synthetic'] !== beside.synthetic) return null;
  const contract = json['contract_version'];
  if (typeof contract !== 'string') return null;
  if (majorOf(contract) !== majorOf(beside.contract_version)) return null;
  const kept = toKeptRelease(json);
  return kept === null ? null : { kept, folder };
}

/** Whether a data folder holds a release that may stand beside the new one, or be named by it. */
export async function isBeside(folder: string, manifest: Beside): Promise<boolean> {
  return (await readCandidate(folder, manifest)) !== null;
}

/** Releases that a data folder lists, newest first; those without a folder are skipped. */
export async function readReleaseIndex(folder: string): Promise<readonly KeptRelease[]> {
  const kept = parseReleaseIndex(await readJson(join(folder, RELEASES_FILE)));
  return kept.filter(({ data_version }) => existsSync(join(folder, releaseFolder(data_version))));
}

/** Every file of the releases that a data folder keeps. */
export async function listKept(out: string): Promise<readonly string[]> {
  const home = join(out, RELEASES_FOLDER);
  return (await listFiles(home)).map((path) => join(home, path));
}

async function listCandidates(out: string, beside: Manifest): Promise<readonly Candidate[]> {
  const earlier = (await readReleaseIndex(out)).map(({ data_version }) =>
    join(out, releaseFolder(data_version)),
  );
  const found = await Promise.all([out, ...earlier].map((folder) => readCandidate(folder, beside)));
  const byVersion = new Map<string, Candidate>();
  for (const candidate of found) {
    if (candidate === null || candidate.kept.data_version === beside.data_version) continue;
    const { data_version } = candidate.kept;
    if (!byVersion.has(data_version)) byVersion.set(data_version, candidate);
  }
  return [...byVersion.values()];
}

/** One file under two names, or a copy where the file system has no hard links. */
export function shareFile(from: string, to: string): void {
  try {
    linkSync(from, to);
  } catch {
    copyFileSync(from, to);
  }
}

/**
 * Lists the earlier releases of `out` that the rule keeps in `next`, each version once; `adoptReleases` brings them there. `mayStay`
 * is asked of each folder: a release that holds what was taken away since may not.
 */
export async function keepReleases(
  out: string,
  next: string,
  manifest: Manifest,
  keep: KeepRule,
  mayStay: (folder: string) => Promise<boolean>,
): Promise<ReleaseIndex> {
  const isNone = keep.newest + keep.months === 0;
  const candidates = isNone ? [] : await listCandidates(out, manifest);
  const stays = await Promise.all(candidates.map(({ folder }) => mayStay(folder)));
  const free = candidates.flatMap(({ kept }, index) => (stays[index] ? [kept] : []));
  const chosen = new Set(
    chooseKept(
      manifest.data_version,
      free.map(({ data_version }) => data_version),
      keep,
    ),
  );
  const index: ReleaseIndex = {
    data_version: manifest.data_version,
    keep,
    releases: free.filter(({ data_version }) => chosen.has(data_version)),
  };
  await mkdir(join(next, RELEASES_FOLDER), { recursive: true });
  await writeFile(join(next, RELEASES_FILE), `${JSON.stringify(index, null, 1)}\n`);
  return index;
}

/**
 * Moves the releases that the list of a data folder names, and that it lacks, over from the folder that it replaced: that
 * folder itself, and those kept in it. It may be done again after it was interrupted. `drop` removes a release that goes.
 */
export async function adoptReleases(
  former: string,
  out: string,
  drop: (folder: string) => void = removeFolder,
): Promise<void> {
  const listed = parseReleaseIndex(await readJson(join(out, RELEASES_FILE)));
  const own = await versionOf(former);
  await adoptEmbeds(former, out);
  for (const { data_version } of listed) {
    const from = join(former, RELEASES_FOLDER, data_version);
    const to = join(out, RELEASES_FOLDER, data_version);
    if (data_version !== own && existsSync(from) && !existsSync(to)) await rename(from, to);
  }
  const home = join(out, RELEASES_FOLDER, own ?? '');
  if (!listed.some(({ data_version }) => data_version === own) || existsSync(home)) return;
  const gone = join(former, RELEASES_FOLDER);
  for (const { data_version } of await readReleaseIndex(former)) drop(join(gone, data_version));
  removeFolder(gone);
  await rename(former, home);
}

function removeFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
}

/** Frames of a release stay with it when it is built again, also when it had been one of the earlier ones. */
async function adoptEmbeds(former: string, out: string): Promise<void> {
  const version = await versionOf(out);
  const home = join(out, EMBEDS_FOLDER);
  if (version === undefined || existsSync(home)) return;
  const before =
    version === (await versionOf(former)) ? former : join(former, releaseFolder(version));
  const embeds = join(before, EMBEDS_FOLDER);
  if (existsSync(embeds)) await rename(embeds, home);
}

async function versionOf(folder: string): Promise<string | undefined> {
  return toKeptRelease(await readJson(join(folder, 'manifest.json')))?.data_version;
}
