import { createHash } from 'node:crypto';
import { readFile, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { toDay } from '../../data-build/contract/brands.ts';
import { fetchDumps } from '../../data-build/commands/fetch-dumps.ts';
import { MLAB_MIRROR } from '../../data-build/publishers/mlab/mirror.ts';
import { LISTS_MIRROR } from '../../data-build/publishers/test-lists/mirror.ts';
import { TOR_MIRROR } from '../../data-build/publishers/tor-metrics/mirror.ts';
import type { BucketServer } from '../support/bucket-server.ts';
import { effects, usePlace, wish } from './place.ts';

const { bucket, folder } = usePlace();

describe('files of which no listing tells the version', () => {
  const FILE = 'ooni/blocking-fingerprints/main/fingerprints_dns.csv';
  const fetchLists = (into: string, { url }: BucketServer) =>
    fetchDumps(
      wish({ mirror: LISTS_MIRROR, into, endpoint: url, since: null, until: null }),
      effects(),
    );
  const textIn = (into: string): Promise<string> =>
    readFile(path.join(into, 'ooni-lists/fingerprints/fingerprints_dns.csv'), 'utf8');

  it.each(['etag', 'date'] as const)(
    'are asked for by their %s, and sent only when they changed',
    async (versions) => {
      const there = await bucket({ [FILE]: 'first' }, versions);
      const into = await folder();
      expect(await fetchLists(into, there)).toMatchObject({ downloaded: 1, kept: 0 });
      expect(await fetchLists(into, there)).toMatchObject({ downloaded: 0, kept: 1, bytes: 0 });
      there.put(FILE, 'other');
      expect(await fetchLists(into, there)).toMatchObject({ downloaded: 1, kept: 0 });
      expect(await textIn(into)).toBe('other');
      expect(await fetchLists(into, there)).toMatchObject({ downloaded: 0, kept: 1 });
      const answers = there.requests.filter((each) => each.path === FILE);
      expect(answers.map(({ status }) => status())).toEqual([200, 304, 200, 304]);
    },
  );

  it('stay as they are when a server that tells no versions sends the same bytes', async () => {
    const there = await bucket({ [FILE]: 'first' }, 'none');
    const into = await folder();
    await fetchLists(into, there);
    const file = path.join(into, 'ooni-lists/fingerprints/fingerprints_dns.csv');
    const before = (await stat(file)).ino;
    expect(await fetchLists(into, there)).toMatchObject({ downloaded: 0, kept: 1 });
    expect((await stat(file)).ino).toBe(before);
    there.put(FILE, 'first, and more');
    expect(await fetchLists(into, there)).toMatchObject({ downloaded: 1 });
    expect(await textIn(into)).toBe('first, and more');
  });

  it('are sent whole where the file here was cut or lost', async () => {
    const there = await bucket({ [FILE]: 'first' });
    const into = await folder();
    await fetchLists(into, there);
    await writeFile(path.join(into, 'ooni-lists/fingerprints/fingerprints_dns.csv'), 'fir');
    expect(await fetchLists(into, there)).toMatchObject({ downloaded: 1 });
    expect(await textIn(into)).toBe('first');
  });

  it('hold on when the server fails', async () => {
    const there = await bucket({ [FILE]: 'first' });
    const into = await folder();
    await fetchLists(into, there);
    there.put(FILE, 'other');
    there.fail(FILE, { kind: 'cut', after: 2 }, { kind: 'status', status: 503 });
    expect(await fetchLists(into, there)).toMatchObject({ downloaded: 1, failed: [] });
    expect(await textIn(into)).toBe('other');
    there.fail(
      FILE,
      ...Array.from({ length: 6 }, () => ({ kind: 'status', status: 500 }) as const),
    );
    expect((await fetchLists(into, there)).failed).toHaveLength(1);
    expect(await textIn(into)).toBe('other');
  });

  it('of Tor Metrics grow when their last days come', async () => {
    const name = 'userstats-relay-country.csv';
    const there = await bucket({ [name]: '2024-11-06\n', 'userstats-bridge-country.csv': 'b' });
    const into = await folder();
    const ask = () =>
      fetchDumps(wish({ mirror: TOR_MIRROR, into, endpoint: there.url }), effects());
    await ask();
    there.put(name, '2024-11-06\n2024-11-07\n');
    expect(await ask()).toMatchObject({ downloaded: 1, kept: 1 });
  });
});

describe('a file whose checksum is listed', () => {
  it('is fetched again when that changes, and never else', async () => {
    const key = 'cache/v1/20241001T000000Z/20241101T000000Z/downloads_by_country/data.parquet';
    const manifest = (body: string): string => {
      const sha256 = createHash('sha256').update(body).digest('hex');
      return JSON.stringify({ files: { [key]: { sha256, url: 'http://invalid.invalid/' } } });
    };
    const there = await bucket({ 'manifest.json': manifest('one'), [key]: 'one' });
    const into = await folder();
    const days = { since: toDay('2024-10-01'), until: toDay('2024-11-01') };
    const ask = () =>
      fetchDumps(wish({ mirror: MLAB_MIRROR, into, endpoint: there.url, ...days }), effects());
    expect(await ask()).toMatchObject({ downloaded: 1 });
    expect(await ask()).toMatchObject({ downloaded: 0, kept: 1 });
    await rm(path.join(into, 'mlab', '.fetched.json'), { force: true });
    expect(await ask()).toMatchObject({ downloaded: 0, kept: 1 });
    there.put('manifest.json', manifest('two'));
    there.put(key, 'two');
    expect(await ask()).toMatchObject({ downloaded: 1 });
    expect(there.requests.filter((each) => each.path === key)).toHaveLength(2);
  });
});
