/** Addresses that an operator gives are taken whole, or not at all. */
import { afterEach, expect, it, vi } from 'vitest';
import { mirrorAddresses } from '../../site/serve/base.ts';

afterEach(() => {
  vi.unstubAllEnvs();
});

it('takes whole addresses at the path of the site, each once', () => {
  vi.stubEnv('BASE_PATH', '/atlas');
  vi.stubEnv('MIRRORS', '');
  expect(mirrorAddresses()).toEqual([]);
  const both = ['https://a.example/atlas/', 'http://abcdefghij234567.onion/atlas/'];
  vi.stubEnv('MIRRORS', ` ${both.join('\n')}  ${both.join(' ')}`);
  expect(mirrorAddresses()).toEqual(both);
});

it.each([
  'a.example',
  'https://a.example/',
  'https://a.example/other/',
  'https://a.example/atlas/?x=1',
  'https://me@a.example/atlas/',
  'javascript:alert(1)/atlas/',
  'https://A.example/atlas/',
])('refuses %s, and says how to write it', (given) => {
  vi.stubEnv('BASE_PATH', '/atlas/');
  vi.stubEnv('MIRRORS', given);
  expect(mirrorAddresses).toThrow(/would not work\.\nWrite whole addresses that end in \/atlas\//);
});
