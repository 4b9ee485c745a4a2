import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FLOORS } from '../../data-build/contract/floors.ts';
import { formatAlone, formatRate, toRate } from '../../site/view/rate.ts';
import { wilsonInterval } from '../../site/view/wilson.ts';
import { asn } from '../support/days.ts';

const cell = (tests: number, anomaly: number, confirmed = 0, failure = 0) => ({
  measurement_count: tests,
  anomaly_count: anomaly,
  confirmed_count: confirmed,
  failure_count: failure,
  network_count: 5,
  day_count: 3,
});

describe('wilsonInterval', () => {
  // Reckoned apart from this code, in Python, from the formula as printed.
  it.each([
    [0, 10, 0, 0.27753],
    [10, 10, 0.72247, 1],
    [5, 10, 0.23659, 0.76341],
    [1, 20, 0.00888, 0.23613],
    [83, 142, 0.50227, 0.66229],
  ])('%i of %i', (hits, trials, lower, upper) => {
    const interval = wilsonInterval(hits, trials);
    expect(interval.lower).toBeCloseTo(lower, 4);
    expect(interval.upper).toBeCloseTo(upper, 4);
  });

  it('holds the share, stays inside 0–1, and mirrors', () => {
    fc.assert(
      fc.property(fc.nat(5_000), fc.integer({ min: 1, max: 5_000 }), (a, trials) => {
        const hits = Math.min(a, trials);
        const { lower, upper } = wilsonInterval(hits, trials);
        const mirror = wilsonInterval(trials - hits, trials);
        expect(lower).toBeGreaterThanOrEqual(0);
        expect(upper).toBeLessThanOrEqual(1);
        expect(lower).toBeLessThanOrEqual(hits / trials);
        expect(upper).toBeGreaterThanOrEqual(hits / trials);
        expect(mirror.lower).toBeCloseTo(1 - upper, 10);
      }),
    );
  });

  it('refuses what cannot be counts', () => {
    expect(() => wilsonInterval(1, 0)).toThrow('trials above 0');
    expect(() => wilsonInterval(3, 2)).toThrow('hits must be');
  });
});

describe('toRate', () => {
  it('leaves failures out of the denominator', () => {
    expect(toRate(cell(50, 10, 5, 20), FLOORS.country)).toMatchObject({
      kind: 'rate',
      tests: 30,
      signs: 15,
      rate: 0.5,
    });
  });

  it('shows no rate one test below the floor, counting only tests with a verdict', () => {
    expect(toRate(cell(50, 10, 5, 21), FLOORS.country)).toEqual({
      kind: 'too_few',
      tests: 29,
      signs: 15,
      short: 'tests',
    });
  });

  it('asks for two networks, unless their number is unknown', () => {
    const alone = { ...cell(100, 1), network_count: 1 };
    expect(formatRate(toRate(alone, FLOORS.country))).toBe('one network alone (n = 100)');
    expect(toRate({ ...alone, network_count: null }, FLOORS.country).kind).toBe('rate');
  });

  it('gives a place of one network its rate from 100 tests on 7 days, and says on which it rests', () => {
    const alone = { ...cell(100, 60), network_count: 1, only_probe_asn: asn(64510), day_count: 7 };
    expect(formatAlone(toRate(alone, FLOORS.country))).toBe('rests on one network (AS64510)');
    expect(toRate({ ...alone, day_count: 6 }, FLOORS.country).kind).toBe('too_few');
    expect(toRate({ ...alone, day_count: null }, FLOORS.country).kind).toBe('too_few');
    expect(toRate(cell(99, 60), FLOORS.country)).not.toHaveProperty('alone');
    expect(toRate({ ...alone, measurement_count: 99 }, FLOORS.country).kind).toBe('too_few');
    expect(toRate(alone, FLOORS.part).kind).toBe('too_few');
    expect(toRate(alone, FLOORS.network)).not.toHaveProperty('alone');
  });

  it('tells nothing tested from nothing found and from only failures', () => {
    expect(toRate(null, FLOORS.country).kind).toBe('not_tested');
    expect(toRate(cell(0, 0), FLOORS.country).kind).toBe('not_tested');
    expect(toRate(cell(40, 0), FLOORS.country)).toMatchObject({ kind: 'rate', rate: 0 });
    expect(toRate(cell(40, 0, 0, 40), FLOORS.heatmapCell)).toMatchObject({ kind: 'too_few' });
  });

  it('says itself with its counts', () => {
    expect(formatRate(toRate(cell(142, 83), FLOORS.country))).toBe('58% (83 of 142)');
    expect(formatRate(toRate(cell(7, 3), FLOORS.country))).toBe('too few tests (n = 7)');
    expect(formatRate(toRate(null, FLOORS.country))).toBe('not tested');
    const failed = (n: number) => formatRate(toRate(cell(n, 0, 0, n), FLOORS.country));
    expect(failed(40)).toBe('all 40 measurements failed');
    expect(failed(1)).toBe('the only measurement failed');
  });
});
