/** Names of events as they are found: whoever follows another finds it, also when it was copied or is not told. */
import { expect, it } from 'vitest';
import type { InterferenceSpan } from '../../data-build/rollup/detectors/interference.ts';
import { nameEvents } from '../../data-build/rollup/event-names.ts';
import { toEvents, type EventSubject } from '../../data-build/rollup/span-events.ts';
import { country, day } from '../support/days.ts';

const SUBJECT: EventSubject = {
  source: 'ooni',
  licence: 'cc-by-nc-sa',
  probe_cc: country('KE'),
  probe_asn: null,
  target: 'telegram',
  test_name: 'telegram',
  domain: null,
  category_code: null,
  tool: null,
  metric: null,
  blocking_method: null,
  measurement_count: 100,
  anomaly_count: 60,
  confirmed_count: 0,
  network_count: 5,
  robust: true,
};
const START: InterferenceSpan = {
  upon: null,
  lastNormal: day('2024-11-06'),
  firstSign: day('2024-11-07'),
  lastSign: null,
  firstNormal: null,
  tests: 100,
  signs: 60,
  baseline: 0.02,
  startSeen: true,
  coverage: 1,
};
const riseUpon = (start: InterferenceSpan): InterferenceSpan => ({
  ...START,
  upon: start,
  firstSign: day('2024-11-20'),
});

it('a rise follows its beginning, whichever of the two was copied since', () => {
  const [start, rise] = toEvents([START, riseUpon(START)], () => SUBJECT);
  if (start === undefined || rise?.follows === undefined || rise.follows === null)
    throw new Error('A rise upon a beginning was not found.');
  const names = nameEvents([
    { ...start, global: true },
    { ...rise, global: true },
  ]);
  expect(names.of(rise)).toBe('ke-telegram-rise-2024-11-20');
  expect(names.told(rise.follows)).toBe('ke-telegram-2024-11-07');
});

it('a rise upon what began before the data follows nothing', () => {
  const unseen = { ...START, startSeen: false };
  const [rise, ...others] = toEvents([unseen, riseUpon(unseen)], () => SUBJECT);
  if (rise?.follows === undefined || rise.follows === null || others.length > 0)
    throw new Error('The rise alone was to be found.');
  expect(nameEvents([rise]).told(rise.follows)).toBe(null);
});

it('events of one name are told apart, in the same way whatever their order', () => {
  const [start] = toEvents([START], () => SUBJECT);
  const [other] = toEvents([START], () => ({ ...SUBJECT, test_name: 'web_connectivity' }));
  if (start === undefined || other === undefined) throw new Error('Two events were to be found.');
  for (const found of [
    [start, other],
    [other, start],
  ]) {
    const names = nameEvents(found);
    expect([names.of(start), names.of(other)]).toEqual([
      'ke-telegram-2024-11-07',
      'ke-telegram-2024-11-07-2',
    ]);
  }
});
