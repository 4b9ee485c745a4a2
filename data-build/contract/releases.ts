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
/** Which earlier releases a build keeps. */
export interface KeepRule {
  /** The newest ones. */
  readonly newest: number;
  /** The first of each of so many months up to the present one, and the first of each year; 0: none of these. */
  readonly months: number;
}

/** Unless `--keep` and `--keep-monthly` say otherwise. */
export const KEEP_RULE: KeepRule = { newest: 3, months: 0 };

export const KEEP_NONE: KeepRule = { newest: 0, months: 0 };

/** Months since the year 0; a release is named by its last day. */
function monthOf(dataVersion: string): number {
  return Number(dataVersion.slice(0, 4)) * 12 + Number(dataVersion.slice(5, 7)) - 1;
}

/** Whether a release is kept for its month: no `earlier` one, newest first, was of the same. It is never replaced, so it stays its time. */
export function isFirstOfMonth(dataVersion: string, earlier: readonly string[]): boolean {
  return !earlier.some((one) => monthOf(one) === monthOf(dataVersion));
}

/**
 * Those of the `earlier` releases, newest first in the order of builds, that stay beside `present`. What one build after the other
 * drops is never missed: all of them together would be thinned to the same.
 */
export function chooseKept(
  present: string,
  earlier: readonly string[],
  { newest, months }: KeepRule,
): readonly string[] {
  const now = monthOf(present);
  return earlier.filter((version, index) => {
    const age = now - monthOf(version);
    if (index < newest || months === 0 || age < 0) return index < newest;
    const before = earlier.slice(index + 1);
    const isFirstOfYear = before.every((one) => one.slice(0, 4) !== version.slice(0, 4));
    return isFirstOfYear || (age < months && isFirstOfMonth(version, before));
  });
}

export interface KeptRelease {
  readonly data_version: string;
  readonly rules_version: string;
  readonly since: Day | null;
  readonly until: Day | null;
}

export interface ReleaseIndex {
  /** The release that this build made. */
  readonly data_version: string;
  readonly keep: KeepRule;
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

/** Parsed list → by which rule they are kept; null: it does not say. */
export function parseKeepRule(json: unknown): KeepRule | null {
  const keep = isFields(json) ? json['keep'] : null;
  const { newest, months } = isFields(keep) ? keep : {};
  return typeof newest === 'number' && typeof months === 'number' ? { newest, months } : null;
}

/** Parsed list → the releases in it, newest first; entries of another shape are left out. */
export function parseReleaseIndex(json: unknown): readonly KeptRelease[] {
  const releases = isFields(json) ? json['releases'] : null;
  return (Array.isArray(releases) ? releases : [])
    .map(toKeptRelease)
    .filter((release) => release !== null);
}
