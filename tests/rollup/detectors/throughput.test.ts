import { describe, expect, it } from 'vitest';
import { addDays } from '../../../data-build/contract/brands.ts';
import { judgeAgreement } from '../../../data-build/rollup/detectors/agreement.ts';
import { detectMethodChanges } from '../../../data-build/rollup/detectors/method-change.ts';
import {
  detectSlowdowns,
  detectVanished,
  type ThroughputPeriod,
} from '../../../data-build/rollup/detectors/throughput.ts';
import { country } from '../../support/days.ts';
import { day, repeat } from './series-of.ts';

const monday = day('2024-01-01');
const weeks = (
  list: readonly (readonly [mbps: number, rtt: number, tests: number])[],
): ThroughputPeriod[] =>
  list.map(([downloadMedian, minRttMedian, tests], index) => ({
    period: addDays(monday, index * 7),
    downloadMedian,
    minRttMedian,
    tests,
    covered: 1,
  }));
const usual = Array.from({ length: 8 }, () => [20, 50, 400] as const);

describe('detectSlowdowns', () => {
  it('finds two slow weeks whose round trips did not lengthen', () => {
    const [span] = detectSlowdowns(
      weeks([...usual, [6, 52, 300], [5, 50, 300], [19, 50, 400]]),
      'week',
    );
    expect(span).toMatchObject({
      firstSign: '2024-02-26',
      lastSign: '2024-03-04',
      firstNormal: '2024-03-11',
    });
    expect(span?.magnitude).toBeCloseTo(0.75);
    expect(span?.baseline).toBeCloseTo(20);
    expect(span?.extremePeriod).toBe('2024-03-04');
  });
  it('takes a rise in round trips for congestion, one week for chance, 99 tests for too few', () => {
    expect(detectSlowdowns(weeks([...usual, [6, 90, 300], [5, 90, 300]]), 'week')).toEqual([]);
    expect(detectSlowdowns(weeks([...usual, [6, 50, 300], [20, 50, 300]]), 'week')).toEqual([]);
    expect(detectSlowdowns(weeks([...usual, [6, 50, 99], [5, 50, 99]]), 'week')).toEqual([]);
  });
});

describe('detectVanished', () => {
  it('finds the weeks in which tests all but stopped', () => {
    const [span] = detectVanished(weeks([...usual, [20, 50, 12], [20, 50, 390]]), 'week');
    expect(span).toMatchObject({ kind: 'vanished', firstSign: '2024-02-26', baseline: 400 });
  });
});

describe('weeks of the calendar', () => {
  const at = (
    from: number,
    count: number,
    of: Partial<ThroughputPeriod> = {},
  ): ThroughputPeriod[] =>
    Array.from({ length: count }, (_, index) => ({
      period: addDays(monday, (from + index) * 7),
      downloadMedian: 20,
      minRttMedian: 50,
      tests: 400,
      covered: 1,
      ...of,
    }));

  it('are not compared across a hole of two years', () => {
    const low = { tests: 40, downloadMedian: 5 };
    const periods = [...at(0, 30), ...at(134, 5, low)];
    expect(detectVanished(periods, 'week')).toEqual([]);
    expect(detectSlowdowns(at(0, 30).concat(at(134, 5, { downloadMedian: 5 })), 'week')).toEqual(
      [],
    );
  });

  it('that the data cover in part count as if they went on', () => {
    const part = at(10, 1, { tests: 220, covered: 4 / 7 });
    expect(detectVanished([...at(0, 10), ...part], 'week')).toEqual([]);
    const none = at(10, 1, { tests: 20, covered: 4 / 7 });
    expect(detectVanished([...at(0, 10), ...none], 'week')).toHaveLength(1);
  });

  const slow = { downloadMedian: 5 };
  const week = (index: number) => addDays(monday, index * 7);
  const slowdowns = (periods: readonly ThroughputPeriod[]) =>
    detectSlowdowns(periods, 'week').map(({ firstSign, lastSign, firstNormal }) => ({
      firstSign,
      lastSign,
      firstNormal,
    }));

  it.each([2, 10, 12, 16, 20, 25])('a slowdown of %i of them ends with them', (length) => {
    const [from, to] = [20, 20 + length];
    const periods = [...at(0, from), ...at(from, length, slow), ...at(to, 3)];
    const span = { firstSign: week(from), lastSign: week(to - 1), firstNormal: week(to) };
    expect(slowdowns(periods)).toEqual([span]);
    // The next one is found as well.
    const again = [...periods, ...at(to + 3, 4, slow), ...at(to + 7, 1)];
    expect(slowdowns(again)).toEqual([
      span,
      { firstSign: week(to + 3), lastSign: week(to + 6), firstNormal: week(to + 7) },
    ]);
    const rare = detectVanished(
      [...at(0, from), ...at(from, length, { tests: 9 }), ...at(to, 3)],
      'week',
    );
    expect(rare).toMatchObject([{ ...span }]);
  });

  it.each([
    ['few tests', { ...slow, tests: 50 }],
    ['long round trips', { ...slow, minRttMedian: 90 }],
  ])('with slow speed and %s are no end, and no usual speed', (_, unclear) => {
    const within = [...at(0, 20), ...at(20, 3, slow), ...at(23, 1, unclear), ...at(24, 3, slow)];
    expect(slowdowns([...within, ...at(27, 1)])).toEqual([
      { firstSign: week(20), lastSign: week(26), firstNormal: week(27) },
    ]);
    const before = [...at(0, 20), ...at(20, 7, unclear), ...at(27, 2, slow), ...at(29, 1)];
    expect(detectSlowdowns(before, 'week')).toMatchObject([
      {
        lastNormal: week(19),
        firstSign: week(27),
        firstNormal: week(29),
        baseline: expect.closeTo(20),
      },
    ]);
  });

  it('that are slow before and after a hole are not slow in two weeks running', () => {
    expect(slowdowns([...at(0, 20), ...at(20, 1, slow), ...at(28, 1, slow), ...at(29, 2)])).toEqual(
      [],
    );
  });

  it('become the new normal after half a year, and are judged anew', () => {
    const low = at(10, 100, { tests: 60 });
    const gone = at(110, 2, { tests: 1 });
    expect(detectVanished([...at(0, 10), ...low], 'week')).toMatchObject([
      { firstSign: addDays(monday, 70), firstNormal: null },
    ]);
    const more = [...at(0, 10, { tests: 4000 }), ...at(10, 100, { tests: 600 }), ...gone];
    expect(detectVanished([...more, ...at(112, 4, { tests: 600 })], 'week')).toMatchObject([
      { firstSign: addDays(monday, 70), firstNormal: null },
      {
        firstSign: addDays(monday, 770),
        firstNormal: addDays(monday, 784),
        baseline: 600,
      },
    ]);
  });
});

describe('months of the calendar', () => {
  const months = (list: readonly number[]): ThroughputPeriod[] =>
    list.map((downloadMedian, index) => ({
      period: day(
        `${2020 + Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, '0')}-01`,
      ),
      downloadMedian,
      minRttMedian: 50,
      tests: 400,
      covered: 1,
    }));

  it.each([2, 6, 8, 11])('a slowdown of %i of them ends with them', (length) => {
    const list = months([...repeat(20, 12), ...repeat(5, length), ...repeat(20, 3)]);
    expect(detectSlowdowns(list, 'month')).toMatchObject([
      { firstSign: list[12]?.period, firstNormal: list[12 + length]?.period },
    ]);
  });
});

describe('detectMethodChanges', () => {
  const counts = (dns: number, tls: number) =>
    new Map([['dns', dns] as const, ['tls', tls] as const]);
  const weeksOf = (network: number | null, list: readonly (readonly [number, number])[]) =>
    list.map(([dns, tls], index) => ({
      week: addDays(monday, index * 7),
      network,
      counts: counts(dns, tls),
    }));
  const change = [
    [20, 1],
    [18, 2],
    [10, 9],
    [1, 30],
    [0, 25],
  ] as const;

  it('names the change once both methods led for two weeks', () => {
    const changes = detectMethodChanges([...weeksOf(1, change), ...weeksOf(2, change)]);
    expect(changes).toHaveLength(1);
    expect(changes[0]).toMatchObject({
      from: 'dns',
      to: 'tls',
      lastNormal: '2024-01-08',
      firstSign: '2024-01-22',
      robust: true,
    });
    expect(detectMethodChanges(weeksOf(null, change))).toMatchObject([{ robust: null }]);
    const one = detectMethodChanges([
      ...weeksOf(1, change),
      ...weeksOf(2, [
        [3, 0],
        [3, 0],
        [0, 0],
        [3, 0],
        [3, 0],
      ]),
    ]);
    expect(one).toMatchObject([{ robust: false }]);
  });

  it('takes two networks that test more by turns for no change of method', () => {
    const turns = [40, 40, 2, 2, 40, 40, 2, 2];
    const rows = [
      ...weeksOf(
        1,
        turns.map((signs) => [signs, 0]),
      ),
      ...weeksOf(
        2,
        turns.map((signs) => [0, 42 - signs]),
      ),
    ];
    expect(detectMethodChanges(rows)).toEqual([]);
  });
});

describe('judgeAgreement', () => {
  const event = (
    kind: 'interference_start' | 'method_change' | 'surge' | 'drop' | 'vanished',
    offset: number,
    target = 'telegram',
  ) => ({
    kind,
    tool: kind === 'surge' || kind === 'drop' ? ('psiphon' as const) : null,
    probe_cc: country('KE'),
    first_sign: addDays(monday, offset),
    target,
  });
  const start = event('interference_start', 0);
  const byWeek = event('vanished', 0, 'throughput by week');
  const byMonth = { ...event('vanished', 0, 'throughput by month'), first_sign: day('2024-02-01') };

  it('joins interference and a surge within three days', () => {
    expect(judgeAgreement(start, [start, event('surge', 3)])).toBe('interference_and_surge');
    expect(judgeAgreement(start, [start, event('surge', 4)])).toBe('alone');
    expect(judgeAgreement(event('surge', 0), [])).toBe('surge_alone');
    const elsewhere = { ...event('surge', 0), probe_cc: country('UG') };
    expect(judgeAgreement(start, [elsewhere])).toBe('alone');
  });

  it('joins no two that are near a third, but not near each other', () => {
    const change = event('method_change', 0);
    const around = [event('interference_start', 3), event('surge', -3)];
    expect(judgeAgreement(change, around)).toBe('alone');
    expect(judgeAgreement(change, [around[0] ?? change, event('surge', 2)])).toBe(
      'interference_and_surge',
    );
  });

  it('reads vanished tests with a drop as outage-like', () => {
    const drop = event('drop', 1);
    expect(judgeAgreement(byWeek, [byWeek, drop])).toBe('outage_like');
    expect(judgeAgreement(byWeek, [byWeek, { ...drop, tool: null }])).toBe('alone');
  });

  it('takes a week or a month of vanished tests for all of its days', () => {
    for (const [offset, level] of [
      [-4, 'alone'],
      [-3, 'outage_like'],
      [6, 'outage_like'],
      [9, 'outage_like'],
      [10, 'alone'],
    ] as const) {
      const drop = event('drop', offset);
      expect(judgeAgreement(byWeek, [byWeek, drop]), String(offset)).toBe(level);
      expect(judgeAgreement(drop, [byWeek, drop]), String(offset)).toBe(level);
    }
    for (const [first_sign, level] of [
      ['2024-02-29', 'outage_like'],
      ['2024-03-03', 'outage_like'],
      ['2024-03-04', 'alone'],
    ] as const) {
      const drop = { ...event('drop', 0), first_sign: day(first_sign) };
      expect(judgeAgreement(byMonth, [byMonth, drop]), first_sign).toBe(level);
    }
  });
});
