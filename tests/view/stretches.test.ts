import { describe, expect, it } from 'vitest';
import { addDays } from '../../data-build/contract/brands.ts';
import { FLOORS } from '../../data-build/contract/floors.ts';
import { toStretchesView, type StretchDay } from '../../site/view/stretches.ts';
import { day } from '../support/days.ts';

function run(first: string, days: number, tests: number): readonly StretchDay[] {
  return Array.from({ length: days }, (_, index) => ({
    day: addDays(day(first), index),
    measurement_count: tests,
    ok_count: tests,
    anomaly_count: 0,
    confirmed_count: 0,
    failure_count: 0,
    network_count: 3,
  }));
}
const floorOf = () => FLOORS.country;
const page = { since: day('2016-12-11'), until: day('2026-01-31') };

describe('the days that charts show', () => {
  it('are all of them without a long silence, and up to a quarter', () => {
    const whole = { since: day('2023-01-01'), until: day('2024-01-01') };
    expect(toStretchesView(run('2023-01-01', 365, 2), whole, floorOf)).toEqual({
      shown: whole,
      outside: null,
    });
    const short = { since: day('2024-01-01'), until: day('2024-04-01') };
    const rows = [...run('2024-01-01', 1, 9), ...run('2024-03-31', 1, 9)];
    expect(toStretchesView(rows, short, floorOf)).toEqual({ shown: short, outside: null });
  });

  it('are the latest stretch with tests on many days; what lies outside is counted and listed', () => {
    const rows = [
      ...run('2016-12-11', 1, 5),
      ...run('2021-03-17', 31, 70),
      ...run('2026-01-29', 1, 7),
    ];
    const { shown, outside } = toStretchesView(rows, page, floorOf);
    expect(shown).toEqual({ since: '2021-03-17', until: '2021-04-17' });
    expect(outside?.sentence).toMatch(/17 March\s–\s16 April 2021/);
    expect(outside?.sentence).toContain('Left out: 12 tests on 2 days');
    expect(outside?.table.rows.map(({ key }) => key)).toEqual([
      '2026-01-29 2026-01-30',
      '2021-03-17 2021-04-17',
      '2016-12-11 2016-12-12',
    ]);
    expect(outside?.table.rows.map(({ cells }) => cells[1]?.text)).toEqual([
      'too few tests (n = 7)',
      '0% (0 of 2,170)',
      'too few tests (n = 5)',
    ]);
  });

  it('are the stretch with most tests where none has many days', () => {
    const rows = [...run('2019-01-01', 2, 50), ...run('2024-01-01', 1, 62)];
    expect(toStretchesView(rows, page, floorOf).shown).toEqual({
      since: '2019-01-01',
      until: '2019-01-03',
    });
  });

  it('reach to the ends of the page where these are near, so that silence since is seen', () => {
    const rows = [...run('2019-01-01', 1, 5), ...run('2025-11-01', 60, 5)];
    expect(toStretchesView(rows, page, floorOf).shown).toEqual({
      since: '2025-11-01',
      until: page.until,
    });
  });
});
