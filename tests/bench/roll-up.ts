/** What the roll-up of a world costs beside DuckDB alone, which loads the same rows and makes the same counting tables of them. */
import { existsSync, rmSync } from 'node:fs';
import path from 'node:path';
import { editionOf } from '../../data-build/build.ts';
import { quoteText } from '../../data-build/contract/sql.ts';
import { readDumps } from '../../data-build/read-dumps.ts';
import { type Database, openDatabase } from '../../data-build/rollup/database.ts';
import { countSql, MEASURED } from '../../data-build/rollup/interference.ts';
import { rollUp } from '../../data-build/rollup/rollup.ts';
import { writeSample } from '../../data-build/sample/sample.ts';
import { type BenchRow, type Cost, measureCost } from './report.ts';

const SILENT = { log: () => undefined, progress: () => undefined, now: () => performance.now() };
const MEASUREMENTS = 1_000_000;

async function countBare(db: Database, files: readonly string[]): Promise<readonly Cost[]> {
  const load = await measureCost(1, () =>
    db.run(`
      CREATE TABLE public_domains AS SELECT NULL::VARCHAR AS domain, NULL::VARCHAR AS category_code WHERE false;
      CREATE TABLE measurements AS SELECT measurement_start_time::DATE AS day, 'measurements' AS counts_from, *
      FROM read_parquet([${files.map(quoteText).join(', ')}], hive_partitioning = false)`),
  );
  const count = await measureCost(1, async () => {
    for (const each of MEASURED) await db.run(`CREATE TABLE "${each.table}" AS ${countSql(each)}`);
  });
  return [load, count];
}

/** `ratio` is processor time against that of DuckDB alone. */
export async function benchRollUp(scratch: string): Promise<readonly BenchRow[]> {
  const dumps = path.join(scratch, 'million');
  const cacheDir = path.join(scratch, 'million-cache');
  if (!existsSync(dumps))
    await writeSample({
      size: 'world',
      out: dumps,
      seed: 1,
      measurements: MEASUREMENTS,
      effects: SILENT,
    });
  const made = await readDumps({ dumps: [dumps], cacheDir, jobs: 2, shard: null, effects: SILENT });
  const within = async <Value>(work: (db: Database) => Promise<Value>): Promise<Value> => {
    const db = await openDatabase({ spillDir: path.join(scratch, 'million-spill') });
    try {
      return await work(db);
    } finally {
      await db.close();
      rmSync(path.join(scratch, 'million-spill'), { recursive: true, force: true });
    }
  };
  const measured = made.parts.filter(({ kind }) => kind === 'measurements');
  const files = measured.map(({ folder, parquet }) => path.join(folder, parquet));
  const [load, count] = await within((db) => countBare(db, files));
  const whole = await within((db) =>
    measureCost(1, () =>
      rollUp(db, { ...editionOf(made, 'all'), since: null, until: null, edition: 'all' }),
    ),
  );
  const bare = (load?.cpu ?? 0) + (count?.cpu ?? 0);
  return [
    {
      bench: 'roll-up: DuckDB alone',
      value: (load?.wall ?? 0) + (count?.wall ?? 0),
      unit: 's',
      ratio: null,
      note: `baseline, a million measurements of a year; ${(load?.cpu ?? 0).toFixed(1)} s of processor time to load, ${(count?.cpu ?? 0).toFixed(1)} s to count`,
    },
    {
      bench: 'roll-up: all tables, events with them',
      value: whole.wall,
      unit: 's',
      ratio: whole.cpu / bare,
      note: `${whole.cpu.toFixed(1)} s of processor time; each measurement once, names that may be shown`,
      goal: '4 times',
    },
  ];
}
