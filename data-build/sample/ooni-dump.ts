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
import { type DumpFolder, packGzip, packZstd } from './dump-file.ts';
import { worldEpisodes } from './episodes.ts';
import type { SampleTest } from './fate.ts';
import { createCountsReply } from './ooni-counts.ts';
import { measureDay } from './ooni-run.ts';
import { type SampleWorld, worldDays } from './world.ts';

export interface OoniTally {
  measurements: number;
  readonly breakages: Map<Breakage, number>;
}

/** Uncompressed bytes packed at a time; a bare file of more is written as several gzip members. */
const MEMBER_BYTES = 8_000_000;

/** Days in stretches of seven, ending with the last day. */
function weeksOf(days: readonly Day[]): Day[][] {
  const weeks: Day[][] = [];
  for (let end = days.length; end > 0; end -= 7)
    weeks.unshift(days.slice(Math.max(0, end - 7), end));
  return weeks;
}

/**
 * Writes the dumps of a world. Memory holds one country’s week and the bare file’s packed bytes at a time.
 * `onWeek` hears of each finished week.
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
  const bucketFrom = weeks.length - world.bucketDays / 7;
  for (const [index, week] of weeks.entries()) {
    const first = week[0];
    const last = week.at(-1);
    if (first === undefined || last === undefined) continue;
    const weekNumber = index - bucketFrom + 1;
    const packed: Buffer[] = [];
    let packing: Promise<Buffer> | null = null;
    const waiting: Promise<void>[] = [];
    let held: string[] = [];
    let heldBytes = 0;
    // One file in every tenth week is zstd: both forms occur among bare dumps.
    const pack = index % 10 === 0 ? packZstd : packGzip;
    const flush = async () => {
      if (packing !== null) packed.push(await packing);
      packing = held.length > 0 ? pack(encodeLines(held)) : null;
      held = [];
      heldBytes = 0;
    };
    for (const place of world.places) {
      const local = episodes.filter(({ cc }) => cc === place.cc);
      const byTest = new Map<SampleTest, string[]>();
      for (const day of week) {
        for (const { test, line } of measureDay(place, day, local, seed)) {
          tally.measurements += 1;
          if (weekNumber < 1) {
            held.push(line);
            heldBytes += line.length;
            if (heldBytes > MEMBER_BYTES) await flush();
          } else {
            const lines = byTest.get(test);
            if (lines === undefined) byTest.set(test, [line]);
            else lines.push(line);
          }
        }
      }
      for (const [test, lines] of byTest) {
        waiting.push(writeBucketFile(folder, place.cc, test, last, weekNumber, lines, tally));
      }
      if (waiting.length > 40) await Promise.all(waiting.splice(0));
    }
    await Promise.all(waiting);
    if (weekNumber < 1) {
      await flush();
      await flush();
      const ending = pack === packZstd ? 'zst' : 'gz';
      await folder.write(`bare/${first}.jsonl.${ending}`, Buffer.concat(packed));
    }
    onWeek(index + 1, weeks.length);
  }
  const counts = 'aggregation/web_connectivity_day_cc.json';
  await folder.write(counts, `${JSON.stringify(createCountsReply(world, seed))}\n`);
  await folder.write(
    `${counts}.meta.json`,
    `${JSON.stringify({ test_name: 'web_connectivity' })}\n`,
  );
  return tally;
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
  await folder.write(path, breakages.includes('cut_file') ? cutFile(bytes) : bytes);
}
