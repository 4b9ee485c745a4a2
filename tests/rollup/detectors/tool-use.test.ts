import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { addDays } from '../../../data-build/contract/brands.ts';
import { findGlobalDays } from '../../../data-build/rollup/detectors/global-days.ts';
import {
  detectOutsideRange,
  judgeByPublisherRange,
} from '../../../data-build/rollup/detectors/publisher-range.ts';
import { detectToolUse } from '../../../data-build/rollup/detectors/tool-use.ts';
import { judgeToolUse } from '../../../data-build/rollup/detectors/use-days.ts';
import type { DailyValue } from '../../../data-build/rollup/detectors/series.ts';
import { sharedData } from '../../support/shared-data.ts';
import { day, repeat } from './series-of.ts';

const since = day('2024-01-01');
const values = (list: readonly (number | null)[]): DailyValue[] =>
  list.map((value, index) => ({ day: addDays(since, index), value }));
const usual = Array.from({ length: 28 }, (_, index) => 1000 + (index % 7) * 20);

describe('judgeToolUse', () => {
  it('needs 14 published days and a median of 50', () => {
    expect(judgeToolUse(values([...usual.slice(0, 13), 9000]))).toEqual([]);
    expect(judgeToolUse(values([...usual.map(() => 40), 900]))).toEqual([]);
  });

  it('never reads a withheld day as zero', () => {
    const judged = judgeToolUse(values([...usual, null, 1050]));
    expect(judged.every((each) => each.turn === null)).toBe(true);
  });

  it('does not let a surge become its own baseline', () => {
    const surge = Array.from({ length: 20 }, () => 8000);
    const events = detectToolUse(values([...usual, ...surge, ...usual]));
    expect(events).toHaveLength(1);
    expect(events[0]).toMatchObject({
      turn: 'surge',
      firstSign: addDays(since, 28),
      lastSign: addDays(since, 47),
    });
  });

  it('takes no weekly rhythm for drops, and no single day for one', () => {
    const weekends = Array.from({ length: 84 }, (_, index) => (index % 7 >= 5 ? 300 : 1000));
    const events = detectToolUse(values(weekends));
    // The first weekend after the warm-up is not known to be one.
    expect(events.filter((event) => event.firstSign > addDays(since, 28))).toEqual([]);
    const gap = [...usual, 100, ...usual, 100, 90, ...usual];
    expect(detectToolUse(values(gap)).map((event) => [event.turn, event.firstSign])).toEqual([
      ['drop', addDays(since, 57)],
    ]);
    const onWeekend = weekends.map((value, index) => (index >= 75 && index < 80 ? 9000 : value));
    expect(detectToolUse(values(onWeekend)).at(-1)).toMatchObject({
      turn: 'surge',
      firstSign: addDays(since, 75),
      lastSign: addDays(since, 79),
    });
  });

  it('takes the way back from a rise that nobody could judge for no drop', () => {
    const few = usual.map(() => 49);
    const many = Array.from({ length: 20 }, (_, index) => 5000 + index);
    expect(detectToolUse(values([...few, ...many, ...few]))).toEqual([]);
    // What falls below what was before it, or stood longer, is one.
    const gone = Array.from({ length: 20 }, () => 5);
    const turns = (list: readonly number[]) => detectToolUse(values(list)).map(({ turn }) => turn);
    expect(turns([...few, ...many, ...gone])).toEqual(['drop']);
    expect(turns([...few, ...many, ...many, ...many, ...few])).toEqual(['drop']);
  });

  it('takes days that are withheld at once for more of a drop', () => {
    const withheld = Array.from({ length: 6 }, () => null);
    expect(detectToolUse(values([...usual, 50, ...withheld, ...usual]))).toMatchObject([
      {
        turn: 'drop',
        firstSign: addDays(since, 28),
        lastSign: addDays(since, 28),
        firstNormal: addDays(since, 35),
      },
    ]);
    expect(detectToolUse(values([...usual, 50, ...usual.slice(1), null, ...usual]))).toEqual([]);
  });

  it('gives the ratio to the days before as published', () => {
    const [event] = detectToolUse(values([...usual.map(() => 1000), 4000, 5000, ...usual]));
    expect(event?.extreme).toMatchObject({
      day: addDays(since, usual.length + 1),
      usual: 1000,
      ratio: 5,
    });
  });

  it('has its farthest day where the 28 days before it can be told', () => {
    // The median of the days before falls under 50 with the drop: then nobody could work the ratio out.
    const list = values([...repeat(60, 40), ...repeat(20, 15), ...repeat(5, 5)]);
    const [drop] = detectToolUse(list);
    expect(drop?.extreme).toMatchObject({ day: addDays(since, 40), usual: 60, ratio: 20 / 60 });
    for (const { extreme } of detectToolUse(list))
      expect(judgeToolUse(list)).toContainEqual(expect.objectContaining(extreme));
  });
});

describe('how it ends', () => {
  const turns = (list: readonly number[]) =>
    detectToolUse(values(list)).map(({ turn, firstSign, lastSign, firstNormal }) => ({
      turn,
      firstSign,
      lastSign,
      firstNormal,
    }));
  const at = (index: number) => addDays(since, index);

  it('lasts until use is back, and the way back is no turn of its own', () => {
    expect(turns([...repeat(1000, 60), ...repeat(10_000, 60), ...repeat(1000, 60)])).toEqual([
      { turn: 'surge', firstSign: at(60), lastSign: at(119), firstNormal: at(120) },
    ]);
    expect(turns([...repeat(1000, 60), ...repeat(300, 60), ...repeat(1000, 60)])).toEqual([
      { turn: 'drop', firstSign: at(60), lastSign: at(119), firstNormal: at(120) },
    ]);
  });

  it('is as far from its end after a day of no use as without one', () => {
    const after = (gap: readonly number[]) =>
      turns([
        ...repeat(1000, 60),
        ...repeat(2500, 10),
        ...gap,
        ...repeat(2500, 5),
        ...repeat(1500, 20),
      ]);
    const open = [{ turn: 'surge', firstSign: at(60), firstNormal: null }];
    expect(after([2500])).toMatchObject(open);
    expect(after([0])).toMatchObject(open);
  });

  it('is open at a new level, on which later turns are found', () => {
    const level = [...repeat(1000, 60), ...repeat(10_000, 100)];
    expect(turns(level)).toMatchObject([{ firstSign: at(60), firstNormal: null }]);
    expect(turns([...level, ...repeat(40_000, 20), ...repeat(10_000, 20)])).toMatchObject([
      { turn: 'surge', firstSign: at(60), firstNormal: null },
      { turn: 'surge', firstSign: at(160), firstNormal: at(180) },
    ]);
  });

  it('has its farthest figure before it is a new level, not in a dip years later', () => {
    const level = [...repeat(1000, 60), ...repeat(300, 300)];
    const dip = [...repeat(300, 3).map(() => 20), ...repeat(300, 30)];
    const [drop] = detectToolUse(values([...level, ...dip]));
    expect(drop).toMatchObject({
      firstSign: at(60),
      firstNormal: null,
      extreme: { day: at(60), usual: 1000, ratio: 0.3 },
    });
  });

  it('is found again right after a long one', () => {
    const twice = [...repeat(1000, 60), ...repeat(10_000, 90), ...repeat(1000, 5)];
    expect(turns([...twice, ...repeat(100, 10)])).toMatchObject([
      { turn: 'surge', firstNormal: at(150) },
      { turn: 'drop', firstSign: at(155), firstNormal: null },
    ]);
  });
});

describe('findGlobalDays', () => {
  it('counts those that fell apart from those that rose', () => {
    const flat = values([...usual, 1000, 1000]);
    const fallen = values([...usual, 1000, 200]);
    const places = [
      ...Array.from({ length: 8 }, () => flat),
      ...Array.from({ length: 2 }, () => fallen),
    ];
    const judged = places.map((place) => judgeToolUse(place));
    expect([...findGlobalDays(judged, 'drop').values()]).toEqual([
      { day: addDays(since, 29), eligible: 10, moved: 2 },
    ]);
    expect(findGlobalDays(judged, 'surge').size).toBe(0);
    expect(findGlobalDays(judged.slice(1), 'drop').size).toBe(0);
  });
});

describe('detectOutsideRange', () => {
  const ranged = (list: readonly number[]) =>
    values(list).map((row) => ({ ...row, lower: 900, upper: 1100 }));
  const inside = Array.from({ length: 14 }, () => 1000);

  it('leaves out the echo of a week before, thin margins and single days', () => {
    const shock = ranged([
      ...inside,
      3000,
      3000,
      1000,
      1000,
      1000,
      1000,
      1000,
      500,
      500,
      ...inside,
    ]);
    expect(detectOutsideRange(shock).map((event) => [event.turn, event.firstSign])).toEqual([
      ['surge', addDays(since, 14)],
    ]);
    expect(detectOutsideRange(ranged([...inside, 1150, 1150, ...inside]))).toEqual([]);
    expect(detectOutsideRange(ranged([...inside, 5000, ...inside]))).toEqual([]);
    expect(detectOutsideRange(ranged([...inside, 400, 600, ...inside]))).toMatchObject([
      {
        turn: 'drop',
        firstSign: addDays(since, 14),
        lastSign: addDays(since, 15),
        extreme: { day: addDays(since, 14), usual: 900, ratio: 400 / 900 },
      },
    ]);
  });
});

describe('the end of use outside the range', () => {
  /** The range of each day is a tenth around the value of a week before. */
  const following = (list: readonly (number | null)[]) =>
    values(list).map((row, index) => {
      const before = list[index - 7] ?? null;
      return {
        ...row,
        lower: before === null ? null : before * 0.9,
        upper: before === null ? null : before * 1.1,
      };
    });
  const at = (value: number, length: number) => Array.from({ length }, () => value);

  it('is where use is back, not where the range has followed it', () => {
    const lasting = following([...at(1000, 14), ...at(700, 30)]);
    expect(detectOutsideRange(lasting)).toMatchObject([
      {
        turn: 'drop',
        firstSign: addDays(since, 14),
        lastSign: addDays(since, 20),
        firstNormal: null,
      },
    ]);
    const over = following([...at(1000, 14), ...at(700, 30), ...at(1000, 20)]);
    expect(detectOutsideRange(over)[0]).toMatchObject({ firstNormal: addDays(since, 44) });
  });

  it('and no echo of a day that is not known', () => {
    const hole = Array.from({ length: 20 }, () => null);
    const list = [...at(1000, 14), ...at(400, 2), ...hole, ...at(1000, 20)];
    const ranges = following(list).map((row) =>
      row.value === null ? row : { ...row, lower: 900, upper: row.value === 1000 ? 990 : 1100 },
    );
    expect(
      detectOutsideRange(ranges).filter(
        ({ firstSign }) => firstSign >= addDays(since, 36) && firstSign < addDays(since, 43),
      ),
    ).toEqual([]);
  });
});

describe('judgeByPublisherRange', () => {
  it('takes equal for inside', () => {
    expect(judgeByPublisherRange({ value: 10, lower: 10, upper: 20 })).toBeNull();
    expect(judgeByPublisherRange({ value: 21, lower: 10, upper: 20 })).toBe('surge');
    expect(judgeByPublisherRange({ value: 9, lower: 10, upper: 20 })).toBe('drop');
    expect(judgeByPublisherRange({ value: 9, lower: null, upper: null })).toBeNull();
  });
});

function readSeries(path: string): Map<string, DailyValue[]> {
  const lines = readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'));
  const header = (lines[0] ?? '').split(',');
  const at = (cells: readonly string[], name: string): string => cells[header.indexOf(name)] ?? '';
  const series = new Map<string, DailyValue[]>();
  for (const line of lines.slice(1)) {
    const cells = line.split(',');
    const country = at(cells, 'country');
    const list = series.get(country) ?? [];
    list.push({ day: day(at(cells, 'date')), value: Number(at(cells, 'users')) });
    series.set(country, list);
  }
  for (const list of series.values()) list.sort((a, b) => (a.day < b.day ? -1 : 1));
  return series;
}

const relay = sharedData('tor', 'tor-data-ir.csv');
const bridge = sharedData('tor', 'userstats-bridge-country_2018-01-01_2020-04-25.csv');

describe.skipIf(relay === null)(
  'on the real relay series of Iran (skipped without ../shared/data)',
  () => {
    it('flags the fifteen known days', () => {
      const judged = judgeToolUse(readSeries(relay ?? '').get('ir') ?? []);
      const flagged = judged.filter((each) => each.turn !== null);
      expect(flagged.map((each) => `${each.day} ${each.ratio.toFixed(2)}`)).toEqual([
        '2021-06-07 0.49',
        '2021-06-08 0.47',
        '2022-09-21 5.18',
        '2022-09-22 19.83',
        '2022-09-23 23.30',
        '2022-09-24 14.71',
        '2022-09-25 3.83',
        '2022-09-26 3.83',
        '2022-09-27 5.33',
        '2022-09-28 6.34',
        '2022-09-29 8.57',
        '2022-10-01 7.49',
        '2022-10-02 8.01',
        '2022-10-03 7.82',
        '2022-10-04 9.02',
      ]);
      expect(flagged.find((each) => each.day === '2022-09-21')?.z).toBeCloseTo(13.8, 1);
    });
  },
);

describe.skipIf(bridge === null)('on the real bridge file (skipped without ../shared/data)', () => {
  it('marks exactly eighteen global days, and Iran 2019-09-01 is none of them', () => {
    const series = readSeries(bridge ?? '');
    series.delete('');
    series.delete('??');
    const judged = new Map([...series].map(([cc, list]) => [cc, judgeToolUse(list)]));
    const global = findGlobalDays(judged.values());
    const expected = Array.from({ length: 17 }, (_, index) => addDays(day('2018-05-25'), index));
    expect([...global.keys()].sort()).toEqual([...expected, '2018-06-12']);
    expect(global.get(day('2018-06-08'))).toMatchObject({ moved: 42, eligible: 89 });
    const iran = judged.get('ir')?.find((each) => each.day === '2019-09-01');
    expect(iran?.ratio).toBeCloseTo(13.08, 2);
    expect(iran?.turn).toBe('surge');
  });
});
