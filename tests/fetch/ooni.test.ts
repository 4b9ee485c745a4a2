import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { toDay } from '../../data-build/contract/brands.ts';
import { FetchError } from '../../data-build/fetch/retries.ts';
import { fetchDumps } from '../../data-build/commands/fetch-dumps.ts';
import { country, effects, readTree, usePlace, wish } from './place.ts';

const { bucket, folder } = usePlace();

const key = (hour: number, cc: string, test: string, n = 0): string => {
  const hh = String(hour).padStart(2, '0');
  return `raw/20241107/${hh}/${cc}/${test}/20241107${hh}_${cc}_${test}.n1.${n}.jsonl.gz`;
};

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
