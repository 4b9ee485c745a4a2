/** Earlier data releases that a build keeps: complete data folders below `releases/<data_version>/`. */
import { toDay, type Day } from './brands.ts';
import { isFields } from './fields.ts';

export const RELEASES_FOLDER = 'releases';
/** The list of kept releases, newest first; written even when it is empty. */
export const RELEASES_FILE = `${RELEASES_FOLDER}/index.json`;
/**
 * Fixed embeds that a build of the site made of a release, beside its data: not data, so not in the sums of the release,
 * but with sums of their own.
 */
export const EMBEDS_FOLDER = 'embeds';
/** The SHA-256 of all other files beside and below it. */
export const CHECKSUM_FILE = 'SHA256SUMS';
/** How many are kept, unless `--keep` says otherwise. */
export const RELEASES_KEPT = 3;

export interface KeptRelease {
  readonly data_version: string;
  readonly rules_version: string;
  readonly since: Day | null;
  readonly until: Day | null;
}

export interface ReleaseIndex {
  /** The release that this build made. */
  readonly data_version: string;
  readonly releases: readonly KeptRelease[];
}

/** `2024-11-29-1a2b3c4d`, else null: it becomes the name of a folder and a part of links. */
export function toDataVersion(text: string): string | null {
  return /^\d{4}-\d{2}-\d{2}-[0-9a-f]{8}$/.test(text) ? text : null;
}

/** Folder of a kept release below the data folder, with a slash at its end. */
export function releaseFolder(dataVersion: string): string {
  return `${RELEASES_FOLDER}/${dataVersion}/`;
}

/** A release from its manifest or from the list of kept ones; null for anything else. */
export function toKeptRelease(value: unknown): KeptRelease | null {
  if (!isFields(value)) return null;
  const { data_version, rules_version, since, until } = value;
  const version = typeof data_version === 'string' ? toDataVersion(data_version) : null;
  if (version === null || typeof rules_version !== 'string') return null;
  return {
    data_version: version,
    rules_version,
    since: typeof since === 'string' ? toDay(since) : null,
    until: typeof until === 'string' ? toDay(until) : null,
  };
}

/** Parsed list → the releases in it, newest first; entries of another shape are left out. */
export function parseReleaseIndex(json: unknown): readonly KeptRelease[] {
  const releases = isFields(json) ? json['releases'] : null;
  return (Array.isArray(releases) ? releases : [])
    .map(toKeptRelease)
    .filter((release) => release !== null);
}
