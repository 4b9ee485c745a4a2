/** The statements for large engines, run by those that can be installed: Spark, and ClickHouse as chDB. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openDatabase } from '../../data-build/rollup/database.ts';
import { largeStatement } from '../../site/export/at-scale.ts';
import { serveHandData } from '../support/hand-data.ts';
import { isThere, runScript } from '../support/run-script.ts';
import type { StaticServer } from '../support/static-server.ts';

const python = process.env['PYTHON'] ?? 'python3';
const hasSpark = isThere(python, ['-c', 'import pyspark']) && isThere('java', ['-version']);
const hasChdb = isThere(python, ['-c', 'import chdb']);
const without = (tool: string, isThereNow: boolean): string =>
  isThereNow ? '' : `: skipped, ${python} has no ${tool}; PYTHON names another`;

const QUESTION =
  'SELECT probe_cc, domain, outcome, count(*) AS n FROM measurements GROUP BY probe_cc, domain, outcome ORDER BY probe_cc, domain, outcome';

let folder: string;
let server: StaticServer;
let expected: unknown;

beforeAll(async () => {
  ({ folder, server } = await serveHandData('engines'));
  const db = await openDatabase({ spillDir: join(folder, 'spill-again') });
  const rows = await db.all(
    QUESTION.replace('measurements', `read_parquet('${folder}/data/measurements/*/*/*.parquet')`),
  );
  await db.close();
  expect(rows.length).toBeGreaterThan(9);
  expected = rows.map((row) => Object.values(row));
});
afterAll(async () => {
  await server.close();
  await rm(folder, { recursive: true, force: true });
});

it.skipIf(!hasSpark)(
  `spark: the statement makes the table that DuckDB reads${without('pyspark, or there is no java', hasSpark)}`,
  async () => {
    const home = await mkdtemp(join(tmpdir(), 'warehouse-'));
    const statements = largeStatement('spark', `file://${folder}/data`).split(';');
    const code = `
import json
from pyspark.sql import SparkSession
spark = (SparkSession.builder.config("spark.sql.warehouse.dir", ${JSON.stringify(home)})
  .config("spark.sql.session.timeZone", "UTC").config("spark.ui.enabled", "false").getOrCreate())
for statement in ${JSON.stringify(statements.filter((one) => one.trim() !== ''))}:
    spark.sql(statement)
print(json.dumps([list(row) for row in spark.sql(${JSON.stringify(QUESTION)}).collect()]))
`;
    const lines = (await runScript(python, ['-'], code)).trim().split('\n');
    await rm(home, { recursive: true, force: true });
    expect(JSON.parse(lines.at(-1) ?? '')).toEqual(expected);
  },
  600_000,
);

it.skipIf(!hasChdb)(
  `clickhouse: the columns of the statement read every file${without('chdb', hasChdb)}`,
  async () => {
    // No object storage runs here: the same columns are read from the same files on disk.
    const statement = largeStatement('clickhouse', 'x').replace(
      /ENGINE = S3\([^)]*\)/,
      `ENGINE = File('Parquet', '${folder}/data/measurements/**/*.parquet')`,
    );
    expect(statement).toContain('ENGINE = File');
    const code = `
import json
from chdb import session
home = session.Session()
home.query("CREATE DATABASE atlas ENGINE = Atomic")
home.query("USE atlas")
home.query(${JSON.stringify(statement)})
print(json.dumps(json.loads(home.query(${JSON.stringify(QUESTION)}, "JSONCompact").bytes())["data"]))
`;
    const lines = (await runScript(python, ['-'], code)).trim().split('\n');
    const rows: unknown = JSON.parse(lines.at(-1) ?? '');
    expect(Array.isArray(rows)).toBe(true);
    expect(JSON.stringify(rows).replaceAll(/"(\d+)"/g, '$1')).toBe(JSON.stringify(expected));
  },
  600_000,
);
