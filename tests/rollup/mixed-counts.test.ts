/** Events of places whose days come partly from tests and partly from counts that name no network. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { addDays } from '../../data-build/contract/brands.ts';
import { openDatabase, type Database } from '../../data-build/rollup/database.ts';
import { rollUp } from '../../data-build/rollup/rollup.ts';
import { COUNTS, MEASUREMENT, writeHandPart } from '../support/hand-parts.ts';
import { scratchFolder } from '../support/scratch.ts';
import { day } from './detectors/series-of.ts';

const folder = scratchFolder('mixed-counts');
let db: Database;
beforeEach(async () => {
  db = await openDatabase({ spillDir: `${folder}/spill`, threads: 1 });
});
afterEach(() => db.close());

const SINCE = day('2024-01-01');

/** A test a day in each of four networks, as often as `times` says; blocked ones show signs. */
function tests(length: number, times: number, isBlocked: (at: number) => boolean) {
  return Array.from({ length: length * 4 * times }, (_, index) => {
    const at = Math.floor(index / 4 / times);
    return {
      ...MEASUREMENT,
      day: addDays(SINCE, at),
      measurement_start_time: `${addDays(SINCE, at)} 10:00:00`,
      report_id: `report-${index}`,
      line_hash: String(index),
      probe_asn: 64500 + (index % 4),
      outcome: isBlocked(at) ? 'anomaly' : 'ok',
      blocking_method: isBlocked(at) ? 'tcp_ip' : null,
    };
  });
}

const counted = (at: number, tests: number, signs: number) => ({
  ...COUNTS,
  day: addDays(SINCE, at),
  measurement_count: tests,
  ok_count: tests - signs,
  anomaly_count: signs,
  failure_count: 0,
});

async function eventsOf(
  measurements: ReturnType<typeof tests>,
  counts: readonly ReturnType<typeof counted>[],
) {
  await rollUp(db, {
    parts: [
      await writeHandPart(db, folder, 'measurements', 'a.jsonl', measurements),
      await writeHandPart(db, folder, 'counts', 'total.csv', counts),
    ],
    categories: [],
    edition: 'all',
    since: null,
    until: null,
  });
  return db.all(`
    SELECT kind, strftime(first_sign, '%Y-%m-%d') AS first_sign, strftime(first_normal, '%Y-%m-%d') AS first_normal,
      measurement_count AS tests, anomaly_count AS signs, network_count AS networks, robust
    FROM events WHERE probe_asn IS NULL AND kind <> 'method_change' ORDER BY first_sign, kind DESC`);
}

it('count each day as its table does, never tests and counts together', async () => {
  const [began, length] = [60, 120];
  const blocked = (at: number) => at >= began;
  const counts = Array.from({ length }, (_, at) => counted(at, 12, blocked(at) ? 12 : 0));
  expect(await eventsOf(tests(length, 2, blocked), counts)).toEqual([
    {
      kind: 'interference_start',
      first_sign: addDays(SINCE, began),
      first_normal: null,
      tests: 12 * (length - began),
      signs: 12 * (length - began),
      networks: null,
      robust: null,
    },
  ]);
  expect(
    await db.all(
      `SELECT sum(measurement_count)::INTEGER AS tests FROM interference_country_daily WHERE day >= DATE '${addDays(SINCE, began)}'`,
    ),
  ).toEqual([{ tests: 12 * (length - began) }]);
});

it('keep what tests of many networks show when one day names none', async () => {
  const blocked = (at: number) => at >= 60 && at < 65;
  const found = {
    first_sign: addDays(SINCE, 60),
    first_normal: addDays(SINCE, 65),
    tests: 60,
    signs: 60,
    networks: 4,
    robust: true,
  };
  expect(await eventsOf(tests(120, 3, blocked), [counted(11, 14, 0)])).toEqual([
    { kind: 'interference_start', ...found },
    { kind: 'interference_end', ...found },
  ]);
});

it('end where later counts without networks show that it is over, and begin again there', async () => {
  const blocked = (at: number) => at >= 60;
  const later = Array.from({ length: 160 }, (_, at) => counted(90 + at, 20, at >= 100 ? 19 : 0));
  const events = await eventsOf(tests(90, 3, blocked), later);
  expect(
    events.map(({ kind, first_sign, first_normal, networks }) => [
      kind,
      first_sign,
      first_normal,
      networks,
    ]),
  ).toEqual([
    ['interference_start', addDays(SINCE, 60), addDays(SINCE, 90), 4],
    ['interference_end', addDays(SINCE, 60), addDays(SINCE, 90), 4],
    ['interference_start', addDays(SINCE, 190), null, null],
  ]);
});
