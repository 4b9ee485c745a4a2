import { describe, expect, it } from 'vitest';
import { toCountryCode, toDay, type Day } from '../../data-build/contract/brands.ts';
import { toFrame } from '../../site/figures/page-days.ts';
import { parseState } from '../../site/state/state.ts';

function day(text: string): Day {
  const found = toDay(text);
  if (found === null) throw new Error(`${text} is no day.`);
  return found;
}
const probeCc = toCountryCode('KE');
if (probeCc === null) throw new Error('KE is a country code.');
const whole = { since: day('2014-06-01'), until: day('2024-12-01') };
const page = { probeCc, ...whole, shown: whole };

const frameOf = (search: string) => {
  const { frame, notices } = toFrame(parseState(search).state, page);
  return { ...frame, notices: notices.map((notice) => notice.reason) };
};

describe('the time axis that a link asks for', () => {
  it('is the whole page when it asks for nothing', () => {
    expect(frameOf('')).toMatchObject({ since: page.since, until: page.until, notices: [] });
  });

  it('is the stretch with data while no dates are chosen, and any dates when they are', () => {
    const shown = { since: day('2024-10-15'), until: day('2024-12-01') };
    const frame = (search: string) => toFrame(parseState(search).state, { ...page, shown }).frame;
    expect(frame('')).toMatchObject({ ...shown, grain: 'day' });
    expect(frame('?test_name=telegram')).toMatchObject(shown);
    expect(frame('?since=2020-01-01')).toMatchObject({ since: '2020-01-01', until: page.until });
    expect(frame('?since=2030-01-01')).toMatchObject(shown);
  });

  it('keeps inside the data', () => {
    expect(frameOf('?since=1990-01-01&until=2015-01-01')).toMatchObject({
      since: '2014-06-01',
      until: '2015-01-01',
      grain: 'week',
      notices: [],
    });
  });

  it('is the whole page, said so, when no such days exist', () => {
    expect(frameOf('?since=2030-01-01')).toMatchObject({
      since: page.since,
      until: page.until,
      notices: ['no_such_days'],
    });
  });

  it('takes a coarser step, said so, rather than thousands of marks', () => {
    expect(frameOf('?time_grain=day')).toMatchObject({ grain: 'month', notices: ['too_fine'] });
    expect(frameOf('?time_grain=day&since=2023-01-01')).toMatchObject({
      grain: 'day',
      notices: [],
    });
  });
});
