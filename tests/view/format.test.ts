import { describe, expect, it } from 'vitest';
import {
  formatCount,
  formatDayRange,
  formatPercent,
  formatPeriod,
  formatTickNumber,
} from '../../site/view/format.ts';
import { day } from '../support/days.ts';

/** Intl puts thin and narrow spaces around dashes, and which ones changes with its data. */
const plain = (text: string): string => text.replace(/\s/g, ' ').replace(/ ?– ?/g, '–');

describe('numbers', () => {
  it.each([
    [0, '0%'],
    [0.0001, '<0.1%'],
    [0.018, '1.8%'],
    [0.0996, '10%'],
    [0.5845, '58%'],
    [0.996, '>99%'],
    [1, '100%'],
  ])('%f', (ratio, text) => {
    expect(formatPercent(ratio)).toBe(text);
  });

  it('groups digits, and shortens large ones on axes', () => {
    expect(formatCount(6_739_283)).toBe('6,739,283');
    expect(formatTickNumber(9_999)).toBe('9,999');
    expect([12_000, 12_500, -20_000].map(formatTickNumber)).toEqual(['12K', '12.5K', '-20K']);
    expect(formatTickNumber(0.0002)).toBe('0.0002');
  });
});

describe('days', () => {
  it('takes until as exclusive', () => {
    expect(formatDayRange(day('2024-11-07'), day('2024-11-08'))).toBe('7 November 2024');
    expect(plain(formatDayRange(day('2024-05-01'), day('2024-05-15')))).toBe('1–14 May 2024');
    expect(plain(formatDayRange(day('2023-12-31'), day('2024-01-02')))).toBe(
      '31 December 2023–1 January 2024',
    );
  });

  it('names periods', () => {
    expect(formatPeriod(day('2024-11-04'), 'week')).toBe('week of 4 November 2024');
    expect(formatPeriod(day('2024-11-01'), 'month')).toBe('November 2024');
  });
});
