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
import { day } from './series-of.ts';

const monday = day('2024-01-01');
const weeks = (
  list: readonly (readonly [mbps: number, rtt: number, tests: number])[],
): ThroughputPeriod[] =>
  list.map(([downloadMedian, minRttMedian, tests], index) => ({
    period: addDays(monday, index * 7),
    downloadMedian,
    minRttMedian,
    tests,
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
  const start = {
    kind: 'interference_start',
    tool: null,
    probe_cc: country('KE'),
    first_sign: monday,
  } as const;
  const surge = (offset: number) =>
    ({
      kind: 'surge',
      tool: 'psiphon',
      probe_cc: country('KE'),
      first_sign: addDays(monday, offset),
    }) as const;
  it('joins interference and a surge within three days', () => {
    expect(judgeAgreement(start, [start, surge(3)])).toBe('interference_and_surge');
    expect(judgeAgreement(start, [start, surge(4)])).toBe('alone');
    expect(judgeAgreement(surge(0), [])).toBe('surge_alone');
    expect(judgeAgreement(start, [{ ...surge(0), probe_cc: country('UG') }])).toBe('alone');
  });
  it('reads vanished tests with a drop as outage-like', () => {
    const vanished = { ...surge(0), kind: 'vanished', tool: null } as const;
    const drop = { ...surge(1), kind: 'drop' } as const;
    expect(judgeAgreement(vanished, [vanished, drop])).toBe('outage_like');
    expect(judgeAgreement(vanished, [vanished, { ...drop, tool: null }])).toBe('alone');
  });
});
