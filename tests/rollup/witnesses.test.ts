import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addDays, type Day } from '../../data-build/contract/brands.ts';
import type { PlacedPart } from '../../data-build/parts.ts';
import { openDatabase, type Database } from '../../data-build/rollup/database.ts';
import { rollUp } from '../../data-build/rollup/rollup.ts';
import { COUNTS, writeHandPart, type HandRow } from '../support/hand-parts.ts';
import { day } from './detectors/series-of.ts';

let folder: string;
let db: Database;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'witnesses-'));
  db = await openDatabase({ spillDir: join(folder, 'spill'), threads: 1 });
});
afterEach(async () => {
  await db.close();
  await rm(folder, { recursive: true, force: true });
});

const roll = (
  parts: readonly PlacedPart[],
  edition: 'all' | 'cc0' = 'all',
  until: Day | null = null,
) => rollUp(db, { parts, categories: [], edition, since: null, until });

const TEST: HandRow<'ndt_tests'> = {
  day: '2024-05-01',
  uuid: null,
  direction: 'download',
  throughput_mbps: 10,
  min_rtt_ms: 30,
  loss_ratio: 0,
  probe_cc: 'KE',
  probe_asn: 64500,
  name: null,
};
const USE: HandRow<'tool_use'> = {
  day: '2024-05-01',
  probe_cc: 'KE',
  tool: 'psiphon',
  metric: 'users',
  value: 1000,
  lower: null,
  upper: null,
  coverage: null,
  source: 'psiphon',
  licence: 'psiphon-permission',
};
const some = (count: number, row: HandRow<'ndt_tests'>) =>
  Array.from({ length: count }, (_, index) => ({ ...row, uuid: `${row.uuid ?? 'test'}-${index}` }));

describe('single speed tests', () => {
  it('join with their place by uuid, fold thin networks into the country, and drop thin countries', async () => {
    const nowhere = { ...TEST, probe_cc: null, probe_asn: null, uuid: 'far' };
    const tests = [
      ...some(12, { ...TEST, uuid: 'a' }),
      ...some(4, { ...TEST, uuid: 'b', probe_asn: 64501, throughput_mbps: 50 }),
      ...some(9, { ...TEST, uuid: 'c', probe_cc: 'UG' }),
      ...some(11, nowhere),
    ];
    const places = Array.from({ length: 10 }, (_, index) => ({
      uuid: `far-${index}`,
      probe_cc: 'TZ',
      probe_asn: 64502,
      name: null,
    }));
    const result = await roll([
      await writeHandPart(db, folder, 'ndt_tests', 'tests.tgz', tests),
      await writeHandPart(db, folder, 'ndt_tests', 'places.tgz', places),
    ]);
    const rows = await db.all(`
      SELECT probe_cc, probe_asn, download_sample_count AS n, download_mbps_p50 AS mbps, download_mbps_p25 IS NOT NULL AS band
      FROM throughput_daily ORDER BY probe_cc, probe_asn NULLS FIRST`);
    expect(rows).toEqual([
      { probe_cc: 'KE', probe_asn: null, n: 16, mbps: 10, band: true },
      { probe_cc: 'KE', probe_asn: 64500, n: 12, mbps: 10, band: true },
      { probe_cc: 'TZ', probe_asn: null, n: 10, mbps: 10, band: true },
      { probe_cc: 'TZ', probe_asn: 64502, n: 10, mbps: 10, band: true },
    ]);
    expect(result.rejects.map(({ reason, count }) => `${reason} ${count}`)).toEqual([
      'unknown_country 1',
      'too_few_tests 9',
    ]);
  });
});

describe('monthly statistics', () => {
  it('joins the two directions of a month and names networks', async () => {
    const empty = { month: '2024-10', probe_cc: 'KE', probe_asn: 64500, name: 'Sample Net' };
    await roll([
      await writeHandPart(db, folder, 'throughput_months', 'd.parquet', [
        { ...empty, download_sample_count: 40, download_mbps_p50: 8, min_rtt_ms_p50: 20 },
      ]),
      await writeHandPart(db, folder, 'throughput_months', 'u.parquet', [
        { ...empty, upload_sample_count: 38, upload_mbps_p50: 3 },
      ]),
    ]);
    const rows = await db.all(`
      SELECT probe_cc, download_sample_count AS down, upload_sample_count AS up, download_mbps_p50, upload_mbps_p50
      FROM throughput_monthly`);
    expect(rows).toEqual([
      { probe_cc: 'KE', down: 40, up: 38, download_mbps_p50: 8, upload_mbps_p50: 3 },
    ]);
    expect(await db.all('SELECT probe_asn, name, source, licence FROM networks')).toEqual([
      { probe_asn: 64500, name: 'Sample Net', source: 'mlab', licence: 'cc0' },
    ]);
  });
});

describe('a place without speed tests', () => {
  const CODES = Array.from({ length: 26 }, (_, index) => `A${String.fromCharCode(65 + index)}`);
  const vanished = async () =>
    db.all(`
      SELECT probe_cc, strftime(last_normal, '%Y-%m-%d') AS last_normal, strftime(first_sign, '%Y-%m-%d') AS first_sign,
        strftime(first_normal, '%Y-%m-%d') AS first_normal, measurement_count AS tests
      FROM events WHERE kind = 'vanished' ORDER BY probe_cc`);
  const months = (hasRow: (place: number, month: number) => boolean, places = CODES.length) =>
    CODES.slice(0, places).flatMap((probe_cc, place) =>
      Array.from({ length: 12 }, (_, month) => month)
        .filter((month) => hasRow(place, month))
        .map((month) => ({
          month: `2024-${String(month + 1).padStart(2, '0')}`,
          probe_cc,
          download_sample_count: 600,
          download_mbps_p50: 20,
          min_rtt_ms_p50: 40,
        })),
    );
  const days = (hasRow: (place: number, at: number) => boolean) =>
    CODES.flatMap((probe_cc, place) =>
      Array.from({ length: 85 }, (_, at) => at)
        .filter((at) => hasRow(place, at))
        .map((at) => ({
          day: addDays(day('2024-01-01'), at),
          probe_cc,
          download_sample_count: 100,
          download_mbps_p50: 20,
        })),
    );

  it('had none in a month of which the data speak of the world', async () => {
    const rows = months((place, month) => place !== 3 || month < 7 || month > 8);
    await roll([await writeHandPart(db, folder, 'throughput_months', 'm.parquet', rows)]);
    expect(await vanished()).toEqual([
      {
        probe_cc: 'AD',
        last_normal: '2024-07-01',
        first_sign: '2024-08-01',
        first_normal: '2024-10-01',
        tests: 0,
      },
    ]);
  });

  it('is not known to have had none where few places are published', async () => {
    const rows = months((place, month) => place !== 3 || month < 7 || month > 8, 6);
    await roll([await writeHandPart(db, folder, 'throughput_months', 'm.parquet', rows)]);
    expect(await vanished()).toEqual([]);
  });

  it('had none in weeks of which the data speak of the world', async () => {
    const rows = days((place, at) => place !== 3 || at < 60 || at >= 77);
    await roll([await writeHandPart(db, folder, 'throughput_days', 'd.json', rows)]);
    expect(await vanished()).toEqual([
      {
        probe_cc: 'AD',
        last_normal: '2024-02-26',
        first_sign: '2024-03-04',
        first_normal: '2024-03-18',
        tests: 0,
      },
    ]);
  });

  it('is not judged by a week that the data only begin', async () => {
    // 85 days: the last week has its Monday alone.
    await roll([
      await writeHandPart(
        db,
        folder,
        'throughput_days',
        'd.json',
        days(() => true),
      ),
    ]);
    expect(await vanished()).toEqual([]);
  });
});

describe('monthly statistics of a network with two names', () => {
  const KENYA = { month: '2024-10', probe_cc: 'KE', probe_asn: 64500 };
  const before = { ...KENYA, name: 'Old Net', download_sample_count: 600, download_mbps_p50: 10 };
  const after = { ...KENYA, name: 'New Net', download_sample_count: 40, download_mbps_p50: 90 };
  const months = () =>
    db.all(`SELECT download_sample_count AS tests, download_mbps_p50 AS mbps, min_rtt_ms_p50 AS rtt,
      loss_ratio_p50 AS loss FROM throughput_monthly`);

  it('adds tests, and takes all percentiles from the row with the most of them', async () => {
    const result = await roll([
      await writeHandPart(db, folder, 'throughput_months', 'd.parquet', [
        { ...after, min_rtt_ms_p50: 5, loss_ratio_p50: 0.2 },
        { ...before, min_rtt_ms_p50: 80 },
      ]),
    ]);
    expect(await months()).toEqual([{ tests: 640, mbps: 10, rtt: 80, loss: null }]);
    expect(result.rejects).toEqual([]);
  });

  it('does not add two versions of a month, nor a row that comes twice', async () => {
    const result = await roll([
      await writeHandPart(db, folder, 'throughput_months', 'first.parquet', [before, after]),
      await writeHandPart(db, folder, 'throughput_months', 'second.parquet', [
        { ...before, download_sample_count: 700, download_mbps_p50: 11 },
        { ...before, download_sample_count: 650, download_mbps_p50: 12 },
        { ...after, min_rtt_ms_p50: 5 },
      ]),
    ]);
    expect(await months()).toEqual([{ tests: 740, mbps: 11, rtt: null, loss: null }]);
    expect(result.rejects).toMatchObject([{ reason: 'duplicate', count: 3 }]);
  });

  it('keeps what a smaller file alone holds, though a larger one has another of its cells', async () => {
    const uganda = { ...before, probe_cc: 'UG', download_sample_count: 30, download_mbps_p50: 7 };
    const result = await roll([
      await writeHandPart(db, folder, 'throughput_months', 'larger.parquet', [before, after]),
      await writeHandPart(db, folder, 'throughput_months', 'smaller.parquet', [
        { ...before, download_sample_count: 500, download_mbps_p50: 12 },
        uganda,
        { ...uganda, probe_asn: null, name: null, download_sample_count: 50 },
      ]),
    ]);
    expect(await months()).toHaveLength(3);
    expect(result.rejects).toMatchObject([{ reason: 'duplicate', count: 1 }]);
  });

  it('keeps files that hold different cells', async () => {
    await roll([
      await writeHandPart(db, folder, 'throughput_months', 'one.parquet', [before]),
      await writeHandPart(db, folder, 'throughput_months', 'other.parquet', [
        { ...after, probe_asn: 64501 },
        { ...after, probe_asn: null, name: null },
      ]),
    ]);
    expect(await months()).toHaveLength(3);
  });
});

describe('tool use', () => {
  it('counts a figure of two files once and keeps a withheld one as null', async () => {
    const result = await roll([
      await writeHandPart(db, folder, 'tool_use', 'a.csv', [
        { ...USE, value: null },
        { ...USE, day: '2024-05-02', value: null },
      ]),
      await writeHandPart(db, folder, 'tool_use', 'b.csv', [USE]),
    ]);
    expect(
      await db.all("SELECT strftime(day, '%d') AS day, value FROM circumvention_daily ORDER BY 1"),
    ).toEqual([
      { day: '01', value: 1000 },
      { day: '02', value: null },
    ]);
    expect(result.rejects).toMatchObject([{ reason: 'duplicate', source: 'psiphon', count: 1 }]);
  });

  // Numbers of parts come from their content, so which of two comes first is chance.
  it.each([
    [900, null],
    [1100, null],
    [1200, null],
    [1300, day('2024-05-02')],
    [1400, day('2024-05-02')],
    [1500, day('2024-05-02')],
  ])('takes what a later fetch says of a day (%i, until %s)', async (value, until) => {
    const early = await writeHandPart(db, folder, 'tool_use', 'early.csv', [{ ...USE, value }]);
    const late = await writeHandPart(db, folder, 'tool_use', 'late.csv', [
      { ...USE, value: value + 1 },
      { ...USE, day: '2024-05-02', value },
    ]);
    await roll([early, late], 'all', until);
    expect(
      await db.all("SELECT value FROM circumvention_daily WHERE day = DATE '2024-05-01'"),
    ).toEqual([{ value: value + 1 }]);
  });

  it('leaves rows that are not CC0 out of the CC0 edition', async () => {
    await roll(
      [
        await writeHandPart(db, folder, 'tool_use', 'a.csv', [
          USE,
          { ...USE, tool: 'tor-relay', source: 'tor-metrics', licence: 'cc0' },
        ]),
      ],
      'cc0',
    );
    expect(await db.all('SELECT tool FROM circumvention_daily')).toEqual([{ tool: 'tor-relay' }]);
  });
});

describe('agreement', () => {
  const since = day('2024-03-01');
  const counts = Array.from({ length: 50 }, (_, index) => {
    const anomalies = index >= 30 ? 80 : 2;
    return {
      ...COUNTS,
      day: addDays(since, index),
      probe_asn: null,
      test_name: 'telegram',
      measurement_count: 100,
      ok_count: 100 - anomalies,
      anomaly_count: anomalies,
      confirmed_count: 0,
      failure_count: 0,
    };
  });
  const surgeIn = (probeCc: string) =>
    Array.from({ length: 50 }, (_, index) => ({
      ...USE,
      day: addDays(since, index),
      probe_cc: probeCc,
      tool: 'tor-relay',
      source: 'tor-metrics',
      licence: 'cc0',
      value: (index >= 31 ? 9000 : 1000) + (index % 7) * 10,
    }));

  it('is none with what changed in many places at once', async () => {
    const places = ['KE', 'UG', 'TZ', 'RW', 'ET', 'GH', 'NG', 'SN', 'ZA', 'EG', 'MA', 'DZ'];
    await roll([
      await writeHandPart(db, folder, 'counts', 'counts.csv', counts),
      await writeHandPart(db, folder, 'tool_use', 'tor.csv', places.flatMap(surgeIn)),
    ]);
    expect(
      await db.all("SELECT source, agreement FROM events WHERE probe_cc = 'KE' ORDER BY source"),
    ).toEqual([
      { source: 'ooni', agreement: 'alone' },
      { source: 'tor-metrics', agreement: 'global_change' },
    ]);
  });

  it('is said in OONI-licensed rows; the CC0 rows stand alone', async () => {
    await roll([
      await writeHandPart(db, folder, 'counts', 'counts.csv', counts),
      await writeHandPart(db, folder, 'tool_use', 'tor.csv', surgeIn('KE')),
    ]);
    const rows = await db.all(`
      SELECT source, kind, strftime(first_sign, '%Y-%m-%d') AS first_sign, agreement, licence, network_count
      FROM events ORDER BY source, first_sign`);
    expect(rows).toEqual([
      {
        source: 'ooni',
        kind: 'interference_start',
        first_sign: '2024-03-31',
        agreement: 'interference_and_surge',
        licence: 'cc-by-nc-sa',
        network_count: null,
      },
      {
        source: 'tor-metrics',
        kind: 'surge',
        first_sign: '2024-04-01',
        agreement: 'surge_alone',
        licence: 'cc0',
        network_count: null,
      },
    ]);
  });
});

describe('starts in many places', () => {
  const since = day('2023-10-01');
  /** Signs from `from` on; no verdicts at all between `gap` and `from`. */
  const place = (probeCc: string, from: number, gap = from) =>
    Array.from({ length: 80 }, (_, index) => index)
      .filter((index) => index < gap || index >= from)
      .map((index) => {
        const anomalies = index >= from ? 30 : 1;
        return {
          ...COUNTS,
          day: addDays(since, index),
          probe_cc: probeCc,
          test_name: 'signal',
          measurement_count: 40,
          ok_count: 40 - anomalies,
          anomaly_count: anomalies,
          failure_count: 0,
        };
      });

  const agreements = async (places: readonly (readonly HandRow<'counts'>[])[]) => {
    await roll([await writeHandPart(db, folder, 'counts', 'counts.csv', places.flat())]);
    return db.all(
      "SELECT probe_cc, agreement FROM events WHERE kind = 'interference_start' ORDER BY probe_cc",
    );
  };

  it('belong together when their brackets overlap, far as their first signs may be apart', async () => {
    const rows = await agreements([
      place('HK', 46, 37),
      place('ID', 50, 37),
      place('IN', 60, 37),
      place('MM', 90),
    ]);
    expect(rows).toEqual(
      ['HK', 'ID', 'IN'].map((probe_cc) => ({ probe_cc, agreement: 'global_change' })),
    );
  });

  it('are their own where most places that test it see nothing', async () => {
    const quiet = ['AA', 'BB', 'CC', 'DD', 'EE', 'FF'].map((code) => place(code, 90));
    const rows = await agreements([place('HK', 46), place('ID', 46), place('IN', 46), ...quiet]);
    expect(rows.map((row) => row['agreement'])).toEqual(['alone', 'alone', 'alone']);
  });

  it('are compared with the places that test it in these weeks, not with all that ever did', async () => {
    const before = ['AA', 'BB', 'CC', 'DD'].map((code) =>
      place(code, 90).map((row) => ({ ...row, day: addDays(row.day, -400) })),
    );
    const rows = await agreements([place('HK', 46), place('ID', 46), place('IN', 46), ...before]);
    expect(rows.map((row) => row['agreement'])).toEqual(Array(3).fill('global_change'));
  });

  it('are their own in different weeks, though the bracket of another holds them all', async () => {
    const weeks = [10, 24, 38, 52].map((from, index) =>
      place(['HK', 'ID', 'IN', 'MM'][index] ?? '', 20 + from),
    );
    const rows = await agreements([...weeks, place('PH', 78, 20)]);
    expect(rows.map((row) => row['agreement'])).not.toContain('global_change');
  });

  it('take a week and a hundred tests where counts name no networks', async () => {
    const brief = place('MM', 46).map((row, index) =>
      index >= 50 ? { ...row, ok_count: 39, anomaly_count: 1 } : row,
    );
    expect(await agreements([brief])).toEqual([]);
  });
});
