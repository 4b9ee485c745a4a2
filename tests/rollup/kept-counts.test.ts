/** Counts that are kept in cells of four weeks and merged are those of one count of everything. */
import { appendFileSync, readdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addDays } from '../../data-build/contract/brands.ts';
import { hashOf } from '../../data-build/hash.ts';
import type { PlacedPart } from '../../data-build/parts.ts';
import { openDatabase } from '../../data-build/rollup/database.ts';
import type { CellTally } from '../../data-build/rollup/interference.ts';
import { type KeptFiles, openKeptFiles } from '../../data-build/rollup/kept-files.ts';
import { type RollupInput, rollUp } from '../../data-build/rollup/rollup.ts';
import { createRng } from '../../data-build/sample/rng.ts';
import { day } from '../support/days.ts';
import { COUNTS, MEASUREMENT, writeHandPart } from '../support/hand-parts.ts';
import { isLong } from '../support/long.ts';
import { scratchFolder } from '../support/scratch.ts';

const folder = scratchFolder('kept-counts');
const store = join(folder, 'store');
const CODE = hashOf('code');
const TABLES = [
  'interference_country_daily',
  'interference_network_daily',
  'interference_domain_daily',
  'interference_network_domain_weekly',
  'domain_country_weekly',
] as const;
/** The tables, and the days of websites that detectors read. */
const KEPT = TABLES.length + 1;
/** A cell begins on this Monday. The days lie at both sides of its ends, and in a week that two months share. */
const START = day('2024-09-30');
const DAYS = [-1, 0, 6, 22, 24, 25, 27, 28, 33, 60, 61].map((days) => addDays(START, days));
const CELLS = 4;
const ROUNDS = isLong ? 9 : 1;
const LAST = DAYS.length - 1;
let parts: readonly PlacedPart[];

beforeAll(async () => {
  const db = await openDatabase({ spillDir: join(folder, 'spill'), threads: 1 });
  const rng = createRng(1, 'kept-counts', 'rows');
  const below = (most: number): number => Math.floor(rng.unit() * most);
  const made: PlacedPart[] = [];
  let before: object = {};
  for (const [at, date] of DAYS.entries()) {
    const rows = Array.from({ length: 60 }, (_, n) => {
      const isSite = below(3) > 0;
      const name = `${['a', 'b', 'c'][below(3)] ?? ''}.example`;
      const isSign = below(3) === 0;
      return {
        ...MEASUREMENT,
        ...(isSite
          ? { test_name: 'web_connectivity', input: `https://${name}/`, domain: name }
          : {}),
        probe_cc: ['KE', 'UG', 'TZ'][below(3)] ?? null,
        probe_asn: 1 + below(4) * 60,
        report_id: `20241107T100000Z_telegram_KE_64496_n1_handmade0000000${below(9)}`,
        measurement_uid: `2024_${at}_${n}`,
        measurement_start_time: `${date} 00:00:${String(10 + (n % 50))}`,
        outcome: isSign ? 'anomaly' : 'ok',
        blocking_method: isSign ? 'dns' : null,
      };
    });
    // A measurement of the day before comes again, so what is counted once depends on both.
    made.push(await writeHandPart(db, folder, 'measurements', `${date}.jsonl`, [...rows, before]));
    before = rows[1] ?? {};
  }
  // Published counts that are larger than what was measured, and smaller ones.
  for (const [name, count] of [['large', 400] as const, ['small', 1] as const])
    made.push(
      await writeHandPart(db, folder, 'counts', `${name}.csv`, [
        {
          ...COUNTS,
          day: DAYS[name === 'large' ? 1 : 8] ?? null,
          probe_asn: 61,
          measurement_count: count,
          ok_count: count,
          anomaly_count: 0,
          failure_count: 0,
        },
      ]),
    );
  parts = made;
  await db.close();
});

const openStore = (): Promise<KeptFiles> => openKeptFiles(store, CODE);
/** Files with counts; rows are kept beside them. */
const countFiles = (): readonly string[] =>
  readdirSync(store).filter((name) => /^-?\d.*parquet$/.test(name));
let runs = 0;

/** A hash of every row of the counting tables in the order of the table, and how many cells were counted. */
async function count(
  given: readonly number[],
  kept: KeptFiles | null,
  more: Partial<RollupInput> = {},
): Promise<{ readonly tally: CellTally; readonly tables: string }> {
  runs += 1;
  const db = await openDatabase({ spillDir: join(folder, `spill-${runs}`), threads: 1 });
  const { cellTally } = await rollUp(db, {
    parts: parts.filter((_, at) => given.includes(at)),
    categories: [],
    since: null,
    until: null,
    edition: 'all',
    ...(kept === null ? {} : { kept }),
    ...more,
  });
  const rows: unknown[] = [];
  for (const table of TABLES)
    rows.push(await db.all(`SELECT COLUMNS(*)::VARCHAR FROM "${table}" ORDER BY rowid`));
  await db.close();
  await kept?.save();
  return { tally: cellTally, tables: hashOf(JSON.stringify(rows)) };
}

/** Every day, then the published counts. */
const ALL = [...DAYS.keys(), LAST + 1, LAST + 2];
const wholes = new Map<string, ReturnType<typeof count>>();

/** Counted once however often it is asked. */
function whole(days: readonly number[], more: Partial<RollupInput> = {}): ReturnType<typeof count> {
  const key = JSON.stringify([days, more]);
  const made = wholes.get(key) ?? count(days, null, more);
  wholes.set(key, made);
  return made;
}
const CATEGORIES = [
  {
    list: 'global',
    url: 'https://a.example/',
    category_code: 'NEWS' as const,
    domain: 'a.example',
  },
];

describe('counts in cells', () => {
  afterAll(() => rmSync(store, { recursive: true, force: true }));

  it('are those of one count of everything, from any days in any order', async () => {
    const rng = createRng(1, 'kept-counts', 'splits');
    for (let round = 0; round < ROUNDS; round += 1) {
      const some = ALL.filter(() => rng.unit() < 0.5);
      for (const days of [some, ALL.filter((at) => !some.includes(at)), ALL]) {
        const { tables } = await whole(days);
        expect((await count(days, await openStore())).tables, days.join()).toBe(tables);
      }
    }
  });

  it('are counted where a new day lies, and nowhere when nothing is new', async () => {
    await count(
      ALL.filter((at) => at !== LAST),
      await openStore(),
    );
    const added = await count(ALL, await openStore());
    expect(added.tally).toEqual({ cells: CELLS, all: CELLS, counted: 1 });
    const again = await count(ALL, await openStore());
    expect(again.tally).toEqual({ cells: CELLS, all: CELLS, counted: 0 });
    expect(again.tables).toBe((await whole(ALL)).tables);
  });

  it('are counted again where something is taken away, or a website has another category', async () => {
    for (const more of [
      { exclusions: [{ by: 'domain', value: 'b.example' }] },
      { categories: CATEGORIES },
    ] as const) {
      const { tables, tally } = await count(ALL, await openStore(), more);
      expect(tables).toBe((await whole(ALL, more)).tables);
      expect(tally.counted).toBe(CELLS);
    }
  });

  it('are counted again where a measurement is taken away by its uid, also when the uid comes later', async () => {
    const report = '20241107T100000Z_telegram_KE_64496_n1_handmadetwoforms';
    const line = {
      ...MEASUREMENT,
      report_id: report,
      measurement_start_time: `${DAYS[LAST] ?? ''} 01:00:00`,
    };
    const uid = '20241107100001.123456_KE_telegram_00000000000000aa';
    const db = await openDatabase({ spillDir: join(folder, 'spill-uid'), threads: 1 });
    const other = { ...line, report_id: report.replace('two', '2nd') };
    const lines = await writeHandPart(db, folder, 'measurements', 'line.jsonl', [line, other]);
    const otherAlone = await writeHandPart(db, folder, 'measurements', 'o.jsonl', [other]);
    const exported = await writeHandPart(db, folder, 'measurements', 'export.csv', [
      { ...line, form: 3, measurement_uid: uid, outcome: 'anomaly', blocking_method: 'dns' },
    ]);
    await db.close();
    const without = (await whole([], { parts: [...parts, otherAlone] })).tables;
    const exclusions = [{ by: 'measurement_uid', value: uid }] as const;
    const both = { parts: [...parts, lines, exported] };
    const nights = [
      [both, CELLS],
      [{ ...both, exclusions }, 1],
      [both, 1],
      // The export comes a night after the list that names its uid.
      [{ parts: [...parts, lines], exclusions }, 1],
      [{ ...both, exclusions }, 1],
      [{ ...both, exclusions }, 0],
    ] as const;
    rmSync(store, { recursive: true, force: true });
    for (const [at, [more, counted]] of nights.entries()) {
      const { tables, tally } = await count([], await openStore(), more);
      expect(tables, `night ${at}`).toBe((await whole([], more)).tables);
      expect(tally, `night ${at}`).toEqual({ cells: CELLS, all: CELLS, counted });
      const isGone = 'exclusions' in more && more.parts.includes(exported);
      expect(tables === without, `night ${at}`).toBe(isGone);
    }
  });

  it('are counted again when a file was cut, altered or taken away', async () => {
    const { tables } = await count(ALL, await openStore());
    for (const damage of [
      (file: string) => truncateSync(file, 40),
      (file: string) => appendFileSync(file, 'x'),
      (file: string) => rmSync(file),
    ]) {
      const [first = ''] = countFiles();
      damage(join(store, first));
      const mended = await count(ALL, await openStore());
      expect(mended).toEqual({ tables, tally: { cells: CELLS, all: CELLS, counted: 1 } });
    }
  });

  it('are all counted again when their list was cut, or other code counts', async () => {
    const { tables } = await count(ALL, await openStore());
    writeFileSync(join(store, 'cells.txt'), '{"code":');
    for (const code of [CODE, hashOf('other code')]) {
      const anew = await count(ALL, await openKeptFiles(store, code));
      expect(anew).toEqual({ tables, tally: { cells: CELLS, all: CELLS, counted: CELLS } });
    }
  });

  it('do not pile up', async () => {
    for (const days of [ALL, ALL.slice(2), [0, LAST], ALL]) await count(days, await openStore());
    expect(countFiles()).toHaveLength(CELLS * KEPT);
    await count([0], await openStore());
    expect(countFiles()).toHaveLength(KEPT);
  });
});
