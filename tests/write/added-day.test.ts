/** A data folder is the same whatever was built into it before, and what a new day does not touch is not written again. */
import { appendFileSync, rmSync, statSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { BuildOptions } from '../../data-build/build.ts';
import { addDays } from '../../data-build/contract/brands.ts';
import { hashOf } from '../../data-build/hash.ts';
import type { PlacedPart } from '../../data-build/parts.ts';
import { openDatabase } from '../../data-build/rollup/database.ts';
import { createRng } from '../../data-build/sample/rng.ts';
import { listFiles, listOwnFiles } from '../../data-build/write/checksum.ts';
import { buildHand, madeOf } from '../support/hand-build.ts';
import { COUNTS, MEASUREMENT, writeHandPart } from '../support/hand-parts.ts';
import { day } from '../support/days.ts';
import { isLong } from '../support/long.ts';
import { scratchFolder } from '../support/scratch.ts';

const folder = scratchFolder('added-day');
const nightly = join(folder, 'nightly');
const cacheDir = join(folder, 'cache');
/** Two months, and a week that lies in both. The last day has UG and one website alone. */
const DAYS = ['2024-10-29', '2024-10-30', '2024-10-31', '2024-11-01', '2024-11-02', '2024-11-10'];
const LAST = DAYS.length - 1;
const ROUNDS = isLong ? 9 : 1;
/** Stands for the days on which use of a tool jumps; those before are always there. */
const JUMP = DAYS.length;
const START = day('2024-07-15');
/** Rows of one day as publishers mend them: instead of the day `at`. */
const MENDED: readonly {
  readonly at: number;
  readonly mend: (rows: readonly Row[]) => readonly Row[];
}[] = [
  { at: 1, mend: (rows) => rows.slice(1) },
  { at: 1, mend: (rows) => rows.map((row, n) => (n === 5 ? { ...row, outcome: 'anomaly' } : row)) },
  { at: 1, mend: (rows) => rows.filter(({ probe_cc }) => probe_cc !== 'KE') },
  { at: LAST, mend: (rows) => rows.map((row, n) => (n < 3 ? { ...row, probe_cc: 'KE' } : row)) },
];
type Row = typeof MEASUREMENT;
let parts: readonly PlacedPart[];

beforeAll(async () => {
  const db = await openDatabase({ spillDir: join(folder, 'spill'), threads: 1 });
  const made: PlacedPart[] = [];
  const days: (readonly Row[])[] = [];
  for (const [at, date] of DAYS.entries()) {
    const rows = Array.from({ length: 40 }, (_, n) => ({
      ...MEASUREMENT,
      ...(n % 2 === 0
        ? {}
        : {
            test_name: 'web_connectivity',
            input: `https://${n % 4 === 1 || at === LAST ? 'a' : 'b'}.example/`,
            domain: `${n % 4 === 1 || at === LAST ? 'a' : 'b'}.example`,
            rule_id: 'web_connectivity.ok',
          }),
      probe_cc: at !== LAST && n % 3 === 0 ? 'KE' : 'UG',
      probe_asn: 1 + (n % 4) * 60,
      report_id: `r${n}`,
      measurement_uid: `2024_${at}_${n}`,
      measurement_start_time: `${date} 00:00:${String(10 + n)}`,
      outcome: n % 4 === 0 ? 'anomaly' : 'ok',
      blocking_method: n % 4 === 0 ? 'dns' : null,
    }));
    // A measurement of the day before comes again, so what is counted once depends on both.
    const again = made.length === 0 ? [] : [{ ...rows[1], measurement_uid: `2024_${at - 1}_1` }];
    days.push([...rows, ...again]);
    made.push(await writeHandPart(db, folder, 'measurements', `${date}.jsonl`, days[at] ?? []));
  }
  const mended: PlacedPart[] = [];
  for (const [n, { at, mend }] of MENDED.entries()) {
    const rows = mend(days[at] ?? []);
    mended.push(await writeHandPart(db, folder, 'measurements', `mended-${n}.jsonl`, rows));
  }
  for (const [name, from, to] of [
    ['later', 100, 120],
    ['use', 0, 100],
  ] as const) {
    const use = Array.from({ length: to - from }, (_, at) => ({
      day: addDays(START, from + at),
      probe_cc: 'KE',
      tool: 'tor-relay',
      metric: 'users',
      value: from === 0 ? 1000 + (at % 7) * 10 : 9000,
      source: 'tor-metrics',
      licence: 'cc0',
    }));
    made.push(await writeHandPart(db, folder, 'tool_use', `${name}.csv`, use));
    if (name === 'later') made.push(...mended);
  }
  made.push(await writeHandPart(db, folder, 'counts', 'c.csv', [{ ...COUNTS, probe_cc: 'TZ' }]));
  parts = made;
  await db.close();
});

async function build(
  given: readonly number[],
  out: string,
  more: Partial<BuildOptions> = {},
): Promise<void> {
  const own = parts.filter((_, at) => at > JUMP + MENDED.length || given.includes(at));
  const made = {
    ...madeOf(own),
    lists: [{ path: 'global.csv', sha256: hashOf('list'), rows: 1 }],
    categories: [
      {
        list: 'global',
        url: 'https://a.example/',
        category_code: 'NEWS' as const,
        domain: 'a.example',
      },
    ],
  };
  await buildHand(made, { out, cacheDir, ...more });
}

/** Every file with its content, but for what is said of the releases before: feeds tell that, too (decision 67). */
async function contentOf(out: string): Promise<ReadonlyMap<string, string>> {
  const files = (await listOwnFiles(out)).filter((path) => !path.startsWith('feeds/'));
  const texts = await Promise.all(files.map((path) => readFile(join(out, path), 'latin1')));
  const withoutFeeds = (text: string): string =>
    text.replaceAll(/^[0-9a-f]{64} {2}feeds\/.*\n/gm, '');
  return new Map([
    ...files.map((path, at) => [path, withoutFeeds(texts[at] ?? '')] as const),
    ...(await foundOf(out)),
  ]);
}

/** What each feed says of events that the release finds. */
async function foundOf(out: string): Promise<readonly (readonly [string, string])[]> {
  const feeds = (await listOwnFiles(out)).filter((path) => path.endsWith('/feed.json'));
  const found = await Promise.all(
    feeds.map(async (path) => {
      const feed: { readonly items: readonly FeedItem[] } = JSON.parse(
        await readFile(join(out, path), 'utf8'),
      );
      const items = feed.items
        .filter(({ _atlas: { kind } }) => kind !== 'not_found')
        .map((item) => JSON.stringify({ ...item, date_modified: null }));
      return [path, items.toSorted().join('\n')] as const;
    }),
  );
  // A feed without an entry need not be there.
  return found.filter(([, items]) => items !== '');
}

interface FeedItem {
  readonly date_modified: string;
  readonly _atlas: { readonly kind: string };
}

const fresh = new Map<string, Promise<ReadonlyMap<string, string>>>();

/** What a build on a machine that never built before gives. */
function freshContent(days: readonly number[], more: Partial<BuildOptions> = {}) {
  const name = hashOf(JSON.stringify([days, more])).slice(0, 8);
  const out = join(folder, 'fresh', name);
  const made =
    fresh.get(name) ??
    build(days, out, { cacheDir: join(folder, 'fresh-cache', name), ...more }).then(() =>
      contentOf(out),
    );
  fresh.set(name, made);
  return made;
}

const upTo = (last: number): readonly number[] => DAYS.flatMap((_, at) => (at <= last ? [at] : []));
const ALL = upTo(LAST);
const inodeOf = (path: string): number => statSync(join(nightly, path)).ino;

describe('a data folder that grows night by night', () => {
  it('is byte for byte what one build of all its days gives, also when a day is taken away', async () => {
    for (const days of [upTo(LAST - 1), ALL, ALL.slice(1)]) {
      await build(days, nightly);
      expect(await contentOf(nightly), days.join()).toEqual(await freshContent(days));
    }
  });

  it('is so for any days in any order', async () => {
    const rng = createRng(1, 'added-day', 'splits');
    for (let round = 0; round < ROUNDS; round += 1) {
      await build([0, ...ALL.filter(() => rng.unit() < 0.6)], nightly);
      await build(ALL, nightly);
      expect(await contentOf(nightly)).toEqual(await freshContent(ALL));
    }
  });

  it('is so when the rows of a day are others the next night', async () => {
    await build(upTo(LAST - 1), nightly);
    for (const [n, { at }] of MENDED.entries()) {
      const days = [...ALL.filter((other) => other !== at), JUMP + 1 + n];
      await build(days, nightly);
      expect(await contentOf(nightly), String(n)).toEqual(await freshContent(days));
    }
  });

  it('keeps the files that a new day does not touch', async () => {
    await build(upTo(LAST - 1), nightly);
    const before = new Map((await listFiles(nightly)).map((path) => [path, inodeOf(path)]));
    await build(ALL, nightly);
    const written = (await listFiles(nightly)).filter((path) => before.get(path) !== inodeOf(path));
    const parquet = written.filter((path) => path.endsWith('.parquet'));
    expect(parquet.filter((path) => path.includes('KE') || path.includes('2024-10'))).toEqual([]);
    expect(parquet.some((path) => path.includes('probe_cc=UG'))).toBe(true);
    const slices = written.filter((path) =>
      /^(?:country|domain|network)\/.*(?:csv|json)$/.test(path),
    );
    expect(slices.filter((path) => /\/(?:KE|b\.example)\//.test(path))).toEqual([]);
    expect(slices.some((path) => path.startsWith('country/UG/'))).toBe(true);
  });

  it('keeps the bytes of feeds of places, networks and websites without a new event', async () => {
    const feedsOf = async (): Promise<readonly (readonly [string, string])[]> =>
      Promise.all(
        (await listOwnFiles(nightly))
          .filter((path) => /^feeds\/(?:cc0\/)?(?:country|network|domain|test|theme)\//.test(path))
          .map(async (path) => [path, await readFile(join(nightly, path), 'utf8')] as const),
      );
    await build(upTo(LAST - 1), nightly);
    const before = await feedsOf();
    await build(ALL, nightly);
    expect(before.length).toBeGreaterThan(10);
    expect(await feedsOf()).toEqual(before);
  });

  it('writes again what a measurement stood in that was taken away by its uid, and nothing else', async () => {
    const uid = `2024_${LAST}_3`;
    const exclude = {
      exclusions: [{ by: 'measurement_uid', value: uid }],
      sha256: hashOf(uid),
    } as const;
    await build(ALL, nightly);
    const before = new Map((await listFiles(nightly)).map((path) => [path, inodeOf(path)]));
    await build(ALL, nightly, { exclude });
    expect(await contentOf(nightly)).toEqual(await freshContent(ALL, { exclude }));
    const written = (await listFiles(nightly)).filter((path) => before.get(path) !== inodeOf(path));
    const tables = written.filter((path) => /^(?:measurements|interference)/.test(path));
    expect(tables.filter((path) => path.includes('KE') || path.includes('2024-10'))).toEqual([]);
    expect(tables).not.toEqual([]);
  });

  it('leaves out what was taken away', async () => {
    const exclude = {
      exclusions: [{ by: 'domain', value: 'b.example' }],
      sha256: hashOf('b.example'),
    } as const;
    await build(ALL, nightly, { exclude });
    expect(await contentOf(nightly)).toEqual(await freshContent(ALL, { exclude }));
  });
});

describe('events that were found before', () => {
  const events = async (): Promise<string> =>
    readFile(join(nightly, 'country/KE/events-cc0.csv'), 'utf8');

  it('are found anew where figures changed, and where the notes of the cache were altered or cut', async () => {
    await build([0], nightly);
    await build([0, JUMP], nightly);
    expect(await events()).toContain(',surge,KE,');
    expect(await contentOf(nightly)).toEqual(await freshContent([0, JUMP]));
    const built = join(cacheDir, 'built');
    const [notes = ''] = (await listFiles(built)).filter((name) => name.endsWith('.events'));
    const whole = await readFile(join(built, notes));
    const other = Buffer.from(
      whole.toString('latin1').replaceAll('tor-metrics', 'tor-metricx'),
      'latin1',
    );
    for (const bytes of [whole, other, whole.subarray(0, 100)]) {
      await writeFile(join(built, notes), bytes);
      await build([0, 1, JUMP], nightly);
      expect(await contentOf(nightly)).toEqual(await freshContent([0, 1, JUMP]));
    }
    await build([0], nightly);
    expect(await contentOf(nightly)).toEqual(await freshContent([0]));
  });
});

describe('a file that was kept', () => {
  it('is written again when somebody changed it, or when it is gone', async () => {
    await build(upTo(LAST - 1), nightly);
    const files = await listFiles(nightly);
    const changed = files.filter((path) => /measurements|country_daily/.test(path));
    expect(new Set(changed.map((path) => path.split('.').at(-1)))).toEqual(
      new Set(['parquet', 'csv', 'json']),
    );
    for (const path of changed) appendFileSync(join(nightly, path), 'x');
    for (const path of files.filter((one) => /network_daily|a\.example/.test(one)))
      rmSync(join(nightly, path));
    await build(ALL, nightly);
    expect(await contentOf(nightly)).toEqual(await freshContent(ALL));
  });

  it('is written again when the notes of the cache are cut or say something else', async () => {
    const built = join(cacheDir, 'built');
    const [notes = ''] = (await listFiles(built)).filter((name) => name.endsWith('.json'));
    for (const change of [
      (text: string) => text.slice(0, 200),
      (text: string) => text.replaceAll(/"sha256":"[0-9a-f]{8}/g, '"sha256":"00000000'),
    ]) {
      const text = await readFile(join(built, notes), 'utf8');
      expect(change(text)).not.toBe(text);
      await writeFile(join(built, notes), change(text));
      await build(ALL, nightly);
      expect(await contentOf(nightly)).toEqual(await freshContent(ALL));
    }
  });
});
