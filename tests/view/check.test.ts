import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toAsn, toCountryCode, toDay } from '../../data-build/contract/brands.ts';
import { formatSql } from '../../site/query/sql-text.ts';
import { computeFigure, parseCheck, toCheckedChart, type Check } from '../../site/view/check.ts';

function known<T>(value: T | null): T {
  if (value === null) throw new Error('The fixture is wrong.');
  return value;
}

const context: Check['context'] = {
  frame: {
    since: known(toDay('2024-11-01')),
    until: known(toDay('2024-11-08')),
    grain: 'day',
    dataUntil: known(toDay('2024-11-08')),
  },
  place: 'Kenya',
  test: null,
  network: null,
  networkCount: null,
  language: 'en',
};
const country: Check = {
  chart: 'outcomes',
  subject: { kind: 'country', probeCc: known(toCountryCode('KE')) },
  context,
  series: null,
};

describe('a check in a page', () => {
  it.each<Check>([
    country,
    { ...country, chart: 'tool-use', series: 'tor-relay users' },
    { ...country, subject: { kind: 'network', asn: known(toAsn(33771)) } },
    { ...country, subject: { kind: 'test', testName: 'telegram' } },
    { ...country, chart: 'domain-matrix', subject: { kind: 'domain', domain: 'example.org' } },
  ])('is read back as it was written: $chart of a $subject.kind', (check) => {
    expect(parseCheck(JSON.stringify({ ...check, release: 'x' }))).toEqual(check);
  });

  it('is refused when it is anything else, and never throws', () => {
    expect(parseCheck('')).toBeNull();
    expect(parseCheck('{"chart":"outcomes"}')).toBeNull();
    expect(parseCheck(JSON.stringify({ ...country, chart: 'strip' }))).toBeNull();
    expect(parseCheck(JSON.stringify({ ...country, subject: { kind: 'country' } }))).toBeNull();
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(parseCheck(JSON.stringify(value))).toBeNull();
      }),
    );
  });
});

it('asks all its questions even when nobody answers, so that a page can print them', async () => {
  const sql: string[] = [];
  const figure = await computeFigure((query) => {
    sql.push(formatSql(query));
    return Promise.resolve([]);
  }, country);
  expect(sql).toHaveLength(2);
  for (const text of sql) expect(text).toContain("'KE'");
  expect(figure?.title).toContain('Kenya');
});

it('is offered only where the view takes rows of a query and nothing else', () => {
  expect(toCheckedChart(country.subject, 'outcomes')).toBe('outcomes');
  expect(toCheckedChart(country.subject, 'witnesses')).toBeNull();
  expect(toCheckedChart({ kind: 'test', testName: 'telegram' }, 'places')).toBeNull();
});
