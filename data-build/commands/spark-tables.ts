/** `npm run rollup:spark`: the counting tables made by Apache Spark, from the parts that `npm run data` makes as well. */
import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import type { MadeParts } from '../build.ts';
import { makeFolder } from '../make-folder.ts';
import { NothingUsable, UsageError } from '../outcome.ts';
import { loadCategories } from '../rollup/categories.ts';
import { openDatabase, textIn } from '../rollup/database.ts';
import { distinctParts } from '../rollup/part-views.ts';
import { SPARK_SETTINGS, sparkStatements } from '../rollup/spark-statements.ts';

/** `python`: the interpreter of an environment with pyspark, as `PYTHON` names it; null: what is on the path. */
export async function rollUpOnSpark(
  made: MadeParts,
  out: string,
  python: string | null,
): Promise<void> {
  const parts = distinctParts(made.parts, 'measurements');
  if (parts.length === 0)
    throw new NothingUsable(
      'The dumps hold no measurements.\nName a folder with dumps of measurements with --dumps.',
    );
  const folder = await mkdtemp(join(tmpdir(), 'atlas-spark-'));
  try {
    const job = join(folder, 'job.json');
    await makeFolder(out);
    await writeFile(
      job,
      JSON.stringify({
        settings: SPARK_SETTINGS,
        categories: await readCategories(made, join(folder, 'spill')),
        parts: parts.map((part) => ({
          path: resolve(part.folder, part.parquet),
          file: `${basename(part.folder)}/${part.parquet}`,
          dump_sha256: part.dump_sha256,
        })),
        statements: sparkStatements(resolve(out)),
      }),
    );
    await submit(job, python, folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function readCategories(made: MadeParts, spillDir: string): Promise<readonly unknown[]> {
  const db = await openDatabase({ spillDir });
  try {
    await loadCategories(db, made.categories);
    const rows = await db.all('SELECT domain, category_code FROM domain_categories ORDER BY ALL');
    return rows.map((row) => [textIn(row, 'domain'), textIn(row, 'category_code')]);
  } finally {
    await db.close();
  }
}

async function submit(job: string, python: string | null, cwd: string): Promise<void> {
  const script = join(import.meta.dirname, 'rollup/spark-job.py');
  const command = python === null ? 'spark-submit' : join(dirname(python), 'spark-submit');
  const env = python === null ? process.env : { ...process.env, PYSPARK_PYTHON: python };
  const status = await new Promise<number | null>((done, fail) => {
    const child = spawn(command, [script, job], {
      cwd,
      env,
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    child.on('error', () => {
      fail(
        new UsageError(
          `${command} does not run here.\nInstall Java and pyspark, and name the Python that has it in PYTHON.`,
        ),
      );
    });
    child.on('close', done);
  });
  if (status !== 0)
    throw new Error(`spark-submit ended with ${String(status)}.\nWhat it says stands above.`);
}
