/** Readers of text from outside never throw, and lose no row without counting it. Longer: `npm run fuzz`. */
import { expect, it } from 'vitest';
import { isLong } from '../support/long.ts';
import { fuzz } from './fuzz.ts';

const TEXTS = isLong ? 400_000 : 9_000;

it(`takes ${TEXTS} changed texts`, { timeout: 300_000 }, () => {
  const { tried, failures } = fuzz(1, (count) => count >= TEXTS);
  expect(tried).toBe(TEXTS);
  expect(failures).toEqual([]);
});
