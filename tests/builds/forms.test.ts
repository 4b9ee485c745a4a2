/**
 * The same measurements in every form that they are published in give the same tables, and count once when they are
 * given in several. All the lines of ../shared/data/ooni that stand in bucket trees; they are packed anew here.
 */
import { createHash } from 'node:crypto';
import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { isJsonObject, stringAt } from '../../data-build/parse/json.ts';
import { parseJson } from '../../data-build/parse/measurement-line.ts';
import { buildData } from '../../data-build/build.ts';
import { readDumps } from '../../data-build/read-dumps.ts';
import { openDatabase, type Database } from '../../data-build/rollup/database.ts';
import { hashFile } from '../../data-build/hash.ts';
import { listFiles } from '../../data-build/write/checksum.ts';
import { isLong } from '../support/long.ts';
import { recordEffects } from '../support/quiet-effects.ts';
import { scratchFolder } from '../support/scratch.ts';
import { describeWithSharedData, sharedData } from '../support/shared-data.ts';
import { makeTar } from '../support/tar.ts';

const scratch = scratchFolder('forms');

/** Two forms at once hold each of them; each alone is looked at when there is time. */
const PLAIN = ['twice', ...(isLong ? ['single'] : [])];
const WITH_IDS = ['twins', ...(isLong ? ['postcans'] : [])];

interface DumpFile {
  /** From `raw/` on. */
  readonly path: string;
  readonly source: string;
  readonly lines: readonly string[];
}

async function readTree(root: string): Promise<readonly DumpFile[]> {
  const paths = (await listFiles(root)).filter((path) => path.endsWith('.jsonl.gz'));
  return Promise.all(
    paths.map(async (path) => {
      const text = gunzipSync(await readFile(join(root, path))).toString('utf8');
      return { path, source: join(root, path), lines: text.trimEnd().split('\n') };
    }),
  );
}

async function write(path: string, content: string | Buffer): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, content);
}

/**
 * As the publisher names it: when it was received, where from, which test, and a hash of what was sent. Lines that
 * agree in report, input, time and test get one id: without ids they are one measurement too.
 */
function uidOf(path: string, line: string): string {
  const [hour = '', cc = '', test = ''] = basename(path).split(/[_.]/);
  const raw = parseJson(line);
  const report = isJsonObject(raw) ? stringAt(raw, 'report_id') : null;
  const sent =
    isJsonObject(raw) && report !== null && report !== ''
      ? JSON.stringify([report, raw['input'], raw['measurement_start_time'], raw['test_name']])
      : line;
  return `${hour}3000.000000_${cc}_${test}_${createHash('sha512').update(sent).digest('hex').slice(0, 16)}`;
}

function toPostcan(file: DumpFile): Buffer {
  return makeTar(
    file.lines.map((line) => ({
      name: `posts/${uidOf(file.path, line)}.post`,
      content: `{"format":"json","content":${line}}`,
    })),
  );
}

async function build(name: string): Promise<ReadonlyMap<string, string>> {
  const effects = recordEffects();
  const lists = sharedData('ooni-lists') ?? '';
  const cacheDir = join(scratch, 'cache');
  const out = join(scratch, 'built', name);
  const request = { dumps: [join(scratch, name), lists], cacheDir, jobs: 2, shard: null, effects };
  const options = { edition: 'all', since: null, until: null, strict: false } as const;
  await buildData(() => readDumps(request), { out, cacheDir, ...options }, effects);
  const tables = (await listFiles(out)).filter((path) => path.endsWith('.parquet'));
  const hashes = await Promise.all(tables.map((path) => hashFile(join(out, path))));
  return new Map(tables.map((path, index) => [path, hashes[index] ?? '']));
}

function without(tables: ReadonlyMap<string, string>, name: string): readonly string[] {
  return [...tables.keys()].filter((path) => !path.startsWith(`${name}/`));
}

describeWithSharedData('measurements in many forms', 'ooni', (ooni) => {
  let db: Database;
  let files: readonly DumpFile[];
  let tree: ReadonlyMap<string, string>;

  beforeAll(async () => {
    db = await openDatabase({ spillDir: join(scratch, 'spill') });
    const trees = [join(ooni, 'bucket'), join(ooni, 'kenya-telegram-2024')];
    files = (await Promise.all(trees.map(readTree))).flat();
    expect(files.flatMap((file) => file.lines).length).toBe(5_304);
    for (const [index, file] of files.entries()) {
      for (const folder of ['tree', 'twins', 'twice']) {
        const copy = join(scratch, folder, file.path);
        await mkdir(dirname(copy), { recursive: true });
        await copyFile(file.source, copy);
      }
      // Some are not gzipped, whatever their name says; both kinds are known by their content.
      const postcan = index % 2 === 0 ? toPostcan(file) : gzipSync(toPostcan(file), { level: 1 });
      const place = file.path.replace('.jsonl.gz', '.tar.gz');
      for (const folder of ['postcans', 'twins']) {
        await write(join(scratch, folder, place), postcan);
      }
    }
    const everything = `${files.flatMap((file) => file.lines).join('\n')}\n`;
    await write(join(scratch, 'single', 'everything.jsonl'), everything);
    await write(join(scratch, 'twice', 'everything.jsonl'), everything);
    tree = await build('tree');
    expect(tree.size).toBeGreaterThan(100);
  });

  afterAll(async () => {
    await db.close();
  });

  function measurements(name: string): string {
    return `(SELECT * EXCLUDE (measurement_uid) FROM read_parquet('${join(scratch, 'built', name)}/measurements/**/*.parquet', hive_partitioning = false))`;
  }

  async function expectSameMeasurements(name: string): Promise<void> {
    const [row] = await db.all(`SELECT
      (SELECT count(*) FROM (FROM ${measurements('tree')} EXCEPT ALL FROM ${measurements(name)})) AS missing,
      (SELECT count(*) FROM (FROM ${measurements(name)} EXCEPT ALL FROM ${measurements('tree')})) AS added`);
    expect(row).toEqual({ missing: 0, added: 0 });
  }

  it.each(PLAIN)('lines in one file (%s) give the same files, byte for byte', async (name) => {
    expect(await build(name)).toEqual(tree);
  });

  it.each(WITH_IDS)('%s give what their lines give, with the publisher’s ids', async (name) => {
    const built = await build(name);
    expect(without(built, 'measurements')).toEqual(without(tree, 'measurements'));
    await expectSameMeasurements(name);
    const [ids] = await db.all(`SELECT count(*) AS missing
        FROM read_parquet('${join(scratch, 'built', name)}/measurements/**/*.parquet', hive_partitioning = false)
        WHERE measurement_uid IS NULL AND test_name <> 'unlisted_experiment'`);
    expect(ids).toEqual({ missing: 0 });
  });
});
