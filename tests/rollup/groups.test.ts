import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addDays } from '../../data-build/contract/brands.ts';
import { openDatabase, type Database } from '../../data-build/rollup/database.ts';
import { rollUp } from '../../data-build/rollup/rollup.ts';
import type { CategoryEntry } from '../../data-build/test-lists.ts';
import { MEASUREMENT, writeHandPart } from '../support/hand-parts.ts';
import { day } from './detectors/series-of.ts';

let folder: string;
let db: Database;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'groups-'));
  db = await openDatabase({ spillDir: join(folder, 'spill'), threads: 1 });
});
afterEach(async () => {
  await db.close();
  await rm(folder, { recursive: true, force: true });
});

const SINCE = day('2024-03-01');
const BLOCKED = 60;
const WEBSITES = 18;
const NETWORKS = 12;

/** Some websites a day, each from another network; from `BLOCKED` on five in six tests show signs. */
function tests(isBlocked: (website: number, network: number) => boolean) {
  return Array.from({ length: (BLOCKED + 18) * 3 }, (_, index) => {
    const [at, website] = [Math.floor(index / 3), (index * 7) % WEBSITES];
    const network = (index * 5 + Math.floor(index / NETWORKS)) % NETWORKS;
    const signs = at >= BLOCKED && index % 6 !== 0 && isBlocked(website, network);
    return {
      ...MEASUREMENT,
      test_name: 'web_connectivity',
      day: addDays(SINCE, at),
      measurement_start_time: `${addDays(SINCE, at)} 10:00:00`,
      report_id: `report-${index}`,
      line_hash: String(index),
      probe_asn: 64500 + network,
      domain: `site-${website}.example`,
      input: `https://site-${website}.example/`,
      outcome: signs ? 'anomaly' : 'ok',
      blocking_method: signs ? 'dns' : null,
    };
  });
}

const CATEGORIES: readonly CategoryEntry[] = Array.from({ length: WEBSITES }, (_, index) => ({
  list: 'global',
  url: `https://site-${index}.example/`,
  domain: `site-${index}.example`,
  category_code: 'NEWS',
}));

/** `parts`: the tests as the files they came in. */
async function eventsOf(
  isBlocked: (website: number, network: number) => boolean,
  categories: readonly CategoryEntry[],
  toParts = (rows: ReturnType<typeof tests>) => [rows],
) {
  const parts = [];
  for (const [index, rows] of toParts(tests(isBlocked)).entries())
    parts.push(await writeHandPart(db, folder, 'measurements', `${index}.jsonl`, rows));
  await rollUp(db, { parts, categories, edition: 'all', since: null, until: null });
  return db.all(`
    SELECT kind, target, category_code, strftime(last_normal, '%Y-%m-%d') AS last_normal,
      strftime(first_sign, '%Y-%m-%d') AS first_sign, measurement_count AS tests, anomaly_count AS signs, network_count AS networks
    FROM events WHERE probe_asn IS NULL ORDER BY first_sign`);
}

describe('many thin websites that fell together', () => {
  const found = {
    kind: 'interference_start',
    last_normal: addDays(SINCE, BLOCKED - 1),
    first_sign: addDays(SINCE, BLOCKED),
    tests: 54,
    signs: 45,
    networks: 12,
  };

  it('are one event of their category, though each has too few tests', async () => {
    expect(await eventsOf(() => true, CATEGORIES)).toEqual([
      { ...found, target: 'websites NEWS', category_code: 'NEWS' },
    ]);
  });

  it('are one event of all websites where no list names a category', async () => {
    expect(await eventsOf(() => true, [])).toEqual([
      { ...found, target: 'websites', category_code: null },
    ]);
  });

  it('leave out a website with an event of its own, in what they count, too', async () => {
    const own = Array.from({ length: 300 }, (_, index) => {
      const at = Math.floor(index / 4);
      return {
        ...MEASUREMENT,
        test_name: 'web_connectivity',
        day: addDays(SINCE, at),
        measurement_start_time: `${addDays(SINCE, at)} 11:00:00`,
        report_id: `own-${index}`,
        line_hash: `own-${index}`,
        probe_asn: 64500 + (index % 4),
        domain: 'own.example',
        input: 'https://own.example/',
        outcome: at >= 30 ? 'anomaly' : 'ok',
        blocking_method: at >= 30 ? 'dns' : null,
      };
    });
    const lists: readonly CategoryEntry[] = [
      ...CATEGORIES,
      { list: 'global', url: 'https://own.example/', domain: 'own.example', category_code: 'NEWS' },
    ];
    const events = await eventsOf(
      () => true,
      lists,
      (rows) => [rows, own],
    );
    expect(events).toMatchObject([
      { target: 'own.example', first_sign: addDays(SINCE, 30) },
      { ...found, target: 'websites NEWS' },
    ]);
  });

  it('are none where one website or one network carries them', async () => {
    expect(await eventsOf((website) => website === 3, CATEGORIES)).toEqual([]);
  });

  it('are none where one network carries them', async () => {
    expect(await eventsOf((_, network) => network === 3, CATEGORIES)).toEqual([]);
  });

  it.each([
    ['every network in a file of its own', ({ probe_asn }: Row) => probe_asn % NETWORKS],
    ['the days in files that are read last to first', ({ day }: Row) => -Number(day.slice(5, 7))],
    ['three tests in turn', ({ line_hash }: Row) => Number(line_hash) % 3],
  ])('are the same with %s', async (_, partOf) => {
    const split = (rows: Row[]) => [
      ...Map.groupBy(
        rows.toSorted((a, b) => partOf(a) - partOf(b)),
        partOf,
      ).values(),
    ];
    expect(await eventsOf(() => true, CATEGORIES, split)).toEqual([
      { ...found, target: 'websites NEWS', category_code: 'NEWS' },
    ]);
  });
});

type Row = ReturnType<typeof tests>[number];
