/** What one more day, and no new day, cost beside a build of everything, in one run on the same world. */
import { existsSync, readdirSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { buildData } from '../../data-build/build.ts';
import { readDumps } from '../../data-build/read-dumps.ts';
import { type BenchRow, type Cost, measureCost } from './report.ts';
import { makeWorld, SILENT } from './world.ts';

const MEASUREMENTS = 300_000;

/** `ratio` is processor time against that of the whole build, which other work on the machine disturbs least. */
export async function benchNights(scratch: string): Promise<readonly BenchRow[]> {
  const dumps = path.join(scratch, 'world');
  const held = ['day-before.parquet', 'last-day.parquet'].map((name) => path.join(scratch, name));
  const cacheDir = path.join(scratch, 'nights-cache');
  const out = path.join(scratch, 'nights');
  // A run that was stopped left the world without its last days.
  if (held.some((file) => existsSync(file))) rmSync(dumps, { recursive: true, force: true });
  for (const old of [...held, cacheDir, out]) rmSync(old, { recursive: true, force: true });
  await makeWorld(dumps, MEASUREMENTS);
  const request = { dumps: [dumps], cacheDir, jobs: 2, shard: null, effects: SILENT };
  const options = {
    out,
    cacheDir,
    edition: 'all',
    since: null,
    until: null,
    strict: false,
    unlessUnchanged: true,
  } as const;
  const night = () =>
    measureCost(1, () => buildData((sums) => readDumps({ ...request, sums }), options, SILENT));
  const days = lastFiles(path.join(dumps, 'scored'), held.length).map((day, at) => ({
    day,
    held: held[at] ?? day,
  }));
  const [dayBefore, lastDay] = days;
  if (dayBefore === undefined || lastDay === undefined) throw new Error('The world has no days.');
  await readDumps(request);
  for (const each of days) renameSync(each.day, each.held);
  try {
    const whole = await night();
    // A first night has no release that goes.
    renameSync(dayBefore.held, dayBefore.day);
    await night();
    renameSync(lastDay.held, lastDay.day);
    const added = await night();
    const nothing = await night();
    const row = (bench: string, { wall, cpu }: Cost, note: string, goal = ''): BenchRow => ({
      bench,
      value: wall,
      unit: 's',
      ratio: cpu === whole.cpu ? null : cpu / whole.cpu,
      note: `${note}; ${cpu.toFixed(1)} s of processor time`,
      goal,
    });
    const size = `${MEASUREMENTS / 1000} thousand measurements of a year`;
    return [
      row('night: all days, parts there', whole, `baseline, ${size}`),
      row(
        'night: one day of all places added',
        added,
        'the second of two nights; every file of a place changes',
        '0.05 times',
      ),
      row('night: nothing new', nothing, 'one file in sixteen is read', '5 s'),
    ];
  } finally {
    for (const each of days) if (existsSync(each.held)) renameSync(each.held, each.day);
  }
}

function lastFiles(folder: string, count: number): readonly string[] {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.parquet'),
  );
  return names
    .toSorted()
    .slice(-count)
    .map((name) => path.join(folder, name));
}
