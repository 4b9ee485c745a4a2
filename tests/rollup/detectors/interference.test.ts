import { describe, expect, it } from 'vitest';
import { FLOORS } from '../../../data-build/contract/floors.ts';
import { detectInterference } from '../../../data-build/rollup/detectors/interference.ts';
import type { DailyRate } from '../../../data-build/rollup/detectors/series.ts';
import { addDays, daysBetween } from '../../../data-build/contract/brands.ts';
import { day, seeded, seriesOf } from './series-of.ts';

const flat = (rates: readonly number[], tests: number): DailyRate[] =>
  rates.map((rate, index) => ({
    day: addDays(day('2024-03-01'), index),
    signs: Math.round(rate * tests),
    tests,
  }));
const repeat = (rate: number, times: number): number[] => Array.from({ length: times }, () => rate);

describe('detectInterference', () => {
  it('brackets a clear episode by the last normal and first normal days', () => {
    const spans = detectInterference(
      flat([...repeat(0.02, 20), ...repeat(0.8, 10), ...repeat(0.02, 10)], 100),
      FLOORS.country,
    );
    expect(spans).toHaveLength(1);
    expect(spans[0]).toMatchObject({
      lastNormal: '2024-03-20',
      firstSign: '2024-03-21',
      lastSign: '2024-03-30',
      firstNormal: '2024-03-31',
      startSeen: true,
      fading: false,
      signs: 800,
      tests: 1000,
    });
  });

  it('never begins an event on a single day, however extreme', () => {
    expect(
      detectInterference(flat([...repeat(0.02, 20), 1, ...repeat(0.02, 20)], 500), FLOORS.country),
    ).toEqual([]);
  });

  it('keeps one event through a dip that stays above the line', () => {
    const rates = [...repeat(0.02, 20), 0.6, 0.75, 0.4, 0.4, ...repeat(0.75, 10)];
    expect(detectInterference(flat(rates, 110), FLOORS.country)).toHaveLength(1);
  });

  it('says fading, not over, while the rate is still above the line', () => {
    const rates = [...repeat(0.02, 20), ...repeat(0.8, 14), 0.35, 0.27, 0.19];
    const [span] = detectInterference(flat(rates, 100), FLOORS.country);
    expect(span).toMatchObject({ firstNormal: null, lastSign: null, fading: true });
  });

  it('does not call an event under the floor', () => {
    const rates = [...repeat(0, 20), ...repeat(1, 3)];
    expect(detectInterference(flat(rates, 6), FLOORS.country)).toEqual([]);
    expect(detectInterference(flat(rates, 6), FLOORS.network)).toHaveLength(1);
  });

  it('pools thin days and still names the first day with a sign', () => {
    const rates = [...repeat(0, 40), ...repeat(1, 30)];
    const [span] = detectInterference(flat(rates, 2), FLOORS.network);
    expect(span?.firstSign).toBe('2024-04-10');
  });

  it('says that a start was not seen when the data begin inside', () => {
    const [span] = detectInterference(
      flat([...repeat(0.9, 12), ...repeat(0.01, 12)], 50),
      FLOORS.country,
    );
    expect(span).toMatchObject({ startSeen: false, lastNormal: null, firstNormal: '2024-03-13' });
  });

  it('finds at least nine in ten scripted episodes at ±1 day', () => {
    const random = seeded(7);
    let found = 0;
    let other = 0;
    const tries = 120;
    for (let index = 0; index < tries; index++) {
      const episode = { from: 40, length: 5 + (index % 20), rate: 0.5 + 0.4 * random() };
      const shape = {
        days: 90,
        volume: 20 + 100 * random(),
        base: 0.05 * random(),
        spread: 0.02,
        episode,
      };
      const spans = detectInterference(seriesOf(shape, random), FLOORS.country);
      const near = spans.filter(
        (span) => Math.abs(daysBetween(day('2024-02-10'), span.firstSign)) <= 1,
      );
      found += Math.min(1, near.length);
      other += spans.length - near.length;
    }
    expect(found / tries).toBeGreaterThanOrEqual(0.9);
    expect(other / tries).toBeLessThanOrEqual(0.1);
  });

  it('stays quiet: at most 2 false events on 200 quiet series', () => {
    const random = seeded(11);
    let false_ = 0;
    for (let index = 0; index < 200; index++) {
      const shape = {
        days: 180,
        volume: 5 + 100 * random(),
        base: 0.01 + 0.2 * random(),
        spread: 0.08 * random(),
      };
      false_ += detectInterference(seriesOf(shape, random), FLOORS.country).length;
    }
    expect(false_).toBeLessThanOrEqual(2);
  });
});
