import { describe, expect, it } from 'vitest';
import { addDays } from '../../../data-build/contract/brands.ts';
import {
  detectInterference,
  INTERFERENCE_NEEDS,
} from '../../../data-build/rollup/detectors/interference.ts';
import type { LevelNeeds } from '../../../data-build/rollup/detectors/level-rule.ts';
import type { StratumDay } from '../../../data-build/rollup/detectors/series.ts';
import { flat, repeat, SINCE, together } from './series-of.ts';

const { country, network, unknown } = INTERFERENCE_NEEDS;
const at = (index: number) => addDays(SINCE, index);
const turns = (rows: readonly StratumDay[], needs: LevelNeeds = unknown) =>
  detectInterference(rows, needs).map(({ lastNormal, firstSign, firstNormal, upon }) => ({
    lastNormal,
    firstSign,
    firstNormal,
    upon: upon?.firstSign ?? null,
  }));

describe('a clear episode', () => {
  const rates = [...repeat(0.02, 20), ...repeat(0.8, 12), ...repeat(0.02, 10)];

  it('is bracketed by the last normal and first normal days', () => {
    expect(detectInterference(flat(rates, 100), unknown)).toMatchObject([
      {
        lastNormal: at(19),
        firstSign: at(20),
        lastSign: at(31),
        firstNormal: at(32),
        startSeen: true,
        signs: 960,
        tests: 1200,
      },
    ]);
  });

  it('is never a single day, however extreme', () => {
    expect(turns(flat([...repeat(0.02, 20), 1, ...repeat(0.02, 20)], 500), network)).toEqual([]);
  });

  it('stays one through a dip that is not back', () => {
    const dip = [...repeat(0.02, 20), 0.6, 0.75, 0.4, 0.4, ...repeat(0.75, 14)];
    expect(turns(flat(dip, 110))).toHaveLength(1);
  });

  it('is not told under the floor', () => {
    const brief = [...repeat(0, 20), ...repeat(1, 3)];
    expect(turns(flat(brief, 4), network)).toEqual([]);
    expect(turns(flat(brief, 6), network)).toHaveLength(1);
  });

  it('is found where days are thin, with its first sign', () => {
    expect(turns(flat([...repeat(0, 40), ...repeat(1, 30)], 2), network)).toMatchObject([
      { firstSign: at(40) },
    ]);
  });

  it('has no start where the data begin inside', () => {
    const inside = flat([...repeat(0.9, 12), ...repeat(0.01, 12)], 50);
    expect(detectInterference(inside, unknown)).toMatchObject([
      { startSeen: false, lastNormal: null, firstNormal: at(12) },
    ]);
  });
});

describe('its end', () => {
  it('is not said at 22 % of tests where 7 % were usual', () => {
    const rates = [...repeat(0.07, 60), ...repeat(0.6, 40), ...repeat(0.22, 60)];
    expect(turns(flat(rates, 100))).toMatchObject([{ firstSign: at(60), firstNormal: null }]);
  });
});

describe('the bracket of a weak beginning', () => {
  it('ends on a day that agrees with the rate before, and crosses no clear signs', () => {
    const rates = [...repeat(0.06, 60), 0.2, ...repeat(0.28, 30)];
    expect(turns(flat(rates, 100))).toMatchObject([{ lastNormal: at(59), firstSign: at(60) }]);
  });
});

describe('a further lasting step', () => {
  it('is an event of its own, upon the first', () => {
    const rates = [...repeat(0.04, 30), ...repeat(0.24, 60), ...repeat(1, 30)];
    expect(turns(flat(rates, 100))).toEqual([
      { lastNormal: at(29), firstSign: at(30), firstNormal: null, upon: null },
      { lastNormal: at(89), firstSign: at(90), firstNormal: null, upon: at(30) },
    ]);
  });
});

describe('a rate that hovers above the usual for months', () => {
  const hovering = [...repeat(0.04, 30), ...repeat(0.2, 70)];

  it.each([
    ['straight from there', hovering],
    ['after fifty usual days', [...hovering, ...repeat(0.04, 50)]],
    ['after a hundred and fifty usual days', [...hovering, ...repeat(0.04, 150)]],
  ])('does not hide a total block %s', (_, before) => {
    const found = turns(flat([...before, ...repeat(1, 60)], 100));
    expect(found.at(-1)).toMatchObject({
      lastNormal: at(before.length - 1),
      firstSign: at(before.length),
      firstNormal: null,
    });
  });
});

describe('who tests', () => {
  const usual = flat(repeat(0.04, 120), 50, 0);
  const other = flat(repeat(0.04, 120), 50, 1);

  it('makes no event when a network with a rate of its own joins', () => {
    const joining = flat(repeat(0.7, 120), 200, 2).slice(60);
    expect(turns(together(usual, other, joining), country)).toEqual([]);
  });

  it('makes no event when a network that always had signs tests more', () => {
    const small = flat(repeat(0.6, 120), 5, 2).map((row, index) =>
      index < 60 ? row : { ...row, tests: 150, signs: 90 },
    );
    expect(turns(together(usual, other, small), country)).toEqual([]);
  });

  it('makes no event of a burst of one network, and one of a block that lasts on it', () => {
    const burst = flat([...repeat(0.04, 60), ...repeat(0.9, 6), ...repeat(0.04, 54)], 100, 2);
    expect(turns(together(usual, other, burst), country)).toEqual([]);
    const block = flat([...repeat(0.04, 60), ...repeat(0.9, 60)], 100, 2);
    expect(turns(together(usual, other, block), country)).toMatchObject([{ firstSign: at(60) }]);
  });

  it('makes no event where networks are unknown and tests with signs were only added', () => {
    const rows = flat(repeat(0.04, 120), 50).map((row, index) =>
      index < 60 ? row : { ...row, tests: 100, signs: 30 },
    );
    expect(turns(rows)).toEqual([]);
    const blocked = rows.map((row, index) =>
      index < 60 ? row : { ...row, tests: 100, signs: 95 },
    );
    expect(turns(blocked)).toMatchObject([{ firstSign: at(60) }]);
  });
});

describe('one network that is blocked alone', () => {
  const usual = flat(repeat(0.04, 120), 50, 0);
  const other = flat(repeat(0.04, 120), 50, 1);
  const blocked = (length: number) =>
    flat([...repeat(0.04, 60), ...repeat(0.9, length), ...repeat(0.04, 60 - length)], 60, 2);

  it.each([3, 6, 9, 13])(
    'for %i days is an event of that network, not of the country',
    (length) => {
      expect(turns(together(usual, other, blocked(length)), country)).toEqual([]);
      expect(turns(blocked(length), network)).toMatchObject([
        { firstSign: at(60), firstNormal: at(60 + length) },
      ]);
    },
  );

  it('is one of the country as well once it has lasted two weeks', () => {
    expect(turns(together(usual, other, blocked(14)), country)).toMatchObject([
      { firstSign: at(60), firstNormal: at(74) },
    ]);
  });

  it('is none of the country where it is too small to move its rate', () => {
    const small = blocked(60).map((row) => ({
      ...row,
      tests: 10,
      signs: Math.round(row.signs / 6),
    }));
    expect(turns(together(usual, other, small), country)).toEqual([]);
  });
});
