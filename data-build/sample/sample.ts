/** The sample: synthetic dumps in the publishers’ own formats, the same bytes for the same seed and size. */
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Day } from '../contract/brands.ts';
import { syntheticNotice } from '../contract/publisher-words.ts';
import type { BuildEffects } from '../effects.ts';
import { makeFolder } from '../make-folder.ts';
import { UsageError } from '../outcome.ts';
import { type Breakage, STRAY_FILE } from './breakage.ts';
import { openDumpFolder } from './dump-file.ts';
import { toGroundTruth, worldEpisodes } from './episodes.ts';
import { formatFingerprints, formatTestList } from './lists.ts';
import { writeOoniDumps } from './ooni-dump.ts';
import {
  formatDelegations,
  formatListFacts,
  formatNames,
  formatOrganizations,
} from './organizations.ts';
import { formatOutages, formatShutdowns } from './records.ts';
import { formatSpeedStatistics } from './speed-statistics.ts';
import { formatPsiphonUsage, formatTorUsage } from './tool-usage.ts';
import { plainEpisodes } from './plain-episodes.ts';
import { writeScoredParts } from './scored-rows.ts';
import { longSiteList, SITES, UNTESTED_SITES } from './sites.ts';
import { createWorld, isScored, SAMPLE_SIZES, type SampleSize } from './world.ts';

export { SAMPLE_SIZES, type SampleSize };

/** The file at the root of a sample that says that nothing below it is real. */
export const SYNTHETIC_MARKER = 'SYNTHETIC.json';
export const DEFAULT_SEED = 1;
/** Measurements of the large sizes, about. */
export const DEFAULT_MEASUREMENTS = 51_000_000;

export interface SampleOptions {
  /**
   * small: 90 days, 46 places; year: the same places, 365 days; both as dumps. world: all places, 365 days, as scored parts;
   * decade: all places, ten years, as published counts.
   */
  readonly size: SampleSize;
  /** Folder to write to. It must be new, empty, or an earlier sample, which is then replaced. */
  readonly out: string;
  readonly seed: number;
  /** About how many measurements a large size has; other sizes have as many as they have. */
  readonly measurements?: number;
  readonly effects: BuildEffects;
}

export interface SampleSummary {
  readonly out: string;
  readonly size: SampleSize;
  readonly seed: number;
  readonly places: number;
  readonly networks: number;
  readonly episodes: number;
  readonly firstDay: Day;
  readonly lastDay: Day;
  /** Measurements generated, before lines were broken. */
  readonly measurements: number;
  /** Breakages put in, by kind. */
  readonly breakages: Readonly<Record<Breakage, number>>;
  readonly files: number;
  readonly bytes: number;
}

/** Whether `text` names a size, for command lines. */
export function isSampleSize(text: string): text is SampleSize {
  return SAMPLE_SIZES.some((size) => size === text);
}

async function clearFolder(out: string): Promise<void> {
  await makeFolder(out);
  const names = await readdir(out);
  if (names.length > 0 && !names.includes(SYNTHETIC_MARKER)) {
    throw new UsageError(
      `${out} holds ${names.length} files or folders that the sample generator did not write.\n` +
        'Name an empty folder with --out, or empty this one.',
    );
  }
  // Remove the marker last, so that an interrupted clearing can be repeated.
  for (const name of names.filter((one) => one !== SYNTHETIC_MARKER)) {
    await rm(join(out, name), { recursive: true });
  }
}

/**
 * Writes a sample into `out`. It writes the marker first, so that an unfinished folder is marked as synthetic.
 * Throws UsageError when `out` holds anything that is not a sample.
 */
export async function writeSample(options: SampleOptions): Promise<SampleSummary> {
  const { size, out, seed, effects } = options;
  const begun = effects.now();
  const world = createWorld(size);
  const sites = isScored(size) ? longSiteList() : SITES;
  const episodes = [
    ...worldEpisodes(world),
    ...(isScored(size) ? plainEpisodes(world, sites, seed) : []),
  ];
  await clearFolder(out);
  const folder = openDumpFolder(out);
  const marker = {
    synthetic: true,
    generator: 'interference-atlas/data-build/sample',
    notice: syntheticNotice(),
    seed,
    size,
    first_day: world.firstDay,
    last_day: world.lastDay,
    episodes: episodes.map((one) => toGroundTruth(one, world)),
  };
  await folder.put(SYNTHETIC_MARKER, `${JSON.stringify(marker, null, 2)}\n`);
  const { measurements, breakages, scored } = isScored(size)
    ? await writeParts()
    : await writeDumps();
  await folder.put('lists/global.csv', formatTestList(sites, world.firstDay));
  await folder.put('lists/pt.csv', formatTestList(UNTESTED_SITES, world.firstDay));
  await folder.put('lists/fingerprints_http.csv', formatFingerprints());
  await folder.put('tor/userstats-relay-country.csv', formatTorUsage(world, seed));
  await folder.put('psiphon/circumvention-usage.csv', formatPsiphonUsage(world, seed));
  await folder.put('mlab/histogram_daily_stats.json', formatSpeedStatistics(world, seed));
  await folder.put('records/shutdowns.csv', formatShutdowns(world));
  await folder.put('records/outages.csv', formatOutages(world));
  for (const [name, licence, list] of [
    ['as-org2info.txt', 'LicenseRef-caida-aua', formatOrganizations(world)],
    ['delegated-extended', 'CC0-1.0', formatDelegations(world)],
    ['asnames.txt', 'LicenseRef-registry-terms', formatNames(world)],
  ] as const) {
    await folder.put(`names/${name}`, list);
    await folder.put(`names/${name}.meta.json`, formatListFacts(world, licence));
  }
  const files = folder.files + scored.files;
  const bytes = folder.bytes + scored.bytes;
  const seconds = ((effects.now() - begun) / 1000).toFixed(1);
  effects.log(
    `sample ${size}: ${measurements} synthetic measurements, ${world.places.length} countries and territories, ` +
      `${world.firstDay} to ${world.lastDay}, ${episodes.length} scripted episodes, seed ${seed}; ` +
      `${files} files, ${(bytes / 1e6).toFixed(1)} MB in ${out} (${seconds} s)`,
  );
  const count = (kind: Breakage) => breakages.get(kind) ?? 0;
  return {
    out,
    size,
    seed,
    places: world.places.length,
    networks: world.places.reduce((sum, place) => sum + place.networks.length, 0),
    episodes: episodes.length,
    firstDay: world.firstDay,
    lastDay: world.lastDay,
    measurements,
    breakages: {
      empty_object: count('empty_object'),
      invalid_json: count('invalid_json'),
      not_utf8: count('not_utf8'),
      clock_2037: count('clock_2037'),
      as0: count('as0'),
      zz: count('zz'),
      null_test_keys: count('null_test_keys'),
      duplicate: count('duplicate'),
      cut_file: count('cut_file'),
    },
    files,
    bytes,
  };

  async function writeDumps() {
    await folder.put(STRAY_FILE.path, STRAY_FILE.text);
    const tally = await writeOoniDumps(folder, world, seed, (done, of) => {
      effects.progress(`sample: week ${done} of ${of}`);
    });
    return { ...tally, scored: { files: 0, bytes: 0 } };
  }

  async function writeParts() {
    const sample = {
      world,
      episodes,
      sites,
      seed,
      measurements: options.measurements ?? DEFAULT_MEASUREMENTS,
    };
    const scored = await writeScoredParts(out, sample, (done, of) => {
      effects.progress(`sample: day ${done} of ${of}`);
    });
    return { measurements: scored.measurements, breakages: new Map<Breakage, number>(), scored };
  }
}
