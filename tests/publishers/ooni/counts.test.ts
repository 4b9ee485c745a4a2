import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isProblem, type Problem } from '../../../data-build/contract/problem.ts';
import { normalizeCounts, partitionCounts } from '../../../data-build/publishers/ooni/counts.ts';
import {
  parseAggregationCsv,
  parseAggregationJson,
} from '../../../data-build/publishers/ooni/aggregation.ts';
import type { JsonObject } from '../../../data-build/parse/json.ts';
import type { Normalized } from '../../../data-build/parts.ts';
import { describeWithSharedData } from '../../support/shared-data.ts';

function countCsv(text: string, scope: JsonObject): Normalized<'counts'> | Problem {
  const reply = parseAggregationCsv(text);
  return isProblem(reply) ? reply : normalizeCounts(reply, scope);
}

function fromCsv(text: string, scope: JsonObject = {}): Normalized<'counts'> {
  const counts = countCsv(text, scope);
  if (isProblem(counts)) throw new Error(counts.detail);
  return counts;
}

function refusal(text: string, scope: JsonObject = {}): string | null {
  const counts = countCsv(text, scope);
  return isProblem(counts) ? counts.reason : null;
}

const FULL =
  'measurement_start_day,probe_cc,test_name,probe_asn,anomaly_count,confirmed_count,failure_count,ok_count,measurement_count';

describe('published counts', () => {
  it('refuses counts and days that cannot be, and hours that add up to too many', () => {
    const head =
      'anomaly_count,confirmed_count,failure_count,measurement_count,measurement_start_day,ok_count,probe_cc,test_name';
    const rows = [
      '0,0,0,99999999999999,2024-01-01,0,KE,telegram',
      '0,0,0,10,9999-12-31,10,KE,telegram',
      '0,0,0,9000000,2024-01-02T00:00:00Z,9000000,KE,telegram',
      '0,0,0,9000000,2024-01-02T01:00:00Z,9000000,KE,telegram',
    ];
    const counts = fromCsv([head, ...rows].join('\n'));
    expect(counts.rows.map((row) => row.measurement_count)).toEqual([9_000_000]);
    expect(counts.problems.map(({ problem: found }) => found.reason)).toEqual([
      'negative_count',
      'missing_time',
      'negative_count',
    ]);
  });

  it('are read by column name', () => {
    const { rows, problems } = fromCsv(`${FULL}\n2024-01-01,it,webconnectivity,AS137,1,2,3,4,10\n`);
    expect(problems).toEqual([]);
    expect(rows).toEqual([
      {
        day: '2024-01-01',
        probe_cc: 'IT',
        probe_asn: 137,
        test_name: 'web_connectivity',
        measurement_count: 10,
        ok_count: 4,
        anomaly_count: 1,
        confirmed_count: 2,
        failure_count: 3,
        reconciled: false,
      },
    ]);
  });

  it('take country and test from the sidecar, and have no network when none is named', () => {
    const text =
      'measurement_start_day,measurement_count,anomaly_count,confirmed_count,failure_count\n2024-01-01,5,2,0,0\n';
    const { rows } = fromCsv(text, { probe_cc: 'IQ', test_name: 'telegram' });
    expect(rows[0]).toMatchObject({
      probe_cc: 'IQ',
      probe_asn: null,
      test_name: 'telegram',
      ok_count: 3,
      reconciled: false,
    });
  });

  it('are refused when nothing says which country or test', () => {
    const text = 'measurement_start_day,measurement_count\n2024-01-01,5\n';
    expect(refusal(text)).toBe('no_scope');
    expect(refusal(text, { probe_cc: 'IQ' })).toBe('no_scope');
    expect(refusal(text, { probe_cc: null, test_name: 'telegram' })).toBe('no_scope');
  });

  it.each(['domain', 'input', 'category_code', 'blocking_type'])(
    'broken down by %s are refused, since their sum is no total',
    (axis) => {
      expect(refusal(`${FULL},${axis}\n2024-01-01,IT,tor,137,0,0,0,1,1,x\n`)).toBe('unusable_axes');
    },
  );

  it.each([
    ['weeks', ['2024-01-01', '2024-01-08']],
    ['weeks from Sunday', ['2024-01-07', '2024-01-14', '2024-02-04']],
    ['months', ['2024-01-01', '2024-02-01']],
  ])('of %s are refused', (_, days) => {
    const text = [FULL, ...days.map((day) => `${day},IT,tor,137,0,0,0,1,1`)].join('\n');
    expect(refusal(text)).toBe('unusable_axes');
  });

  it('of seldom tested places are days, however far apart', () => {
    const days = ['2024-01-03', '2024-01-15', '2024-02-10'];
    const { rows } = fromCsv(
      [FULL, ...days.map((day) => `${day},ER,tor,137,0,0,0,40,40`)].join('\n'),
    );
    expect(rows.map(({ day }) => day)).toEqual(days);
  });

  it('are of the grain that the sidecar names', () => {
    const text = [FULL, ...['01', '08'].map((day) => `2024-01-${day},IT,tor,137,0,0,0,1,1`)];
    expect(refusal(text.join('\n'), { time_grain: 'month' })).toBe('unusable_axes');
    expect(fromCsv(text.join('\n'), { time_grain: 'day' }).rows).toHaveLength(2);
  });

  it('without a day are refused', () => {
    expect(refusal('probe_cc,test_name,measurement_count\nIT,tor,1\n')).toBe('unusable_axes');
  });

  it('by the hour are added up to days', () => {
    const hours = ['T00:00:00Z', 'T01:00:00Z'].map((h) => `2024-01-01${h},IT,tor,137,1,0,0,1,2`);
    const { rows } = fromCsv([FULL, ...hours].join('\n'));
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({ measurement_count: 4, anomaly_count: 2, ok_count: 2 });
  });

  it.each([
    ['a day', ['2024-01-01', '2024-01-01']],
    ['an hour', ['2024-01-01T00:00:00Z', '2024-01-01T00:00:00Z']],
    ['an hour of a day that is there as a whole', ['2024-01-01', '2024-01-01 05:00:00']],
    ['a day whose first hour is there', ['2024-01-01T00:00:00Z', '2024-01-01']],
  ])('count %s once', (_, times) => {
    const lines = times.map((time) => `${time},IT,tor,137,1,0,0,9,10`);
    const { rows, problems } = fromCsv([FULL, ...lines].join('\n'), { time_grain: 'hour' });
    expect(rows.map((row) => row.measurement_count)).toEqual([10]);
    expect(problems).toMatchObject([{ line: 3, problem: { reason: 'duplicate_figure' } }]);
  });

  it('reject single rows, with their line', () => {
    const { rows, problems } = fromCsv(
      [
        FULL,
        '2024-01-01,IT,tor,137,0,0,0,1,1',
        '2024-01-01,ZZ,tor,137,0,0,0,1,1',
        '2024-01-01,IT,tor,0,0,0,0,1,1',
        '2024-01-01,IT,tor,137,0,0,-1,1,1',
        'soon,IT,tor,137,0,0,0,1,1',
        '2024-01-01,IT,tor',
      ].join('\n'),
    );
    expect(rows).toHaveLength(1);
    expect(
      problems
        .map(({ line, problem }) => [line, problem.reason])
        .toSorted(([a], [b]) => Number(a) - Number(b)),
    ).toEqual([
      [3, 'unknown_country'],
      [4, 'unknown_network'],
      [5, 'negative_count'],
      [6, 'missing_time'],
      [7, 'invalid_csv'],
    ]);
  });

  it('come as a bare list or inside a reply', () => {
    const row = {
      measurement_start_day: '2024-01-01',
      probe_cc: 'IT',
      measurement_count: 3,
      anomaly_count: 0,
      confirmed_count: 0,
      failure_count: 0,
    };
    for (const body of [[row], { v: 0, result: [row] }, { v: 0, result: row }]) {
      const reply = parseAggregationJson(JSON.stringify(body));
      if (isProblem(reply)) throw new Error(reply.reason);
      const counts = normalizeCounts(reply, { test_name: 'tor' });
      expect(isProblem(counts) ? null : counts.rows[0]?.ok_count).toBe(3);
    }
    expect(parseAggregationJson('{"v": 0}')).toMatchObject({ reason: 'not_an_object' });
    expect(parseAggregationJson('[')).toMatchObject({ reason: 'invalid_json' });
  });

  it.each([
    ['1,0,0,9,10', [9, 1, 0, 0]],
    ['1,0,0,,10', [9, 1, 0, 0]],
    // Overlapping: 5 failures that are ok as well.
    ['1,0,5,9,10', [4, 1, 0, 5]],
    ['1,,,9,10', [9, 1, 0, 0]],
    ['1,0,0,8,10', 'counts that do not add up'],
    ['0,0,11,0,10', 'counts that do not add up'],
    ['11,0,0,,10', 'counts that do not add up'],
    [',0,0,8,10', 'no anomaly_count'],
    ['1,0,,,10', 'no failure_count'],
    ['1,0,0,9,', 'no measurement_count'],
  ] as const)('%s are taken for what they say, or refused', (counts, expected) => {
    const { rows, problems } = fromCsv(`${FULL}\n2024-01-01,IT,tor,137,${counts}`);
    const [row] = rows;
    expect(
      row === undefined
        ? problems[0]?.problem.detail
        : [row.ok_count, row.anomaly_count, row.confirmed_count, row.failure_count],
    ).toEqual(expected);
  });

  it('of tests that are not listed are published together, without their names', () => {
    const { rows, problems } = fromCsv(
      `${FULL}\n2024-01-01,IT,named_after_somebody,137,0,0,0,2,2\n2024-01-01,IT,call_0712345678,137,0,0,0,3,3`,
    );
    expect(problems).toEqual([]);
    expect(rows).toMatchObject([{ test_name: 'unlisted_experiment', measurement_count: 5 }]);
  });

  it('always add up, and are untouched when they already do', () => {
    const count = fc.nat(1000);
    fc.assert(
      fc.property(count, count, count, count, fc.option(count), (m, f, c, a, ok) => {
        const parts = { measurements: m, failure: f, confirmed: c, anomaly: a, ok };
        const row = partitionCounts(parts);
        const sum =
          (row.ok_count ?? 0) +
          (row.anomaly_count ?? 0) +
          (row.confirmed_count ?? 0) +
          (row.failure_count ?? 0);
        expect(sum).toBe(m);
        expect(Math.min(row.ok_count ?? -1, row.anomaly_count ?? -1)).toBeGreaterThanOrEqual(0);
        const whole = partitionCounts({ ...parts, measurements: m + f + c + a, ok: m });
        expect(whole).toMatchObject({ failure_count: f, anomaly_count: a, reconciled: false });
      }),
    );
  });
});

describeWithSharedData(
  'the reply of 2021, in its overlapping form',
  'ooni/aggregation',
  (folder) => {
    it('keeps its measurements and loses its overlap', () => {
      const text = readFileSync(`${folder}/web_connectivity_cc_day_20210317_20210416.json`, 'utf8');
      const reply = parseAggregationJson(text);
      if (isProblem(reply)) throw new Error(reply.detail);
      const counts = normalizeCounts(reply, { test_name: 'web_connectivity' });
      if (isProblem(counts)) throw new Error(counts.detail);
      const { rows } = counts;
      const total = (read: (row: (typeof rows)[number]) => number | null): number =>
        rows.reduce((sum, row) => sum + (read(row) ?? 0), 0);
      expect(rows).toHaveLength(2378);
      expect(new Set(rows.map((row) => row.probe_cc)).size).toBe(151);
      expect(total((row) => row.measurement_count)).toBe(6_737_807);
      expect(rows.filter((row) => row.reconciled)).toHaveLength(1343);
      expect(total((row) => row.failure_count)).toBe(186_144);
    });
  },
);
