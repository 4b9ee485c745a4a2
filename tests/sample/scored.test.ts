/** The large sizes: scored parts that the build takes as they lie. */
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addDays } from '../../data-build/contract/brands.ts';
import { ID_SHAPES } from '../../data-build/contract/privacy.ts';
import { RULES } from '../../data-build/contract/rules.ts';
import { makeParts } from '../../data-build/convert/make-parts.ts';
import { hashFile } from '../../data-build/hash.ts';
import { openDatabase, numberIn, textIn, type Database } from '../../data-build/rollup/database.ts';
import { plainEpisodes } from '../../data-build/sample/plain-episodes.ts';
import { writeScoredParts } from '../../data-build/sample/scored-rows.ts';
import { longSiteList } from '../../data-build/sample/sites.ts';
import { createWorld, type SampleSize, worldDays } from '../../data-build/sample/world.ts';
import { listFiles } from '../../data-build/write/checksum.ts';

const effects = { log: () => undefined, progress: () => undefined, now: () => 0 };
const sites = longSiteList();
const MEASUREMENTS = 30_000;

let home: string;
let db: Database;
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'atlas-scored-'));
  db = await openDatabase({ spillDir: join(home, 'spill') });
  await write('first', 1);
  await write('again', 1);
  await write('other', 2);
});
afterAll(async () => {
  await db.close();
  await rm(home, { recursive: true });
});

/** Six weeks of three places. */
function fewDays(size: SampleSize) {
  const world = createWorld(size);
  const places = world.places.filter(({ cc }) => ['JP', 'KE', 'NZ'].includes(cc));
  return { ...world, places, firstDay: addDays(world.lastDay, -41) };
}

async function write(name: string, seed: number, size: SampleSize = 'world') {
  const world = fewDays(size);
  const episodes = plainEpisodes(world, sites, 1).map((one) => ({ ...one, networks: null }));
  const sample = { world, episodes, sites, seed, measurements: MEASUREMENTS };
  return { ...(await writeScoredParts(join(home, name), sample, () => undefined)), episodes };
}

async function hashesOf(name: string) {
  const files = await listFiles(join(home, name));
  return Promise.all(files.map((file) => hashFile(join(home, name, file))));
}

const rowsOf = (name: string) => `read_parquet('${join(home, name)}/scored/*/*.parquet')`;

describe('a large sample', () => {
  it('has a place, a network and a website for every promise', () => {
    const { places } = createWorld('world');
    expect(places.length).toBeGreaterThanOrEqual(190);
    expect(places.flatMap(({ networks }) => networks).length).toBeGreaterThanOrEqual(3000);
    expect(new Set(sites.map(({ domain }) => domain)).size).toBe(2500);
  });

  it('gives the same bytes for the same seed, a part a day', async () => {
    const [first, again, other] = await Promise.all(['first', 'again', 'other'].map(hashesOf));
    expect(first).toHaveLength(worldDays(fewDays('world')).length);
    expect(again).toEqual(first);
    expect(other?.some((hash) => first?.includes(hash))).toBe(false);
  });

  it('has about as many measurements as were asked for, each once, with ids and rules that exist', async () => {
    const rules = RULES.map(({ id }) => `'${id}'`).join(', ');
    const [row] = await db.all(`
      SELECT count(*) AS rows, count(DISTINCT measurement_uid) AS ids,
        count(*) FILTER (NOT regexp_matches(measurement_uid, '${ID_SHAPES.measurement_uid}')) AS strange_uid,
        count(*) FILTER (NOT regexp_matches(report_id, '${ID_SHAPES.report_id}')) AS strange_report,
        count(*) FILTER (rule_id NOT IN (${rules})) AS strange_rule
      FROM ${rowsOf('first')}`);
    const count = numberIn(row, 'rows');
    expect(Math.abs(count - MEASUREMENTS)).toBeLessThan(MEASUREMENTS / 20);
    expect(row).toMatchObject({ ids: count, strange_uid: 0, strange_report: 0, strange_rule: 0 });
  });

  it('shows its episodes and little else', async () => {
    const { world, episodes } = {
      world: fewDays('world'),
      episodes: plainEpisodes(fewDays('world'), sites, 1),
    };
    const inside = episodes.map(({ cc, target, phases }) => {
      const [phase] = phases;
      const on =
        target.kind === 'test'
          ? `test_name = '${target.test_name}'`
          : `domain = '${target.domain}'`;
      return `(probe_cc = '${cc}' AND ${on} AND measurement_start_time::DATE
        BETWEEN DATE '${phase?.firstDay ?? ''}' AND DATE '${phase?.lastDay ?? world.lastDay}')`;
    });
    const rows = await db.all(`
      SELECT CASE WHEN ${inside.join(' OR ')} THEN 'inside' ELSE 'outside' END AS side,
        avg((outcome IN ('anomaly', 'confirmed'))::INTEGER) AS share
      FROM ${rowsOf('first')} WHERE outcome IN ('ok', 'anomaly', 'confirmed') GROUP BY side ORDER BY side`);
    expect(rows.map((row) => textIn(row, 'side'))).toEqual(['inside', 'outside']);
    expect(numberIn(rows[0], 'share')).toBeGreaterThan(0.75);
    expect(numberIn(rows[1], 'share')).toBeLessThan(0.1);
  });

  it('gives a decade as counts that add up', async () => {
    const { measurements } = await write('counts', 1, 'decade');
    const [row] = await db.all(`
      SELECT count(*) AS rows, count(*) FILTER (measurement_count <> ok_count + anomaly_count + confirmed_count + failure_count
        OR ok_count < 0) AS wrong FROM ${rowsOf('counts')}`);
    expect(row).toMatchObject({ rows: measurements, wrong: 0 });
    expect(measurements).toBeGreaterThan(200);
  });

  it('is taken as it lies, and only below the mark of a sample', async () => {
    const request = { cacheDir: join(home, 'cache'), jobs: 1, shard: null, effects };
    const outside = await makeParts({ ...request, dumps: [join(home, 'first')] });
    expect(outside.parts).toEqual([]);
    expect(new Set(outside.rejects.map(({ reason }) => reason))).toEqual(
      new Set(['unreadable_file']),
    );
    await cp(join(home, 'first'), join(home, 'marked'), { recursive: true });
    await writeFile(join(home, 'marked/SYNTHETIC.json'), '{"synthetic": true}\n');
    const inside = await makeParts({ ...request, dumps: [join(home, 'marked')] });
    expect(inside.parts.map(({ folder, parquet }) => join(folder, parquet))).toEqual(
      (await listFiles(join(home, 'marked/scored'))).map((file) =>
        join(home, 'marked/scored', file),
      ),
    );
    expect(inside.parts.every(({ synthetic }) => synthetic)).toBe(true);
  });

  it('is known again by its bytes, wherever it lies, and looked at again where what was noted was altered', async () => {
    const dumps = [join(home, 'noted')];
    await cp(join(home, 'first'), join(home, 'noted'), { recursive: true });
    await writeFile(join(home, 'noted/SYNTHETIC.json'), '{"synthetic": true}\n');
    const request = { cacheDir: join(home, 'notes'), jobs: 1, shard: null, effects, dumps };
    const { parts: seen } = await makeParts(request);
    expect((await makeParts(request)).parts).toEqual(seen);
    const [one, other] = seen;
    if (one === undefined || other === undefined) throw new Error('no parts');
    const notes = join(home, 'notes/parts');
    const [note = ''] = (await readdir(notes)).filter((name) => name.startsWith(one.dump_sha256));
    const text = await readFile(join(notes, note, 'part.json'), 'utf8');
    await writeFile(
      join(notes, note, 'part.json'),
      text.replace(/"rows_out": \d+/, '"rows_out": 1'),
    );
    expect((await makeParts(request)).parts).toEqual(seen);
    await cp(join(other.folder, other.parquet), join(one.folder, one.parquet));
    const [now] = (await makeParts(request)).parts;
    expect(now).toMatchObject({ dump_sha256: other.dump_sha256, rows_out: other.rows_out });
    await writeFile(join(one.folder, one.parquet), 'none');
    expect((await makeParts(request)).parts).toEqual(seen.slice(1));
    await rm(join(home, 'noted/SYNTHETIC.json'));
    expect((await makeParts(request)).parts).toEqual([]);
  });
});
