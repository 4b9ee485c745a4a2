import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { publisherUrl } from '../../data-build/contract/evidence.ts';

const UID = '20210208220710.181572_MA_ndt_7888edc7748936bf';
const LEGACY_UID = `0120191010${'0a'.repeat(15)}`;
const REPORT = '20210208T162755Z_ndt_DZ_36947_n1_8swgXi7xNuRUyO9a';

const urlOf = (uid: string | null, reportId: string | null, input: string | null) =>
  publisherUrl({ measurement_uid: uid, report_id: reportId, input });

describe('the publisher’s page of a measurement', () => {
  it.each([
    [UID, REPORT, 'https://example.org/', `https://explorer.ooni.org/m/${UID}`],
    [LEGACY_UID, null, null, `https://explorer.ooni.org/m/${LEGACY_UID}`],
    [null, REPORT, null, `https://explorer.ooni.org/measurement/${REPORT}`],
    ['', REPORT, '', `https://explorer.ooni.org/measurement/${REPORT}`],
    [
      null,
      REPORT,
      'https://example.org/?a=1&b=ü',
      `https://explorer.ooni.org/measurement/${REPORT}?input=https%3A%2F%2Fexample.org%2F%3Fa%3D1%26b%3D%C3%BC`,
    ],
    ['not a uid', REPORT, null, `https://explorer.ooni.org/measurement/${REPORT}`],
    [null, 'TYXZLcFgShortOldId', 'http://example.org/', null],
    [null, `${REPORT}/../..`, null, null],
    [null, 'x'.repeat(101), null, null],
    [null, null, 'https://example.org/', null],
  ])('of %s, %s, %s is %s', (uid, reportId, input, url) => {
    expect(urlOf(uid, reportId, input)).toBe(url);
  });

  it('is on the publisher’s host whatever a row holds, and gives the input back', () => {
    const text = fc.option(fc.oneof(fc.string(), fc.constant(UID), fc.constant(REPORT)));
    fc.assert(
      fc.property(text, text, fc.option(fc.string({ unit: 'binary' })), (uid, reportId, input) => {
        const url = urlOf(uid, reportId, input);
        if (url === null) return;
        const page =
          /^https:\/\/explorer\.ooni\.org\/(?:m|measurement)\/[\w.-]+(?:\?input=(.+))?$/.exec(url);
        expect(page).not.toBeNull();
        if (page?.[1] !== undefined) expect(decodeURIComponent(page[1])).toBe(input);
      }),
    );
  });

  it('exists even for an input that is no Unicode', () => {
    expect(urlOf(null, REPORT, '\uD800x')).toMatch(/\?input=%EF%BF%BDx$/);
  });
});
