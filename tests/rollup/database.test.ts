/** Statements that run beside one another. */
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDatabase, type Database } from '../../data-build/rollup/database.ts';
import { scratchFolder } from '../support/scratch.ts';

const PLACES = Array.from({ length: 40 }, (_, at) => at);

describe('work that is spread over several connections', () => {
  let db: Database;
  beforeAll(async () => {
    db = await openDatabase({ spillDir: join(scratchFolder('database'), 'spill') });
    await db.run('CREATE TABLE squares (place INTEGER, square INTEGER)');
  });
  afterAll(() => db.close());

  it('gives what came of each item in the order of the items, whoever was first', async () => {
    const given = await db.spread(PLACES, async (place, run) => {
      // The earlier an item, the more its statement has to do.
      await run(`SELECT sum(range) FROM range(${(PLACES.length - place) * 10_000})`);
      return place * place;
    });
    expect(given).toEqual(PLACES.map((place) => place * place));
  });

  it('sees the tables of the database, in the time zone of the build', async () => {
    await db.spread(PLACES, async (place, run) => {
      await run(`INSERT INTO squares VALUES (${place}, ${place} * ${place})`);
      await run("SELECT CASE WHEN current_setting('TimeZone') <> 'UTC' THEN error('not UTC') END");
    });
    expect(await db.all('SELECT count(*) AS rows, sum(square) AS squares FROM squares')).toEqual([
      { rows: 40, squares: PLACES.reduce((sum, place) => sum + place * place, 0) },
    ]);
  });

  it('begins nothing after a fault, and tells the fault', async () => {
    const begun: number[] = [];
    const { promise: isTold, resolve: tell } = Promise.withResolvers<null>();
    const work = db.spread(PLACES, async (place, run) => {
      begun.push(place);
      if (place === 3)
        await run('SELECT * FROM nowhere').finally(() => setImmediate(() => tell(null)));
      // What was begun beside it lasts longer.
      else if (place > 3) await isTold;
    });
    await expect(work).rejects.toThrow(/nowhere/);
    const [first] = begun;
    expect(first).toBe(0);
    expect(begun.length).toBeLessThan(PLACES.length);
  });

  it('does nothing for no items', async () => {
    expect(await db.spread([], () => Promise.reject(new Error('asked')))).toEqual([]);
  });
});
