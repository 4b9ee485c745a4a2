/** What detectors read is the same however many places are sorted at once. */
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readDumps } from '../../data-build/read-dumps.ts';
import { openDatabase, type Database } from '../../data-build/rollup/database.ts';
import { rollUp } from '../../data-build/rollup/rollup.ts';
import { makeTargetDays, readTargets, type Target } from '../../data-build/rollup/targets.ts';
import { recordEffects } from '../support/quiet-effects.ts';
import { scratchFolder } from '../support/scratch.ts';
import { writeYearsOfTests } from '../support/years-of-tests.ts';

const root = scratchFolder('target-days');
let db: Database;
beforeAll(async () => {
  const dumps = path.join(root, 'dumps');
  await writeYearsOfTests(dumps);
  const made = await readDumps({
    dumps: [dumps],
    cacheDir: path.join(root, 'cache'),
    jobs: 1,
    shard: null,
    effects: recordEffects(),
  });
  db = await openDatabase({ spillDir: path.join(root, 'spill'), threads: 1 });
  await rollUp(db, { ...made, edition: 'all', since: null, until: null });
});
afterAll(() => db.close());

async function readAll(most?: number): Promise<{ batches: number; targets: readonly Target[] }> {
  const batches = await makeTargetDays(db, most);
  const targets: Target[] = [];
  for await (const target of readTargets(db, batches)) targets.push(target);
  return { batches: batches.length, targets };
}

it('are read place by place as they are all at once', async () => {
  const whole = await readAll();
  expect(whole.batches).toBe(1);
  expect(whole.targets.map(({ probe_cc, domain }) => `${probe_cc} ${domain ?? ''}`)).toEqual([
    'KE mail.example',
    'KE news.example',
    'UG mail.example',
    'UG news.example',
  ]);
  expect(await readAll(1)).toEqual({ batches: 2, targets: whole.targets });
});
