/** OONI’s part of the sample: a bucket tree for the last weeks, bare files by week before that. */
import type { Day } from '../contract/brands.ts';
import {
  breakLines,
  type Breakage,
  cutFile,
  encodeLines,
  plannedBreakages,
  uploadFolder,
} from './breakage.ts';
import { type DumpFolder, packGzip, packPieces } from './dump-file.ts';
import { type Episode, worldEpisodes } from './episodes.ts';
import type { SampleTest } from './fate.ts';
import { createCountsReply } from './ooni-counts.ts';
import { measureDay } from './ooni-run.ts';
import { type SamplePlace, type SampleWorld, worldDays } from './world.ts';

export interface OoniTally {
  measurements: number;
  readonly breakages: Map<Breakage, number>;
}

/** Days in stretches of seven, ending with the last day. */
function weeksOf(days: readonly Day[]): Day[][] {
  const weeks: Day[][] = [];
  for (let end = days.length; end > 0; end -= 7)
    weeks.unshift(days.slice(Math.max(0, end - 7), end));
  return weeks;
}

/** Where one stretch of days is written, and what it is written from. */
interface Week {
  readonly folder: DumpFolder;
  readonly world: SampleWorld;
  readonly days: readonly Day[];
  readonly episodes: readonly Episode[];
  readonly seed: number;
  readonly tally: OoniTally;
}

/**
 * Writes the dumps of a world. Memory holds one country’s week, or one packed bare file. `onWeek` hears of
 * each finished week.
 */
export async function writeOoniDumps(
  folder: DumpFolder,
  world: SampleWorld,
  seed: number,
  onWeek: (done: number, of: number) => void,
): Promise<OoniTally> {
  const tally: OoniTally = { measurements: 0, breakages: new Map() };
  const episodes = worldEpisodes(world);
  const weeks = weeksOf(worldDays(world));
  const bare = weeks.length - world.bucketDays / 7;
  for (const [index, days] of weeks.entries()) {
    const week = { folder, world, days, episodes, seed, tally };
    // Every tenth bare file is zstd: both forms occur among dumps.
    if (index < bare) await writeBareWeek(week, index % 10 === 0 ? 'zst' : 'gz');
    else await writeBucketWeek(week, index - bare + 1);
    onWeek(index + 1, weeks.length);
  }
  const counts = 'aggregation/web_connectivity_day_cc.json';
  const scope = JSON.stringify({ test_name: 'web_connectivity' });
  await folder.put(counts, `${JSON.stringify(createCountsReply(world, seed))}\n`);
  await folder.put(`${counts}.meta.json`, `${scope}\n`);
  return tally;
}

/** The lines of one place in one stretch of days, by test. */
function measurePlace(week: Week, place: SamplePlace): Map<SampleTest, string[]> {
  const local = week.episodes.filter(({ cc }) => cc === place.cc);
  const byTest = new Map<SampleTest, string[]>();
  for (const day of week.days) {
    for (const { test, line } of measureDay(place, day, local, week.seed)) {
      week.tally.measurements += 1;
      const lines = byTest.get(test);
      if (lines === undefined) byTest.set(test, [line]);
      else lines.push(line);
    }
  }
  return byTest;
}

/** Every place and test in one file that does not lie in the bucket tree. */
async function writeBareWeek(week: Week, form: 'gz' | 'zst'): Promise<void> {
  const bytes = await packPieces(encodeWeek(week), form);
  await week.folder.put(`bare/${week.days[0]}.jsonl.${form}`, bytes);
}

function* encodeWeek(week: Week): Generator<Buffer> {
  for (const place of week.world.places) {
    for (const lines of measurePlace(week, place).values()) yield encodeLines(lines);
  }
}

/** One file per place and test, in the bucket tree. `number` counts from 1. */
async function writeBucketWeek(week: Week, number: number): Promise<void> {
  const uploaded = week.days.at(-1);
  if (uploaded === undefined) return;
  for (const place of week.world.places) {
    const files = [...measurePlace(week, place)].map(([test, lines]) =>
      writeBucketFile(week.folder, place.cc, test, uploaded, number, lines, week.tally),
    );
    await Promise.all(files);
  }
}

/** One week of one country and test, as if uploaded in the last hour of its last day. */
async function writeBucketFile(
  folder: DumpFolder,
  cc: string,
  test: SampleTest,
  uploaded: Day,
  week: number,
  lines: readonly string[],
  tally: OoniTally,
): Promise<void> {
  const name = test.replaceAll('_', '');
  const hour = uploadFolder(uploaded);
  const path = `raw/${hour}/${cc}/${name}/${hour.replace('/', '')}_${cc}_${name}.n1.0.jsonl.gz`;
  const breakages = plannedBreakages(cc, test, week);
  for (const kind of breakages) tally.breakages.set(kind, (tally.breakages.get(kind) ?? 0) + 1);
  const broken = breakages.reduce<readonly string[]>(breakLines, lines);
  const bytes = await packGzip(encodeLines(broken));
  await folder.put(path, breakages.includes('cut_file') ? cutFile(bytes) : bytes);
}
