/** The counting tables that Spark makes from the parts are those of DuckDB, row for row. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { tableColumns } from '../../data-build/contract/tables.ts';
import { readDumps } from '../../data-build/read-dumps.ts';
import { openDatabase } from '../../data-build/rollup/database.ts';
import { MEASURED } from '../../data-build/rollup/interference.ts';
import { rollUp } from '../../data-build/rollup/rollup.ts';
import { writeSample } from '../../data-build/sample/sample.ts';
import { rollUpOnSpark } from '../../data-build/commands/spark-tables.ts';
import { isThere } from '../support/run-script.ts';

const python = process.env['PYTHON'] ?? 'python3';
const isReady = isThere(python, ['-c', 'import pyspark']) && isThere('java', ['-version']);
const skipped = isReady
  ? ''
  : `: skipped, ${python} has no pyspark or there is no java; PYTHON names another`;

it.skipIf(!isReady)(
  `Spark and DuckDB count a million measurements alike${skipped}`,
  async () => {
    const folder = await mkdtemp(join(tmpdir(), 'spark-'));
    const db = await openDatabase({ spillDir: join(folder, 'spill') });
    const effects = { log: () => undefined, progress: () => undefined, now: () => 0 };
    try {
      const dumps = join(folder, 'dumps');
      const size = { size: 'world', seed: 1, measurements: 1_000_000 } as const;
      await writeSample({ ...size, out: dumps, effects });
      const cacheDir = join(folder, 'cache');
      const made = await readDumps({ dumps: [dumps], cacheDir, jobs: 2, shard: null, effects });
      await rollUp(db, { ...made, since: null, until: null, edition: 'all' });
      await rollUpOnSpark(made, join(folder, 'out'), process.env['PYTHON'] ?? null);
      for (const { table } of MEASURED) {
        const columns = tableColumns(table)
          .map(({ name, type }) => `"${name}"::${type} AS "${name}"`)
          .join(', ');
        const spark = `SELECT ${columns} FROM read_parquet('${join(folder, 'out', table)}/*.parquet')`;
        const duckDb = `SELECT ${columns} FROM "${table}"`;
        const [apart] = await db.all(`
        SELECT (SELECT count(*) > 10000 FROM "${table}") AS filled,
          (SELECT count(*) FROM (${duckDb} EXCEPT ALL ${spark})) AS missing,
          (SELECT count(*) FROM (${spark} EXCEPT ALL ${duckDb})) AS added`);
        expect(apart, table).toEqual({ filled: true, missing: 0, added: 0 });
      }
    } finally {
      await db.close();
      await rm(folder, { recursive: true, force: true });
    }
  },
  3_600_000,
);
