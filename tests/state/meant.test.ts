/** Addresses that people type, and the pages they mean. */
import { describe, expect, it } from 'vitest';
import { leaveUnknownTests } from '../../site/state/known-tests.ts';
import { meantPath, searchedWords } from '../../site/state/meant.ts';
import { formatNotice } from '../../site/state/notice.ts';
import { parseState } from '../../site/state/state.ts';

describe('an address without a page', () => {
  it.each([
    ['country/ke/', 'country/KE/'],
    ['country/ke', 'country/KE/'],
    ['network/as33771/', 'network/AS33771/'],
    ['network/33771/', 'network/AS33771/'],
    ['domain/www.example.org/', 'domain/example.org/'],
    ['domain/https://www.example.org/a?b', 'domain/example.org/'],
    ['domain/https:/example.org/', 'domain/example.org/'],
    ['domain/EXAMPLE.org/', 'domain/example.org/'],
    ['domain/xn--mnchen-3ya.example/', 'domain/m%C3%BCnchen.example/'],
    ['test/Telegram/', 'test/telegram/'],
  ])('%s means %s', (path, meant) => {
    expect(meantPath(path)).toBe(meant);
  });

  it.each([
    'country/KE/',
    'country/kenya/',
    'network/as0/',
    'domain/',
    'events',
    '',
    'country/%E0%',
  ])('%s leads nowhere else', (path) => {
    expect(meantPath(path)).toBeNull();
  });

  it('is searched for by what was typed last', () => {
    expect(searchedWords('country/kenya/')).toBe('kenya');
    expect(searchedWords('kenya')).toBe('kenya');
  });
});

it('a test that nobody has heard of is refused with what to do, and the rest is used', () => {
  const parsed = parseState('?test_name=nonsense,telegram,listed_here&since=2024-11-07');
  const { state, notices } = leaveUnknownTests(parsed, new Set(['listed_here']));
  expect(state).toMatchObject({ test_name: ['telegram', 'listed_here'], since: '2024-11-07' });
  expect(notices.map(formatNotice)).toEqual([
    'Test: there is no test “nonsense” in these data; it was left aside. Choose one of the list.',
  ]);
});
