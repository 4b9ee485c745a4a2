import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { toDay } from '../../data-build/contract/brands.ts';
import { RETRY_POLICY } from '../../data-build/fetch/retries.ts';
import { fetchDumps } from '../../data-build/commands/fetch-dumps.ts';
import { MLAB_MIRROR } from '../../data-build/publishers/mlab/mirror.ts';
import { LISTS_MIRROR } from '../../data-build/publishers/test-lists/mirror.ts';
import { TOR_MIRROR } from '../../data-build/publishers/tor-metrics/mirror.ts';
import { country, effects, readTree, usePlace, wish } from './place.ts';

const { bucket, folder } = usePlace();

describe('fetch mlab', () => {
  it('takes the months and cuts that are published, with their SHA-256, and the daily statistics of a country', async () => {
    const body = 'parquet bytes';
    const sha256 = createHash('sha256').update(body).digest('hex');
    const cache = (month: string, set: string) =>
      `cache/v1/${month}T000000Z/20241101T000000Z/${set}/data.parquet`;
    const files = {
      [cache('20241001', 'downloads_by_country')]: { sha256 },
      [cache('20241001', 'downloads_by_country_city')]: { sha256 },
      [cache('20230101', 'downloads_by_country')]: { sha256 },
    };
    const entries = Object.fromEntries(
      Object.entries(files).map(([name, entry]) => [
        name,
        { ...entry, url: 'http://invalid.invalid/' },
      ]),
    );
    const listing = (value: object): string => JSON.stringify(value);
    const pages: Record<string, string> = {
      'v0/': listing({ prefixes: ['v0/AF/', 'v0/asn/'] }),
      'v0/AF/KE/': listing({ prefixes: ['v0/AF/KE/2024/', 'v0/AF/KE/2020/', 'v0/AF/KE/asn/'] }),
      'v0/AF/KE/2024/': listing({
        items: [{ name: 'v0/AF/KE/2024/histogram_daily_stats.json', size: '2' }],
      }),
    };
    const { url } = await bucket({
      'manifest.json': JSON.stringify({ files: entries }),
      [cache('20241001', 'downloads_by_country')]: body,
      'statistics-mlab-oti/v0/AF/KE/2024/histogram_daily_stats.json': '[]',
    });
    const into = await folder();
    const served = {
      ...effects(),
      fetch: (asked: string, init: RequestInit) => {
        const address = new URL(asked);
        const page = address.pathname.endsWith('/o')
          ? pages[address.searchParams.get('prefix') ?? '']
          : undefined;
        return page === undefined ? fetch(asked, init) : Promise.resolve(new Response(page));
      },
    };
    const days = { since: toDay('2024-10-01'), until: toDay('2024-11-01') };
    const summary = await fetchDumps(
      wish({ mirror: MLAB_MIRROR, into, endpoint: url, countries: [country('KE')], ...days }),
      served,
    );
    expect(summary).toMatchObject({ listed: 2, downloaded: 2, failed: [] });
    expect(await readTree(into)).toEqual([
      'mlab/iqb/cache/v1/20241001T000000Z/20241101T000000Z/downloads_by_country/data.parquet',
      'mlab/statistics/v0/AF/KE/2024/histogram_daily_stats.json',
    ]);
  });
});

describe('fetch tor and lists', () => {
  it('asks Tor Metrics for both kinds, the last day inclusive', async () => {
    const { url, requests } = await bucket({
      'userstats-relay-country.csv': 'a',
      'userstats-bridge-country.csv': 'b',
    });
    const summary = await fetchDumps(
      wish({ mirror: TOR_MIRROR, into: await folder(), endpoint: url }),
      effects(),
    );
    expect(summary.downloaded).toBe(2);
    expect(requests[0]?.path).toContain('start=2024-11-07&end=2024-11-07&events=off');
    expect(requests.map(({ path }) => path).join(' ')).not.toContain('country=');
  });
  it('takes the lists that are there and does not mind countries without one', async () => {
    const { url } = await bucket({
      'ooni/blocking-fingerprints/main/fingerprints_dns.csv': 'a',
      'citizenlab/test-lists/master/lists/global.csv': 'b',
      'citizenlab/test-lists/master/lists/ke.csv': 'c',
    });
    const into = await folder();
    const summary = await fetchDumps(
      wish({ mirror: LISTS_MIRROR, into, endpoint: url, since: null, until: null }),
      effects(),
    );
    expect(summary).toMatchObject({ downloaded: 3, failed: [] });
    expect(await readTree(into)).toContain('ooni-lists/test-lists/lists/ke.csv');
  });
  it('stops where nobody answers, and says why', async () => {
    const said: string[] = [];
    let asked = 0;
    const cause = Object.assign(new Error(''), { code: 'ECONNREFUSED' });
    const summary = await fetchDumps(
      wish({
        mirror: LISTS_MIRROR,
        into: await folder(),
        endpoint: 'http://127.0.0.1:9/',
        since: null,
        until: null,
        jobs: 2,
      }),
      {
        ...effects(),
        fetch: () => {
          asked += 1;
          return Promise.reject(new TypeError('fetch failed', { cause }));
        },
        log: (line) => said.push(line),
      },
    );
    expect(summary.stopped).toBe(true);
    expect(asked).toBeLessThanOrEqual(8 * RETRY_POLICY.attempts);
    expect(summary.failed[0]?.message).toMatch(/ECONNREFUSED.*Check the connection/);
    expect(said.at(-1)).toMatch(/^Nobody answers.*\nCheck the connection/);
  });
  it('goes on where a server answers, whatever it says', async () => {
    const { url } = await bucket({});
    const summary = await fetchDumps(
      wish({ mirror: LISTS_MIRROR, into: await folder(), endpoint: url, since: null, until: null }),
      effects(),
    );
    expect(summary).toMatchObject({ stopped: false, failed: [] });
    expect(summary.gone.length).toBeGreaterThan(100);
  });
  it('asks for days where a source has days', async () => {
    await expect(
      fetchDumps(
        wish({
          mirror: TOR_MIRROR,
          into: await folder(),
          endpoint: 'http://127.0.0.1:9/',
          since: null,
        }),
        effects(),
      ),
    ).rejects.toThrow(/--since and --until/);
  });
});
