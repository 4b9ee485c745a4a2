import { describe, expect, it } from 'vitest';
import { toCountryCode } from '../../data-build/contract/brands.ts';
import { START } from '../../site/figures/witnesses/cases.ts';
import type { Query } from '../../site/query/query.ts';
import type { EventRow } from '../../site/query/witnesses.ts';
import { askCourses } from '../../site/view/course.ts';
import { toEventFacts } from '../../site/figures/events/facts.ts';
import { toEventGroups } from '../../site/figures/events/groups.ts';
import { toEventView } from '../../site/view/events.ts';
import { asn, day } from '../support/days.ts';

const kenya = toCountryCode('KE');
if (kenya === null) throw new Error('KE is a code.');

const start: EventRow = {
  ...START,
  event_id: 'a',
  probe_cc: kenya,
  last_sign: day('2024-11-26'),
  first_normal: day('2024-11-27'),
  magnitude: 0.62,
};
const view = (row: Partial<EventRow>) =>
  toEventView({ ...start, ...row }, new Map(), day('2024-12-31'));
const end = view({ event_id: 'b', kind: 'interference_end' });
const network = view({ event_id: 'c', probe_asn: asn(33771), network_count: null });
const elsewhen = view({
  event_id: 'd',
  probe_asn: asn(33771),
  first_sign: day('2024-03-01'),
  last_sign: day('2024-03-09'),
  first_normal: day('2024-03-10'),
});

describe('an event that is not over', () => {
  const surge = {
    ...start,
    source: 'tor-metrics',
    kind: 'surge',
    target: 'tor-bridge users',
    test_name: null,
    tool: 'tor-bridge',
    metric: 'users',
    last_sign: null,
    first_normal: null,
    baseline: 1200,
    extreme_day: start.first_sign,
    measurement_count: null,
    detector_id: 'log-z-3',
    licence: 'cc0',
  } as const;
  const telegram = { ...start, event_id: 't', last_sign: null, first_normal: null };

  it('ends for now where its own figures end, not where the release does', async () => {
    const asked: string[] = [];
    const ask = <Row>({ sql }: Query<Row>): Promise<readonly Row[]> => {
      asked.push(sql);
      const ends = [{ tool: 'tor-bridge', metric: 'users', day: '2024-11-20' }];
      const days = [{ day: '2024-11-09', tests: 12, signs: 7 }];
      // The rows of either question, as the engine gives them.
      return Promise.resolve(
        JSON.parse(JSON.stringify(sql.includes('circumvention_daily') ? ends : days)),
      );
    };
    const courses = await askCourses(ask, [surge, telegram]);
    expect(asked).toHaveLength(2);
    const ended = (row: EventRow, last: string): string =>
      toEventView(row, courses, day(last)).words.ended;
    expect(ended(surge, '2024-12-01')).toBe('Not over by 20 November 2024, the last day measured.');
    expect(ended(telegram, '2024-12-01')).toBe(
      'No tests since 9 November 2024: whether it ended is not known.',
    );
    expect(ended(surge, '2024-12-31')).toBe(
      'No figures since 20 November 2024: whether it ended is not known.',
    );
  });

  it('of speed ends for now with the last day of its own series', async () => {
    const slow = {
      ...surge,
      source: 'mlab',
      kind: 'slowdown',
      tool: null,
      metric: null,
    } as const;
    const weekly = { ...slow, event_id: 'w', target: 'throughput by week' };
    const monthly = { ...slow, event_id: 'm', target: 'throughput by month' };
    const ask = <Row>(): Promise<readonly Row[]> => {
      const speeds = [
        { period: '2024-11-19', grain: 'day' },
        { period: '2024-11-20', grain: 'day' },
        { period: '2024-10-01', grain: 'month' },
      ];
      return Promise.resolve(JSON.parse(JSON.stringify(speeds)));
    };
    const courses = await askCourses(ask, [weekly, monthly]);
    const ended = (row: EventRow, last: string): string =>
      toEventView(row, courses, day(last)).words.ended;
    expect(ended(weekly, '2024-11-30')).toBe(
      'Not over by 20 November 2024, the last day measured.',
    );
    expect(ended(weekly, '2024-12-31')).toBe(
      'No tests since 20 November 2024: whether it ended is not known.',
    );
    expect(ended(monthly, '2024-12-31')).toBe(
      'No tests since 31 October 2024: whether it ended is not known.',
    );
  });

  it('is not asked for where all are over', async () => {
    const courses = await askCourses(() => Promise.reject(new Error('asked')), [start]);
    expect(courses.size).toBe(0);
  });
});

describe('events in a list', () => {
  it('have begin and end in one entry, by the day of the end', () => {
    const [group, ...others] = toEventGroups([view({}), end]);
    expect(others).toEqual([]);
    expect(group).toMatchObject({ turn: '2024-11-27', size: 2 });
    expect(group?.end?.event.event_id).toBe('b');
  });

  it('keep an end whose beginning is not in the data', () => {
    expect(toEventGroups([end]).map(({ lead }) => lead.event.event_id)).toEqual(['b']);
  });

  it('fold what a network showed at the same time, and only that', () => {
    const groups = toEventGroups([network, elsewhen, view({}), end]);
    expect(groups.map(({ lead }) => lead.event.event_id)).toEqual(['a', 'd']);
    expect(groups[0]?.networks.map(({ lead }) => lead.event.event_id)).toEqual(['c']);
    expect(groups.reduce((sum, { size }) => sum + size, 0)).toBe(4);
  });
});

describe('what an event rests on', () => {
  const days = [
    { day: day('2024-10-01'), tests: 999, signs: 9 },
    { day: day('2024-11-01'), tests: 40, signs: 1 },
    { day: day('2024-11-06'), tests: 60, signs: 1 },
    { day: day('2024-11-07'), tests: 100, signs: 62 },
  ];
  const factsOf = (row: Partial<EventRow>) =>
    new Map(toEventFacts(view(row), days, day('2024-11-29')));

  it('is counted during and in the four weeks before, with dates', () => {
    const facts = factsOf({});
    expect(facts.get('Evidence')).toMatch(
      /^62 of 100 tests on 5 networks \(62%\), 7\W+26 November 2024$/,
    );
    expect(facts.get('Four weeks before')).toMatch(
      /^2 of 100 tests with signs \(2%\), 10 October\W+6 November 2024$/,
    );
    expect(facts.get('Confirmed')).toMatch(/^0 of 100 tests, 7/);
  });

  it('names no day before the first test', () => {
    const facts = new Map(toEventFacts(view({}), days.slice(1), day('2024-11-29')));
    expect(facts.get('Four weeks before')).toMatch(
      /^2 of 100 tests with signs \(2%\), 1\W+6 November 2024: tests begin on the first of these days$/,
    );
  });

  it('runs to the last day measured while it is not over', () => {
    const facts = factsOf({ last_sign: null, first_normal: null });
    expect(facts.get('Evidence')).toMatch(/7\W+29 November 2024$/);
  });

  it('says why nothing can be said of single networks', () => {
    expect(factsOf({ robust: null }).get('With any one network left out')).toMatch(
      /names no networks/,
    );
    expect(
      factsOf({ robust: null, probe_asn: asn(33771) }).get('With any one network left out'),
    ).toMatch(/about one network/);
  });
});

it('websites that fell together are named with the place that they fell together in', () => {
  const together = { test_name: 'web_connectivity', target: 'websites NEWS' } as const;
  const listed = view({ ...together, category_code: 'NEWS' });
  expect(listed.words.title).toBe(
    'Websites listed as “News media” in Kenya, taken together: signs of interference began',
  );
  expect(listed.words.sentence).toContain(
    'Tests of websites listed as “News media” in Kenya, taken together, showed signs',
  );
  expect(view({ ...together, target: 'websites' }).words.title).toMatch(
    /^Websites of all kinds in Kenya, taken together: /,
  );
});
