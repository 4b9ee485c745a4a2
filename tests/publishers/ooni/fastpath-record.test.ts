import { describe, expect, it } from 'vitest';
import { isProblem } from '../../../data-build/contract/problem.ts';
import {
  parseFastpathHeader,
  parseFastpathRecord,
} from '../../../data-build/publishers/ooni/fastpath-record.ts';
import { normalizeExported } from '../../../data-build/publishers/ooni/measurement-reader.ts';

const CELLS = {
  measurement_uid: '20240105101500.000001_IT_telegram_0123456789abcdef',
  report_id: 'r',
  input: '',
  probe_cc: 'IT',
  probe_asn: '137',
  test_name: 'telegram',
  measurement_start_time: '2024-01-05 10:15:00',
  scores: '{"analysis": {"blocking_type": "x"}}',
  anomaly: 't',
  confirmed: 'f',
  msm_failure: 'f',
  blocking_type: '',
};

function parse(cells: Readonly<Record<string, string>>) {
  const header = parseFastpathHeader(Object.keys(cells));
  return isProblem(header) ? header : parseFastpathRecord(header, Object.values(cells));
}

describe('a row of the monthly export', () => {
  it('is read by column name, in any order and with columns we do not know', () => {
    const reversed = Object.fromEntries(Object.entries({ ...CELLS, new: '1' }).toReversed());
    for (const cells of [CELLS, reversed])
      expect(parse(cells)).toMatchObject({
        anomaly: true,
        confirmed: false,
        failure: false,
        raw: { probe_cc: 'IT', test_name: 'telegram' },
        scores: { analysis: { blocking_type: 'x' } },
      });
  });

  it('is refused when a flag is neither t nor f, or when columns are missing', () => {
    expect(parse({ ...CELLS, anomaly: 'maybe' })).toMatchObject({ reason: 'invalid_csv' });
    expect(parse({ test_name: 'telegram' })).toMatchObject({ reason: 'invalid_csv' });
    const header = parseFastpathHeader(Object.keys(CELLS));
    if (isProblem(header)) throw new Error(header.detail);
    expect(parseFastpathRecord(header, ['1'])).toMatchObject({ reason: 'invalid_csv' });
  });

  it.each([
    ['2024-01-12 11:15:00', null],
    ['2024-01-12 11:15:01', 'untrusted_time'],
    ['2034-01-05 10:15:00', 'untrusted_time'],
    ['2022-01-05 10:15:00', null],
  ])('that began at %s by a clock that was wrong is judged like a line of JSON', (time, reason) => {
    const header = parseFastpathHeader(Object.keys(CELLS));
    if (isProblem(header)) throw new Error(header.detail);
    const fields = Object.values({ ...CELLS, measurement_start_time: time });
    const made = normalizeExported({ header, fields });
    expect(isProblem(made) ? made.reason : null).toBe(reason);
  });

  it('keeps its flags when its scores cannot be read', () => {
    expect(parse({ ...CELLS, scores: '{' })).toMatchObject({ anomaly: true, scores: {} });
  });
});
