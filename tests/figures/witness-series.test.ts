/** What speed and tool use say of themselves, and never say. */
import { describe, expect, it } from 'vitest';
import { addDays } from '../../data-build/contract/brands.ts';
import { toThroughput } from '../../site/figures/throughput/view.ts';
import type { ThroughputRow } from '../../site/query/witnesses.ts';
import { toToolUse, toToolUseSeries } from '../../site/figures/tool-use/view.ts';
import { day } from '../support/days.ts';
import { daysFrom, throughputRow, toolRow } from '../support/witness-rows.ts';

const since = day('2024-10-01');

describe('toThroughput', () => {
  const scope = { place: 'Examplia', dataUntil: addDays(since, 20) };
  const rows = daysFrom(since, 20).map((at, index) =>
    throughputRow(at, index === 3 ? 7 : index === 4 ? 30 : 200, index === 5 ? 2 : 10),
  );

  it('names the lowest median with its tests, never one under the floor', () => {
    const view = toThroughput(rows, scope);
    expect(view?.title).toContain('2 Mbit/s');
    expect(view?.title).toContain('200 tests');
    expect(view?.points.map(({ size }) => size).slice(3, 6)).toEqual(['hidden', 'thin', 'firm']);
    const hidden = view?.table.rows[3]?.cells.map(({ text }) => text);
    expect(hidden?.[2]).toContain('n = 7');
    expect(hidden?.slice(3)).toEqual(['', '']);
  });

  it('never reads a missing median as 0 Mbit/s', () => {
    const holed = rows.map((row, index) =>
      index === 8 ? throughputRow(row.period, 500, null) : row,
    );
    const view = toThroughput(holed, scope);
    expect(view?.points).toHaveLength(19);
    expect(view?.title).toContain('2 Mbit/s');
    expect(toThroughput([throughputRow(since, 500, null)], scope)).toBeNull();
  });

  it('says what else was measured on the last day that has enough tests, each with its own tests', () => {
    const rows = daysFrom(since, 3).map((at, index) => ({
      ...throughputRow(at, index === 2 ? 7 : 200, 10),
      upload_sample_count: index === 0 ? 150 : 9,
      upload_mbps_p50: 2.5,
      min_rtt_ms_p50: 37.6,
      loss_ratio_p50: 0,
    }));
    const of = (some: readonly ThroughputRow[]) => {
      const view = toThroughput(some, scope);
      return {
        also: view?.subtitle.split(': ').slice(1).join(': '),
        columns: view?.table.columns.map(({ key }) => key).slice(5),
        last: view?.table.rows
          .at(-1)
          ?.cells.map(({ text }) => text)
          .slice(5),
      };
    };
    const first = of(rows.slice(0, 1));
    expect(first.also).toBe(
      'upload 2.5 Mbit/s (150 tests); latency 38 ms (200 tests); loss 0% (200 tests).',
    );
    expect(first.last).toEqual(['2.5 Mbit/s', '38 ms', '0%']);
    // Nine uploads carry no median, and seven tests nothing.
    const all = of(rows);
    expect(all.also).toBe('latency 38 ms (200 tests); loss 0% (200 tests).');
    expect(all.columns).toEqual(['upload', 'latency', 'loss']);
    expect(all.last).toEqual(['', '', '']);
    expect(of([throughputRow(since, 90, 10)])).toMatchObject({ also: '', columns: [] });
  });

  it('never speaks of blocking, and marks where the publisher changed its way', () => {
    const old = daysFrom(day('2020-01-20'), 30).map((at) => throughputRow(at, 90, 10));
    const view = toThroughput(old, { ...scope, dataUntil: day('2021-01-01') });
    expect(view?.breaks.map((each) => each.day)).toEqual(['2020-02-01']);
    expect(JSON.stringify(view)).not.toMatch(/block/i);
  });
});

describe('toToolUse', () => {
  it('keeps withheld days apart from none, and tools and metrics apart from each other', () => {
    const rows = [
      ...daysFrom(since, 30).map((at, index) => toolRow(at, index === 10 ? null : 1000 + index)),
      toolRow(since, 5, { tool: 'psiphon', metric: 'sessions', source: 'psiphon' }),
      toolRow(since, null, { tool: 'lantern', source: 'psiphon' }),
    ];
    const series = toToolUseSeries(rows.filter((row) => row.day !== addDays(since, 12)));
    expect(series.map(({ key, days }) => [key, days.length])).toEqual([
      ['tor-bridge users', 30],
      ['psiphon sessions', 1],
    ]);
    const [bridge] = series;
    if (bridge === undefined) throw new Error('no series');
    expect(bridge.days[10]?.value).toBeNull();
    expect(bridge.days[12]?.value).toBeNull();
    expect(bridge.days.slice(-3).map(({ provisional }) => provisional)).toEqual([
      false,
      true,
      true,
    ]);
    const view = toToolUse(bridge, 'Examplia', addDays(since, 40));
    expect(view.title).toMatch(/1,030.*30 October 2024/);
    expect(view.notes.join(' ')).toMatch(/estimate/i);
    expect(view.notes.join(' ')).toContain('What changes more slowly is no event.');
    expect(view.notes.join(' ')).not.toMatch(/people used/i);
    const withheld = view.table.rows.map(({ cells }) => cells.at(-1)?.sort);
    expect(withheld.reduce((sum: number, each) => sum + Number(each), 0)).toBe(2);
  });
});
