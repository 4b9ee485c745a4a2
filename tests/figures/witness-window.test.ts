/** Which days the three witnesses show. */
import { describe, expect, it } from 'vitest';
import { addDays } from '../../data-build/contract/brands.ts';
import { alignWindow, chooseWindow } from '../../site/figures/witnesses/window.ts';
import { day } from '../support/days.ts';
import { daysFrom } from '../support/witness-rows.ts';

const since = day('2024-10-01');

describe('chooseWindow', () => {
  const none = { interference: [], throughput: [], tools: [], indicators: [] };

  it('lets tests lead, then tool use, then throughput', () => {
    expect(chooseWindow(none)).toBeNull();
    const tools = daysFrom(since, 40);
    expect(chooseWindow({ ...none, tools, throughput: daysFrom(since, 31) })?.led).toBe('tools');
    const interference = daysFrom(addDays(since, 10), 40);
    expect(chooseWindow({ ...none, interference, tools })).toEqual({
      since,
      until: addDays(since, 50),
      led: 'interference',
      more: false,
    });
  });

  it('shows the days of the first sentence, though tool use is longer', () => {
    const days = {
      ...none,
      interference: [...daysFrom(since, 20), addDays(since, 200)],
      tools: daysFrom(day('2018-01-01'), 400),
    };
    expect(chooseWindow(days)?.led).toBe('tools');
    const told = { first: since, last: addDays(since, 19), days: 20 };
    expect(chooseWindow(days, [], told)).toEqual({
      since,
      until: addDays(since, 20),
      led: 'interference',
      more: true,
    });
  });

  it('leaves what lies years apart outside, and says that there is more', () => {
    const window = chooseWindow({
      ...none,
      interference: daysFrom(since, 40),
      tools: daysFrom(day('2018-01-01'), 400),
    });
    expect(window).toMatchObject({ since, until: addDays(since, 40), more: true });
  });

  it('shows of the others as much as the tests are long, or as far as something was detected', () => {
    const days = {
      ...none,
      interference: daysFrom(addDays(since, 300), 35),
      tools: daysFrom(since, 700),
    };
    const near = { since: addDays(since, 265), until: addDays(since, 370), more: true };
    expect(chooseWindow(days)).toMatchObject(near);
    expect(chooseWindow(days, [addDays(since, 310), addDays(since, 9000)])).toMatchObject(near);
    const far = { since, until: addDays(since, 700), more: false };
    expect(chooseWindow(days, [addDays(since, 600)])).toMatchObject(far);
  });

  it('shows two years at most, the latest ones', () => {
    const window = chooseWindow({ ...none, tools: daysFrom(day('2018-01-01'), 1500) });
    expect(window?.until).toBe(addDays(day('2018-01-01'), 1500));
    expect(window?.since).toBe(addDays(day('2018-01-01'), 1500 - 714));
  });

  it('is widened to whole steps of the axis, not past the data', () => {
    const window = {
      since: day('2023-10-04'),
      until: day('2024-10-03'),
      led: 'tools',
      more: false,
    } as const;
    const aligned = alignWindow(window, day('2024-10-04'));
    expect(aligned.since <= window.since).toBe(true);
    expect(aligned.until).toBe('2024-10-04');
  });
});
