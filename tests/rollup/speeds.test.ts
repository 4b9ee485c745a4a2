/** Speed tests and statistics of them become speeds of places and networks. */
import { describe, expect, it } from 'vitest';
import { addDays } from '../../data-build/contract/brands.ts';
import type { HandRow } from '../support/hand-parts.ts';
import { openRollUp } from '../support/roll-up.ts';
import { day } from './detectors/series-of.ts';

const { write, all, roll } = openRollUp('speeds');

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
      await write('ndt_tests', 'tests.tgz', tests),
      await write('ndt_tests', 'places.tgz', places),
    ]);
    const rows = await all(`
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

describe('what comes twice', () => {
  it('counts once, and is listed', async () => {
    const tests = some(12, { ...TEST, uuid: 'a' });
    const day = { day: '2024-05-02', probe_cc: 'KE', probe_asn: 64500, download_sample_count: 50 };
    const result = await roll([
      await write('ndt_tests', 'tests.tgz', tests),
      await write('ndt_tests', 'again.tgz', tests.slice(0, 5)),
      await write('throughput_days', 'one.json', [{ ...day, download_mbps_p50: 8 }]),
      await write('throughput_days', 'two.json', [
        { ...day, download_mbps_p50: 9, download_sample_count: 60 },
      ]),
    ]);
    const rows = await all(
      'SELECT download_sample_count AS n FROM throughput_daily WHERE probe_asn IS NOT NULL ORDER BY day',
    );
    expect(rows).toEqual([{ n: 12 }, { n: 60 }]);
    const again = result.rejects.filter(({ reason }) => reason === 'duplicate');
    expect(again.map(({ count }) => count)).toEqual([5, 1]);
  });

  it('is of the place of one annotation, which says a place', async () => {
    const tests = some(10, { ...TEST, uuid: 'a', probe_cc: null, probe_asn: null });
    const places = (probe_cc: string | null, probe_asn: number | null) =>
      some(10, { ...TEST, uuid: 'a', probe_cc, probe_asn, direction: null, day: null });
    await roll([
      await write('ndt_tests', 'none.json', places(null, 64499)),
      await write('ndt_tests', 'country.json', places('KE', null)),
      await write('ndt_tests', 'tests.tgz', tests),
    ]);
    const told = await all('SELECT probe_cc, probe_asn FROM throughput_daily');
    expect(told).toEqual([{ probe_cc: 'KE', probe_asn: null }]);
  });

  it.each([['Net One', 'Net Two'] as const, ['Net Two', 'Net One'] as const])(
    'has one name where as many tests carry %s and %s',
    async (one, other) => {
      const month = { month: '2024-10', probe_cc: 'KE', probe_asn: 64500 };
      await roll([
        await write('throughput_months', 'd.parquet', [
          { ...month, name: one, download_sample_count: 40 },
          { ...month, name: other, download_sample_count: 40 },
        ]),
      ]);
      expect(await all('SELECT name FROM networks')).toEqual([{ name: 'Net Two' }]);
    },
  );
});

describe('monthly statistics', () => {
  it('joins the two directions of a month and names networks', async () => {
    const empty = { month: '2024-10', probe_cc: 'KE', probe_asn: 64500, name: 'Sample Net' };
    await roll([
      await write('throughput_months', 'd.parquet', [
        { ...empty, download_sample_count: 40, download_mbps_p50: 8, min_rtt_ms_p50: 20 },
      ]),
      await write('throughput_months', 'u.parquet', [
        { ...empty, upload_sample_count: 38, upload_mbps_p50: 3 },
      ]),
    ]);
    const rows = await all(`
      SELECT probe_cc, download_sample_count AS down, upload_sample_count AS up, download_mbps_p50, upload_mbps_p50
      FROM throughput_monthly`);
    expect(rows).toEqual([
      { probe_cc: 'KE', down: 40, up: 38, download_mbps_p50: 8, upload_mbps_p50: 3 },
    ]);
    expect(await all('SELECT probe_asn, name, source, licence FROM networks')).toEqual([
      { probe_asn: 64500, name: 'Sample Net', source: 'mlab', licence: 'cc0' },
    ]);
  });
});

describe('a place without speed tests', () => {
  const CODES = Array.from({ length: 26 }, (_, index) => `A${String.fromCharCode(65 + index)}`);
  const vanished = async () =>
    all(`
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
    await roll([await write('throughput_months', 'm.parquet', rows)]);
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
    await roll([await write('throughput_months', 'm.parquet', rows)]);
    expect(await vanished()).toEqual([]);
  });

  it('had none in weeks of which the data speak of the world', async () => {
    const rows = days((place, at) => place !== 3 || at < 60 || at >= 77);
    await roll([await write('throughput_days', 'd.json', rows)]);
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
      await write(
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
    all(`SELECT download_sample_count AS tests, download_mbps_p50 AS mbps, min_rtt_ms_p50 AS rtt,
      loss_ratio_p50 AS loss FROM throughput_monthly`);

  it('adds tests, and takes all percentiles from the row with the most of them', async () => {
    const result = await roll([
      await write('throughput_months', 'd.parquet', [
        { ...after, min_rtt_ms_p50: 5, loss_ratio_p50: 0.2 },
        { ...before, min_rtt_ms_p50: 80 },
      ]),
    ]);
    expect(await months()).toEqual([{ tests: 640, mbps: 10, rtt: 80, loss: null }]);
    expect(result.rejects).toEqual([]);
  });

  it('does not add two versions of a month, nor a row that comes twice', async () => {
    const result = await roll([
      await write('throughput_months', 'first.parquet', [before, after]),
      await write('throughput_months', 'second.parquet', [
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
      await write('throughput_months', 'larger.parquet', [before, after]),
      await write('throughput_months', 'smaller.parquet', [
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
      await write('throughput_months', 'one.parquet', [before]),
      await write('throughput_months', 'other.parquet', [
        { ...after, probe_asn: 64501 },
        { ...after, probe_asn: null, name: null },
      ]),
    ]);
    expect(await months()).toHaveLength(3);
  });
});
