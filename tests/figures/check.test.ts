import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toAsn, toCountryCode } from '../../data-build/contract/brands.ts';
import { computeFigure, parseCheck } from '../../site/figures/check.ts';
import { CHARTS, DRAWN_FIGURES, PRINTED_FIGURES } from '../../site/figures/registry.ts';
import type { FigureRequest, FigureSubject } from '../../site/figures/request.ts';
import { givePlaceNames } from '../../data-build/words/place.ts';
import { formatSql } from '../../site/query/sql-text.ts';
import { day } from '../support/days.ts';

function known<T>(value: T | null): T {
  if (value === null) throw new Error('The fixture is wrong.');
  return value;
}

const kenya = known(toCountryCode('KE'));
const country: FigureRequest = {
  chart: 'outcomes',
  subject: { kind: 'country', probeCc: kenya },
  filter: { test_name: [], probe_asn: [] },
  frame: {
    since: day('2024-11-01'),
    until: day('2024-11-08'),
    grain: 'day',
    dataUntil: day('2024-11-08'),
  },
  series: null,
  release: {
    version: '2024-11-29-00000000',
    until: day('2024-11-08'),
    edition: 'all',
    synthetic: false,
  },
};
const sentence: FigureRequest = {
  ...country,
  chart: 'safe',
  subject: {
    kind: 'target',
    probeCc: kenya,
    testName: 'telegram',
    domain: null,
    first: day('2024-10-15'),
    last: day('2024-11-29'),
    thin: false,
    url: '/country/KE/',
  },
};
const network = { kind: 'network', asn: known(toAsn(33771)), name: null, probeCc: kenya } as const;
const list: FigureRequest = {
  ...country,
  chart: 'network-list',
  subject: { kind: 'release' },
  frame: null,
};

describe('a check in a page', () => {
  it.each<FigureRequest>([
    country,
    { ...country, chart: 'tool-use', frame: null, series: 'tor-relay users' },
    { ...country, filter: { test_name: ['telegram'], probe_asn: [known(toAsn(33771))] } },
    { ...country, subject: network },
    { ...country, subject: { kind: 'test', testName: 'telegram' } },
    {
      ...country,
      chart: 'domain-matrix',
      subject: { kind: 'domain', domain: 'example.org', networkCount: 3 },
    },
    sentence,
    {
      ...country,
      chart: 'events',
      subject: { kind: 'event', probeCc: kenya, eventId: 'e1' },
      release: { ...country.release, until: null, edition: 'cc0', synthetic: true },
    },
    list,
  ])('is read back as it was written: $chart', (request) => {
    const check = parseCheck(JSON.stringify({ ...request, names: { KE: 'Kenya' } }));
    expect(check).toEqual({ request, names: [['KE', 'Kenya']] });
  });

  it('is refused when it is anything else, and never throws', () => {
    const refused = (json: object): void => {
      expect(parseCheck(JSON.stringify(json))).toBeNull();
    };
    expect(parseCheck('')).toBeNull();
    refused({ chart: 'outcomes' });
    refused({ ...country, chart: 'strip' });
    refused({ ...country, subject: { kind: 'country' } });
    refused({ ...country, subject: { kind: 'country', probeCc: 'kenya' } });
    refused({ ...country, frame: { ...country.frame, since: '2024-11-31' } });
    refused({ ...country, release: {} });
    refused({ ...sentence, subject: { ...sentence.subject, first: null } });
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(parseCheck(JSON.stringify(value))).toBeNull();
      }),
    );
  });
});

/** What is asked, and the texts that no rows give. */
async function askNobody(request: FigureRequest) {
  const sql: string[] = [];
  const figure = await computeFigure((query) => {
    sql.push(formatSql(query));
    return Promise.resolve([]);
  }, request);
  return { sql, figure };
}

it('asks all its questions even when nobody answers, so that a page can print them', async () => {
  const { sql, figure } = await askNobody(country);
  expect(sql).toHaveLength(2);
  for (const text of sql) expect(text).toContain("'KE'");
  expect(figure?.texts[0]?.text).toContain('Kenya');
});

it('speaks of places by the names that the page was made with', async () => {
  const text = JSON.stringify({ ...sentence, names: { KE: 'Elsewhere', TZ: 7 } });
  const pairs = parseCheck(text)?.names ?? [];
  expect(pairs).toEqual([['KE', 'Elsewhere']]);
  givePlaceNames(pairs);
  const { figure } = await askNobody(sentence);
  givePlaceNames([['KE', 'Kenya']]);
  expect(figure?.texts[0]?.text).toContain('in Elsewhere');
});

describe('every figure', () => {
  const figures = [...DRAWN_FIGURES, ...PRINTED_FIGURES];
  const subjects: readonly FigureSubject[] = [
    country.subject,
    network,
    { kind: 'test', testName: 'telegram' },
    { kind: 'domain', domain: 'example.org', networkCount: 3 },
    { kind: 'event', probeCc: kenya, eventId: 'e1' },
    { kind: 'state', search: '?probe_cc=KE', publishers: ['ooni'] },
    sentence.subject,
    list.subject,
  ];

  it('has a name of its own', () => {
    const names = [...CHARTS, ...PRINTED_FIGURES].map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
  });

  it.each(figures)(
    '$name answers some subject and refuses or answers any, without rows',
    async ({ name }) => {
      const asked = [];
      for (const subject of subjects)
        for (const frame of [country.frame, null])
          asked.push((await askNobody({ ...country, chart: name, subject, frame })).sql.length);
      expect(Math.max(...asked)).toBeGreaterThan(0);
    },
  );
});
