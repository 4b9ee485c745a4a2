import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createHash } from 'node:crypto';
import os from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { type CountryCode, toCountryCode, toDay } from '../../data-build/contract/brands.ts';
import { createClient, FetchError, RETRY_POLICY } from '../../data-build/fetch/client.ts';
import { fetchDumps, type FetchWish } from '../../data-build/fetch-command.ts';
import { parseListing } from '../../data-build/fetch/s3-listing.ts';
import { MLAB_MIRROR } from '../../data-build/publishers/mlab/mirror.ts';
import { OONI_MIRROR } from '../../data-build/publishers/ooni/mirror.ts';
import { LISTS_MIRROR } from '../../data-build/publishers/test-lists/mirror.ts';
import { TOR_MIRROR } from '../../data-build/publishers/tor-metrics/mirror.ts';
import { type BucketServer, etagOf, startBucket, type Versions } from '../support/bucket-server.ts';

let server: BucketServer | undefined;
const folders: string[] = [];
afterEach(async () => {
  await server?.close();
  server = undefined;
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true });
});

async function bucket(
  objects: Record<string, string | Buffer>,
  versions: Versions = 'etag',
): Promise<BucketServer> {
  server = await startBucket(
    new Map(Object.entries(objects).map(([key, body]) => [key, Buffer.from(body)])),
    versions,
  );
  return server;
}

async function folder(): Promise<string> {
  const made = await mkdtemp(path.join(os.tmpdir(), 'atlas-fetch-'));
  folders.push(made);
  return made;
}

function wish(extra: Partial<FetchWish> & Pick<FetchWish, 'into' | 'endpoint'>): FetchWish {
  return {
    mirror: OONI_MIRROR,
    since: toDay('2024-11-07'),
    until: toDay('2024-11-08'),
    countries: [],
    tests: ['telegram'],
    jobs: 4,
    ...extra,
  };
}

const country = (text: string): CountryCode => {
  const code = toCountryCode(text);
  if (code === null) throw new Error(text);
  return code;
};

/** Waits are recorded instead of waited for. */
function effects(waits: number[] = []) {
  return {
    fetch: (url: string, init: RequestInit) => fetch(url, init),
    sleep: (ms: number) => {
      waits.push(ms);
      return Promise.resolve();
    },
    random: () => 0.5,
    log: () => undefined,
    progress: () => undefined,
  };
}

const key = (hour: number, cc: string, test: string, n = 0): string => {
  const hh = String(hour).padStart(2, '0');
  return `raw/20241107/${hh}/${cc}/${test}/20241107${hh}_${cc}_${test}.n1.${n}.jsonl.gz`;
};
const readTree = async (root: string): Promise<string[]> =>
  (await readdir(root, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)))
    .toSorted();

describe('fetch ooni', () => {
  it('lists 2,500 keys page by page, filters when listing, and keeps only JSONL', async () => {
    const objects: Record<string, string> = {};
    for (let n = 0; n < 2400; n++) objects[key(n % 24, 'US', 'webconnectivity', n)] = 'us';
    for (let n = 0; n < 100; n++) objects[key(n % 24, 'KE', 'telegram', n)] = `ke ${n}`;
    objects[key(3, 'KE', 'telegram').replace('.jsonl.gz', '.tar.gz')] = 'postcan';
    const { url, requests, peak } = await bucket(objects);
    const into = await folder();
    const summary = await fetchDumps(wish({ into, endpoint: url }), effects());
    expect(summary).toMatchObject({ listed: 100, downloaded: 100, failed: [] });
    expect(await readTree(into)).toHaveLength(100);
    expect(requests.filter((each) => each.path.includes('list-type')).length).toBe(3);
    expect(peak()).toBeLessThanOrEqual(5);
  });

  it('asks hour by hour when a country is named', async () => {
    const { url, requests } = await bucket({
      [key(5, 'KE', 'telegram')]: 'a',
      [key(5, 'UG', 'telegram')]: 'b',
    });
    const into = await folder();
    const summary = await fetchDumps(
      wish({ into, endpoint: url, countries: [country('KE')] }),
      effects(),
    );
    expect(summary.downloaded).toBe(1);
    expect(requests.filter((each) => each.path.includes('list-type'))).toHaveLength(24);
  });

  it('never fetches again what is whole, and does when the listing says it changed', async () => {
    const name = key(1, 'KE', 'telegram');
    const first = await bucket({ [name]: 'first version' });
    const into = await folder();
    await fetchDumps(wish({ into, endpoint: first.url }), effects());
    const again = await fetchDumps(wish({ into, endpoint: first.url }), effects());
    expect(again).toMatchObject({ downloaded: 0, kept: 1 });
    expect(first.requests.filter((each) => each.path === name)).toHaveLength(1);
    await first.close();
    const second = await bucket({ [name]: 'second versio' });
    expect(await fetchDumps(wish({ into, endpoint: second.url }), effects())).toMatchObject({
      downloaded: 1,
    });
    expect(await readFile(path.join(into, 'ooni', name), 'utf8')).toBe('second versio');
  });

  it('retries 503 with growing waits and honours Retry-After', async () => {
    const name = key(1, 'KE', 'telegram');
    const { url, fail } = await bucket({ [name]: 'body' });
    fail(name, { kind: 'status', status: 503 }, { kind: 'status', status: 429, retryAfter: '7' });
    const waits: number[] = [];
    const summary = await fetchDumps(wish({ into: await folder(), endpoint: url }), effects(waits));
    expect(summary).toMatchObject({ downloaded: 1, failed: [] });
    expect(waits).toEqual([250, 7000]);
  });

  it('takes a cut body up where it stopped', async () => {
    const name = key(1, 'KE', 'telegram');
    const body = Buffer.from(Array.from({ length: 200_000 }, (_, index) => index % 251));
    const { url, fail, requests } = await bucket({ [name]: body });
    fail(name, { kind: 'cut', after: 70_000 });
    const into = await folder();
    const summary = await fetchDumps(wish({ into, endpoint: url }), effects());
    expect(summary).toMatchObject({ downloaded: 1, failed: [] });
    expect((await readFile(path.join(into, 'ooni', name))).equals(body)).toBe(true);
    const ranges = requests.filter((each) => each.path === name).map((each) => each.range);
    expect(ranges[0]).toBeNull();
    expect(ranges[1]).toMatch(/^bytes=[1-9]\d*-$/);
  });

  it('does not keep a body whose checksum is another', async () => {
    const name = key(1, 'KE', 'telegram');
    const { url, fail } = await bucket({ [name]: 'the true body' });
    fail(name, { kind: 'corrupt' });
    const into = await folder();
    await fetchDumps(wish({ into, endpoint: url }), effects());
    expect(await readFile(path.join(into, 'ooni', name), 'utf8')).toBe('the true body');
  });

  it('does not keep a body of another size than listed, however often it comes', async () => {
    const [bad, good] = [key(1, 'KE', 'telegram'), key(2, 'KE', 'telegram')];
    const { url, fail } = await bucket({ [bad]: 'true', [good]: 'z' });
    fail(bad, ...Array.from({ length: 9 }, () => ({ kind: 'longer' }) as const));
    const into = await folder();
    const summary = await fetchDumps(wish({ into, endpoint: url }), effects());
    expect(summary.downloaded).toBe(1);
    expect(summary.failed[0]?.message).toMatch(/8 bytes instead of 4/);
    expect(await readTree(into)).toHaveLength(1);
  });

  it('lists on after a page that failed, and waits until the date that it was told', async () => {
    const objects = Object.fromEntries(
      Array.from({ length: 1500 }, (_, n) => [key(n % 24, 'KE', 'telegram', n), `ke ${n}`]),
    );
    const { url, fail } = await bucket(objects);
    const waits: number[] = [];
    const at = new Date(Date.now() + 9_000).toUTCString();
    fail('', { kind: 'status', status: 503 }, { kind: 'status', status: 503, retryAfter: at });
    const summary = await fetchDumps(wish({ into: await folder(), endpoint: url }), effects(waits));
    expect(summary).toMatchObject({ listed: 1500, downloaded: 1500, failed: [] });
    expect(waits[1]).toBeGreaterThan(7_000);
    expect(waits[1]).toBeLessThanOrEqual(60_000);
  });

  it('takes up what an earlier run left unfinished', async () => {
    const name = key(1, 'KE', 'telegram');
    const body = Buffer.from(Array.from({ length: 100_000 }, (_, index) => index % 251));
    const { url, requests } = await bucket({ [name]: body });
    const into = await folder();
    const file = path.join(into, 'ooni', name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(`${file}.part`, body.subarray(0, 60_000));
    await fetchDumps(wish({ into, endpoint: url }), effects());
    expect((await readFile(file)).equals(body)).toBe(true);
    expect(requests.filter((each) => each.path === name).map((each) => each.range)).toEqual([
      'bytes=60000-',
    ]);
  });

  it('says what failed for good, keeps the rest, and names what has gone', async () => {
    const [bad, gone, good] = [
      key(1, 'KE', 'telegram'),
      key(2, 'KE', 'telegram'),
      key(3, 'KE', 'telegram'),
    ];
    const { url, fail } = await bucket({ [bad]: 'x', [gone]: 'y', [good]: 'z' });
    fail(bad, ...Array.from({ length: 9 }, () => ({ kind: 'status', status: 500 }) as const));
    fail(gone, { kind: 'gone' });
    const into = await folder();
    const summary = await fetchDumps(wish({ into, endpoint: url }), effects());
    expect(summary.downloaded).toBe(1);
    expect(summary.gone).toEqual([gone]);
    expect(summary.failed[0]?.message).toMatch(/6 attempts.*Try again later/s);
    expect((await readTree(into)).map((name) => name.split('/').at(-1))).toEqual([
      good.split('/').at(-1),
    ]);
  });

  it('prefers the monthly export without filters, and asks for one where there is none', async () => {
    const name = 'clickhouse_export/csv/fastpath_202411.csv.zstd';
    const there = await bucket({ [name]: 'export' });
    const into = await folder();
    expect(
      await fetchDumps(wish({ into, endpoint: there.url, tests: [] }), effects()),
    ).toMatchObject({ downloaded: 1 });
    await there.close();
    const missing = await bucket({});
    const asked = fetchDumps(wish({ into, endpoint: missing.url, tests: [] }), effects());
    await expect(asked).rejects.toThrow(/no monthly export of 2024-11.*--country or --test/s);
  });

  it('reads the layout from before October 2020', async () => {
    const name = 'jsonl/telegram/KE/20190305/00/20190305_KE_telegram.l.0.jsonl.gz';
    const { url } = await bucket({
      [name]: 'old',
      'jsonl/ndt/KE/20190305/00/20190305_KE_ndt.l.0.jsonl.gz': 'no',
    });
    const days = { since: toDay('2019-03-05'), until: toDay('2019-03-06') };
    const into = await folder();
    expect(await fetchDumps(wish({ into, endpoint: url, ...days }), effects())).toMatchObject({
      listed: 1,
      downloaded: 1,
    });
  });

  it('never writes outside its folder', async () => {
    const evil = 'raw/20241107/05/KE/telegram/../../../../../../evil.jsonl.gz';
    const { url } = await bucket({ [evil]: 'x' });
    const into = await folder();
    expect(await fetchDumps(wish({ into, endpoint: url }), effects())).toMatchObject({
      downloaded: 0,
    });
    expect(await readTree(into)).toEqual([]);
  });

  it('names the endpoint when there is no bucket behind it', async () => {
    const { url } = await bucket({});
    await expect(
      fetchDumps(wish({ into: await folder(), endpoint: `${url}nowhere/` }), {
        ...effects(),
        fetch: () => Promise.resolve(new Response('<html>')),
      }),
    ).rejects.toThrow(FetchError);
  });
});

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

describe('a download', () => {
  // Silence is longer here than any pause of a busy machine.
  const policy = { ...RETRY_POLICY, attempts: 2, timeoutMs: 1_500, progressBytes: 20_000 };
  const body = Buffer.from(Array.from({ length: 200_000 }, (_, index) => index % 251));

  it('is given up when nothing comes, not when it takes long, and goes on where it was', async () => {
    const { url, fail } = await bucket({ large: body });
    fail('large', { kind: 'silent', after: 60_000 }, { kind: 'silent', after: 60_000 });
    fail('large', { kind: 'cut', after: 60_000 });
    const file = path.join(await folder(), 'large');
    const job = {
      url: `${url}large`,
      file,
      size: body.length,
      etag: etagOf(body),
      sha256: null,
      held: null,
    };
    const result = await createClient(effects(), policy).download(job);
    expect(result).toMatchObject({ kind: 'downloaded', bytes: body.length });
    expect((await readFile(file)).equals(body)).toBe(true);
  });

  it('counts attempts that bring nothing', async () => {
    const { url, fail } = await bucket({ large: body });
    fail('large', ...Array.from({ length: 9 }, () => ({ kind: 'silent', after: 10 }) as const));
    const file = path.join(await folder(), 'large');
    const job = {
      url: `${url}large`,
      file,
      size: body.length,
      etag: etagOf(body),
      sha256: null,
      held: null,
    };
    await expect(createClient(effects(), policy).download(job)).rejects.toThrow(/2 attempts/);
  });
});

describe('parseListing', () => {
  it('reads one object as well as many, and tells what is no listing', () => {
    const one =
      '<ListBucketResult><IsTruncated>false</IsTruncated><Contents><Key>a&amp;b</Key><Size>3</Size><ETag>"x"</ETag></Contents></ListBucketResult>';
    expect(parseListing(one)).toMatchObject({ objects: [{ key: 'a&b', size: 3 }], next: null });
    expect(parseListing('<html><body>')).toBeNull();
    expect(parseListing('')).toBeNull();
  });
});
