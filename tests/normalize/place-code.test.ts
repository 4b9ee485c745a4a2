import { expect, it } from 'vitest';
import { isProblem } from '../../data-build/contract/problem.ts';
import { normalizePlaceCode } from '../../data-build/normalize/place-code.ts';

const read = (text: string): string => {
  const code = normalizePlaceCode(text);
  return isProblem(code) ? code.reason : code;
};

it.each([
  'EU',
  'ap',
  'A1',
  'O1',
  'UK',
  'su',
  'XX',
  'AN',
  'FX',
  'CS',
  'YU',
  'TP',
  'ZR',
  'BU',
  'DD',
  'QQ',
])('%s is no single country', (text) => {
  expect(read(text)).toBe('no_single_country');
});

it.each(['', 'ZZ', 'ITA', '12', 'K E'])('“%s” is no country at all', (text) => {
  expect(read(text)).toBe('unknown_country');
});

it('other codes are places, in any case', () => {
  expect([' ke ', 'NA', 'xk', 'GB'].map(read)).toEqual(['KE', 'NA', 'XK', 'GB']);
});
