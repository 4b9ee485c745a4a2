import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, toAsn, toCountryCode, toDay } from '../../data-build/contract/brands.ts';
import {
  CATEGORY_CODES,
  TIME_GRAINS,
  type BlockingMethod,
} from '../../data-build/contract/vocabulary.ts';
import { formatNotice } from '../../site/state/notice.ts';
import {
  AXES,
  COMPARISONS,
  EMPTY_STATE,
  VIEWS,
  type ExplorerState,
} from '../../site/state/parameters.ts';
import { MEASURES } from '../../site/state/measures.ts';
import {
  LIST_LENGTH,
  NOTICE_COUNT,
  formatState,
  isEmptyState,
  parseState,
} from '../../site/state/state.ts';

function some<T>(value: T | null): T {
  if (value === null) throw new Error('The generator made a value that does not parse.');
  return value;
}
const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'.split('');
const country = fc
  .tuple(fc.constantFrom(...letters), fc.constantFrom(...letters))
  .map(([a, b]) => some(toCountryCode(a + b)));
const asn = fc.integer({ min: 1, max: 4_294_967_295 }).map((n) => some(toAsn(n)));
const day = fc.integer({ min: 0, max: 30_000 }).map((n) => addDays(some(toDay('1990-01-01')), n));
const dates = fc
  .tuple(fc.option(day), fc.option(day))
  .map(([since, until]) =>
    since !== null && until !== null && since >= until
      ? { since, until: addDays(since, 1) }
      : { since, until },
  );
const few = <T>(one: fc.Arbitrary<T>) => fc.uniqueArray(one, { maxLength: 6 });
const state: fc.Arbitrary<ExplorerState> = fc
  .record({
    probe_cc: few(country),
    probe_asn: few(asn),
    test_name: few(fc.stringMatching(/^[a-z][a-z0-9_]{0,20}$/)),
    domain: few(fc.stringMatching(/^[a-z0-9]{1,9}\.(?:org|example|co\.ke)$/)),
    input: few(fc.webUrl({ withQueryParameters: true, withFragments: true })),
    category_code: few(fc.constantFrom(...Object.keys(CATEGORY_CODES))),
    blocking_method: few(fc.constantFrom<BlockingMethod>('dns', 'tls', 'other')),
    layer: fc.option(fc.constantFrom('throughput', 'news-websites')),
    tool: few(fc.constantFrom('tor-relay', 'psiphon', 'other:x y')),
    measure: fc.option(fc.constantFrom(...MEASURES.filter((name) => name !== 'rate'))),
    compare: fc.option(fc.constantFrom(...COMPARISONS)),
    view: fc.option(fc.constantFrom(...VIEWS.filter((name) => name !== 'chart'))),
    release: fc.option(fc.constantFrom('2024-11-29-1a2b3c4d', '2025-01-01-00000000')),
    axis_x: fc.option(fc.constantFrom(...AXES.filter((name) => name !== 'measurement_start_day'))),
    axis_y: fc.option(fc.constantFrom(...AXES)),
    time_grain: fc.option(fc.constantFrom(...TIME_GRAINS)),
    dates,
  })
  .map(({ dates: range, ...rest }) => ({ ...rest, ...range }));

describe('state in a link', () => {
  it('comes back as it went out, whatever it is', () => {
    fc.assert(
      fc.property(state, (wanted) => {
        const read = parseState(formatState(wanted));
        expect(read.state).toEqual(wanted);
        expect(read.notices).toEqual([]);
      }),
    );
  });

  it('survives any text, and reading twice changes nothing more', () => {
    const pieces = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom(
        ...'probe_cc probe_asn test_name domain input since until time_grain'.split(' '),
      ),
      fc.constantFrom('=', '&', ',', '%', '%2C', '+', '%FF', '\uD800', 'KE', 'AS0', '2024-01-01'),
    );
    fc.assert(
      fc.property(
        fc.array(pieces, { maxLength: 30 }).map((parts) => parts.join('')),
        (text) => {
          const once = parseState(text);
          const link = formatState(once.state);
          expect(parseState(link)).toEqual({ state: once.state, notices: [] });
          expect(once.notices.length).toBeLessThanOrEqual(NOTICE_COUNT);
          for (const notice of once.notices) expect(formatNotice(notice)).not.toBe('');
        },
      ),
      { numRuns: 500 },
    );
  });

  it('leaves defaults out and keeps one order', () => {
    expect(formatState(EMPTY_STATE)).toBe('');
    expect(isEmptyState(parseState('?time_grain=auto&utm_source=x').state)).toBe(true);
    expect(
      isEmptyState(
        parseState('?measure=rate&axis_x=measurement_start_day&view=chart&compare=none').state,
      ),
    ).toBe(true);
    expect(
      formatState(parseState('until=2024-12-01&probe_asn=AS33771&test_name=telegram').state),
    ).toBe('?probe_asn=33771&test_name=telegram&until=2024-12-01');
  });

  it('reads lists as commas, escaped commas or repeated names', () => {
    for (const link of ['?probe_asn=1,2,2', '?probe_asn=1%2CAS2', '?probe_asn=1&probe_asn=as2']) {
      expect(parseState(link)).toMatchObject({ state: { probe_asn: [1, 2] }, notices: [] });
    }
  });

  it('keeps a comma that belongs to an address', () => {
    const input = 'https://example.org/a,b?c=d&e=f%20g';
    const link = formatState({ ...EMPTY_STATE, input: [input, 'https://example.net/'] });
    expect(parseState(link).state.input).toEqual([input, 'https://example.net/']);
  });
});

describe('a link that is wrong', () => {
  it.each([
    ['?probe_asn=AS0', 'unknown_value', 'AS0'],
    ['?probe_asn=4294967296', 'unknown_value', '4294967296'],
    ["?test_name='; DROP TABLE x; --", 'unknown_value', "'; DROP TABLE x; --"],
    ['?domain=<script>alert(1)</script>', 'unknown_value', '<script>alert(1)</script>'],
    ['?since=2023-02-29', 'unknown_value', '2023-02-29'],
    ['?since=2024-01-01&since=2024-02-01', 'repeated', '2024-02-01'],
    ['?since=2024-02-01&until=2024-02-01', 'reversed_dates', '2024-02-01 – 2024-02-01'],
    ['?time_grain=century', 'unknown_value', 'century'],
    ['?__proto__=1', 'unknown_parameter', '1'],
    ['?category_code=constructor', 'unknown_value', 'constructor'],
  ])('%s is said, and the rest is used', (link, reason, value) => {
    const read = parseState(`${link}&probe_cc=ke`);
    expect(read.notices).toMatchObject([{ reason, value }]);
    expect(read.state.probe_cc).toEqual(['KE']);
    const text = read.notices.map(formatNotice).join(' ');
    expect(text).toContain(reason === 'unknown_parameter' ? '__proto__' : value);
  });

  it('shows all dates when they are reversed', () => {
    const read = parseState('?since=2024-03-01&until=2024-02-01');
    expect([read.state.since, read.state.until]).toEqual([null, null]);
  });

  it('is cut when it is 100 kB long, without losing what came first', () => {
    const read = parseState(`?probe_cc=KE&input=${'a'.repeat(100_000)}`);
    expect(read.state).toEqual({ ...EMPTY_STATE, probe_cc: ['KE'] });
    expect(read.notices.map((notice) => notice.reason)).toEqual(['too_long']);
  });

  it('takes no more values than can be drawn, and no more notices than can be read', () => {
    const many = Array.from({ length: 900 }, (_, index) => index + 1).join(',');
    const read = parseState(`?probe_asn=${many}`);
    expect(read.state.probe_asn).toHaveLength(LIST_LENGTH);
    expect(read.notices.map((notice) => notice.reason)).toEqual(['too_many']);
    expect(parseState(`?probe_asn=${'x,'.repeat(500)}`).notices).toHaveLength(NOTICE_COUNT);
  });
});
