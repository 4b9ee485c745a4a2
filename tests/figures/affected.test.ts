/** Which apps, tools and websites a place's table names, in which order, with which numbers. */
import { expect, it } from 'vitest';
import { START } from '../../site/figures/witnesses/cases.ts';
import type { CountryDomainRow } from '../../site/query/domains.ts';
import type { TestRow } from '../../site/query/rows.ts';
import type { EventRow } from '../../site/query/witnesses.ts';
import { apps } from '../../site/figures/apps/figure.ts';
import { toRequest } from '../../site/figures/request.ts';
import { toAffected } from '../../site/figures/affected/view.ts';
import { formatLineLevel, risenCells, toLineGroups } from '../../site/figures/place-line/levels.ts';
import { country, day } from '../support/days.ts';

const frame = {
  since: day('2024-11-01'),
  until: day('2024-11-11'),
  grain: 'day',
  dataUntil: day('2024-11-11'),
} as const;
const counts = (tests: number, anomaly: number, confirmed = 0) => ({
  measurement_count: tests,
  ok_count: tests - anomaly - confirmed,
  anomaly_count: anomaly,
  confirmed_count: confirmed,
  failure_count: 0,
  unscored_count: 0,
  network_count: 4,
  day_count: 10,
});
const test = (test_name: string, tests: number, anomaly: number): TestRow => ({
  test_name,
  ...counts(tests, anomaly),
});
const website = (domain: string, ...given: Parameters<typeof counts>): CountryDomainRow => ({
  domain,
  category_code: null,
  first_day: frame.since,
  last_day: day('2024-11-10'),
  ...counts(...given),
});
const STARTED: EventRow = {
  ...START,
  event_id: 'e1',
  baseline: 0.01,
  network_count: 3,
};

it('names the surest first, each with the numbers since its own change, and nothing that is usual', () => {
  const { table, targets } = toAffected(
    {
      tests: [test('telegram', 400, 70), test('whatsapp', 400, 4)],
      websites: [
        website('usual.example', 300, 6),
        website('blocked.example', 60, 10, 40),
        website('signs.example', 100, 30),
        website('some.example', 100, 15),
        website('thin.example', 3, 3),
      ],
      events: [STARTED],
      courses: [
        { kind: 'test', name: 'telegram', period: day('2024-11-04'), tests: 10, signs: 0 },
        { kind: 'test', name: 'telegram', period: day('2024-11-07'), tests: 10, signs: 6 },
        { kind: 'test', name: 'unnamed', period: day('2024-11-10'), tests: 10, signs: 1 },
      ],
    },
    frame,
  );
  const rows = table.rows.map(({ cells }) => cells.map(({ text }) => text));
  expect(rows.map(([name]) => name)).toEqual([
    'blocked.example',
    'Telegram',
    'signs.example',
    'some.example',
  ]);
  // A share well above the usual is no less sure than a sentence about it.
  expect(rows.map((cells) => cells[1])).toEqual([
    'confirmed (40 tests)',
    'signs of interference',
    'signs of interference',
    'some signs',
  ]);
  expect(rows[1]?.slice(2)).toEqual(['7 November 2024', '62%', '62 of 100', '3']);
  expect(rows[2]?.slice(2, 4)).toEqual(['', '30%']);
  const telegram = targets.find(({ name }) => name === 'telegram');
  // From the first to the last day with tests of a row that is shown.
  expect(telegram?.course).toEqual([0, null, null, 0.6]);
});

it('names all websites together where the counts name none of them', () => {
  const confirmed: TestRow = { test_name: 'web_connectivity', ...counts(9000, 900, 300) };
  const rowsOf = (websites: readonly CountryDomainRow[]) =>
    toAffected({ tests: [confirmed], websites, events: [], courses: [] }, frame).table.rows.map(
      ({ cells }) => cells.map(({ text }) => text),
    );
  expect(rowsOf([website('thin.example', 3, 3)])).toEqual([
    [
      'Websites; the counts do not name which',
      'confirmed (300 tests)',
      '',
      '13%',
      '1,200 of 9,000',
      '4',
    ],
  ]);
  expect(rowsOf([website('blocked.example', 60, 10, 40)]).map(([name]) => name)).toEqual([
    'blocked.example',
  ]);
});

it('calls tests of apps and tools so where these alone are too few', () => {
  const view = apps.view(
    { networks: 4, rows: [test('signal', 3, 3), test('web_connectivity', 9000, 90)] },
    toRequest(apps, {
      subject: { kind: 'country', probeCc: country('XC') },
      frame,
      release: { version: '', until: frame.until, edition: 'all', synthetic: false },
    }),
  );
  expect(view?.table.caption).toMatch(/^Too few app and tool tests in/);
});

it('gives an app the same level in the line of the place', () => {
  const tests = [test('telegram', 400, 20), test('whatsapp', 100, 15), test('signal', 400, 4)];
  const started: EventRow = { ...STARTED, test_name: null, domain: 'news.example' };
  const events = [STARTED, started];
  const named = toAffected({ tests, websites: [], events, courses: [] }, frame).table.rows;
  const groups = toLineGroups(
    new Map(tests.map((row) => [row.test_name, row])),
    new Map([['NEWS', website('news.example', 400, 4)]]),
    4,
    risenCells(events, () => 'NEWS'),
    0,
  );
  const levels = new Map(
    groups.flatMap(({ cells }) => cells.map(({ key, level }) => [key, formatLineLevel(level)])),
  );
  expect(named.map(({ cells }) => cells[1]?.text)).toEqual(['signs of interference', 'some signs']);
  for (const { key, cells } of named) expect(levels.get(key)).toBe(cells[1]?.text);
  expect(levels.get('test signal')).toBe('no more than the usual background');
  // Of one of its websites a rule found a change.
  expect(levels.get('theme NEWS')).toBe('signs of interference');
});
