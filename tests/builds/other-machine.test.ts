/** Two builds of the same dumps, one of them on another machine: the same bytes, in data and site. */
import path from 'node:path';
import { expect, it } from 'vitest';
import { buildTwice } from '../support/other-machine.ts';
import { scratchFolder } from '../support/scratch.ts';
import { ROOT } from '../support/site-build.ts';

const DUMPS = path.join(ROOT, 'tests/builds/telegram-in-the-bucket-tree/dumps');

it('are the same bytes', async () => {
  const { same, different } = await buildTwice(DUMPS, scratchFolder('other-machine'));
  expect(different).toEqual([]);
  expect(same).toBeGreaterThan(250);
});
