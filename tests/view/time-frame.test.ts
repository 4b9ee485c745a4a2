import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays } from '../../data-build/contract/brands.ts';
import { TIME_GRAINS } from '../../data-build/contract/vocabulary.ts';
import { chooseGrain, completeRows, periodStart, toPeriods } from '../../site/view/time-frame.ts';
import { day } from '../support/days.ts';

describe('toPeriods', () => {
  it('covers the frame without holes or overlaps', () => {
    const first = day('2019-01-01');
    fc.assert(
      fc.property(
        fc.nat(2_000),
        fc.integer({ min: 1, max: 900 }),
        fc.constantFrom(...TIME_GRAINS),
        (offset, length, grain) => {
          const since = addDays(first, offset);
          const until = addDays(since, length);
          const periods = toPeriods({ since, until, grain, dataUntil: until });
          expect(periods[0]?.start).toBe(periodStart(since, grain));
          periods.forEach(({ start, end }, index) => {
            expect(start < end).toBe(true);
            const next = periods[index + 1];
            if (next !== undefined) expect(next.start).toBe(end);
          });
          const last = periods.at(-1);
          expect(last !== undefined && last.start < until && last.end >= until).toBe(true);
        },
      ),
    );
  });

  it('marks a week that the dates cut, and one that the data do not fill', () => {
    const periods = toPeriods({
      since: day('2024-11-06'),
      until: day('2024-11-28'),
      grain: 'week',
      dataUntil: day('2024-11-28'),
    });
    expect(periods.map(({ start, incomplete }) => [start, incomplete])).toEqual([
      ['2024-11-04', 'cut'],
      ['2024-11-11', null],
      ['2024-11-18', null],
      ['2024-11-25', 'unfinished'],
    ]);
  });

  it('has nothing to show of an empty frame', () => {
    const since = day('2024-11-06');
    expect(toPeriods({ since, until: since, grain: 'day', dataUntil: since })).toEqual([]);
  });
});

it('keeps a gap apart from a zero', () => {
  const rows = [{ period: day('2024-01-01') }, { period: day('2024-01-03') }];
  const frame = {
    since: day('2024-01-01'),
    until: day('2024-01-04'),
    grain: 'day' as const,
    dataUntil: day('2024-01-04'),
  };
  expect(completeRows(frame, rows).map(([, row]) => row?.period ?? null)).toEqual([
    '2024-01-01',
    null,
    '2024-01-03',
  ]);
});

it('chooses days up to a quarter, weeks up to two years, then months', () => {
  const since = day('2022-01-01');
  expect(chooseGrain(since, addDays(since, 92))).toBe('day');
  expect(chooseGrain(since, addDays(since, 93))).toBe('week');
  expect(chooseGrain(since, addDays(since, 731))).toBe('month');
});
