import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays } from '../../../data-build/contract/brands.ts';
import {
  detectInterference,
  INTERFERENCE_NEEDS,
  type InterferenceSpan,
} from '../../../data-build/rollup/detectors/interference.ts';
import type { StratumDay } from '../../../data-build/rollup/detectors/series.ts';
import { isLong } from '../../support/long.ts';
import { SINCE } from './series-of.ts';

const { country, network, unknown, group } = INTERFERENCE_NEEDS;
const at = (index: number) => addDays(SINCE, index);

/**
 * Stretches of whatever may have happened: steady, restless, rising or missing days, days without tests, days of a
 * hundred thousand, tests on one day a week, strata that come and go.
 */
const history = fc.array(
  fc.record({
    days: fc.integer({ min: 1, max: 60 }),
    rate: fc.double({ min: 0, max: 1, noNaN: true }),
    other: fc.double({ min: 0, max: 1, noNaN: true }),
    tests: fc.oneof(fc.integer({ min: 0, max: 120 }), fc.constantFrom(0, 1, 5_000, 100_000)),
    every: fc.constantFrom(1, 1, 1, 2, 7, 30),
    from: fc.constantFrom(0, 0, 0, 1, 2),
  }),
  { minLength: 1, maxLength: 10 },
);
type History = typeof history extends fc.Arbitrary<infer Value> ? Value : never;

function toRows(
  stretches: History,
  strata: number,
): { readonly rows: StratumDay[]; readonly days: number } {
  const rows: StratumDay[] = [];
  let index = 0;
  for (const { days, rate, other, tests, every, from } of stretches)
    for (let each = 0; each < days; each++, index++) {
      if (index % every !== 0) continue;
      const signs = Math.round((each % 2 === 0 ? rate : other) * tests);
      for (let stratum = Math.min(from, strata - 1); stratum < strata; stratum++)
        rows.push({ day: at(index), stratum, tests, signs });
    }
  return { rows, days: index };
}

const NEEDS = [
  ['a country whose networks are known', country, 3],
  ['counts that name no networks', unknown, 1],
  ['one network', network, 1],
  ['a group of websites', group, 6],
] as const;

const RUNS = isLong ? 20_000 : 600;

describe('no history makes it blind', () => {
  it.each(NEEDS)(
    'in %s: a lasting total block is inside an event within 14 tested days',
    (_, needs, strata) => {
      fc.assert(
        fc.property(
          history,
          fc.integer({ min: 12, max: 5_000 }),
          fc.constantFrom(1, 1, 2, 7),
          (stretches, tests, every) => {
            const { rows, days } = toRows(stretches, strata);
            const block = Array.from({ length: 14 }, (__, each) =>
              Array.from({ length: strata }, (___, stratum) => ({
                ...{ day: at(days + each * every), stratum, tests, signs: tests },
              })),
            ).flat();
            const spans = detectInterference([...rows, ...block], needs);
            if (spans.some(({ firstNormal }) => firstNormal === null)) return;
            // Nothing may be open only where nothing was normal before: no change to speak of.
            expect(isWithoutNormal(rows), JSON.stringify(spans)).toBe(true);
          },
        ),
        { numRuns: RUNS, seed: 12 },
      );
    },
    300_000,
  );
});

function isWithoutNormal(rows: readonly StratumDay[]): boolean {
  const total = rows.reduce((sum, row) => sum + row.tests, 0);
  const signs = rows.reduce((sum, row) => sum + row.signs, 0);
  return total < 30 || signs / total >= 0.8;
}

describe('spans of any history', () => {
  it.each(NEEDS)(
    'in %s: they follow upon each other, and brackets hold',
    (_, needs, strata) => {
      fc.assert(
        fc.property(history, (stretches) => {
          const { rows } = toRows(stretches, strata);
          const spans = detectInterference(rows, needs);
          for (const span of spans) expectSound(span, rows);
          const bases = spans.filter(({ upon }) => upon === null);
          for (const [index, base] of bases.entries()) {
            const next = bases[index + 1];
            if (next === undefined) continue;
            expect(base.firstNormal, 'nothing begins beside what is open').not.toBeNull();
            expect(next.firstSign >= (base.firstNormal ?? '')).toBe(true);
          }
          for (const { upon, firstSign, firstNormal } of spans) {
            if (upon === null) continue;
            expect(firstSign > upon.firstSign).toBe(true);
            if (upon.firstNormal === null) continue;
            expect(firstSign < upon.firstNormal).toBe(true);
            expect(firstNormal !== null && firstNormal <= upon.firstNormal).toBe(true);
          }
        }),
        { numRuns: RUNS, seed: 13 },
      );
    },
    300_000,
  );

  it.each(NEEDS)(
    'in %s: the order in which rows of a day come, and strata are numbered, changes nothing',
    (_, needs, strata) => {
      fc.assert(
        fc.property(history, (stretches) => {
          const { rows } = toRows(stretches, strata);
          const other = [...Map.groupBy(rows, ({ day }) => day).values()].flatMap((day) =>
            day.toReversed().map((row) => ({ ...row, stratum: strata - 1 - row.stratum })),
          );
          expect(detectInterference(other, needs).map(toPlain)).toEqual(
            detectInterference(rows, needs).map(toPlain),
          );
        }),
        { numRuns: RUNS / 4, seed: 14 },
      );
    },
    300_000,
  );
});

const toPlain = ({ upon, firstSign, firstNormal, tests, signs }: InterferenceSpan) => ({
  ...{ upon: upon?.firstSign ?? null, firstSign, firstNormal, tests, signs },
});

/** The bracket is in order, counts are of its days, and no day between its edges is as high as the event and new. */
function expectSound(span: InterferenceSpan, rows: readonly StratumDay[]): void {
  const { lastNormal, firstSign, lastSign, firstNormal } = span;
  if (lastNormal !== null) expect(lastNormal < firstSign).toBe(true);
  if (firstNormal !== null && lastSign !== null) {
    expect(lastSign < firstNormal).toBe(true);
    expect(lastSign >= firstSign).toBe(true);
  }
  const inside = rows.filter(
    ({ day }) => day >= firstSign && (firstNormal === null || day < firstNormal),
  );
  expect(span.tests).toBe(inside.reduce((sum, { tests }) => sum + tests, 0));
  expect(span.signs).toBe(inside.reduce((sum, { signs }) => sum + signs, 0));
  if (lastNormal === null) return;
  const days = [...Map.groupBy(rows, ({ day }) => day)].flatMap(([day, list]) => {
    const tests = list.reduce((sum, row) => sum + row.tests, 0);
    const signs = list.reduce((sum, row) => sum + row.signs, 0);
    return tests === 0 ? [] : [{ day, signs, rate: signs / tests }];
  });
  const usual = Math.max(...days.flatMap(({ day, rate }) => (day <= lastNormal ? [rate] : [])));
  const high = Math.max(usual, span.signs / span.tests);
  const crossed = days.filter(({ day }) => day > lastNormal && day < firstSign);
  expect(crossed.filter(({ signs, rate }) => signs >= 5 && rate > high)).toEqual([]);
}
