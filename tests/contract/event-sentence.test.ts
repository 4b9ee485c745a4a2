import { describe, expect, it } from 'vitest';
import { toSeriesCourse } from '../../data-build/contract/event-course.ts';
import { toEventWords } from '../../data-build/contract/event-words.ts';
import { toEventFacts } from '../../site/figures/events/facts.ts';
import { AS_SURGE, START } from '../../site/figures/witnesses/cases.ts';
import type { EventRow } from '../../site/query/witnesses.ts';
import { toEventView } from '../../site/view/events.ts';
import { day } from '../support/days.ts';

const lastDay = day('2024-11-29');
const setting = { place: 'Kenya', networkName: null, course: null, lastDay };
const said = (event: EventRow) => toEventWords(event, setting).sentence;
const facts = (event: EventRow) =>
  new Map(toEventFacts(toEventView(event, new Map(), lastDay), [], lastDay));

const surge: EventRow = {
  ...START,
  ...AS_SURGE,
  measurement_count: null,
  magnitude: 5.25,
  baseline: 1200,
  extreme_day: day('2024-11-09'),
};
const drop: EventRow = { ...surge, kind: 'drop', magnitude: 0.004, baseline: 1500 };
const slow: EventRow = {
  ...START,
  source: 'mlab',
  kind: 'slowdown',
  target: 'throughput by week',
  test_name: null,
  first_sign: day('2024-11-04'),
  last_sign: day('2024-11-18'),
  first_normal: day('2024-11-25'),
  magnitude: 0.75,
  baseline: 20,
  extreme_day: day('2024-11-11'),
  measurement_count: 700,
  detector_id: 'slowdown-2',
  licence: 'cc0',
};

describe('a surge or drop', () => {
  it('is told by the usual and the farthest figure with its day', () => {
    expect(said(surge)).toContain(
      'rose from 1,200 (the median of the 28 days before) to 6,300 on 9 November 2024, 5.3 times as much.',
    );
    expect(said(drop)).toContain(
      'fell by 99.6% from 1,500 (the median of the 28 days before) to 6 on 9 November 2024.',
    );
  });

  it.each([
    [0.3, '70%'],
    [0.0001, '99.9%'],
    [0, '100%'],
  ])('of %d of the usual is a fall by %s, never to 0 times it', (magnitude, fall) => {
    const sentence = said({ ...drop, magnitude });
    expect(sentence).toContain(`fell by ${fall}`);
    expect(sentence).not.toContain('times');
  });

  it('that became a new level is said not to have come back, unless nobody looked for that', () => {
    const course = toSeriesCourse(day('2025-03-01'));
    const level: EventRow = { ...drop, last_sign: null, first_normal: null };
    const words = (event: EventRow) =>
      toEventWords(event, { ...setting, course, lastDay: day('2026-01-30') });
    expect(words(level).sentence).toContain('It did not come back in the data: a new level since');
    expect(words(level).ended).toContain('No figures since 1 March 2025');
    // Changed figures have no way back, whatever they do later.
    const changed = words({ ...level, agreement: 'global_change' });
    expect(changed.sentence).toContain('It was not back within 56 days: a new level,');
    expect(changed.sentence).not.toContain('did not come back');
    expect(changed.ended).toContain('No end is looked for');
    const shown = toEventView(
      { ...level, agreement: 'global_change' },
      new Map([[level.event_id, course]]),
      day('2026-01-30'),
    );
    expect(shown.openness).toBe('a new level');
  });

  it('outside the range of its publisher names the end of the range', () => {
    expect(said({ ...surge, detector_id: 'publisher-range-2' })).toContain(
      'farthest on 9 November 2024: 6,300, where the upper end was 1,200 (estimated clients)',
    );
  });
});

it.each([
  [0.3, '0.3'],
  [0.069, '0.07'],
  [0.04, '0.04'],
  [0.0012, '0.001'],
  [2.44, '2.4'],
])('tests that changed by %d are never 0 times those before', (coverage_ratio, times) => {
  const { caveats } = toEventWords({ ...START, coverage_ratio }, setting);
  expect(caveats.join(' ')).toContain(`were ${times} times those before`);
});

describe('an end of interference', () => {
  const end: EventRow = {
    ...START,
    kind: 'interference_end',
    last_sign: day('2024-11-28'),
    first_normal: day('2024-11-29'),
    baseline: 0.11,
  };

  it('is a return to what was before, which need not be without signs', () => {
    const words = toEventWords(end, setting);
    expect(words.title).toContain('signs of interference back to the level before');
    expect(words.sentence).toMatch(
      /^From 29 November 2024, tests of Telegram in Kenya showed no more signs of interference than before\. The signs had been seen since 7 November 2024: /,
    );
    expect(words.ended).toContain('the first normal test on 29 November 2024');
  });

  it('is a fall where the data begin inside, and nothing is called normal', () => {
    const words = toEventWords({ ...end, baseline: null, last_normal: null }, setting);
    expect(words.title).toContain('signs of interference fell');
    expect(words.sentence).toContain('became much rarer from 29 November 2024');
    expect(words.ended).toBe(
      'Fell between 28 November 2024 and 29 November 2024. What is usual was not seen, so it is not known whether it is over.',
    );
    expect(Object.values(words).join(' ')).not.toContain('normal');
  });
});

describe('speed tests', () => {
  it('that were slow name the usual and the lowest median with its week', () => {
    expect(said(slow)).toContain(
      'up to 75% below the usual 20 Mbit/s, at 5 Mbit/s in the week of 11 November 2024 (700 tests)',
    );
  });

  it('that vanished name how many were left, and how many are usual', () => {
    const vanished: EventRow = { ...slow, kind: 'vanished', magnitude: 0.1, baseline: 400 };
    expect(said(vanished)).toContain(
      'fell to 10% of their usual number from 4 November 2024 to 18 November 2024: 40 in the week of 11 November 2024, where 400 are usual (700 tests in all).',
    );
    const once = { ...vanished, last_sign: vanished.first_sign, measurement_count: 40 };
    expect(said(once)).toMatch(/where 400 are usual\.$/);
  });
});

describe('the evidence of events that are not of tests', () => {
  it('is the usual, the farthest figure with its day, and the source', () => {
    expect(Object.fromEntries(facts(surge))).toMatchObject({
      Usual: '1,200 (estimated clients): the median of the 28 days before',
      'Farthest from the usual': '6,300, on 9 November 2024',
      Source: 'Tor Metrics',
    });
  });

  it('has the number of speed tests with the days they are of', () => {
    expect(Object.fromEntries(facts(slow))).toMatchObject({
      Usual: '20 Mbit/s: the median of the weeks before',
      'Farthest from the usual': '5 Mbit/s, in the week of 11 November 2024',
      'Tests in it': '700 tests, 4–24 November 2024',
      Source: 'M-Lab',
    });
  });
});
