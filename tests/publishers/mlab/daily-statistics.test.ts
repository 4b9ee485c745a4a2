import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { isProblem } from '../../../data-build/contract/problem.ts';
import { normalizeDailyStatistics } from '../../../data-build/publishers/mlab/daily-statistics.ts';
import type { JsonValue } from '../../../data-build/parse/json.ts';
import { parseJson } from '../../../data-build/parse/measurement-line.ts';
import { sharedData } from '../../support/shared-data.ts';

function days(value: JsonValue) {
  const result = normalizeDailyStatistics(value);
  if (isProblem(result)) throw new Error(result.detail);
  return result;
}

const bucket = (extra: object): JsonValue =>
  parseJson(
    JSON.stringify({
      date: '2024-01-01',
      country_code: 'KE',
      dl_samples_day: 100,
      dl_samples_bucket: 12,
      download_MED: 7.5,
      ...extra,
    }),
  ) ?? null;

describe('normalizeDailyStatistics', () => {
  it('joins the eight buckets of a day and never takes the first one for zero upwards', () => {
    const { rows } = days(Array.from({ length: 8 }, () => bucket({})));
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({
      day: '2024-01-01',
      probe_cc: 'KE',
      probe_asn: null,
      download_sample_count: 100,
    });
    expect(rows[0]?.below_0p56_mbps_ratio).toBeCloseTo(0.04);
  });
  it('says nothing of the slow share when a bucket is missing', () => {
    expect(
      days(Array.from({ length: 7 }, () => bucket({}))).rows[0]?.below_0p56_mbps_ratio,
    ).toBeNull();
  });
  it('refuses places smaller than a country', () => {
    expect(days([bucket({ city: 'Nairobi' })]).problems[0]?.problem.reason).toBe('too_fine');
    expect(days([bucket({ ISO3166_2region1: 'KE-30' })]).problems[0]?.problem.reason).toBe(
      'too_fine',
    );
  });
  it.each([
    [36_914, 36_914],
    ['36914', 36_914],
    ['AS36914', 36_914],
    ['0', 'unknown_network'],
    [0, 'unknown_network'],
    [1.5, 'unknown_network'],
    ['Sample Net', 'unknown_network'],
    [{ toString: 1 }, 'unknown_network'],
  ])('takes the network %j for %s, never for its country', (asn, expected) => {
    const { rows, problems } = days([bucket({ asn })]);
    expect(rows[0]?.probe_asn ?? problems[0]?.problem.reason).toBe(expected);
  });
  it('takes no row without a network for a country, in a file of networks', () => {
    expect(days([bucket({ asn: null })]).rows).toHaveLength(1);
    const { rows, problems } = days([bucket({ asn: 36_914 }), bucket({ asn: null }), bucket({})]);
    expect(rows.map((row) => row.probe_asn)).toEqual([36_914, null]);
    expect(problems).toMatchObject([{ line: 2, problem: { reason: 'unknown_network' } }]);
  });
  it('takes no row whose country cannot be read for one of the world', () => {
    const found = days([bucket({ asn: 36_914, country_code: 12 })]);
    expect(found.problems[0]?.problem.reason).toBe('unknown_country');
  });
  it.each([
    ['download_MED', -3, 'impossible_value'],
    ['upload_Q75', 1e9, 'impossible_value'],
    ['download_minRTT_MED', 4_294_967, 'impossible_value'],
    ['dl_samples_day', -5, 'negative_count'],
    ['ul_samples_day', 1.5, 'negative_count'],
  ])('refuses %s of %d', (key, value, reason) => {
    const found = days([bucket({ [key]: value })]);
    expect([found.rows.length, found.problems[0]?.problem.reason]).toEqual([0, reason]);
  });
  it('needs a country or a network', () => {
    expect(days([bucket({ country_code: null })]).problems[0]?.problem.reason).toBe('no_scope');
  });
});

const file = sharedData('mlab', 'asn14593-2024-histogram_daily_stats.sample.json');
describe.skipIf(file === null)('the real statistics file (skipped without ../shared/data)', () => {
  it('has three days of one network wherever it is', () => {
    const { rows } = days(parseJson(readFileSync(file ?? '', 'utf8')) ?? null);
    expect(
      rows.map((row) => [row.day, row.probe_cc, row.probe_asn, row.download_sample_count]),
    ).toEqual([
      ['2024-01-01', null, 14593, 11193],
      ['2024-02-29', null, 14593, 15260],
      ['2024-03-26', null, 14593, 16196],
    ]);
    expect(rows[0]?.below_0p56_mbps_ratio).toBeCloseTo(1 - 10962 / 11193, 10);
  });
});
