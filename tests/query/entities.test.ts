/** Queries behind the pages of networks, websites and tests: bound in both engines, with numbers counted by hand. */
import { expect, it } from 'vitest';
import { toCountryCode, type CountryCode } from '../../data-build/contract/brands.ts';
import type { TableName } from '../../data-build/contract/tables.ts';
import { domainTotalQuery, networkCountriesQuery } from '../../site/query/changed.ts';
import {
  countryCategoriesQuery,
  countryDomainsQuery,
  domainPlacesQuery,
  domainsQuery,
  domainTotalsQuery,
  domainWeeksQuery,
} from '../../site/query/domains.ts';
import { listedQuery } from '../../site/query/listed.ts';
import {
  networkDaysQuery,
  networkMethodsQuery,
  placeNetworksQuery,
  networkNamesQuery,
  networkPlacesQuery,
} from '../../site/query/networks.ts';
import { targetCoursesQuery, testPlacesQuery } from '../../site/query/tests.ts';
import {
  categoryNetworksQuery,
  categoryPlacesQuery,
  categoryWeeksQuery,
  testsPlacesQuery,
  testsWeeksQuery,
} from '../../site/query/themes.ts';
import { eventSamplesQuery, eventWebsitesQuery, samplesQuery } from '../../site/query/samples.ts';
import { asn, day } from '../support/days.ts';
import { useBothEngines } from '../support/both-engines.ts';

const TABLES: readonly TableName[] = [
  'interference_country_daily',
  'interference_network_daily',
  'interference_domain_daily',
  'interference_network_domain_weekly',
  'domain_country_weekly',
  'domains',
  'listed_websites',
  'networks',
  'measurements',
  'events',
];

const ROWS = [
  `INSERT INTO listed_websites VALUES ('KE', 'https://b.example/', 'b.example', 'NEWS'),
    ('global', 'https://a.example/', 'a.example', NULL), ('TZ', 'https://c.example/', 'c.example', 'NEWS')`,
  `INSERT INTO interference_country_daily BY NAME SELECT * FROM (VALUES
    (DATE '2024-05-06', 'KE', 'web_connectivity', 10, 6, 4, 0, 0, 0),
    (DATE '2024-05-07', 'TZ', 'web_connectivity', 90, 80, 10, 0, 0, 0)
  ) AS t(day, probe_cc, test_name, measurement_count, ok_count, anomaly_count, confirmed_count, failure_count, unscored_count)`,
  `INSERT INTO interference_network_daily BY NAME SELECT * FROM (VALUES
    (DATE '2024-05-06', 'KE', 64500, 'web_connectivity', 7, 3, 4, 0, 0, 0, 3, 1),
    (DATE '2024-05-06', 'KE', 64501, 'web_connectivity', 3, 3, 0, 0, 0, 0, 0, 0),
    (DATE '2024-05-07', 'TZ', 64500, 'dnscheck', 0, 0, 0, 0, 0, 5, NULL, NULL)
  ) AS t(day, probe_cc, probe_asn, test_name, measurement_count, ok_count, anomaly_count, confirmed_count, failure_count, unscored_count, dns_count, tls_count)`,
  `INSERT INTO interference_domain_daily BY NAME SELECT * FROM (VALUES
    (DATE '2024-05-06', 'KE', 'example.org', 'NEWS', 'web_connectivity', 6, 2, 4, 0, 0, 0, 4),
    (DATE '2024-05-13', 'KE', 'example.org', 'NEWS', 'web_connectivity', 2, 2, 0, 0, 0, 0, 0),
    (DATE '2024-05-06', 'KE', 'example.net', NULL, 'web_connectivity', 4, 4, 0, 0, 0, 0, 0),
    (DATE '2024-05-07', 'TZ', 'example.org', 'NEWS', 'web_connectivity', 5, 5, 0, 0, 0, 0, 0)
  ) AS t(day, probe_cc, domain, category_code, test_name, measurement_count, ok_count, anomaly_count, confirmed_count, failure_count, unscored_count, dns_count)`,
  `INSERT INTO interference_network_domain_weekly BY NAME SELECT * FROM (VALUES
    (DATE '2024-05-06', 'KE', 64500, 'web_connectivity', 'example.org', 'dns', 4, 0, 4, 0, 0),
    (DATE '2024-05-06', 'KE', 64500, 'web_connectivity', 'example.org', NULL, 1, 1, 0, 0, 0),
    (DATE '2024-05-06', 'KE', 64501, 'web_connectivity', 'example.org', NULL, 3, 3, 0, 0, 0),
    (DATE '2024-05-06', 'KE', 64501, 'web_connectivity', 'example.net', NULL, 4, 4, 0, 0, 0),
    (DATE '2024-05-06', 'TZ', 64502, 'web_connectivity', 'example.org', NULL, 5, 5, 0, 0, 0)
  ) AS t(week, probe_cc, probe_asn, test_name, domain, blocking_method, measurement_count, ok_count, anomaly_count, confirmed_count, failure_count)`,
  `INSERT INTO domain_country_weekly BY NAME SELECT * FROM (VALUES
    (DATE '2024-05-06', 'example.org', 'KE', 6, 2, 4, 0, 0, 0),
    (DATE '2024-05-13', 'example.org', 'KE', 2, 2, 0, 0, 0, 0)
  ) AS t(week, domain, probe_cc, measurement_count, ok_count, anomaly_count, confirmed_count, failure_count, unscored_count)`,
  `INSERT INTO domains BY NAME SELECT * FROM (VALUES
    ('example.org', 'NEWS'), ('example.net', NULL)) AS t(domain, category_code)`,
  `INSERT INTO networks BY NAME SELECT * FROM (VALUES
    (64500, 'Example Net', 'ooni'), (64500, NULL, 'mlab')) AS t(probe_asn, name, source)`,
  `INSERT INTO measurements BY NAME SELECT * FROM (VALUES
    (DATE '2024-05-06', TIMESTAMP '2024-05-06 01:00:00', 'KE', 64500, 'web_connectivity', 'example.org', 'anomaly', 'dns', '20240506010000.000000_KE_webconnectivity_0000000000000001'),
    (DATE '2024-05-06', TIMESTAMP '2024-05-06 02:00:00', 'KE', 64500, 'web_connectivity', 'example.org', 'anomaly', 'dns', '20240506020000.000000_KE_webconnectivity_0000000000000002'),
    (DATE '2024-05-06', TIMESTAMP '2024-05-06 03:00:00', 'KE', 64501, 'web_connectivity', 'example.org', 'ok', NULL, '20240506030000.000000_KE_webconnectivity_0000000000000003'),
    (DATE '2024-05-06', TIMESTAMP '2024-05-06 04:00:00', 'KE', 64501, 'web_connectivity', 'example.org', 'confirmed', 'dns', '20240506040000.000000_KE_webconnectivity_0000000000000004'),
    (DATE '2024-05-06', TIMESTAMP '2024-05-06 05:00:00', 'KE', 64501, 'web_connectivity', 'example.org', 'ok', NULL, NULL),
    (DATE '2024-05-07', TIMESTAMP '2024-05-07 01:00:00', 'TZ', 64503, 'web_connectivity', 'example.org', 'anomaly', 'dns', NULL),
    (DATE '2024-05-07', TIMESTAMP '2024-05-07 02:00:00', 'TZ', 64503, 'web_connectivity', 'example.net', 'anomaly', 'dns', NULL)
  ) AS t(day, measurement_start_time, probe_cc, probe_asn, test_name, domain, outcome, blocking_method, measurement_uid)`,
  `INSERT INTO events BY NAME SELECT * FROM (VALUES
    ('TZ', NULL, 'interference_start', 'web_connectivity', 'example.org'),
    ('KE', 64501, 'interference_start', 'web_connectivity', 'example.org'),
    ('UG', NULL, 'interference_start', 'web_connectivity', 'example.org')
  ) AS t(probe_cc, probe_asn, kind, test_name, domain)`,
];

const { ask } = useBothEngines(TABLES, ROWS);

function place(code: string): CountryCode {
  const known = toCountryCode(code);
  if (known === null) throw new Error(`${code} is no code.`);
  return known;
}

it('networks by place, scored or not, with names once', async () => {
  expect(await ask(networkPlacesQuery())).toMatchObject([
    { probe_asn: 64500, probe_cc: 'KE', measurement_count: 7, day_count: 1 },
    { probe_asn: 64500, probe_cc: 'TZ', measurement_count: 0, unscored_count: 5, day_count: 0 },
    { probe_asn: 64501, probe_cc: 'KE', measurement_count: 3 },
  ]);
  expect(await ask(networkNamesQuery())).toEqual([
    { probe_asn: 64500, name: 'Example Net', source: 'ooni' },
  ]);
  expect(await ask(placeNetworksQuery(place('TZ')))).toEqual([{ probe_asn: 64500 }]);
});

it('days of some networks carry their methods as text', async () => {
  expect(await ask(networkDaysQuery([asn(64500)]))).toMatchObject([
    { day: '2024-05-06', measurement_count: 7, methods: 'dns 3|tls 1' },
    { day: '2024-05-07', measurement_count: 0, methods: '' },
  ]);
  expect(await ask(networkDaysQuery([]))).toEqual([]);
});

it('websites count places and different networks, not rows', async () => {
  expect(await ask(domainsQuery())).toMatchObject([
    { domain: 'example.net', category_code: null, country_count: 1, network_count: 1 },
    { domain: 'example.org', category_code: 'NEWS', country_count: 2, network_count: 3 },
  ]);
  expect(await ask(domainPlacesQuery(['example.org']))).toMatchObject([
    { probe_cc: 'KE', measurement_count: 8, day_count: 2, network_count: 2, methods: 'dns 4' },
    { probe_cc: 'TZ', measurement_count: 5, network_count: 1, methods: '' },
  ]);
  expect(await ask(domainWeeksQuery(['example.org', 'example.net']))).toHaveLength(2);
});

it('one country by website and by category', async () => {
  expect(await ask(countryDomainsQuery(place('KE')))).toMatchObject([
    { domain: 'example.net', network_count: 1 },
    { domain: 'example.org', measurement_count: 8, network_count: 2 },
  ]);
  const categories = await ask(countryCategoriesQuery(place('KE')));
  expect(categories).toHaveLength(2);
  expect(categories).toContainEqual(
    expect.objectContaining({ category_code: 'NEWS', domain_count: 1, network_count: 2 }),
  );
  expect(categories).toContainEqual(
    expect.objectContaining({ category_code: null, domain_count: 1, network_count: 1 }),
  );
});

it('the lists of one country: its own and the one for all', async () => {
  expect(await ask(listedQuery('KE'))).toEqual([
    { test_list: 'KE', input: 'https://b.example/', domain: 'b.example', category_code: 'NEWS' },
    { test_list: 'global', input: 'https://a.example/', domain: 'a.example', category_code: null },
  ]);
});

it('every test and every website of one country over time', async () => {
  const rows = await ask(targetCoursesQuery(place('KE'), 'month'));
  expect(rows).toContainEqual({
    kind: 'domain',
    name: 'example.org',
    period: '2024-05-01',
    tests: 8,
    signs: 4,
  });
  expect(rows).toContainEqual(expect.objectContaining({ kind: 'test' }));
});

it('methods by network keep the tests without signs apart', async () => {
  expect(await ask(networkMethodsQuery(place('KE'), 'week'))).toEqual([
    expect.objectContaining({ probe_asn: 64500, blocking_method: 'dns', signs: 4 }),
    expect.objectContaining({ probe_asn: 64500, blocking_method: null, signs: 0 }),
    expect.objectContaining({ probe_asn: 64501, measurement_count: 7, signs: 0, name: null }),
  ]);
  expect(await ask(networkMethodsQuery(place('TZ'), 'month'))).toMatchObject([
    { period: '2024-05-01' },
  ]);
});

it('a theme is counted by place and week: the websites of its category, and its tests', async () => {
  expect(await ask(categoryPlacesQuery())).toMatchObject([
    {
      category_code: 'NEWS',
      probe_cc: 'KE',
      measurement_count: 8,
      anomaly_count: 4,
      network_count: 2,
    },
    { probe_cc: 'TZ', measurement_count: 5, anomaly_count: 0, network_count: 1 },
  ]);
  expect(await ask(categoryWeeksQuery())).toMatchObject([
    { category_code: 'NEWS', probe_cc: 'KE', week: '2024-05-06', measurement_count: 6 },
    { category_code: 'NEWS', probe_cc: 'KE', week: '2024-05-13', measurement_count: 2 },
  ]);
  expect(await ask(categoryNetworksQuery())).toEqual([{ category_code: 'NEWS', network_count: 3 }]);
  expect(await ask(testsPlacesQuery(['web_connectivity', 'dnscheck']))).toMatchObject([
    { probe_cc: 'KE', measurement_count: 10, network_count: 2 },
    { probe_cc: 'TZ', measurement_count: 90, network_count: null },
  ]);
  expect(await ask(testsWeeksQuery(['web_connectivity']))).toMatchObject([
    { probe_cc: 'KE', week: '2024-05-06', measurement_count: 10, network_count: 2 },
    { probe_cc: 'TZ', week: '2024-05-06', measurement_count: 90, network_count: 0 },
  ]);
});

it('tests by place leave networks unknown where counts name none', async () => {
  expect(await ask(testPlacesQuery())).toMatchObject([
    { probe_cc: 'KE', network_count: 2 },
    { probe_cc: 'TZ', network_count: null },
  ]);
});

it('one website over some days, `until` not included', async () => {
  const target = { probe_cc: 'KE', domain: 'example.org' };
  const may = { ...target, since: day('2024-05-06'), until: day('2024-05-13') };
  expect(await ask(domainTotalsQuery(may))).toMatchObject([
    { measurement_count: 6, anomaly_count: 4, day_count: 1, network_count: 2 },
  ]);
  const never = { ...target, since: day('2020-01-01'), until: day('2020-02-01') };
  expect(await ask(domainTotalsQuery(never))).toMatchObject([
    { measurement_count: 0, network_count: 0 },
  ]);
});

it('samples show one of each kind before a second, the telling ones first', async () => {
  const rows = await ask(samplesQuery('domain', ['example.org'], 3));
  expect(rows).toMatchObject([
    { outcome: 'confirmed', key: 'example.org' },
    { outcome: 'anomaly', measurement_uid: expect.stringContaining('020000') },
    { outcome: 'ok' },
  ]);
  expect(await ask(samplesQuery('probe_asn', [64501], 9))).toHaveLength(2);
});

it('totals of one website by whole weeks, and the places of one network', async () => {
  const total = async (until: string | null) =>
    ask(domainTotalQuery('example.org', null, until === null ? null : day(until)));
  expect(await total(null)).toMatchObject([{ measurement_count: 8, country_count: 1 }]);
  expect(await total('2024-05-19')).toMatchObject([{ measurement_count: 6, ok_count: 2 }]);
  expect(await ask(networkCountriesQuery(asn(64500)))).toMatchObject([{ country_list: null }]);
  expect(await ask(networkCountriesQuery(asn(64509)))).toEqual([]);
});

it('samples of an event have signs of its target, one of each network before a second', async () => {
  const event = {
    probe_cc: 'KE',
    probe_asn: null,
    test_name: 'web_connectivity',
    domain: 'example.org',
    category_code: null,
  };
  const [since, until] = [day('2024-05-06'), day('2024-05-07')];
  expect(await ask(eventSamplesQuery(event, since, until, 2))).toMatchObject([
    { outcome: 'confirmed', probe_asn: 64501 },
    { outcome: 'anomaly', probe_asn: 64500, measurement_uid: expect.stringContaining('020000') },
  ]);
  expect(await ask(eventSamplesQuery(event, until, day('2024-06-01'), 2))).toEqual([]);
  const elsewhere = { ...event, probe_asn: 64500 };
  expect(await ask(eventSamplesQuery(elsewhere, since, until, 9))).toHaveLength(2);
});

it('websites of an event of many come with their tests, those with most signs first', async () => {
  const event = {
    probe_cc: 'KE',
    probe_asn: null,
    test_name: 'web_connectivity',
    domain: null,
    category_code: null,
  };
  const [since, until] = [day('2024-05-06'), day('2024-06-01')];
  expect(await ask(eventWebsitesQuery(event, since, until))).toEqual([
    { domain: 'example.org', tests: 5, signs: 3, networks: 2 },
  ]);
  expect(await ask(eventWebsitesQuery({ ...event, category_code: 'XED' }, since, until))).toEqual(
    [],
  );
  // What has an event of its own in the same place is no part of it.
  const elsewhere = { ...event, probe_cc: 'TZ' };
  const [from, to] = [day('2024-01-01'), day('2025-01-01')];
  expect(await ask(eventWebsitesQuery(elsewhere, from, to))).toEqual([
    { domain: 'example.net', tests: 1, signs: 1, networks: 1 },
  ]);
});
