import { describe, expect, it } from 'vitest';
import { isProblem } from '../../../data-build/contract/problem.ts';
import {
  normalizeEnvelope,
  normalizeTestName,
  type Envelope,
  type LineOrigin,
} from '../../../data-build/publishers/ooni/envelope.ts';
import { placeEnvelope, publisherDiscard } from '../../../data-build/publishers/ooni/place.ts';
import { parseFileTime, parseStartTime, parseUidTime } from '../../../data-build/normalize/time.ts';
import type { JsonObject } from '../../../data-build/parse/json.ts';

const NOWHERE: LineOrigin = { fileMs: null, measurement_uid: null };
const RAW: JsonObject = {
  test_name: 'telegram',
  test_version: '0.3.1',
  report_id: '20240105T101500Z_telegram_IT_30722_n1_0123456789abcdef',
  input: null,
  probe_cc: 'it',
  probe_asn: 'AS30722',
  measurement_start_time: '2024-01-05 10:15:00',
  software_name: 'ooniprobe-android-unattended',
  software_version: '3.8.2',
  annotations: { platform: 'android', engine_version: '3.19.0' },
};

function envelopeOf(changes: JsonObject, origin = NOWHERE): Envelope {
  const envelope = normalizeEnvelope({ ...RAW, ...changes }, origin);
  if (isProblem(envelope)) throw new Error(envelope.reason);
  return envelope;
}

function reasonFor(changes: JsonObject, origin = NOWHERE): string | null {
  const placed = placeEnvelope(envelopeOf(changes, origin));
  return isProblem(placed) ? placed.reason : null;
}

describe('the envelope', () => {
  it('reads what a measurement says of itself', () => {
    expect(envelopeOf({})).toMatchObject({
      test_name: 'telegram',
      test_version: '0.3.1',
      probe_cc: 'IT',
      probe_asn: 30722,
      measurementStartMs: Date.UTC(2024, 0, 5, 10, 15),
      software_family: 'ooniprobe_android',
      unattended: true,
      clockFault: null,
    });
  });

  it('takes any field missing or of another kind for null', () => {
    const envelope = normalizeEnvelope({ test_name: 'x', annotations: 'no', input: 7 }, NOWHERE);
    expect(envelope).toMatchObject({
      report_id: null,
      probe_cc: null,
      probe_asn: null,
      input: null,
    });
  });

  it('knows tests by their name in paths, keeps unknown ones, refuses junk', () => {
    expect(normalizeTestName('webconnectivity')).toBe('web_connectivity');
    expect(normalizeTestName('stunreachability')).toBe('stunreachability');
    expect(normalizeTestName('brand_new_test')).toBe('brand_new_test');
    for (const junk of [
      undefined,
      null,
      '',
      7,
      '203.0.113.9',
      'a@example.org',
      'Springfield',
      'x'.repeat(60),
      `ab${'0'.repeat(32)}`,
    ]) {
      expect(normalizeTestName(junk)).toMatchObject({ reason: 'missing_test_name' });
    }
  });

  it('never lets an address through as a version or id', () => {
    expect(envelopeOf({ test_version: '203.0.113.9' }).test_version).toBeNull();
    expect(envelopeOf({ test_version: '0.4.3-beta' }).test_version).toBe('0.4.3');
    expect(envelopeOf({ measurement_uid: '203.0.113.9' }).measurement_uid).toBeNull();
  });

  it.each([
    ['ooniprobe', 'ooniprobe_legacy', false],
    ['ooniprobe-desktop-unattended', 'ooniprobe_desktop', true],
    ['iThena-ooniprobe', 'ithena', true],
    ['measurement_kit', 'measurement_kit', false],
    ['something-else', 'other', false],
  ])('%s is of the family %s', (name, family, unattended) => {
    expect(envelopeOf({ software_name: name })).toMatchObject({
      software_family: family,
      unattended,
    });
  });
});

describe('what cannot be placed', () => {
  it.each([
    [{}, null],
    [{ report_id: '' }, null],
    [{ report_id: null }, 'missing_report'],
    [{ probe_cc: 'ZZ' }, 'unknown_country'],
    [{ probe_cc: 'ITA' }, 'unknown_country'],
    [{ probe_cc: null }, 'unknown_country'],
    [{ probe_asn: 'AS0' }, 'unknown_network'],
    [{ probe_asn: 'Telecom' }, 'unknown_network'],
    [{ measurement_start_time: null }, 'missing_time'],
    [{ measurement_start_time: 'yesterday' }, 'missing_time'],
    [{ measurement_start_time: '2024-02-30 00:00:00' }, 'missing_time'],
    [{ measurement_start_time: '2037-01-05 10:15:00' }, 'untrusted_time'],
    [{ measurement_start_time: '1970-01-01 00:00:10' }, 'untrusted_time'],
    [{ measurement_start_time: '2037-01-05 10:15:00', report_id: '' }, 'untrusted_time'],
  ])('%j: %s', (changes, reason) => {
    expect(reasonFor(changes)).toBe(reason);
  });

  it('uses the publisher’s words, in the publisher’s order', () => {
    expect(publisherDiscard({ probe_cc: 'ZZ', probe_asn: 'AS0' })).toBe('no report_id');
    expect(publisherDiscard({ report_id: '', probe_cc: 'zz', probe_asn: 'AS0' })).toBe(
      'probe_cc ZZ',
    );
    expect(publisherDiscard({ report_id: '', probe_cc: 'IT', probe_asn: 'AS0' })).toBe('AS0');
    expect(publisherDiscard({ report_id: '', probe_cc: 'IT', probe_asn: 'AS1' })).toBeNull();
  });
});

describe('the time rule', () => {
  const uid = (stamp: string): JsonObject => ({
    measurement_uid: `${stamp}.000001_IT_telegram_0123456789abcdef`,
  });

  it('reads the publisher’s forms of a moment', () => {
    const ms = Date.UTC(2024, 0, 5, 10, 15, 9);
    expect(parseStartTime('2024-01-05 10:15:09')).toBe(ms);
    expect(parseStartTime('2024-01-05T10:15:09.5Z')).toBe(ms);
    expect(parseStartTime('2024-01-05 10:15')).toBeNull();
    expect(parseStartTime('2024-01-05 10:15:09+02:00')).toBeNull();
    expect(parseUidTime('20240105101509.123456_IT_x_0123456789abcdef')).toBe(ms);
    expect(parseUidTime('0120240105abcdefabcdefabcdefabcdefabcdef')).toBeNull();
  });

  it('knows the latest moment at which a file’s lines were received', () => {
    expect(parseFileTime('raw/20240105/10/IT/telegram/2024010510_IT_telegram.n1.0.jsonl.gz')).toBe(
      Date.UTC(2024, 0, 5, 11),
    );
    expect(parseFileTime('telegram/2024-01-05/2024010510_IT_telegram_max100.jsonl.gz')).toBe(
      Date.UTC(2024, 0, 5, 11),
    );
    expect(parseFileTime('jsonl/tor/IT/20190105/00/20190105_IT_tor.l.0.jsonl.gz')).toBe(
      Date.UTC(2019, 0, 6),
    );
    expect(parseFileTime('whatever.jsonl')).toBeNull();
  });

  it('marks starts more than an hour after receiving, and keeps them', () => {
    expect(envelopeOf(uid('20240105091500')).clockFault).toBeNull();
    expect(envelopeOf(uid('20240105091459')).clockFault).toBe('from_future');
    expect(reasonFor(uid('20240105091459'))).toBeNull();
    const hour = { ...NOWHERE, fileMs: Date.UTC(2024, 0, 5, 9) };
    expect(envelopeOf({}, hour).clockFault).toBe('from_future');
    expect(envelopeOf({}, { ...hour, fileMs: Date.UTC(2024, 0, 5, 10) }).clockFault).toBeNull();
  });

  it('refuses starts more than a week and an hour after receiving', () => {
    expect(reasonFor(uid('20231229091500'))).toBeNull();
    expect(reasonFor(uid('20231229091459'))).toBe('untrusted_time');
    const weekAgo = { ...NOWHERE, fileMs: Date.UTC(2023, 11, 29, 9) };
    expect(reasonFor({}, weekAgo)).toBe('untrusted_time');
  });

  it('lets the uid speak before the file, and the file before the report', () => {
    const early = { ...NOWHERE, fileMs: Date.UTC(2024, 0, 1) };
    expect(envelopeOf(uid('20240105101600'), early).clockFault).toBeNull();
    expect(envelopeOf({}, early).clockFault).toBe('from_future');
    expect(envelopeOf({ measurement_start_time: '2024-01-06 10:00:00' }).clockFault).toBeNull();
    expect(envelopeOf({ measurement_start_time: '2024-01-06 11:00:00' }).clockFault).toBe(
      'from_future',
    );
  });

  it('marks what was sent in more than a year late, and keeps it', () => {
    expect(envelopeOf(uid('20250104101500')).clockFault).toBeNull();
    expect(envelopeOf(uid('20250104101501')).clockFault).toBe('too_old');
    expect(reasonFor(uid('20260104101501'))).toBeNull();
  });
});
