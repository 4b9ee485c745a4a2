/** As other-machine.test.ts, of the whole sample, with every picture. */
import path from 'node:path';
import { expect, it } from 'vitest';
import { writeSample } from '../../data-build/sample/sample.ts';
import { buildTwice } from '../support/other-machine.ts';
import { recordEffects } from '../support/quiet-effects.ts';
import { scratchFolder } from '../support/scratch.ts';

it('are the same bytes', { timeout: 1_800_000 }, async () => {
  const root = scratchFolder('other-machine-long');
  const dumps = path.join(root, 'dumps');
  await writeSample({ size: 'small', out: dumps, seed: 1, effects: recordEffects() });
  const { same, different } = await buildTwice(dumps, root);
  console.log(`${String(same)} files are the same bytes`);
  expect(different.slice(0, 40)).toEqual([]);
  expect(same).toBeGreaterThan(2_000);
});
