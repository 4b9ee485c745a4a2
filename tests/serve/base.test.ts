import { afterEach, expect, it, vi } from 'vitest';
import { updateDays } from '../../site/serve/base.ts';

afterEach(() => {
  vi.unstubAllEnvs();
});

it('reads after how many days a release follows, or that nobody said', () => {
  vi.stubEnv('UPDATE_DAYS', '');
  expect(updateDays()).toBeNull();
  vi.stubEnv('UPDATE_DAYS', '2');
  expect(updateDays()).toBe(2);
});

it.each(['0', '-1', 'daily', '1.5', '1000'])('refuses %s days with what to write', (text) => {
  vi.stubEnv('UPDATE_DAYS', text);
  expect(() => updateDays()).toThrow(/Write a whole number from 1 to 999/);
});
