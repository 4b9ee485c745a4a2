import { afterEach, expect, it } from 'vitest';
import { giveReleaseEnd } from '../../site/state/relative-day.ts';
import { formatState, parseState } from '../../site/state/state.ts';
import { day } from '../support/days.ts';

afterEach(() => {
  giveReleaseEnd(null);
});

it('days of a link can move with the release', () => {
  giveReleaseEnd(day('2024-11-30'));
  const { state, notices } = parseState('?since=-90d&until=-1w');
  expect([state.since, state.until]).toEqual(['2024-09-01', '2024-11-23']);
  expect(notices).toEqual([]);
  // What a reader copies from then on stays as it is.
  expect(formatState(state)).toBe('?since=2024-09-01&until=2024-11-23');
});

it.each(['-0d', '-90', '-90s', '-99999d', '90d', '-d'])(
  '%s is said not to be understood',
  (text) => {
    giveReleaseEnd(day('2024-11-30'));
    const { state, notices } = parseState(`?since=${text}`);
    expect(state.since).toBeNull();
    expect(notices).toHaveLength(1);
  },
);

it('is not understood where nobody said where the release ends', () => {
  expect(parseState('?since=-90d').state.since).toBeNull();
});
