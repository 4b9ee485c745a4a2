/** Method strips, website matrices and rate bars: what a reader sees in cells, words and tables. */
import { describe, expect, it } from 'vitest';
import { addDays, toCountryCode, type CountryCode } from '../../data-build/contract/brands.ts';
import type { BlockingMethod } from '../../data-build/contract/vocabulary.ts';
import { layoutChart } from '../../site/figures/registry.ts';
import type { DomainPlaceRow, DomainWeekRow } from '../../site/query/domains.ts';
import type { NetworkMethodRow } from '../../site/query/networks.ts';
import type { ViewContext } from '../../site/view/context.ts';
import {
  foldMethods,
  foldPeriods,
  foldTests,
  parseMethods,
  type DayRow,
} from '../../site/view/day-rows.ts';
import { toDomainMatrix } from '../../site/figures/domain-matrix/view.ts';
import { chooseMatrixDays } from '../../site/figures/domain-matrix/days.ts';
import { toMethodStrip } from '../../site/figures/method-strip/view.ts';
import { toRankedView, type RankedRow } from '../../site/figures/rate-bars/view.ts';
import { asn, day } from '../support/days.ts';

const context: ViewContext = {
  frame: {
    since: day('2024-05-06'),
    until: day('2024-06-03'),
    grain: 'week',
    dataUntil: day('2024-06-03'),
  },
  place: 'Examplia',
  test: null,
  network: null,
  networkCount: 3,
};

function counts(tests: number, anomaly: number, confirmed = 0) {
  return {
    measurement_count: tests,
    ok_count: tests - anomaly - confirmed,
    anomaly_count: anomaly,
    confirmed_count: confirmed,
    failure_count: 0,
    unscored_count: 0,
  };
}

describe('toMethodStrip', () => {
  const row = (
    number: number,
    week: string,
    blocking_method: BlockingMethod | null,
    signs: number,
    tests = signs,
  ): NetworkMethodRow => ({
    probe_asn: asn(number),
    name: number === 64500 ? 'Example Net' : null,
    period: day(week),
    blocking_method,
    measurement_count: tests,
    signs,
  });
  const view = toMethodStrip(
    [
      row(64500, '2024-05-06', 'dns', 9),
      row(64500, '2024-05-06', 'tls', 2),
      row(64500, '2024-05-13', 'dns', 3),
      row(64500, '2024-05-20', 'tls', 12),
      row(64500, '2024-05-27', null, 0, 30),
      row(64501, '2024-05-06', 'tcp_ip', 6),
      row(64502, '2024-05-06', null, 0, 80),
    ],
    context,
  );

  it('leads with the most frequent method, and leaves thin and quiet weeks without one', () => {
    expect(view.networks[0]?.cells.map(({ kind, method }) => method ?? kind)).toEqual([
      'dns',
      'few',
      'tls',
      'none',
    ]);
  });

  it('flags a change of method in the cell, in words and in the table', () => {
    expect(view.networks[0]?.cells.map(({ before }) => before)).toEqual([null, null, 'dns', null]);
    expect(view.notes.join('\n')).toContain(
      'AS64500 Example Net: from DNS to TLS in the week of 20 May 2024 (12 of 12 tests with signs).',
    );
    expect(view.title).toContain('1 of 2 networks');
    expect(view.table.rows[2]?.cells.at(-1)?.text).toBe('before: DNS');
    expect(JSON.stringify(layoutChart(view, { width: 720 }))).toContain('mark-change');
  });

  it('leaves out networks without any sign', () => {
    expect(view.networks.map(({ number }) => number)).toEqual(['AS64500', 'AS64501']);
  });
});

function place(code: string): CountryCode {
  const known = toCountryCode(code);
  if (known === null) throw new Error(`${code} is no code.`);
  return known;
}

describe('toDomainMatrix', () => {
  const week = (code: string, start: string, tests: number, signs: number, confirmed = 0) =>
    ({
      domain: 'example.org',
      probe_cc: place(code),
      week: day(start),
      network_count: 2,
      ...counts(tests, signs, confirmed),
    }) satisfies DomainWeekRow;
  const whole = (code: string, tests: number, signs: number, networks: number) =>
    ({
      domain: 'example.org',
      probe_cc: place(code),
      ...counts(tests, signs),
      day_count: 9,
      first_day: day('2024-05-06'),
      last_day: day('2024-05-31'),
      network_count: networks,
      methods: 'dns 3',
    }) satisfies DomainPlaceRow;
  const WORDS = { name: 'example.org', subtitle: 'per week', note: 'folded' };
  const view = toDomainMatrix(
    WORDS,
    [
      week('KE', '2024-05-06', 20, 0),
      week('KE', '2024-05-13', 20, 10, 4),
      week('TZ', '2024-05-06', 4, 4),
    ],
    [whole('TZ', 4, 4, 1), whole('KE', 40, 14, 3), whole('UG', 0, 0, 0)],
    context,
  );

  it('tells not tested, too few, no sign and signs apart', () => {
    const cells = view.places.map(({ name, cells: found }) => [
      name,
      found.map(({ rate }) => (rate.kind === 'rate' ? rate.signs : rate.kind)),
    ]);
    // Weeks without a test have no cell at all; places never tested have no row.
    expect(cells).toEqual([
      ['Kenya', [0, 14]],
      ['Tanzania', ['too_few']],
    ]);
    expect(view.title).toMatch(
      /^Tests of example\.org showed signs of interference in the only place with enough tests/,
    );
  });

  it('shows the stretch of weeks that holds a share to see, and says what lies outside', () => {
    const weeks = [
      week('KE', '2021-07-05', 40, 20),
      week('TZ', '2024-01-01', 90, 3),
      week('TZ', '2024-01-08', 3, 3),
      week('KE', '2026-01-12', 2, 0),
    ];
    const days = chooseMatrixDays(weeks, day('2026-01-30'));
    if (days === null) throw new Error('No days were chosen.');
    expect(days.frame).toEqual({
      since: '2024-01-01',
      until: '2024-01-15',
      grain: 'week',
      dataUntil: '2026-01-30',
    });
    expect(days.outside?.sentence).toMatch(
      /^The chart shows 1.14 January 2024, the stretch of weeks with most tests\. Outside of it: 42 tests in 2 weeks\.$/,
    );
    expect(days.outside?.table.rows.map(({ key }) => key)).toEqual([
      '2026-01-12 2026-01-19',
      '2024-01-01 2024-01-15',
      '2021-07-05 2021-07-12',
    ]);
    const shown = toDomainMatrix(WORDS, weeks, [whole('KE', 42, 20, 3), whole('TZ', 93, 6, 2)], {
      ...context,
      frame: days.frame,
    });
    // Kenya was tested at other times only, and Tanzania is judged by these weeks.
    expect(
      shown.places.map(({ name, rate }) => [name, rate.kind === 'rate' && rate.tests]),
    ).toEqual([['Tanzania', 93]]);
    expect(shown.table.rows).toHaveLength(2);
    expect(shown.desc).toContain('93 tests of example.org in 1 country');
  });

  it('takes the latest stretch when it is long, and months when it is very long', () => {
    const since = (start: string, count: number, tests: number) =>
      Array.from({ length: count }, (_, index) =>
        week('KE', addDays(day(start), index * 7), tests, 1),
      );
    const weeks = [...since('2020-01-06', 20, 90), ...since('2024-01-01', 5, 10)];
    expect(chooseMatrixDays(weeks, day('2026-01-30'))?.frame.since).toBe('2024-01-01');
    const long = chooseMatrixDays(since('2020-01-06', 150, 9), day('2026-01-30'));
    expect(long?.frame).toMatchObject({ since: '2020-01-01', until: '2022-12-01', grain: 'month' });
    expect(long?.outside).toBeNull();
    expect(chooseMatrixDays([], day('2026-01-30'))).toBeNull();
  });

  it('passes over a later stretch with too few tests to say anything of a place', () => {
    const thin = [0, 7, 14, 21].map((later) => week('KE', addDays(day('2025-12-29'), later), 6, 1));
    const told = [0, 7, 14, 21].map((later) => week('TZ', addDays(day('2024-01-01'), later), 9, 3));
    const days = chooseMatrixDays([...told, ...thin], day('2026-01-30'));
    expect(days?.frame.since).toBe('2024-01-01');
    expect(days?.outside?.sentence).toMatch(
      /, the latest stretch of at least 4 weeks with enough tests for a rate\. Outside of it: 24 tests in 4 weeks\.$/,
    );
    expect(chooseMatrixDays(thin, day('2026-01-30'))?.frame.since).toBe('2025-12-29');
  });

  it('takes a confirmed test before more tests without signs', () => {
    const days = chooseMatrixDays(
      [week('TZ', '2021-07-05', 18, 0), week('KE', '2024-01-01', 1, 0, 1)],
      day('2026-01-30'),
    );
    expect(days?.frame.since).toBe('2024-01-01');
    expect(days?.outside?.sentence).toMatch(/a stretch of weeks with confirmed tests\./);
    expect(days?.outside?.table.rows[0]?.cells.map(({ text }) => text).slice(1)).toEqual([
      '1',
      '1',
      '1',
      '1',
      '1',
    ]);
  });

  it('marks what is confirmed with a shape of its own', () => {
    const drawn = JSON.stringify(layoutChart(view, { width: 340 }));
    expect(drawn).toContain('mark-confirmed');
    expect(drawn).toContain('dot: confirmed');
  });
});

describe('toRankedView', () => {
  const row = (key: string, tests: number, signs: number, networks: number | null): RankedRow => ({
    key,
    label: key,
    kind: null,
    ...counts(tests, signs),
    network_count: networks,
    day_count: 10,
    first_day: day('2024-05-06'),
    last_day: day('2024-05-31'),
  });
  const view = toRankedView(
    'places',
    [row('a', 100, 5, 4), row('b', 29, 29, 4), row('c', 60, 30, null), row('d', 90, 89, 1)],
    context,
  );

  it('sorts by rate and keeps those below the floor out of the drawing, not out of the table', () => {
    expect(view.groups[0]?.tests.map(({ label }) => label)).toEqual(['c', 'a']);
    expect(view.table.rows.map(({ key }) => key)).toEqual(['c', 'a', 'd', 'b']);
    expect(view.title).toContain('50% (30 of 60)');
    const few = view.table.rows.find(({ key }) => key === 'd');
    expect(few?.cells.map(({ text }) => text).join(' ')).toMatch(/one network alone \(n = 90\)/);
  });

  it('says how many are too few, and that this is no ranking', () => {
    expect(view.notes.join(' ')).toMatch(/^.*2 more were tested too little.*no ranking/);
  });
});

describe('folding days of one network', () => {
  const row = (date: string, test_name: string, tests: number, methods: string): DayRow => ({
    day: day(date),
    test_name,
    ...counts(tests, 1),
    methods,
  });
  const rows = [
    row('2024-05-06', 'telegram', 5, 'app_web 1'),
    row('2024-05-07', 'telegram', 5, 'app_web 2|dns 1'),
    row('2024-05-07', 'signal', 3, ''),
    row('2024-05-14', 'signal', 3, 'tls 4'),
  ];

  it('adds days up by period, counting each day once', () => {
    const periods = foldPeriods(rows, context.frame);
    expect(periods.map((p) => [p.period, p.measurement_count, p.day_count])).toEqual([
      ['2024-05-06', 13, 2],
      ['2024-05-13', 3, 1],
    ]);
    expect(foldTests(rows).map((t) => [t.test_name, t.measurement_count])).toEqual([
      ['telegram', 10],
      ['signal', 6],
    ]);
  });

  it('reads methods back, and nothing else', () => {
    expect(foldMethods(rows, context.frame)).toContainEqual({
      period: '2024-05-06',
      blocking_method: 'app_web',
      count: 3,
    });
    expect(parseMethods('dns 3|nonsense 4|tls x|')).toEqual([['dns', 3]]);
  });
});
