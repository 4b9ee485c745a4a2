/** What the world map shows stands in its address. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { formatNotice } from '../../site/state/notice.ts';
import { formatWorldLink, parseWorldLink } from '../../site/state/world-link.ts';
import { day } from '../support/days.ts';

const LAYERS = ['interference', 'throughput', 'news-websites'];

it('comes back as it went out, without what is left as it is, and keeps the release', () => {
  const state = { layer: 'throughput', since: day('2023-03-01') };
  expect(formatWorldLink(state, '')).toBe('?layer=throughput&since=2023-03-01');
  expect(parseWorldLink('?layer=throughput&since=2023-03-01', LAYERS)).toEqual({
    ...state,
    notices: [],
  });
  expect(formatWorldLink({ layer: null, since: null }, '?layer=tools')).toBe('');
  expect(formatWorldLink({ layer: 'tools', since: null }, '?release=2024-11-29-1a2b3c4d')).toBe(
    '?layer=tools&release=2024-11-29-1a2b3c4d',
  );
});

it.each([
  ['?layer=nothing', 'Layer of the map: “nothing”'],
  ['?layer=%3Cb%3E', 'Layer of the map: “<b>”'],
  ['?since=2023-02-31', 'From (inclusive): “2023-02-31”'],
  ['?probe_cc=KE', '“Country or territory” is not a filter of this page'],
  ['?until=2023-03-01', '“Before” is not a filter of this page'],
])('says what of %s it left aside', (search, said) => {
  const { layer, since, notices } = parseWorldLink(search, LAYERS);
  expect([layer, since]).toEqual([null, null]);
  expect(notices.map(formatNotice).join(' ')).toContain(said);
});

it('never throws', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (tail) => {
      parseWorldLink(`?layer=${tail}`, LAYERS);
      parseWorldLink(tail, LAYERS);
    }),
  );
});
