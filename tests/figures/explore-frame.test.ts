/** Days of the chart builder, whatever an address asks for. */
import { expect, it } from 'vitest';
import { toFrame } from '../../site/figures/explore/frame.ts';
import { toQuestion } from '../../site/query/explore-question.ts';
import { parseState } from '../../site/state/state.ts';
import { toPeriods } from '../../site/view/time-frame.ts';
import { day } from '../support/days.ts';

const COVERED = { since: day('2014-11-02'), until: day('2026-01-31') };
const frameOf = (search: string) => {
  const { state } = parseState(search);
  return toFrame(state, toQuestion(state).question, null, COVERED).frame;
};

it.each([
  '?since=0001-01-01&until=9999-12-31',
  '?since=0001-01-01&until=9999-12-31&time_grain=day',
  '?since=0001-01-01',
  '?until=9999-12-31',
  '?since=1900-01-01&time_grain=week',
])('%s is drawn over the days that have data', (search) => {
  const frame = frameOf(search);
  expect(toPeriods(frame).length).toBeLessThanOrEqual(750);
  expect(frame.since <= COVERED.since && frame.until >= COVERED.until).toBe(true);
});

it.each(['?since=0001-01-01&until=0900-01-01', '?since=5000-01-01&until=9999-12-31'])(
  '%s has no data, and few periods',
  (search) => {
    expect(toPeriods(frameOf(search)).length).toBeLessThanOrEqual(750);
  },
);

it('leaves days that can be drawn as they were chosen', () => {
  expect(frameOf('?since=2001-01-01&until=2030-01-01')).toMatchObject({
    since: '2001-01-01',
    until: '2030-01-01',
  });
});
