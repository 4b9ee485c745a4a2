/** What the roll-up of a world costs beside DuckDB alone, which loads the same rows and makes the same counting tables of them. */
import path from 'node:path';
import { editionOf } from '../../data-build/build.ts';
import { quoteText } from '../../data-build/contract/sql.ts';
import { readDumps } from '../../data-build/read-dumps.ts';
import { type Database, openDatabase } from '../../data-build/rollup/database.ts';
import { countSql, MEASURED } from '../../data-build/rollup/interference.ts';
import { rollUp } from '../../data-build/rollup/rollup.ts';
import { type BenchRow, measureCost } from './report.ts';
import { makeWorld, SILENT } from './world.ts';

const MEASUREMENTS = 1_000_000;
const RUNS = 2;

const loadBare = (db: Database, files: readonly string[]): Promise<void> =>
  db.run(`
    CREATE TABLE public_domains AS SELECT NULL::VARCHAR AS domain, NULL::VARCHAR AS category_code WHERE false;
    CREATE TABLE measurements AS SELECT measurement_start_time::DATE AS day, 'measurements' AS counts_from, *
    FROM read_parquet([${files.map(quoteText).join(', ')}], hive_partitioning = false)`);

async function countBare(db: Database): Promise<void> {
  for (const each of MEASURED) await db.run(`CREATE TABLE "${each.table}" AS ${countSql(each)}`);
}

/** `ratio` is processor time against that of DuckDB alone. */
export async function benchRollUp(scratch: string): Promise<readonly BenchRow[]> {
  const dumps = path.join(scratch, 'million');
  const cacheDir = path.join(scratch, 'million-cache');
  await makeWorld(dumps, MEASUREMENTS);
  const made = await readDumps({ dumps: [dumps], cacheDir, jobs: 2, shard: null, effects: SILENT });
  const measure = (work: (db: Database) => Promise<unknown>) =>
    measureCost(RUNS, async () => {
      const db = await openDatabase({ spillDir: path.join(scratch, 'million-spill') });
      try {
        await work(db);
      } finally {
        await db.close();
      }
    });
  const measured = made.parts.filter(({ kind }) => kind === 'measurements');
  const files = measured.map(({ folder, parquet }) => path.join(folder, parquet));
  const load = await measure((db) => loadBare(db, files));
  const bare = await measure(async (db) => {
    await loadBare(db, files);
    await countBare(db);
  });
  const input = { ...editionOf(made, 'all'), since: null, until: null, edition: 'all' } as const;
  const whole = await measure((db) => rollUp(db, input));
  const processor = ({ cpu }: { readonly cpu: number }) => `${cpu.toFixed(1)} s of processor time`;
  return [
    {
      bench: 'roll-up: DuckDB alone',
      value: bare.wall,
      unit: 's',
      ratio: null,
      note: `baseline, a million measurements of a year: loads them, makes ${MEASURED.length} counting tables; ${processor(bare)}, ${load.cpu.toFixed(1)} of it to load`,
    },
    {
      bench: 'roll-up: all tables and events',
      value: whole.wall,
      unit: 's',
      ratio: whole.cpu / bare.cpu,
      note: `each measurement once, names that may be shown; ${processor(whole)}`,
      goal: '4 times',
    },
  ];
}
