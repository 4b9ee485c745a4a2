import { describe, expect, it } from 'vitest';
import { isProblem } from '../../data-build/contract/problem.ts';
import { ruleById } from '../../data-build/contract/rules.ts';
import { normalizeStoredVerdict } from '../../data-build/normalize/stored-verdict.ts';
import {
  parseFastpathHeader,
  parseFastpathRecord,
  type FastpathRecord,
} from '../../data-build/parse/fastpath-record.ts';

const COLUMNS = {
  measurement_uid: '20240105101500.000001_IT_telegram_0123456789abcdef',
  report_id: 'r',
  input: '',
  probe_cc: 'IT',
  probe_asn: '137',
  test_name: 'telegram',
  measurement_start_time: '2024-01-05 10:15:00',
  scores: '{"analysis": {"blocking_type": "x"}}',
  anomaly: 'f',
  confirmed: 'f',
  msm_failure: 'f',
  blocking_type: '',
};

function record(changes: Partial<typeof COLUMNS>): FastpathRecord {
  const cells = { ...COLUMNS, ...changes };
  const header = parseFastpathHeader(Object.keys(cells));
  if (isProblem(header)) throw new Error(header.detail);
  const parsed = parseFastpathRecord(header, Object.values(cells));
  if (isProblem(parsed)) throw new Error(parsed.detail);
  return parsed;
}

describe('stored flags', () => {
  it.each([
    [{}, 'ok'],
    [{ anomaly: 't' }, 'anomaly'],
    [{ anomaly: 't', confirmed: 't' }, 'confirmed'],
    [{ anomaly: 't', confirmed: 't', msm_failure: 't' }, 'failure'],
  ])('%j are %s', (changes, outcome) => {
    const verdict = normalizeStoredVerdict(record(changes), 'telegram');
    expect(verdict.outcome).toBe(outcome);
    expect(ruleById(verdict.ruleId)?.outcome).toBe(outcome);
  });

  it('of tests without a rule are unscored', () => {
    const verdict = normalizeStoredVerdict(record({ msm_failure: 't' }), 'dnscheck');
    expect(verdict).toMatchObject({ outcome: 'unscored', ruleId: 'unscored.no_rule' });
  });

  it('give a method only where there are signs of interference', () => {
    const diff = record({ anomaly: 't', blocking_type: 'http-diff' });
    expect(normalizeStoredVerdict(diff, 'web_connectivity').blockingMethod).toBe('http_diff');
    const fine = record({ blocking_type: 'http-diff' });
    expect(normalizeStoredVerdict(fine, 'web_connectivity').blockingMethod).toBeNull();
    expect(normalizeStoredVerdict(record({ anomaly: 't' }), 'tor').blockingMethod).toBe(
      'tool_bootstrap',
    );
  });

  it('are refused when they are neither t nor f, or when columns are missing', () => {
    const header = parseFastpathHeader(Object.keys(COLUMNS));
    if (isProblem(header)) throw new Error(header.detail);
    const values = Object.values({ ...COLUMNS, anomaly: 'maybe' });
    expect(parseFastpathRecord(header, values)).toMatchObject({ reason: 'invalid_csv' });
    expect(parseFastpathRecord(header, ['1'])).toMatchObject({ reason: 'invalid_csv' });
    expect(parseFastpathHeader(['test_name'])).toMatchObject({ reason: 'invalid_csv' });
  });
});
