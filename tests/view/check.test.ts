import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toAsn, toCountryCode } from '../../data-build/contract/brands.ts';
import { givePlaceNames } from '../../site/i18n/place.ts';
import { formatSql } from '../../site/query/sql-text.ts';
import { toFigureName, type Check, type FigureCheck } from '../../site/view/check.ts';
import { parseCheck, parsePlaceNames } from '../../site/view/check-parse.ts';
import { computeCheck } from '../../site/view/compute-check.ts';
import { day } from '../support/days.ts';

function known<T>(value: T | null): T {
  if (value === null) throw new Error('The fixture is wrong.');
  return value;
}

const kenya = known(toCountryCode('KE'));
const context: FigureCheck['context'] = {
  frame: {
    since: day('2024-11-01'),
    until: day('2024-11-08'),
    grain: 'day',
    dataUntil: day('2024-11-08'),
  },
  place: 'Kenya',
  test: null,
  network: null,
  networkCount: null,
};
const country: FigureCheck = {
  chart: 'outcomes',
  subject: { kind: 'country', probeCc: kenya },
  context,
  series: null,
};
const sentence: Check = {
  chart: 'safe',
  subject: {
    probeCc: kenya,
    testName: 'telegram',
    domain: null,
    first: day('2024-10-15'),
    last: day('2024-11-29'),
  },
  since: day('2024-11-07'),
  until: day('2024-11-27'),
  thin: false,
  copy: { version: '2024-11-29-00000000', url: '/country/KE/', synthetic: false },
};
const events: Check = {
  chart: 'events',
  probeCc: kenya,
  eventId: null,
  lastDay: day('2024-11-29'),
};
const timeline: Check = {
  chart: 'witnesses',
  probeCc: kenya,
  eventId: 'e1',
  dataUntil: null,
  witnesses: ['interference', 'tools'],
};

describe('a check in a page', () => {
  it.each<Check>([
    country,
    { ...country, chart: 'tool-use', series: 'tor-relay users' },
    { ...country, subject: { kind: 'network', asn: known(toAsn(33771)) } },
    { ...country, subject: { kind: 'test', testName: 'telegram' } },
    { ...country, chart: 'domain-matrix', subject: { kind: 'domain', domain: 'example.org' } },
    sentence,
    events,
    { ...events, eventId: 'e1' },
    timeline,
    { chart: 'list', list: 'networks' },
  ])('is read back as it was written: $chart', (check) => {
    expect(parseCheck(JSON.stringify({ ...check, release: 'x' }))).toEqual(check);
  });

  it('is refused when it is anything else, and never throws', () => {
    expect(parseCheck('')).toBeNull();
    expect(parseCheck('{"chart":"outcomes"}')).toBeNull();
    expect(parseCheck(JSON.stringify({ ...country, chart: 'strip' }))).toBeNull();
    expect(parseCheck(JSON.stringify({ ...country, subject: { kind: 'country' } }))).toBeNull();
    expect(parseCheck(JSON.stringify({ ...sentence, since: '2024-11-31' }))).toBeNull();
    expect(parseCheck(JSON.stringify({ ...timeline, witnesses: ['nobody'] }))).toBeNull();
    expect(parseCheck('{"chart":"list","list":"events"}')).toBeNull();
    expect(parseCheck(JSON.stringify({ ...events, probeCc: 'kenya' }))).toBeNull();
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(parseCheck(JSON.stringify(value))).toBeNull();
      }),
    );
  });
});

it('asks all its questions even when nobody answers, so that a page can print them', async () => {
  const sql: string[] = [];
  const figure = await computeCheck((query) => {
    sql.push(formatSql(query));
    return Promise.resolve([]);
  }, country);
  expect(sql).toHaveLength(2);
  for (const text of sql) expect(text).toContain("'KE'");
  expect(figure?.texts[0]?.text).toContain('Kenya');
});

it('speaks of places by the names that the page was made with', async () => {
  const text = JSON.stringify({ ...sentence, names: { KE: 'Elsewhere', TZ: 7 } });
  const pairs = parsePlaceNames(text);
  expect(pairs).toEqual([['KE', 'Elsewhere']]);
  givePlaceNames(pairs);
  const figure = await computeCheck(() => Promise.resolve([]), sentence);
  givePlaceNames([['KE', 'Kenya']]);
  expect(figure?.texts[0]?.text).toContain('in Elsewhere');
  expect(parsePlaceNames('{')).toEqual([]);
});

it('is offered only where a context and rows make the view', () => {
  expect(toFigureName(country.subject, 'outcomes')).toBe('outcomes');
  expect(toFigureName(country.subject, 'witnesses')).toBeNull();
  expect(toFigureName({ kind: 'test', testName: 'telegram' }, 'places')).toBeNull();
});
