import { describe, expect, it } from 'vitest';
import {
  addDays,
  DAY_MS,
  dayOfMillis,
  daysBetween,
  millisOfDay,
  mondayOf,
  toDay,
} from '../../data-build/contract/brands.ts';

/** Days of many centuries: a day of every year, and both sides of each turn of a month around the borders of what is kept. */
const DAYS = Array.from({ length: 9999 }, (_, year) => {
  const month = 1 + (year % 12);
  const text = `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(1 + (year % 28)).padStart(2, '0')}`;
  return toDay(text) ?? dayOfMillis(0);
}).concat(
  ['1969-12-31', '1970-01-01', '2024-02-29', '2099-12-31', '2100-01-01'].map(
    (text) => toDay(text) ?? dayOfMillis(0),
  ),
);

describe('days', () => {
  it('are what the calendar of the language says, in every year', () => {
    for (const day of DAYS) {
      const ms = Date.parse(`${day}T00:00:00Z`);
      expect(millisOfDay(day), day).toBe(ms);
      // Twice: the second time it was written before.
      for (const within of [0, 1, DAY_MS - 1]) expect(dayOfMillis(ms + within)).toBe(day);
    }
  });

  it('are added and told apart in whole days', () => {
    for (const day of DAYS.filter((_, index) => index % 97 === 0))
      for (const count of [-400, -1, 0, 1, 31, 366]) {
        const later = addDays(day, count);
        if (toDay(later) === null) continue;
        expect(daysBetween(day, later), `${day} ${count}`).toBe(count);
      }
  });

  it('have a Monday at most six days before', () => {
    for (const day of DAYS.slice(1)) {
      const monday = mondayOf(day);
      expect(new Date(millisOfDay(monday)).getUTCDay()).toBe(1);
      expect([0, 1, 2, 3, 4, 5, 6]).toContain(daysBetween(monday, day));
    }
  });
});
