/** Records of others: what can be used of their tables, and that nothing else of them gets through. */
import { describe, expect, it } from 'vitest';
import { isProblem } from '../../data-build/contract/problem.ts';
import { parseCsvTable } from '../../data-build/parse/csv-table.ts';
import { normalizeShutdowns } from '../../data-build/publishers/access-now/shutdowns.ts';
import { normalizeOutages } from '../../data-build/publishers/ioda/outages.ts';

const SHUTDOWNS = 'country,start_date,end_date,geo_scope,source_url,licence,victims\n';
const OUTAGES = 'location,start,duration,datasource,score,licence\n';

function read(text: string, normalize: typeof normalizeShutdowns) {
  const table = parseCsvTable(text);
  if (isProblem(table)) throw new Error(table.detail);
  const made = normalize(table);
  if (isProblem(made)) throw new Error(made.detail);
  return { rows: made.rows, reasons: made.problems.map(({ problem }) => problem.reason) };
}

describe('a table of documented shutdowns', () => {
  it('gives place, days and source, and none of its other words', () => {
    const { rows, reasons } = read(
      `${SHUTDOWNS}Kenya,2024-11-07,,It affected the whole national territory,https://news.example/a,,names\n` +
        'CI,2024-01-02,2024-01-03,It affected one city,https://news.example/b,CC0-1.0,\n',
      normalizeShutdowns,
    );
    expect(reasons).toEqual([]);
    expect(rows).toEqual([
      {
        probe_cc: 'KE',
        record_kind: 'shutdown',
        record_scope: 'country',
        first_day: '2024-11-07',
        last_day: null,
        url: 'https://news.example/a',
        source: 'access-now',
        licence: 'cc-by',
      },
      expect.objectContaining({ probe_cc: 'CI', record_scope: 'part', licence: 'cc0' }),
    ]);
  });

  it.each([
    ['Atlantis,2024-11-07,,x,https://news.example/a,,', 'unknown_country'],
    ['KE,07/11/2024,,x,https://news.example/a,,', 'invalid_csv'],
    ['KE,2024-11-07,2024-11-01,x,https://news.example/a,,', 'invalid_csv'],
    ['KE,2024-11-07,,x,,,', 'invalid_csv'],
    ['KE,2024-11-07,,x,javascript:alert(1),,', 'invalid_csv'],
    ['KE,2024-11-07,,x,https://user:secret@news.example/,,', 'invalid_csv'],
    ['KE,2024-11-07,,x,https://192.0.2.1/a,,', 'invalid_csv'],
    ['KE,2024-11-07,,x,https://news.example/?token=abcdef123,,', 'invalid_csv'],
    [`KE,2024-11-07,,x,https://news.example/${'a'.repeat(400)},,`, 'invalid_csv'],
    ['KE,2024-11-07,,x,https://news.example/<b>,,', 'invalid_csv'],
    ['KE,2024-11-07,,x,https://news.example/a,All rights reserved,', 'unknown_licence'],
  ])('refuses %s', (line, reason) => {
    expect(read(`${SHUTDOWNS}${line}\n`, normalizeShutdowns)).toEqual({
      rows: [],
      reasons: [reason],
    });
  });
});

describe('exported outages', () => {
  it('lead to the page of the publisher that shows these days', () => {
    const { rows } = read(
      `${OUTAGES}country/KE,1730937600,7200,bgp,900,LicenseRef-ioda-permission\n`,
      normalizeOutages,
    );
    expect(rows).toEqual([
      expect.objectContaining({
        probe_cc: 'KE',
        record_kind: 'outage',
        first_day: '2024-11-07',
        last_day: '2024-11-07',
        licence: 'ioda-permission',
        url: 'https://ioda.inetintel.cc.gatech.edu/country/KE?from=1730937600&until=1730944800',
      }),
    ]);
  });

  it.each([
    [86_400, '2024-01-01'],
    [86_401, '2024-01-02'],
    [2 * 86_400, '2024-01-02'],
    [1, '2024-01-01'],
    [0, '2024-01-01'],
  ])('of %i seconds from midnight last until %s', (duration, day) => {
    const { rows } = read(
      `${OUTAGES}country/KE,1704067200,${duration},bgp,900,CC0-1.0\n`,
      normalizeOutages,
    );
    expect(rows.map((row) => [row.first_day, row.last_day])).toEqual([['2024-01-01', day]]);
  });

  it.each([
    ['country/KE,1730937600,7200,bgp,900,', 'unknown_licence'],
    ['region/4416,1730937600,7200,bgp,900,CC0-1.0', 'invalid_csv'],
    ['country/KE,-5,7200,bgp,900,CC0-1.0', 'invalid_csv'],
    ['country/KE,99999999999,7200,bgp,900,CC0-1.0', 'invalid_csv'],
    ['country/KE,1730937600,999999999,bgp,900,CC0-1.0', 'invalid_csv'],
    ['country/KE,1e9,7200,bgp,900,CC0-1.0', 'invalid_csv'],
  ])('refuses %s', (line, reason) => {
    expect(read(`${OUTAGES}${line}\n`, normalizeOutages)).toEqual({ rows: [], reasons: [reason] });
  });
});
