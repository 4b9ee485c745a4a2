/** The use of tools, and what witnesses say of each other. */
import { describe, expect, it } from 'vitest';
import { addDays } from '../../data-build/contract/brands.ts';
import { COUNTS, type HandRow } from '../support/hand-parts.ts';
import { openRollUp } from '../support/roll-up.ts';
import { day } from './detectors/series-of.ts';

const { write, all, roll } = openRollUp('witnesses');

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
describe('tool use', () => {
  it('counts a figure of two files once and keeps a withheld one as null', async () => {
    const result = await roll([
      await write('tool_use', 'a.csv', [
        { ...USE, value: null },
        { ...USE, day: '2024-05-02', value: null },
      ]),
      await write('tool_use', 'b.csv', [USE]),
    ]);
    expect(
      await all("SELECT strftime(day, '%d') AS day, value FROM circumvention_daily ORDER BY 1"),
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
    const early = await write('tool_use', 'early.csv', [{ ...USE, value }]);
    const late = await write('tool_use', 'late.csv', [
      { ...USE, value: value + 1 },
      { ...USE, day: '2024-05-02', value },
    ]);
    await roll([early, late], 'all', until);
    expect(
      await all("SELECT value FROM circumvention_daily WHERE day = DATE '2024-05-01'"),
    ).toEqual([{ value: value + 1 }]);
  });

  it('leaves rows that are not CC0 out of the CC0 edition', async () => {
    await roll(
      [
        await write('tool_use', 'a.csv', [
          USE,
          { ...USE, tool: 'tor-relay', source: 'tor-metrics', licence: 'cc0' },
        ]),
      ],
      'cc0',
    );
    expect(await all('SELECT tool FROM circumvention_daily')).toEqual([{ tool: 'tor-relay' }]);
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
      await write('counts', 'counts.csv', counts),
      await write('tool_use', 'tor.csv', places.flatMap(surgeIn)),
    ]);
    expect(
      await all("SELECT source, agreement FROM events WHERE probe_cc = 'KE' ORDER BY source"),
    ).toEqual([
      { source: 'ooni', agreement: 'alone' },
      { source: 'tor-metrics', agreement: 'global_change' },
    ]);
  });

  it('is said in OONI-licensed rows; the CC0 rows stand alone', async () => {
    await roll([
      await write('counts', 'counts.csv', counts),
      await write('tool_use', 'tor.csv', surgeIn('KE')),
    ]);
    const rows = await all(`
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
    await roll([await write('counts', 'counts.csv', places.flat())]);
    return all(
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
